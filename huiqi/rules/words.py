"""Sentences with blanks: what a rule says, filled with the values it met.

A sentence is a tuple of parts: plain text and blanks that are filled from one run (values, years, marks, records, shares).
The same parts are read by the interpreter's reasons and, without values, by the library.
"""

from __future__ import annotations

from msgspec import Struct

from huiqi.rules.inputs import RecordInput


class Shown(Struct, frozen=True):
    """The value of a graph node. `unit` formats it: one of quantities, 日期, 年度 (which year), '' a bare number; `labels` names the positions of a choice."""

    node: int
    unit: str
    labels: tuple[str, ...] = ()


class YearOf(Struct, frozen=True):
    """The claim year, `back` years earlier."""

    back: int


class Mark(Struct, frozen=True):
    """Whether one part of a compound condition holds: ✓, ✗ or ？."""

    node: int


class Entry(Struct, frozen=True):
    """The record that answers a record condition, with its dates, or why there is none."""

    read: RecordInput


class Share(Struct, frozen=True):
    """A quotient of two nodes as a percentage; growth over `years` takes the root and one off. A base that is not above zero has none."""

    top: int
    bottom: int
    years: int = 0


class Either(Struct, frozen=True):
    """One wording where a condition holds, others where it does not and where that is not known: `5亿元 ≥ 1亿元`, `5,000万元，未达 1亿元`."""

    node: int
    met: Words
    failed: Words
    open: Words


Part = str | Shown | YearOf | Mark | Entry | Share | Either
Words = tuple[Part, ...]


class Line(Struct, frozen=True):
    """One line of the reasons. `holds`: the condition it reports; `given`: shown only where this condition must hold."""

    words: Words
    holds: int | None = None
    given: int | None = None


def nodes_of(words: Words) -> list[int]:
    """The graph nodes whose values a sentence shows."""
    found: list[int] = []
    for part in words:
        if isinstance(part, (Shown, Mark)):
            found.append(part.node)
        elif isinstance(part, Share):
            found += [part.top, part.bottom]
        elif isinstance(part, Either):
            found += [part.node, *nodes_of(part.met), *nodes_of(part.failed), *nodes_of(part.open)]
    return found


NO_RECORD = "无记录"  # how a sentence about a record ends where there is none
_FAILED = {"≥": "未达", "＞": "未超过", "≤": "超过", "＜": "不小于", "＝": "不等于", "≠": "等于"}


def compared(node: int, left: Words, sign: str, right: Words) -> Words:
    """`left sign right`, or where the comparison `node` fails what is so instead."""
    met = (*left, f" {sign} ", *right)
    return (Either(node, met, (*left, f"，{_FAILED[sign]} ", *right), met),)


def joined(parts: list[Words], between: str) -> Words:
    """Sentences put together with `between` in the gaps."""
    result: list[Part] = []
    for at, words in enumerate(parts):
        if at:
            result.append(between)
        result.extend(words)
    return tuple(result)
