"""Conditions of two measures that cannot hold together on their face: `x` and `not x`, `x >= 1亿元` and `x < 1亿元`, two values of one choice."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.language import syntax as s
from huiqi.language.parser import parse
from huiqi.language.spell import spell
from huiqi.language.yamltree import Scalar
from huiqi.packs.model import Measure

_OPPOSITE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "=": "!=", "!=": "="}


def contrary(a: Measure, b: Measure) -> bool:
    """Whether a condition of one excludes a condition of the other; what a reading decides is left out."""
    return any(_excludes(x, y) or _excludes(y, x) for x in _conditions(a) for y in _conditions(b))


def _conditions(measure: Measure) -> Iterator[s.Expr]:
    for node in measure.when:
        if isinstance(node, Scalar):
            yield from _joined(parse(node.text, node.place))


def _joined(tree: s.Expr) -> Iterator[s.Expr]:
    """What must all hold for the tree to hold."""
    if isinstance(tree, s.Logic) and tree.op == "and":
        for item in tree.items:
            yield from _joined(item)
    else:
        yield tree


def _excludes(x: s.Expr, y: s.Expr) -> bool:
    if isinstance(x, s.Inverse):
        return spell(x.operand) == spell(y)
    one, other = _values(x), _values(y)
    if one and other:
        return one[0] == other[0] and not one[1] & other[1]
    match x, y:
        case s.Comparison(op, left, right), s.Comparison(other_op, other_left, other_right):
            return spell(left) == spell(other_left) and spell(right) == spell(other_right) and _OPPOSITE[op] == other_op
    return False


def _values(tree: s.Expr) -> tuple[str, frozenset[str]] | None:
    """The fact and the values that `fact in ('a', 'b')` or `fact = 'a'` lets in."""
    match tree:
        case s.Comparison("=", fact, s.Text(value)):
            return spell(fact), frozenset([value])
        case s.Within(fact, choices):
            return spell(fact), frozenset(spell(choice).strip("'") for choice in choices)
    return None
