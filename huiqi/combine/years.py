"""Where one thing now excludes another for good (保险三年或奖励一次): every way with its years and its total.

Later years are worked out as if each yearly fact stayed as it is in the claim year, filed on the same day of the later year;
a policy that has ended by then pays nothing, one that follows on the same matter does.
"""

from __future__ import annotations

from copy import copy

from msgspec import Struct
from msgspec.structs import replace

from huiqi.combine.build import Builder, Cause
from huiqi.combine.overlap import same_matter
from huiqi.combine.package import best_package, candidates, course_of, key, printed
from huiqi.evaluate.applicant import Aid, Applicant, Values
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import Result, yuan

YEARS = 3  # the longest support the texts print (最多连续三年)


class Way(Struct, frozen=True):
    """One of the ways: the result it begins with, and what each year pays, in 分, the claim year first."""

    first: Result
    years: tuple[tuple[int, int], ...]

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.years)


class Course(Struct, frozen=True):
    """Ways that exclude each other under one limit, the one that pays most in all first."""

    limit: str
    ways: tuple[Way, ...]

    def as_json(self) -> dict[str, object]:
        """An entry of `combination.courses`."""
        ways = [{**key(w.first), "years": [{"claim": y, "amount": yuan(a)} for y, a in w.years], "total": yuan(w.total)} for w in self.ways]
        return {"limit": self.limit, "ways": ways}


def courses(engine: Engine, applicant: Applicant, question: Question, results: list[Result]) -> list[Course]:
    """The courses open to the applicant: for each list of which only one can be had, two or more of its results are there to choose."""
    builder = Builder(engine, applicant, question)
    model = builder.model([r for r in candidates(results) if course_of(r) != "if_selected"], printed)
    groups: dict[tuple[str, str], set[int]] = {}
    for (a, b), cause in model.conflicts.items():
        if cause == Cause("one_of", cause.source) and model.pool[a].policy.id == model.pool[b].policy.id:
            groups.setdefault((cause.source, model.pool[a].subject or ""), set()).update((a, b))
    found = []
    for (limit, _), members in groups.items():
        ways = [_way(engine, applicant, question, builder.claim, model.pool[at]) for at in sorted(members)]
        if any(len([a for _, a in w.years if a]) > 1 for w in ways):
            found.append(Course(limit, tuple(sorted(ways, key=lambda w: -w.total))))
    return found


def _way(engine: Engine, applicant: Applicant, question: Question, claim: int, first: Result) -> Way:
    years = [(claim, first.amount or 0)]
    later = applicant
    for back in range(1, YEARS):
        given = Aid(first.measure.id, first.measure.matter, "市", first.subject or "", str(claim + back - 1), years[-1][1])
        later = _next_year(later, claim + back, [given] if years[-1][1] else [])
        asked = replace(question, on=f"{int(question.on[:4]) + back}{question.on[4:].replace('02-29', '02-28')}", claim=claim + back)
        same = [r for r in engine.results(later, asked, with_reasons=False) if r.subject == first.subject and _follows(first, r, engine)]
        years.append((claim + back, sum(best_package(engine, later, asked, same).amounts)))
    return Way(first, tuple(years))


def _follows(first: Result, result: Result, engine: Engine) -> bool:
    return same_matter(first.measure.matter, result.measure.matter, engine.corpus.vocabulary)


def _next_year(applicant: Applicant, year: int, given: list[Aid]) -> Applicant:
    """The applicant a year on: every yearly fact that is known for the year before and not for this one stays as it is."""
    made = copy(applicant)
    made.claim = None
    made.facts = _carried(applicant.facts, year)
    made.subjects = {id_: replace(s, facts=_carried(s.facts, year)) for id_, s in applicant.subjects.items()}
    made.aid = [*applicant.aid, *given]
    return made


def _carried(values: Values, year: int) -> Values:
    return {
        name: {**value, year: value[year - 1]} if isinstance(value, dict) and year not in value and year - 1 in value else value
        for name, value in values.items()
    }
