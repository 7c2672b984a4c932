"""Compiled rules of a corpus, and their results for one applicant."""

from __future__ import annotations

from dataclasses import dataclass

from huiqi.evaluate.applicant import APPLICANT, Applicant
from huiqi.evaluate.compiled import Compiled, Rules
from huiqi.evaluate.instances import Instance, instances
from huiqi.evaluate.known import Known
from huiqi.evaluate.missing import missing
from huiqi.evaluate.reasons import Teller
from huiqi.evaluate.resolve import Given, Resolver
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE, UNKNOWN, Reason, Result
from huiqi.language.diagnostics import Findings, Place, Problems, did_you_mean, problem
from huiqi.language.units import format_money
from huiqi.packs.model import Clause, Corpus, Measure, Policy
from huiqi.rules.measure import deducted, lower_measure, prove_width


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the engine: the day of application, and the claim year if it is not the year before."""

    on: str
    claim: int | None = None
    policies: tuple[str, ...] = ()


class Engine:
    """Every computed measure of a corpus, with the readings asked for; each is lowered and compiled once, when it is first in force."""

    def __init__(self, corpus: Corpus, choices: dict[str, str] | None = None):
        self.corpus = corpus
        self.choices = choices or {}
        _check_choices(corpus, self.choices)
        self.compiled = Rules(corpus, self.choices)
        self.order = _order(corpus)

    def results(self, applicant: Applicant, question: Question, with_reasons: bool = True) -> list[Result]:
        """All results for the applicant, in the order of the documents. Raises `Problems` where a rule that is in force does not lower."""
        claim = question.claim or applicant.claim or int(question.on[:4]) - 1
        resolver = Resolver(applicant, self.corpus, question.on, claim)
        family = set(self.corpus.vocabulary.family(applicant.kind))
        closed = {policy.id: out_of_force(policy, question.on, claim) for policy in self.corpus.policies.values()}
        found: dict[str, list[Result]] = {}
        for measure_id in self.order:
            policy, clause, measure = self.corpus.measures[measure_id]
            if (question.policies and policy.id not in question.policies) or family.isdisjoint(measure.applicant):
                continue
            if why := closed[policy.id]:
                found[measure_id] = [_closed(policy, clause, measure, applicant, claim, why)]
            else:
                found[measure_id] = _results(self.compiled[measure_id], resolver, with_reasons)
        return [r for measure_id in self.compiled if measure_id in found for r in found[measure_id]]


def check_readings(corpus: Corpus) -> None:
    """Every computed measure lowers, within its width, under every choice of every reading it uses. Raises `Problems` with all faults."""
    findings = Findings()
    for policy, clause, measure in corpus.computed():
        for id_ in (None, *lower_measure(corpus, policy, clause, measure).readings):
            reading = corpus.readings[id_] if id_ else None
            for choice in [c for c in reading.choices if c != reading.taken] if reading else [""]:
                try:
                    prove_width(lower_measure(corpus, policy, clause, measure, {id_: choice} if id_ else {}))
                except Problems as problems:
                    findings.take(problems)
    findings.stop()


def _check_choices(corpus: Corpus, choices: dict[str, str]) -> None:
    for id_, choice in choices.items():
        reading = corpus.readings.get(id_)
        if reading is None:
            raise problem("C001", Place("--reading"), id=id_, what="口径", what_en="reading", **did_you_mean(id_, corpus.readings))
        if choice not in reading.choices:
            raise problem("P015", Place("--reading"), id=id_, choice=choice, values="、".join(reading.choices))


def _order(corpus: Corpus) -> list[str]:
    """Document order, but a measure that deducts another's money comes after it."""
    waiting = {measure.id: deducted(policy, measure) - {measure.id} for policy, _, measure in corpus.computed()}
    done: dict[str, None] = {}
    while waiting:
        ready = next((i for i, needs in waiting.items() if needs.isdisjoint(waiting)), "")
        if not ready:
            raise AssertionError("awarded() references form a circle")
        del waiting[ready]
        done[ready] = None
    return list(done)


def out_of_force(policy: Policy, on: str, claim: int) -> str:
    """Why the policy does not answer a claim for year `claim` filed on `on`; '' when it does."""
    if on < policy.first_day:
        return f"申报日期 {on} 早于施行日期 {policy.first_day}"
    if policy.last_day and on > policy.last_day:
        return f"申报日期 {on} 晚于有效期截止日 {policy.last_day}"
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
    head = (policy, clause, measure, measure.subject or applicant.kind, subject, str(claim))
    return Result(*head, NOT_IN_FORCE, 0, kind, 0, 0, reasons=[reason], limits=limits)


def _results(compiled: Compiled, resolver: Resolver, with_reasons: bool) -> list[Result]:
    rule = compiled.rule
    results = []
    for instance in instances(rule.measure, resolver.applicant, resolver.claim, resolver.vocabulary):
        known = compiled.known(resolver, instance)
        result = _decide(compiled, instance, resolver.applicant, known)
        # A measure that deducts what it gave before is never received whole: the deduction says it.
        result.received = not rule.deducts_itself and resolver.received(rule.measure, instance)
        result.settled, result.unrecorded = instance.record is not None, instance.unrecorded == "unknown"
        if with_reasons:
            trace = compiled.trace(known)
            result.missing = missing(compiled, instance, result, known, trace, resolver.claim)
            result.reasons = Teller(rule, trace, resolver, instance, compiled.citation).reasons()
            if result.aid_uncounted and result.amount is not None:
                result.reasons.append(Reason(f"扣除已登记的支持后 {format_money(result.amount)}", None, "sum", compiled.citation))
        if instance.subject is not None and not result.received:
            resolver.given.append(Given(rule.measure.id, instance.subject, result.amount, result.low, result.high))
        results.append(result)
    return results


def _decide(compiled: Compiled, instance: Instance, applicant: Applicant, known: list[Known]) -> Result:
    rule = compiled.rule
    subject = applicant.subjects.get(instance.subject) if instance.subject else None
    kind = subject.kind if subject else rule.measure.subject or applicant.kind
    ends = None if instance.unrecorded == "absent" else compiled.ends(known)
    status = UNKNOWN
    if ends is None:
        status = INELIGIBLE
    elif ends.must and instance.subject is not None and not instance.unrecorded:
        status = ELIGIBLE
    head = (rule.policy, rule.clause, rule.measure, kind, instance.subject, instance.period)
    result = Result(*head, status, 0, compiled.kind, 0, 0, [], [], compiled.limits, compiled.readings)
    if ends is None or not rule.measure.pays:
        return result
    must = status == ELIGIBLE
    result.amount_kind = "range" if rule.least is not None else "up_to" if ends.up_to else "exact"
    sure = ends.low if must else 0
    result.high = None if ends.open else ends.high
    result.amount = sure if sure == result.high else None
    result.low = ends.least if must and rule.least is not None else sure
    if must and result.amount is None and all(k.usable for k in known):
        result.amount = compiled.amount(known)
        result.aid_uncounted = True
    if rule.least is not None and result.amount is not None:
        result.amount_least = ends.least
    return result
