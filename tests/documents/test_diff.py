"""Two prints compared: wording and figures apart, clauses found again when their numbers change. All wording is invented."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.documents.about.names import Names
from huiqi.documents.diff import Change, compare
from huiqi.documents.reader import read_bytes
from huiqi.documents.tree import PolicyText
from tests.documents.printing import PRINTS, Item, Print, policies, printed

NAMES = Names()
CLAUSES = [
    "支持认定。对首次认定的企业，给予不超过20万元奖励。",
    "支持研发。对年度研发投入达到300万元、1000万元的，分别按4%、6%给予补助，最高200万元。",
    "支持租赁。对租用设备的企业，按年租金的10%给予补助，期限不超过两年，营造良好环境。",
]


def policy(clauses: list[str], file: str = "a.txt") -> PolicyText:
    numbered = "".join(f"（{'一二三四五'[n]}）{clause}\n" for n, clause in enumerate(clauses))
    text = f"关于支持海洋装备产业发展的若干措施\n为培育产业，制定如下措施。\n一、支持政策\n{numbered}本措施自2024年5月1日起施行。\n"
    (read,) = read_bytes(text.encode(), file, NAMES).policies
    return read


def told(changes: list[Change]) -> list[tuple[str, str, list[tuple[str, str]], list[tuple[str, str]]]]:
    """Kind, id, wording and figures of every clause that is not the same."""
    return [
        (c.kind, (c.right or c.left).id, [(e.left, e.right) for e in c.wording], [(e.left, e.right) for e in c.figures])  # type: ignore[union-attr]
        for c in changes
        if c.kind != "same"
    ]


def test_the_same_text_does_not_differ() -> None:
    assert told(compare(policy(CLAUSES), policy(CLAUSES))) == []


def test_a_figure_is_no_wording() -> None:
    changed = [CLAUSES[0], CLAUSES[1].replace("6%", "8%").replace("200万元", "1亿元"), CLAUSES[2]]
    changes = compare(policy(CLAUSES), policy(changed, "b.txt"))
    assert told(changes) == [("changed", "1.2", [], [("6%", "8%"), ("200万元", "1亿元")])]
    edit = next(change for change in changes if change.kind == "changed").figures[0]
    assert (str(edit.left_at), str(edit.right_at)) == ("a.txt:5:38", "b.txt:5:38")


def test_a_word_is_no_figure() -> None:
    changed = [*CLAUSES[:2], CLAUSES[2].replace("营造", "打造")]
    assert told(compare(policy(CLAUSES), policy(changed))) == [("changed", "1.3", [("营造", "打造")], [])]


def test_a_figure_spelt_otherwise_is_the_same() -> None:
    changed = [*CLAUSES[:2], CLAUSES[2].replace("两年", "2年")]
    assert told(compare(policy(CLAUSES), policy(changed))) == []


def test_clauses_that_come_go_and_move() -> None:
    new = "支持出海。对首次取得境外认证的产品，每个给予5万元补贴。"
    changes = compare(policy(CLAUSES), policy([CLAUSES[1], new, CLAUSES[2]]))
    assert told(changes) == [("removed", "1.1", [], []), ("renumbered", "1.1", [], []), ("added", "1.2", [], [])]


@given(policies(), PRINTS, PRINTS)
@settings(max_examples=40, deadline=None)
def test_two_ways_of_printing_one_policy_do_not_differ(items: list[Item], one: Print, other: Print) -> None:
    (left,) = read_bytes(printed(items, one).encode(), "a.txt", NAMES).policies
    (right,) = read_bytes(printed(items, other).encode(), "b.txt", NAMES).policies
    assert told(compare(left, right)) == []


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_each_altered_figure_is_told_with_its_place(data: st.DataObject) -> None:
    figures = [(n, figure) for n, figures in enumerate([["20万元"], ["300万元", "1000万元", "4%", "6%", "200万元"], ["10%"]]) for figure in figures]
    n, figure = data.draw(st.sampled_from(figures))
    number = data.draw(st.integers(1, 9999).map(str).filter(lambda text: text not in figure and text not in CLAUSES[n]))
    changed = list(CLAUSES)
    at = changed[n].index(figure)
    altered = number + figure.lstrip("0123456789")
    changed[n] = changed[n][:at] + altered + changed[n][at + len(figure) :]
    (change,) = [c for c in compare(policy(CLAUSES), policy(changed)) if c.kind != "same"]
    assert change.right is not None and change.right.id == f"1.{n + 1}"
    assert change.wording == ()
    assert [edit.left for edit in change.figures] == [figure]
