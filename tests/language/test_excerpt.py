"""The line with its caret, where Chinese characters take two columns."""

from huiqi.language.diagnostics import Place
from huiqi.language.excerpt import ROOM, columns, excerpt


def test_the_caret_stands_below_the_place() -> None:
    assert excerpt("甲: 1\n研发投入: 八千万\n", Place("x", 2, 7)) == ["研发投入: 八千万", "          ^"]


def test_a_whole_file_and_a_line_that_is_not_there() -> None:
    assert excerpt("甲: 1\n", Place("x")) == []
    assert excerpt("甲: 1\n", Place("x", 9, 1)) == []


def test_a_long_line_is_cut_around_the_place() -> None:
    line, caret = excerpt("数" * 5000 + "!" + "数" * 5000, Place("x", 1, 5001))
    assert columns(line) <= ROOM + 6
    assert line[0] == line[-1] == "…"
    assert [c for at, c in enumerate(line) if columns(line[:at]) == caret.index("^")] == ["!"]


def test_the_end_of_a_line() -> None:
    assert excerpt("甲 >=", Place("x", 1, 5)) == ["甲 >=", "     ^"]
    assert excerpt("甲 >=\r\n乙", Place("x", 1, 99)) == ["甲 >=", "     ^"]
