"""National data with dates: series of values (LPR), size classes by industry, the holiday table. Asked outside what is known, they refuse."""

from __future__ import annotations

import datetime
import itertools
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from huiqi.language.diagnostics import Findings, Problems, did_you_mean
from huiqi.language.units import UNITS, quantity_at, read_quantity
from huiqi.language.yamltree import Map, Node, Scalar, want_map, want_seq, want_text
from huiqi.packs.reader import Fields
from huiqi.packs.vocabulary import Vocabulary


class Series(Struct, frozen=True):
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


class SizeClasses(Struct, frozen=True):
    """Classes of firms by industry (企业规模): `classes` from low to high, the first without bounds.

    `by` is the choice fact of the industry, `bounds[class][industry]` the least value of each yearly fact, in steps of its unit; a firm is of the highest
    class whose bounds it reaches all. In force from `first_day`.
    """

    name: str
    by: str
    source: str
    first_day: str
    classes: tuple[str, ...]
    bounds: dict[str, dict[str, dict[str, int]]]

    @property
    def facts(self) -> tuple[str, ...]:
        """The yearly facts that bounds are about, in the order they first appear."""
        return tuple(dict.fromkeys(fact for rows in self.bounds.values() for row in rows.values() for fact in row))

    def metrics(self, industry: str) -> tuple[str, ...]:
        """The facts an industry goes by."""
        return tuple(dict.fromkeys(fact for rows in self.bounds.values() for fact in rows[industry]))

    def reaches(self, class_: str, industry: str, figures: Mapping[str, int]) -> bool:
        """Whether figures, in steps of their units, reach all bounds of a class."""
        return all(figures[fact] >= least for fact, least in self.bounds[class_][industry].items())

    def of(self, industry: str, figures: Mapping[str, int]) -> int:
        """The position of the class that figures make a firm of an industry."""
        return max((at for at, class_ in enumerate(self.classes) if at and self.reaches(class_, industry, figures)), default=0)

    def ends(self, industries: Iterable[str], figures: dict[str, int]) -> tuple[int, int]:
        """The positions of the least and the greatest class a firm of one of these industries can be, whatever the figures that are not given."""
        able = list(industries)
        least = dict.fromkeys(self.facts, 0) | figures
        greatest = {fact: max(row.get(fact, 0) for rows in self.bounds.values() for row in rows.values()) for fact in self.facts} | figures
        return min(self.of(each, least) for each in able), max(self.of(each, greatest) for each in able)


class Calendar(Struct, frozen=True):
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
    for item in f.maps("entries"):
        for term in (term for term in values if term not in item.entries):
            findings.add("P001", item.place, key=term)
    return Series(f.text("series"), f.text("source"), tuple(starts), {k: tuple(v) for k, v in values.items()}, f.date("known_to"))


def read_sizes(node: Node, vocabulary: Vocabulary, findings: Findings) -> SizeClasses:
    """The classes of policies/national/sizes.yaml, for the choice fact that names the series (its values are the classes, lowest first)."""
    f = Fields(want_map(node), ("series", "by", "definition", "source", "from", "entries"), findings)
    name, by = f.text("series"), f.text("by")
    classes = next((fact.values for fact in vocabulary.facts.values() if fact.series == name), ())
    industries = vocabulary.facts[by].values if by in vocabulary.facts else ()
    if not classes or not industries:
        key, wanted = ("by", by) if classes else ("series", name)
        findings.add("P006", f.place(key), name=wanted, table="facts", **did_you_mean(wanted, vocabulary.facts))
    bounds: dict[str, dict[str, dict[str, int]]] = {class_: {} for class_ in classes[1:]}
    for item in f.maps("entries"):
        entry = Fields(item, ("industry", *classes[1:]), findings)
        industry = entry.one_of("industry", industries)
        if any(industry in rows for rows in bounds.values()):
            findings.add("P004", entry.place("industry"), id=industry)
        for class_ in bounds:
            bounds[class_][industry] = _bounds(entry, class_, vocabulary, findings)
        for lower, higher in itertools.pairwise(bounds):
            if any(bounds[higher][industry].get(fact, 0) <= least for fact, least in bounds[lower][industry].items()):
                findings.add("P013", entry.place(higher))
    for industry in (i for i in industries if any(i not in rows for rows in bounds.values())):
        findings.add("P001", f.place("entries"), key=industry)
    return SizeClasses(name, by, f.text("source"), f.date("from"), classes, bounds)


def _bounds(entry: Fields, class_: str, vocabulary: Vocabulary, findings: Findings) -> dict[str, int]:
    """`{职工总数: 300人, 营业收入: 2000万元}` in steps of each fact's unit."""
    node = entry.map(class_)
    if node is None:
        findings.add("P001", entry.node.place, key=class_)
        return {}
    made = {}
    for name, value in node.entries.items():
        fact = vocabulary.facts.get(name)
        if fact is None:
            findings.add("P006", node.keys[name], name=name, table="facts", **did_you_mean(name, vocabulary.facts))
        elif fact.by != "year" or fact.unit not in UNITS or fact.least != 0:
            findings.add("Y008", node.keys[name], want_zh="按年度、从零起的数值指标", want_en="a fact that is a number by year from zero on")
        else:
            try:
                made[name] = read_quantity(want_text(value).text, fact.unit, value.place)
            except Problems as problems:
                findings.take(problems)
    return made


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
        year = f.text("year")
        if year.isdigit():
            years.add(int(year))
        else:
            findings.add("P005", f.place("year"), id=year, want="2025")
        for holiday in f.maps("off"):
            off |= _days(holiday, findings)
        work |= set(f.texts("work"))
    return Calendar(frozenset(off), frozenset(work), frozenset(years))


def _days(holiday: Map, findings: Findings) -> set[str]:
    f = Fields(holiday, ("name", "from", "to"), findings)
    first, last = f.date("from"), f.date("to")
    if not (first and last):
        return set()
    if first > last:
        findings.add("P018", f.place("from"))
        return set()
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return {(start + datetime.timedelta(n)).isoformat() for n in range((end - start).days + 1)}


EMPTY_CALENDAR = Calendar(frozenset(), frozenset(), frozenset())
