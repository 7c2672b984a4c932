"""Compiled rules of a corpus, and their results for one applicant."""

from __future__ import annotations

from dataclasses import dataclass

from huiqi.evaluate.applicant import APPLICANT, Applicant
from huiqi.evaluate.instances import Instance, instances
from huiqi.evaluate.known import Known
from huiqi.evaluate.reasons import Teller
from huiqi.evaluate.resolve import Given, Resolver
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE, UNKNOWN, Reason, Result
from huiqi.evaluate.runner import Runner, runner
from huiqi.language.diagnostics import Findings, Place, Problems, did_you_mean, problem
from huiqi.language.units import format_money
from huiqi.packs.model import Corpus, Policy
from huiqi.rules.graph import INPUT
from huiqi.rules.inputs import AggregateInput, AwardedInput, BoundInput, ClaimYear, FactInput, HistoryInput, Input, RecognitionDay, RecordInput, SeriesInput
from huiqi.rules.measure import Rule, lower_measure, prove_width


class Compiled:
    """A rule with its functions; each is compiled when it is first needed, and kept."""

    def __init__(self, rule: Rule):
        self.rule = rule
        self._functions: dict[str, Runner] = {}
        self.nodes = {rule.graph.read(n): node for n, node in enumerate(rule.graph.nodes) if node.op == INPUT}

    def run(self, which: str, known: dict[Input, Known]) -> dict[str, int]:
        """Run the `exact`, `pair` or `trace` program; the outputs by name."""
        function = self._functions.get(which)
        if function is None:
            function = self._functions[which] = runner(getattr(self.rule, which))
        return function(known)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the engine: the day of application, and the claim year if it is not the year before."""

    on: str
    claim: int | None = None
    policies: tuple[str, ...] = ()


class Engine:
    """Every computed measure of a corpus, compiled once with the readings asked for."""

    def __init__(self, corpus: Corpus, choices: dict[str, str] | None = None):
        self.corpus = corpus
        self.choices = choices or {}
        _check_choices(corpus, self.choices)
        findings = Findings()
        self.compiled: dict[str, Compiled] = {}
        for policy, clause, measure in corpus.computed():
            try:
                self.compiled[measure.id] = Compiled(lower_measure(corpus, policy, clause, measure, self.choices))
            except Problems as problems:
                findings.take(problems)
        findings.stop()
        self.order = _order(self.compiled)

    def results(self, applicant: Applicant, question: Question, with_reasons: bool = True) -> list[Result]:
        """All results for the applicant, in the order of the documents."""
        claim = question.claim or applicant.claim or int(question.on[:4]) - 1
        resolver = Resolver(applicant, self.corpus, question.on, claim)
        family = self.corpus.vocabulary.family(applicant.kind)
        found: dict[str, list[Result]] = {}
        for measure_id in self.order:
            compiled = self.compiled[measure_id]
            rule = compiled.rule
            if question.policies and rule.policy.id not in question.policies:
                continue
            if not set(rule.measure.applicant) & set(family):
                continue
            found[measure_id] = _results(compiled, applicant, resolver, question.on, claim, self.corpus, with_reasons)
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


def _order(compiled: dict[str, Compiled]) -> list[str]:
    """Document order, but a measure that deducts another's money comes after it."""
    needs = {i: {m for read in c.nodes if isinstance(read, AwardedInput) for m in read.measures} - {i} for i, c in compiled.items()}
    done: list[str] = []
    while len(done) < len(compiled):
        ready = [i for i in compiled if i not in done and not (needs[i] & set(compiled)) - set(done)]
        if not ready:
            raise AssertionError("awarded() references form a circle")
        done.append(ready[0])
    return done


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


def _results(compiled: Compiled, applicant: Applicant, resolver: Resolver, on: str, claim: int, corpus: Corpus, with_reasons: bool) -> list[Result]:
    rule = compiled.rule
    citation = rule.policy.cite(rule.clause)
    if why := out_of_force(rule.policy, on, claim):
        result = _blank(rule, Instance(None if rule.measure.subject else APPLICANT, str(claim)), applicant, NOT_IN_FORCE)
        result.reasons = [Reason(why, False, "condition", f"{rule.policy.number or rule.policy.title} 施行日期")]
        return [result]
    results = []
    for instance in instances(rule.measure, applicant, claim, corpus.vocabulary):
        known = {read: resolver.known(node, instance, rule.measure.id) for read, node in compiled.nodes.items()}
        result = _decide(compiled, instance, applicant, known)
        # A measure that deducts what it gave before is never received whole: the deduction says it.
        result.received = not rule.deducts_itself and resolver.received(rule.measure, instance)
        result.settled, result.unrecorded = instance.record is not None, instance.unrecorded == "unknown"
        if with_reasons:
            result.missing = _missing(compiled, instance, result, known, claim)
            result.reasons = Teller(rule, compiled.run("trace", known), resolver, instance, citation).reasons()
            if result.aid_uncounted and result.amount is not None:
                result.reasons.append(Reason(f"扣除已登记的支持后 {format_money(result.amount)}", None, "sum", citation))
        if instance.subject is not None and not result.received:
            resolver.given.append(Given(rule.measure.id, instance.subject, result.amount, result.low, result.high))
        results.append(result)
    return results


