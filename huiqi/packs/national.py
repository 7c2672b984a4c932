"""National data with dates: series of values (LPR), the holiday table. Asked outside what is known, they refuse."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction

from huiqi.language.diagnostics import Findings
from huiqi.language.units import quantity_at
from huiqi.language.yamltree import Map, Node, Scalar, want_map, want_seq
from huiqi.packs.reader import Fields


@dataclass(frozen=True, slots=True)
class Series:
    """Values by day for each term (期限): `starts` and `values[term]` in the order of the days; known to `known_to`."""

    name: str
    source: str
    starts: tuple[str, ...]
    values: dict[str, tuple[Fraction, ...]]
    known_to: str

    def on(self, day: str, term: str) -> Fraction | None:
        """The value in force on a day; None before the first entry or after the last day the table knows."""
        at = bisect_right(self.starts, day)
        return None if at == 0 or day > self.known_to else self.values[term][at - 1]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The holiday table: days off and worked weekend days by year."""

    off: frozenset[str]
    work: frozenset[str]
    years: frozenset[int]

    def is_working(self, day: datetime.date) -> bool | None:
        """Whether a day is worked; None in a year the table does not know (never a guess)."""
        if day.year not in self.years:
            return None
        text = day.isoformat()
        return text in self.work or (text not in self.off and day.weekday() < 5)


def read_series(node: Node, findings: Findings) -> Series:
    """A dated series (policies/national/lpr.yaml)."""
    f = Fields(want_map(node), ("series", "definition", "source", "known_to", "entries"), findings)
    starts: list[str] = []
    values: dict[str, list[Fraction]] = {}
    for item in f.maps("entries"):
        starts.append(Fields(item, tuple(item.entries), findings).date("from"))
        for term, value in item.entries.items():
            if term != "from":
                values.setdefault(term, []).append(_rate(value, findings))
    for a, b, item in zip(starts, starts[1:], list(f.maps("entries"))[1:], strict=False):
        if a >= b:
            findings.add("P013", item.place)
    if any(len(v) != len(starts) for v in values.values()):
        findings.add("P001", f.place("entries"), key="、".join(values))
    return Series(f.text("series"), f.text("source"), tuple(starts), {k: tuple(v) for k, v in values.items()}, f.date("known_to"))


def _rate(node: Node, findings: Findings) -> Fraction:
    text = node.text if isinstance(node, Scalar) else ""
    found = quantity_at(text)
    if not found or found[1] != len(text) or found[0].dimension != "比率":
        findings.add("Q001", node.place, text=text, example="3.45%")
        return Fraction(0)
    return found[0].value


def read_calendar(node: Node, findings: Findings) -> Calendar:
    """The holiday table (policies/national/calendar.yaml)."""
    off: set[str] = set()
    work: set[str] = set()
    years: set[int] = set()
    for item in want_seq(node):
        f = Fields(want_map(item), ("year", "source", "off", "work"), findings)
        years.add(int(f.text("year", "0")))
        for holiday in f.maps("off"):
            off |= _days(holiday, findings)
        work |= set(f.texts("work"))
    return Calendar(frozenset(off), frozenset(work), frozenset(years))


def _days(holiday: Map, findings: Findings) -> set[str]:
    f = Fields(holiday, ("name", "from", "to"), findings)
    first, last = f.date("from"), f.date("to")
    if first > last:
        findings.add("P018", holiday.place)
        return set()
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return {(start + datetime.timedelta(n)).isoformat() for n in range((end - start).days + 1)}


EMPTY_CALENDAR = Calendar(frozenset(), frozenset(), frozenset())
