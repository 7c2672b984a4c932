"""Conditions of two measures that cannot hold together on their face: `x` and `not x`, `x >= 1亿元` and `x < 1亿元`, two values of one choice."""

from __future__ import annotations

import re

from huiqi.language.yamltree import Node, Scalar
from huiqi.packs.model import Measure

_OPPOSITE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "=": "!=", "!=": "="}
_AMONG = re.compile(r"([\w.]+)\s*(?:=\s*'[^']*'|in\s*\((?:\s*'[^']*'\s*,?)+\))")
_TEST = re.compile(r"(.+?)\s*(>=|<=|!=|=|>|<)\s*(.+)")


def contrary(a: Measure, b: Measure) -> bool:
    """Whether a condition of one excludes a condition of the other; what a reading decides is left out."""
    return any(_excludes(x, y) for x in _parts(a.when) for y in _parts(b.when))


def _parts(when: tuple[Node, ...]) -> list[str]:
    return [part.strip() for node in when if isinstance(node, Scalar) for part in re.split(r"\band\b|且", node.text)]


def _values(part: str) -> tuple[str, frozenset[str]] | None:
    """The fact and the values that `fact in ('a', 'b')` or `fact = 'a'` lets in."""
    found = _AMONG.fullmatch(part)
    return (found[1], frozenset(re.findall("'([^']*)'", part))) if found else None


def _excludes(x: str, y: str) -> bool:
    if x in (f"not {y}", f"not ({y})") or y in (f"not {x}", f"not ({x})"):
        return True
    one, other = _values(x), _values(y)
    if one and other and one[0] == other[0]:
        return not one[1] & other[1]
    a, b = _TEST.fullmatch(x), _TEST.fullmatch(y)
    if not a or not b or a[1] != b[1]:
        return False
    if a[2] == b[2] == "=":
        return a[3] != b[3]
    return a[3] == b[3] and _OPPOSITE[a[2]] == b[2]
