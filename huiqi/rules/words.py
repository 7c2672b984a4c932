"""Sentences with blanks: what a rule says, filled with the values it met.

A sentence is a tuple of parts: plain text, `Shown` (a node's value in its unit), `YearOf` (the year a fact is about) and
`Mark` (whether a part of a compound condition holds).
The same parts are read by the interpreter's reasons and, without values, by the library.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """The value of a graph node. `unit` formats it; `labels` names the positions of a choice."""

    node: int
    unit: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearOf:
    """The claim year, `back` years earlier."""

    back: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether one part of a compound condition holds: ✓, ✗ or ？."""

    node: int


Part = str | Shown | YearOf | Mark
Words = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the reasons. `holds`: the condition it reports; `given`: shown only where this condition must hold."""

    words: Words
    holds: int | None = None
    given: int | None = None


def joined(parts: list[Words], between: str) -> Words:
    """Sentences put together with `between` in the gaps."""
    result: list[Part] = []
    for at, words in enumerate(parts):
        if at:
            result.append(between)
        result.extend(words)
    return tuple(result)
