"""Compiled rules of a corpus, and their results for one applicant."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from huiqi.evaluate.applicant import APPLICANT, Applicant
from huiqi.evaluate.compiled import Compiled, Rules
from huiqi.evaluate.deductions import deduction
from huiqi.evaluate.instances import Instance, instances, plain_instances
from huiqi.evaluate.known import Known
from huiqi.evaluate.missing import gaps
from huiqi.evaluate.reasons import PART
from huiqi.evaluate.resolve import Given, Resolver
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE, UNKNOWN, Reason, Result
from huiqi.language.diagnostics import Place, did_you_mean, problem
from huiqi.language.units import format_money
from huiqi.packs.choices import with_choices
from huiqi.packs.model import Clause, Corpus, Measure, Policy
from huiqi.rules.measure import deducted


class Question(Struct, frozen=True):
    """What is asked of the engine: the day of application, and the claim year if it is not the year before.

    `policies`, `measures`: only these (and the measures whose money they deduct); left empty, all.
    """

    on: str
    claim: int | None = None
    policies: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


class Engine:
    """Every computed measure of a corpus, with the readings asked for; each is lowered and compiled once, when it is first in force."""

    def __init__(self, corpus: Corpus, choices: dict[str, str] | None = None):
        self.choices = choices or {}
        _check_choices(corpus, self.choices)
        self.corpus = corpus = with_choices(corpus, self.choices)
        self.compiled = Rules(corpus, self.choices)
        self._places = {measure_id: place for place, measure_id in enumerate(self.compiled)}
        self._deducts = {measure.id: deducted(policy, measure) for policy, _, measure in corpus.computed()}
        self.order = _order(self._deducts)
        self._plan = lru_cache(64)(self._planned)

    def under(self, choices: dict[str, str]) -> Engine:
        """The same engine with these choices as well; what no reading changes is not worked out again. Raises `Problems` as the engine does."""
        other = copy(self)
        other.choices = self.choices | choices
        _check_choices(self.corpus, other.choices)
        other.corpus = with_choices(self.corpus, choices)
        other.compiled = Rules(other.corpus, other.choices)
        other._plan = lru_cache(64)(other._planned)
        return other

    def results(self, applicant: Applicant, question: Question, with_reasons: bool = True) -> list[Result]:
        """All results for the applicant, in the order of the documents. Raises `Problems` where a rule that is in force does not lower."""
        claim = question.claim or applicant.claim or int(question.on[:4]) - 1
        resolver = Resolver(applicant, self.corpus, question.on, claim)
        found: dict[int, list[Result]] = {}
        for step in self._plan(question.on, claim, question.policies, question.measures, applicant.kind):
            if step.compiled is None:
                found[step.place] = [_closed(*self.corpus.measures[step.measure], applicant, claim, step.why)]
            else:
                found[step.place] = _results(step, step.compiled, resolver, with_reasons)
        return [r for _, results in sorted(found.items()) for r in results]

    def _planned(self, on: str, claim: int, policies: tuple[str, ...], measures: tuple[str, ...], kind: str) -> list[_Step]:
        """What a run does for one kind of applicant, in order."""
        family = set(self.corpus.vocabulary.family(kind))
        closed = {policy.id: out_of_force(policy, on, claim) for policy in self.corpus.policies.values()}
        needed = {m for needs in self._deducts.values() for m in needs}
        wanted = {m for measure in measures for m in (measure, *self._deducts.get(measure, ()))} or set(self.order)
        steps = []
        for measure_id in self.order:
            policy, _, measure = self.corpus.measures[measure_id]
            if measure_id in wanted and (not policies or policy.id in policies) and not family.isdisjoint(measure.applicant):
                why = closed[policy.id]
                compiled = None if why else self.compiled[measure_id]
                steps.append(_Step(measure_id, self._places[measure_id], compiled, why, plain_instances(measure, claim), measure_id in needed))
        return steps


class _Step(NamedTuple):
    """One measure of a run: its place in the documents, its rule or why it is not in force.

    `plain`: its instances where they are the same for every applicant. `deducted`: whether an award deducts its money.
    """

    measure: str
    place: int
    compiled: Compiled | None
    why: str
    plain: list[Instance]
    deducted: bool


def _check_choices(corpus: Corpus, choices: dict[str, str]) -> None:
    for id_, choice in choices.items():
        reading = corpus.readings.get(id_)
        if reading is None:
            raise problem("C001", Place("--reading"), id=id_, what=("口径", "reading"), **did_you_mean(id_, corpus.readings))
        if choice not in reading.choices:
            raise problem("P015", Place("--reading"), id=id_, choice=choice, values=list(reading.choices))


def _order(deducts: dict[str, set[str]]) -> list[str]:
    """Document order, but a measure that deducts another's money comes after it."""
    waiting = {measure_id: needs - {measure_id} for measure_id, needs in deducts.items()}
    done: dict[str, None] = {}
    while waiting:
        ready = next((i for i, needs in waiting.items() if needs.isdisjoint(waiting)), "")
        if not ready:
            raise AssertionError("awarded() references form a circle")
        del waiting[ready]
        done[ready] = None
    return list(done)


