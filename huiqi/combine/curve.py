"""The curve of the whole combination against one fact, with everything else as it is.

It starts from the members' own breakpoints; between them a change of what is chosen is found where two lines cross, else by
bisection. Every value shown was worked out by the engine at that point.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from huiqi.combine.package import best_package, course_of
from huiqi.evaluate.applicant import APPLICANT, Applicant, Values
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.profile import Curve, curves
from huiqi.packs.vocabulary import Fact

MOST_POINTS = 400  # evaluations of the whole combination
MOST_STAIRS = 60  # of one piece, that the combination is worked out at


class Point(Struct, frozen=True):
    """What is sure at one value of the fact: the money that needs no selection, in 分, and the measures chosen."""

    total: int
    chosen: tuple[tuple[str, str], ...]


class Stretch(Struct, frozen=True):
    """The fact from `first` to `last` (smallest steps): the total is linear, up to a 分 of rounding, and the set is one."""

    first: int
    last: int
    at_first: int
    at_last: int
    chosen: tuple[tuple[str, str], ...]


class Whole(Struct, frozen=True):
    """The stretches in order; `complete` is False where the number of evaluations ran out and the last stretches are cruder."""

    stretches: tuple[Stretch, ...]
    complete: bool

    def drops(self) -> list[tuple[int, int, int]]:
        """Cliffs where a larger base pays less: (value, before, after)."""
        return [(b.first, a.at_last, b.at_first) for a, b in pairwise(self.stretches) if b.at_first < a.at_last]


def whole_curve(engine: Engine, applicant: Applicant, question: Question, fact: Fact, subject: str, year: int | None) -> Whole | None:
    """The curve from the least value of the fact to past the last breakpoint of its members; None where no result reads the fact."""
    members = curves(engine, applicant, question, fact, subject, year)
    if not members:
        return None
    memory: dict[int, Point] = {}

    def at(value: int) -> Point:
        if value not in memory:
            other = _with(applicant, fact, subject, year, value)
            package = best_package(engine, other, question, engine.results(other, question, with_reasons=False))
            sure = [(r, a) for r, a in zip(package.chosen, package.amounts, strict=True) if course_of(r) != "if_selected"]
            memory[value] = Point(sum(a for _, a in sure), tuple((r.measure.id, r.subject or "") for r, _ in sure))
        return memory[value]

    starts = _starts(members, fact)
    found: list[Stretch] = []
    for first, end in pairwise(starts):
        _divide(first, end - 1, at, found, lambda: len(memory) < MOST_POINTS)
    return Whole(tuple(_joined(found)), len(memory) < MOST_POINTS)


def _starts(members: list[Curve], fact: Fact) -> list[int]:
    """The first value of every piece of every member and of its stairs, and an end a quarter past the last of the pieces."""
    starts = {fact.least, *(p.first for c in members for p in c.pieces)}
    now = [c.now for c in members if c.now is not None]
    end = min(max([*starts, *now]) * 5 // 4 + 1, fact.greatest + 1)
    for piece in (p for c in members for p in c.pieces if p.stairs):
        rise = piece.next_stair(piece.first)
        for _ in range(MOST_STAIRS):
            if rise is None or rise.first >= end:
                break
            starts.add(rise.first)
            rise = piece.next_stair(rise.first)
    return [s for s in sorted(starts) if s < end] + [end]


def _divide(first: int, last: int, at: Callable[[int], Point], into: list[Stretch], go_on: Callable[[], bool]) -> None:
    """Cut a stretch until each part is linear with one set: where its two ends' lines cross, else in the middle."""
    todo = [(first, last)]
    while todo:
        a, b = todo.pop()
        if b - a < 2 or _linear(a, b, at) or not go_on():
            if b > a and b - a < 2 and at(a).chosen != at(b).chosen:
                into += [Stretch(x, x, at(x).total, at(x).total, at(x).chosen) for x in (a, b)]
            else:
                into.append(Stretch(a, b, at(a).total, at(b).total, at(a).chosen))
            continue
        cut = _crossing(a, b, at)
        todo += [(cut + 1, b), (a, cut)]


def _linear(a: int, b: int, at: Callable[[int], Point]) -> bool:
    points = [at(a), at(b)]
    if points[0].chosen != points[1].chosen:
        return False
    for x in (a + (b - a) // 2, a + (b - a) // 3):
        straight = points[0].total + (points[1].total - points[0].total) * (x - a) // (b - a)
        if abs(at(x).total - straight) > 1 or at(x).chosen != points[0].chosen:
            return False
    return True


def _crossing(a: int, b: int, at: Callable[[int], Point]) -> int:
    """Where the line that leaves the low end meets the line that comes to the high end, else the middle."""
    step = max((b - a) // 64, 1)
    rise_a, rise_b = at(a + step).total - at(a).total, at(b).total - at(b - step).total
    if rise_a != rise_b:
        x = a + ((at(b).total - at(a).total) * step - rise_b * (b - a)) // (rise_a - rise_b)
        if a < x < b and at(a + step).chosen == at(a).chosen and at(b - step).chosen == at(b).chosen:
            return next((y for y in (x - 1, x, x + 1) if a <= y < b and at(y).chosen != at(y + 1).chosen), x)
    return a + (b - a) // 2


def _joined(parts: list[Stretch]) -> list[Stretch]:
    """Neighbours that are one line with one set become one stretch again."""
    made: list[Stretch] = []
    for part in parts:
        before = made[-1] if made else None
        if before and before.chosen == part.chosen and _straight(before, part):
            made[-1] = replace(before, last=part.last, at_last=part.at_last)
        else:
            made.append(part)
    return made


def _straight(a: Stretch, b: Stretch) -> bool:
    """Whether two neighbours lie on one line."""
    rise, run = b.at_last - a.at_first, b.last - a.first
    return all(abs(total - a.at_first - rise * (x - a.first) // run) <= 1 for x, total in ((a.last, a.at_last), (b.first, b.at_first)))


def _with(applicant: Applicant, fact: Fact, subject: str, year: int | None, value: int) -> Applicant:
    made = copy(applicant)
    if subject == APPLICANT:
        made.facts = _set(applicant.facts, fact, year, value)
    else:
        one = applicant.subjects[subject]
        made.subjects = {**applicant.subjects, subject: replace(one, facts=_set(one.facts, fact, year, value))}
    return made


def _set(values: Values, fact: Fact, year: int | None, value: int) -> Values:
    old = values.get(fact.name)
    return {**values, fact.name: value if year is None else {**(old if isinstance(old, dict) else {}), year: value}}
