"""What each page shows: corpus, firm and date in, plain values for a template out. No words here, no HTML."""

from __future__ import annotations

from collections import Counter
from functools import partial

from msgspec import Struct

from huiqi.combine.package import COURSES, Package, best_package
from huiqi.combine.payers import borne
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.questions import next_questions
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE, UNKNOWN, Result
from huiqi.evaluate.swings import looked_at, swings
from huiqi.packs.evidence import evidence
from huiqi.packs.funding import funding_words
from huiqi.packs.model import Corpus, Measure, Policy, Reading
from huiqi.packs.say import limit_words
from huiqi.page.combination import combination, subject_label
from huiqi.page.firms import Firm
from huiqi.page.money import Shown, shown

Key = tuple[str, str, str]
GROUPS = (ELIGIBLE, UNKNOWN, INELIGIBLE, NOT_IN_FORCE)


class Totals(Struct, frozen=True):
    """The best combination: course → 分 for the firm itself, and for every other payee what is not nothing."""

    own: dict[str, int]
    others: dict[str, dict[str, int]]


class FirmLine(Struct, frozen=True):
    """A firm in the list: its totals and how many results are eligible or wait for facts."""

    firm: Firm
    totals: Totals
    counts: Counter[str]


class PolicyLine(Struct, frozen=True):
    """A policy with its state on a day and what it holds."""

    policy: Policy
    state: str
    clauses: int
    measures: int
    computed: int


class Line(Struct, frozen=True):
    """A result as it is shown. `counted`: what the combination counts where a limit cut it; `rival`: why it was dropped."""

    result: Result
    subject: str
    tag: str
    amount: Shown | None
    counted: int | None
    rival: str | None
    readings: tuple[Reading, ...]
    limits: tuple[str, ...]


def home(corpus: Corpus, engine: Engine, firms: dict[str, Firm], on: str) -> dict[str, object]:
    """The firms with their totals and the policies with their state on a day."""
    policies = [policy_line(p, on) for p in corpus.policies.values()]
    return {
        "firms": [_firm_line(corpus, engine, f, on) for f in firms.values()],
        "policies": sorted(policies, key=lambda p: ("in_force", "not_yet", "expired").index(p.state)),
        "all": len(corpus.measures),
        "computed": sum(p.computed for p in policies),
    }


def _firm_line(corpus: Corpus, engine: Engine, firm: Firm, on: str) -> FirmLine:
    results = engine.results(firm.applicant, Question(on), with_reasons=False)
    package = best_package(engine, firm.applicant, Question(on), results)
    return FirmLine(firm, totals(package), Counter(r.status for r in results))


def totals(package: Package) -> Totals:
    """Certain, up to, if selected: for the firm, and for whoever else is paid."""
    by_payee = package.totals()
    own = by_payee.pop("", dict.fromkeys(COURSES, 0))
    return Totals(own, {payee: {c: fen for c, fen in courses.items() if fen} for payee, courses in by_payee.items()})


def firm_page(corpus: Corpus, engine: Engine, firm: Firm, on: str, lang: str) -> dict[str, object]:
    """Everything about one firm on one day."""
    applicant, question = firm.applicant, Question(on)
    results = engine.results(applicant, question)
    best = combination(corpus, engine, applicant, question, results, lang)
    package = best.package
    amounts = {r.key: a for r, a in zip(package.chosen, package.amounts, strict=True)}
    rivals = {d.result.key: d.because for d in package.dropped}
    groups: dict[str, list[Line]] = {status: [] for status in GROUPS}
    for result in results:
        groups[result.status].append(_line(result, amounts, rivals, applicant, corpus))
    groups[ELIGIBLE].sort(key=lambda x: (x.result.received, -_most(x.result)))
    groups[UNKNOWN].sort(key=lambda x: (x.result.remote, -_most(x.result)))
    return {
        "firm": firm,
        "claim": applicant.claim or int(on[:4]) - 1,
        "totals": totals(package),
        "best": best,
        "groups": groups,
        "questions": next_questions(results, corpus),
        "pays": frozenset(id_ for id_, (_, _, m) in corpus.measures.items() if m.pays),
        "swings": swings(engine, applicant, question, results, looked_at(results)),
        "homes": {reading.id: (p, c) for p in corpus.policies.values() for c in p.clauses for reading in c.readings},
        "payers": borne(package, corpus, engine.choices),
        "payer_words": funding_words,
        "label": partial(subject_label, applicant),
        "evidence": {m.id: evidence(m, corpus.vocabulary) for m in {r.measure.id: r.measure for r in results if r.status != INELIGIBLE}.values()},
        "shown": shown,
        "all": len(corpus.measures),
        "not_computed": sum(not m.computed for _, _, m in corpus.measures.values()),
    }


def _most(result: Result) -> float:
    """The most a result can come to, for order; without an upper end it comes first."""
    if result.status == ELIGIBLE and result.amount is not None:
        return result.amount
    return float("inf") if result.high is None else result.high


def _line(result: Result, amounts: dict[Key, int], rivals: dict[Key, str], applicant: Applicant, corpus: Corpus) -> Line:
    counted = amounts.get(result.key)
    cut = None if counted == result.amount else counted
    readings = tuple(corpus.readings[r] for r in result.readings)
    limits = tuple(limit_words(x) for x in result.clause.limits if x.id in result.limits and "together" not in x.body.entries)
    return Line(result, subject_label(applicant, result.subject), _tag(result), shown(result), cut, rivals.get(result.key), readings, limits)


def _tag(result: Result) -> str:
    """The status in one word; an eligible result says what is still to be decided, or that it was received already."""
    if result.status != ELIGIBLE:
        return result.status
    if result.received:
        return "received"
    return ELIGIBLE if result.settled or result.measure.decision == "automatic" else result.measure.decision


def state(policy: Policy, on: str) -> str:
    """`in_force`, `not_yet` or `expired` on a day, both ends included."""
    if on < policy.first_day:
        return "not_yet"
    return "expired" if policy.last_day and on > policy.last_day else "in_force"


def policy_line(policy: Policy, on: str) -> PolicyLine:
    """A policy with its state and counts."""
    measures: list[Measure] = [m for c in policy.clauses for m in c.measures]
    return PolicyLine(policy, state(policy, on), len(policy.clauses), len(measures), sum(m.computed for m in measures))