def out_of_force(policy: Policy, on: str, claim: int) -> str:
    """Why the policy does not answer a claim for year `claim` filed on `on`; '' when it does.

    By the event, each recognition is tested by its own day (`instances`), and what has no day by its year.
    """
    if on < policy.first_day:
        return f"申报日期 {on} 早于施行日期 {policy.first_day}"
    if policy.applies_by == "application":
        if policy.last_day and on > policy.last_day:
            return f"申报日期 {on} 晚于有效期截止日 {policy.last_day}"
    elif not policy.first_day[:4] <= str(claim) <= (policy.last_day or "9999")[:4]:
        return f"申报年度 {claim} 不在有效期 {policy.first_day} 至 {policy.last_day or '未载明'} 之内"
    if policy.benefit_from and str(claim) < policy.benefit_from:
        return f"申报年度 {claim} 早于奖补起算年度 {policy.benefit_from}"
    if policy.benefit_to and str(claim) > policy.benefit_to:
        return f"申报年度 {claim} 晚于奖补截止年度 {policy.benefit_to}"
    return ""


def _closed(policy: Policy, clause: Clause, measure: Measure, applicant: Applicant, claim: int, why: str) -> Result:
    """The result of a measure whose policy does not answer this claim; its rule is not looked at."""
    subject = None if measure.subject else APPLICANT
    kind = "none" if not measure.pays else "up_to" if policy.all_up_to else "exact"
    reason = Reason(why, False, "condition", f"{policy.number or policy.title} 施行日期")
    limits = tuple(x.id for x in clause.limits if x.names(measure.id))
    readings = {policy.applies_reading: policy.applies_by}
    head = (policy, clause, measure, measure.subject or applicant.kind, subject, str(claim))
    return Result(*head, NOT_IN_FORCE, 0, kind, 0, 0, reasons=[reason], limits=limits, readings=readings)


def _results(step: _Step, compiled: Compiled, resolver: Resolver, with_reasons: bool) -> list[Result]:
    rule, applicant = compiled.rule, resolver.applicant
    # A measure that deducts what it gave before is never received whole: the deduction says it.
    may_be_received = applicant.aid and not rule.deducts_itself
    results = []
    for instance in step.plain or instances(rule.policy, rule.measure, applicant, resolver.on, resolver.claim, resolver.vocabulary):
        others = compiled.others(resolver, instance)
        result = _decide(compiled, instance, resolver, others)
        if may_be_received:
            result.received = resolver.received(rule.measure, instance)
        if compiled.deducts and result.amount is not None and result.status == ELIGIBLE:
            result.deduction = deduction(compiled, compiled.known(resolver, instance), resolver, instance)
        if with_reasons:
            told = compiled.told(resolver, instance, others)
            result.shown = (compiled.story.names, told.trace)
            if result.status == UNKNOWN or result.amount is None or result.aid_uncounted:
                result.gaps = gaps(compiled, result, told)
            result.reasons = compiled.story.reasons(told)
            if result.aid_uncounted and result.amount is not None and result.deduction is not None and result.deduction.gross > result.amount:
                at = next((n for n, r in enumerate(result.reasons) if r.text.startswith(PART)), len(result.reasons))
                result.reasons.insert(at, Reason(f"扣除已登记的支持，余 {format_money(result.amount)}", None, "sum", compiled.citation))
        if step.deducted and instance.subject is not None and not result.received:
            hangs_on = [(gap.name, gap.of) for gap in result.gaps]
            resolver.given.append(Given(rule.measure.id, instance.subject, result.amount, result.low, result.high, hangs_on))
        results.append(result)
    return results


def _decide(compiled: Compiled, instance: Instance, resolver: Resolver, others: list[Known]) -> Result:
    subject, period, record, unrecorded = instance
    policy, clause, measure = compiled.source
    kind = resolver.applicant.subjects[subject].kind if subject else measure.subject or resolver.applicant.kind
    status, amount_kind, uncounted = INELIGIBLE, compiled.kind, False
    amount: int | None = 0
    low, high, amount_least = 0, amount, None
    if unrecorded != "absent" and (ends := compiled.ends_for(resolver, others)) is not None:
        must, sure, most, is_open, up_to, least = ends
        must = must and subject is not None and not unrecorded
        status = ELIGIBLE if must else UNKNOWN
        if compiled.pays:
            amount_kind = "range" if compiled.in_range else "up_to" if up_to else "exact"
            low, high = sure if must else 0, None if is_open else most
            amount = low if low == high else None
            if must and amount is None and compiled.deducts:
                told = compiled.ends([k.uncounted() for k in compiled.known(resolver, instance)])
                if told is not None and told.must and told.low == told.high and not told.open:
                    amount, uncounted = told.low, True
            if compiled.in_range:
                low, amount_least = least if must else low, None if amount is None else least
    head = (policy, clause, measure, kind, subject, period)
    return Result(*head, status, amount, amount_kind, low, high, compiled.limits, compiled.readings, record, unrecorded == "unknown", amount_least, uncounted)
