"""Facts files: what people mean in spite of their spelling is accepted (`tests/good/facts`: one firm, spelt in many ways), and nothing breaks the reader.

What is said of bad ones stands in `tests/bad/facts`.
"""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.evaluate.applicant import Aid, Applicant, Record
from huiqi.evaluate.read_facts import read_facts
from huiqi.language.diagnostics import Diagnostic, Problems
from huiqi.packs.model import Corpus

GOOD = Path(__file__).resolve().parents[1] / "good" / "facts"
PLAIN = GOOD / "plain.yaml"
WORDS = re.findall(r"[\w.%-]+|[^\w.%-]+", PLAIN.read_text(encoding="utf-8").partition("\n")[2])
OTHERS = [
    *WORDS,
    "",
    "{}",
    "[]",
    "{a: b}",
    "[a, b]",
    "''",
    "\n",
    "\n- ",
    ": ",
    "9999-12-31",
    "-0元",
    "1" * 80,
    "２０２５",
    '"\\0"',
    "研发项目",
    "药械注册证",
    "药",
]


def only(corpus: Corpus, data: bytes) -> Diagnostic:
    with pytest.raises(Problems) as caught:
        read_facts(data, "firm.yaml", corpus)
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


def test_a_diagnostic_is_one_line_with_the_file(corpus: Corpus) -> None:
    told = only(corpus, b"claim: 2205\n")
    assert str(told) == f"firm.yaml:1:8 F009 {told.zh} | {told.en}"


def test_line_breaks_of_a_value_do_not_break_the_line(corpus: Corpus) -> None:
    assert only(corpus, b'claim: "20\\n25\\u2028\\u202e"\n').en.split(" does")[0] == 'the year "20 25 �"'


def test_long_text_is_told_in_part(corpus: Corpus) -> None:
    assert only(corpus, b"claim: " + b"9" * 9000 + b"\n").en.split(" does")[0] == f'the year "{"9" * 59}…"'


@pytest.mark.parametrize("path", sorted(GOOD.glob("*.yaml")), ids=lambda path: path.stem)
def test_spellings_of_one_firm(corpus: Corpus, path: Path) -> None:
    assert facts_of(read_facts(path.read_bytes(), path.name, corpus)) == facts_of(read_facts(PLAIN.read_bytes(), PLAIN.name, corpus))


def test_the_firm(corpus: Corpus) -> None:
    firm = read_facts(PLAIN.read_bytes(), "plain.yaml", corpus)
    assert facts_of(firm) == (
        ("企业", "示例科技有限公司", "91350100M000100Y43", "滨江区", 2025),
        {
            "研发投入": {2024: 8_000_000_000, 2025: 11_000_000_000},
            "营业收入": {2024: 123_456_789, 2025: 3_000_000_000},
            "职工总数": {2025: 1200},
            "在杭企业": 1,
            "销售税收本市结算": {2024: 0, 2025: 1},
        },
        [
            ("产品", "P1", "", "示例药片", {"取证日": 738946}),
            ("临床阶段", "S1", "P1", "", {"临床期别": 0}),
            ("APP", "A1", "", "", {"APP利润": {2025: -5_000_000}}),
            ("贷款", "L1", "", "", {"贷款年利率": 43_500}),
        ],
        [Record("高新技术企业", "首次认定", "", "", "2024-12-01", "9999-12-31")],
        [Aid("", "研发投入", "省", "P1", "2024", 100_000_000)],
        {"records", "aid", "产品"},
    )


def test_the_first_record_says_a_day_that_is_not_given(corpus: Corpus) -> None:
    text = """
records:
- {register: 药械注册证, of: P1, from: 2024-06-30}
- {register: 二类医疗器械注册证, of: P1, from: 2022-03-01}
- {register: 药械注册证, of: P2, from: 2023-01-01}
subjects:
- {kind: 产品, id: P1}
- {kind: 产品, id: P2, facts: {取证日: 2020-05-05}}
- {kind: 产品, id: P3}
"""
    days = {
        lists: {s.id: s.facts for s in read_facts(f"{text}complete: [{lists}]\n".encode(), "firm.yaml", corpus).subjects.values()}
        for lists in ("records", "药械注册证, 二类医疗器械注册证", "药械注册证")
    }
    first, stated = date(2022, 3, 1).toordinal(), date(2020, 5, 5).toordinal()
    assert days["records"] == {"P1": {"取证日": first}, "P2": {"取证日": stated}, "P3": {}}
    assert days["药械注册证, 二类医疗器械注册证"] == days["records"]
    assert days["药械注册证"] == {"P1": {}, "P2": {"取证日": stated}, "P3": {}}


def test_bytes_no_editor_has_tidied() -> None:
    assert (GOOD / "bom.yaml").read_bytes()[:3] == b"\xef\xbb\xbf"
    crlf = (GOOD / "crlf.yaml").read_bytes()
    assert crlf.count(b"\r\n") == crlf.count(b"\n")


@given(st.lists(st.tuples(st.integers(0, len(WORDS) - 1), st.sampled_from(OTHERS)), min_size=1, max_size=4))
def test_any_word_in_place_of_any_other(corpus: Corpus, changes: list[tuple[int, str]]) -> None:
    words = list(WORDS)
    for at, other in changes:
        words[at] = other
    try:
        firm = read_facts("".join(words).encode(), "firm.yaml", corpus)
    except Problems as problems:
        assert [d for d in problems.diagnostics if d.place.file != "firm.yaml" or len(str(d)) > 500] == []
    else:
        assert type(firm) is Applicant


def facts_of(firm: Applicant) -> tuple[object, ...]:
    """All that is known of a firm, without the places where it stands in a file."""
    subjects = [(s.kind, s.id, s.parent, s.name, s.facts) for s in firm.subjects.values()]
    return ((firm.kind, firm.name, firm.code, firm.district, firm.claim), firm.facts, subjects, firm.records, firm.aid, firm.complete)
