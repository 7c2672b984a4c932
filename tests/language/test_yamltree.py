"""YAML: whatever the bytes, a tree of text with places or one diagnostic."""

from hypothesis import given
from hypothesis import strategies as st

from huiqi.language.diagnostics import Problems
from huiqi.language.yamltree import Map, Scalar, Seq, read_yaml

MARKS = [*"{}[]:,-?&*!|>'\"%@`#~<=.\t\n ", "a", "研", "：", "---", "...", ": ", "- ", "\n  ", "\r\n", "\ufeff", "\u2028", "\\x", "\x00"]


def check(data: bytes) -> None:
    try:
        tree = read_yaml(data, "x")
    except Problems as problems:
        assert [(d.code[0], d.place.file) for d in problems.diagnostics] == [("Y", "x")]
    else:
        assert type(tree) in (Map, Seq, Scalar)


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(st.lists(st.sampled_from(MARKS), max_size=60).map("".join))
def test_any_marks(text: str) -> None:
    check(text.encode())


@given(st.dictionaries(st.text("abc研发投入", min_size=1), st.lists(st.text("0123亿元%.")), max_size=5))
def test_text_stays_text(data: dict[str, list[str]]) -> None:
    text = "{" + ", ".join(f"'{key}': [{', '.join(repr(x) for x in items)}]" for key, items in data.items()) + "}"
    tree = read_yaml(text.encode(), "x")
    assert isinstance(tree, Map)
    assert {key: [x.text for x in node.items if isinstance(x, Scalar)] for key, node in tree.entries.items() if isinstance(node, Seq)} == data