def _blank(rule: Rule, instance: Instance, applicant: Applicant, status: str) -> Result:
    subject = applicant.subjects.get(instance.subject or "")
    kind = subject.kind if subject else rule.measure.subject or applicant.kind
    limits = [x.id for x in rule.clause.limits if x.names(rule.measure.id)]
    # A result whose amount is nothing has the kind its measure would have.
    kind_of = "up_to" if rule.graph[rule.up_to].least == 1 else "exact"
    return Result(
        rule.policy,
        rule.clause,
        rule.measure,
        kind,
        instance.subject,
        instance.period,
        status,
        0,
        kind_of,
        0,
        0,
        limits=limits,
        readings=dict(sorted(rule.readings.items())),
    )


def _decide(compiled: Compiled, instance: Instance, applicant: Applicant, known: dict[Input, Known]) -> Result:
    rule = compiled.rule
    if instance.unrecorded == "absent":
        return _blank(rule, instance, applicant, INELIGIBLE)
    pair = compiled.run("pair", known)
    must = pair["eligible.low"] and instance.subject is not None and instance.unrecorded != "unknown"
    if not (pair["eligible.high"] and pair["possible"]):
        return _blank(rule, instance, applicant, INELIGIBLE)
    result = _blank(rule, instance, applicant, ELIGIBLE if must else UNKNOWN)
    result.amount_kind = "range" if rule.least is not None else "up_to" if pair["up_to.high"] else "exact"
    sure = pair["amount.low"] if must else 0
    result.high = None if pair.get("amount.open") else pair["amount.high"]
    result.amount = sure if sure == result.high else None
    result.low = pair["least.low"] if must and rule.least is not None else sure
    if must and result.amount is None and all(k.usable for k in known.values()):
        result.amount = compiled.run("exact", known)["amount"]
        result.aid_uncounted = True
    if rule.least is not None and result.amount is not None:
        result.amount_least = pair["least.low"]
    return result


def _missing(compiled: Compiled, instance: Instance, result: Result, known: dict[Input, Known], claim: int) -> list[str]:
    """The unknown facts that the undecided part of a result depends on."""
    if result.status == INELIGIBLE:
        return []
    rule = compiled.rule
    missing: dict[str, None] = {}
    if instance.subject is None:
        missing[rule.measure.subject] = None
    if instance.unrecorded == "unknown":
        missing |= dict.fromkeys(f"名册：{name}" for name in rule.measure.accrues.names)
    pair = compiled.run("pair", known)
    open_ones = [line.holds for at, line in enumerate(rule.conditions) if pair[f"c{at}.low"] != pair[f"c{at}.high"]]
    nodes = [node for node in open_ones if node is not None] if result.status == UNKNOWN else []
    if result.amount is None or result.aid_uncounted:
        nodes.append(rule.amount)
    for read in rule.reads(*nodes):
        if not known[read].certain and instance.subject is not None:
            missing[_name(read, claim)] = None
    return list(missing)


def _name(read: Input, claim: int) -> str:
    match read:
        case FactInput(fact, _, years_back):
            return fact if years_back is None else f"{fact}（{claim - years_back}年）"
        case RecordInput(register):
            return f"名册：{register}"
        case HistoryInput(fact, _, years_back):
            return f"{fact}（{claim - years_back}年以前最高）"
        case SeriesInput(_, _, day_fact):
            return day_fact
        case RecognitionDay():
            return "认定日期"
        case AggregateInput(_, kind):
            return kind
        case BoundInput(attribute):
            return {"level": "认定等级", "event": "认定事项", "register": "认定名册"}[attribute]
        case AwardedInput():
            return "已获支持"
        case ClaimYear():
            return "申报年度"
    raise AssertionError(read)
