"""Any word of a pack in place of any other: the pack is read, or every fault has its place in it; nothing breaks."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from huiqi.language.diagnostics import Problems
from tests.bad.readers import check_pack

LAB = (Path(__file__).resolve().parents[1] / "lab" / "policy.yaml").read_text("utf-8")
HEAD, *CLAUSES = re.split(r"(?m)^(?=- clause: )", LAB)
WORDS = re.compile(r"[\w.%]+|[^\w.%]+")


def measures(clause: str) -> list[str]:
    """The clause with one of its measures at a time, for speed."""
    body, mark, readings = clause.partition("  readings:\n")
    first, *rest = re.split(r"(?m)^(?=  - id: [a-z]$)", body)
    return [first + measure + mark + readings for measure in rest]


MEASURES = [made for clause in CLAUSES for made in measures(clause)]
OTHERS = [
    *sorted({word for made in MEASURES for word in WORDS.findall(made)}),
    *("", "{}", "[]", "{a: b}", "[a, b]", "''", ": ", ", ", "\n- ", "(", ")", "0", "-1", "1e9", "9" * 30, "2024-02-30", "none", "false", "t", "1a"),
    *("3家", "认定.等级", "awarded(1a)", "{reading: R1, a: 5%}", "if", "if(甲额, 1元)", "增速()", "上年甲额"),
]


@given(st.sampled_from(MEASURES), st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(OTHERS)), min_size=1, max_size=3))
def test_any_word_in_place_of_any_other(measure: str, changes: list[tuple[int, str]]) -> None:
    words = WORDS.findall(measure)
    for at, other in changes:
        words[at % len(words)] = other
    try:
        check_pack((HEAD + "".join(words)).encode())
    except Problems as problems:
        assert [d for d in problems.diagnostics if d.place.file != "policy.yaml" and "vocabulary/facts" not in d.place.file] == []
