"""Completions: an incomplete firm with every missing fact given some value and every list whole."""

from __future__ import annotations

import random

from huiqi.evaluate.applicant import EARLIER, Applicant, Record, Subject
from huiqi.evaluate.classes import class_ends
from huiqi.evaluate.results import NOT_IN_FORCE, Result
from huiqi.packs.vocabulary import Fact
from tests.population.firms import Firms


def completed(firm: Applicant, maker: Firms, r: random.Random) -> Applicant:
    """The firm with every missing fact given some value, and every list whole, perhaps with more in it."""
    full = Applicant(firm.kind, firm.name, firm.code, firm.district, firm.claim)
    full.facts = _filled(firm.facts, maker, firm.kind)
    full.subjects = {s.id: Subject(s.kind, s.id, s.parent, _filled(s.facts, maker, s.kind), s.place) for s in firm.subjects.values()}
    full.aid = list(firm.aid)
    full.records = [_settled(x, maker, r) for x in firm.records]
    if not firm.is_complete("records"):
        there = {(x.of, x.first_day) for x in full.records}
        able = [name for name in sorted(maker.registers) if name not in firm.complete]
        more = {(x.of, x.first_day): x for name in able if r.random() < 0.5 for x in maker._records(name, full)}
        full.records += [_settled(x, maker, r) for key, x in more.items() if key not in there]  # one recognition a day
    if not firm.is_complete("aid") and r.random() < 0.5:
        full.aid += maker.one().aid
        full.aid = [a for a in full.aid if a.subject in ("", *full.subjects)]
    full.complete = {"all"}
    return full


def _filled(values, maker: Firms, kind: str):  # type: ignore[no-untyped-def]
    other = {}
    while not _whole(other, maker, kind):
        new = maker._values(kind)
        other = {k: ({**other.get(k, {}), **v} if isinstance(v, dict) else v) for k, v in {**other, **new}.items()}
    filled = {k: (_years(v, values.get(k, {})) if isinstance(v, dict) else values.get(k, v)) for k, v in other.items()}
    for fact in (maker.words.facts[name] for name in sorted(maker.facts)):
        if fact.series and maker.words.applies(fact, kind):
            _determined(filled, values, maker, fact)
    return filled


def _determined(filled, values, maker: Firms, fact: Fact) -> None:  # type: ignore[no-untyped-def]
    """What is filled in agrees with the classes given; in half of the other years the class that follows is given too, for its absence is no gap."""
    sizes, given, r = maker.sizes[fact.series], values.get(fact.name, {}), maker.random
    industries = range(len(maker.words.facts[sizes.by].values))
    if given and sizes.by not in values:
        able = {at: [class_ends(values | {sizes.by: at}, sizes, year, maker.words) for year in given] for at in industries}
        filled[sizes.by] = r.choice([at for at, ends in able.items() if all(low <= c <= high for c, (low, high) in zip(given.values(), ends, strict=True))])
    industry = maker.words.facts[sizes.by].values[filled[sizes.by]]
    for year, class_ in given.items():
        for name in sizes.facts:
            if year not in values.get(name, {}):  # at the bound of the class, which is below the next
                filled[name][year] = sizes.bounds[sizes.classes[class_]][industry].get(name, 0) if class_ else 0
    follows = {year: class_ends(filled, sizes, year, maker.words)[0] for year in maker.years if year != EARLIER}
    assert all(follows[year] == class_ for year, class_ in given.items())
    filled[fact.name] = given | {year: class_ for year, class_ in follows.items() if year not in given and r.random() < 0.5}


def _years(filled: dict[int, int], given: dict[int, int]) -> dict[int, int]:
    """Years that are given stay; a year that `earlier` covers, before the first one given, is not above it."""
    first = min((y for y in given if y != EARLIER), default=9999) if EARLIER in given else 0
    return {y: min(v, given[EARLIER]) if y != EARLIER and y < first else v for y, v in {**filled, **given}.items()}


def _whole(values, maker: Firms, kind: str) -> bool:  # type: ignore[no-untyped-def]
    names = [n for n in maker.facts if maker.words.applies(maker.words.facts[n], kind) and not maker.words.facts[n].series]
    return all(n in values and (not isinstance(values[n], dict) or len(values[n]) == len(maker.years)) for n in names)


def _settled(record: Record, maker: Firms, r: random.Random) -> Record:
    register = maker.words.registers[record.register]
    return Record(
        record.register,
        record.event or r.choice(register.events or ("",)),
        record.level or r.choice(register.levels or ("",)),
        record.of,
        record.first_day,
        record.last_day,
    )


def by_key(results: list[Result]) -> dict[tuple[str, str, str], Result]:
    return {r.key: r for r in results if r.subject is not None and r.status != NOT_IN_FORCE}
