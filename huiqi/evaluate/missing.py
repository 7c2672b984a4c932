"""What the undecided part of a result hangs on, as it is named to people, and how likely each answer decides it."""

from __future__ import annotations

from collections.abc import Iterable

from huiqi.evaluate.aggregate import hangs_on
from huiqi.evaluate.applicant import APPLICANT, Subject
from huiqi.evaluate.compiled import Compiled
from huiqi.evaluate.instances import Instance
from huiqi.evaluate.reasons import Told
from huiqi.evaluate.resolve import Resolver
from huiqi.evaluate.results import ELIGIBLE, UNKNOWN, WHOLE, Gap, Result
from huiqi.rules.inputs import (
    AggregateInput,
    ApplicationDay,
    AwardedInput,
    BoundInput,
    ClaimYear,
    ClassInput,
    FactInput,
    FirstInput,
    HistoryInput,
    Input,
    RecognitionDay,
    RecordInput,
    SeriesInput,
    SpanInput,
)

AID = "已获支持"
REGISTER = "名册："
BOUND = {"level": "认定等级", "event": "认定事项", "register": "认定名册"}

Asked = tuple[str, str]  # what is asked for, and whose it is


def gaps(compiled: Compiled, result: Result, told: Told) -> list[Gap]:
    """What an undecided result still hangs on, each once, in the order its rule tests it.

    An open condition fails half the time, and then ends the result whatever else is asked: each of the n things it hangs on has a
    share of 1/2n. Where the firm is eligible, each of the n things its amount hangs on has 1/n; before that the amount can wait.
    """
    rule, instance, resolver = compiled.rule, told.instance, told.resolver
    if instance.subject is None:
        return [Gap(rule.measure.subject, APPLICANT, WHOLE)]
    shares: dict[Asked, int] = {}
    if instance.unrecorded == "unknown":
        _add(shares, _accrual(compiled, told), WHOLE // 2)
    conditions = compiled.story.open_conditions(told.trace) if result.status == UNKNOWN else []
    amounts = [rule.amount] if result.amount is None or result.aid_uncounted else []
    for at, reads in enumerate(compiled.hangs_on(told, conditions + amounts)):
        asked = [key for read in reads for key in _asked(read, resolver, instance, rule.measure.id)]
        _add(shares, asked, WHOLE // 2 if at < len(conditions) else WHOLE * (result.status == ELIGIBLE))
    if len([name for name, _ in shares if name != AID]) == 1:
        shares = dict.fromkeys(shares, WHOLE)
    return [Gap(name, of, share) for (name, of), share in shares.items()]


def _add(shares: dict[Asked, int], asked: Iterable[Asked], weight: int) -> None:
    """What is asked for together bears the weight together; what is asked for twice keeps its greater share."""
    keys = dict.fromkeys(asked)
    for key in keys:
        shares[key] = max(shares.get(key, 0), weight // len(keys))


def _accrual(compiled: Compiled, told: Told) -> list[Asked]:
    """The registers that may hold the record a result accrues to, or the fact that names its stage."""
    accrual, subject = compiled.rule.measure.accrues, told.instance.subject or APPLICANT
    if accrual.mode != "recognition":
        return [(name, subject) for name in accrual.names]
    return [(f"{REGISTER}{name}", subject) for name in accrual.names if not told.resolver.applicant.knows_registers([name])]


def _asked(read: Input, resolver: Resolver, instance: Instance, measure: str) -> list[Asked]:
    """What an input asks for. What a recognition says of itself is not asked before it is known to exist."""
    subject = instance.subject or APPLICANT
    match read:
        case BoundInput(attribute):
            return [(BOUND[attribute], subject)] if instance.record else []
        case RecognitionDay():
            return [("认定日期", subject)] if instance.record else []
        case AwardedInput():
            return _of_given(read, resolver, instance, measure)
        case ClaimYear():
            return [("申报年度", APPLICANT)]
        case ApplicationDay():
            return []
        case AggregateInput():
            return _of_children(read, resolver, instance, measure)
    # What has no holder is asked of the subject that lacks it: a loan that belongs to no project.
    holder = resolver.holder(read.owner, instance)
    of = subject if holder is None else holder.id if isinstance(holder, Subject) else APPLICANT
    return [(name, of) for name in _names(read, resolver, instance)]


def _names(read: Input, resolver: Resolver, instance: Instance) -> list[str]:
    match read:
        case FactInput(fact, _, years_back):
            return [fact if years_back is None else f"{fact}（{resolver.claim - years_back}年）"]
        case RecordInput(register) | FirstInput(register):
            return [f"{REGISTER}{register}"]
        case HistoryInput(fact, _, years_back):
            return [f"{fact}（{resolver.claim - years_back}年以前最高）"]
        case SpanInput():
            return resolver.span_missing(read, instance)
        case SeriesInput():
            return resolver.series_missing(read, instance)
        case ClassInput():
            return resolver.class_missing(read, instance)
    raise AssertionError(read)


def _of_children(read: AggregateInput, resolver: Resolver, instance: Instance, measure: str) -> list[Asked]:
    """The list where it is not whole; of each subject given what can still move its part."""
    found: list[Asked] = [] if resolver.applicant.is_complete(read.kind) else [(read.kind, APPLICANT)]
    for child in resolver.children(read, instance):
        inner = hangs_on(read, child, lambda node, id_: resolver.known(node, Instance(id_, instance.period), measure))
        found += [key for x in inner for key in _asked(x, resolver, Instance(child, instance.period), measure)]
    return found


def _of_given(read: AwardedInput, resolver: Resolver, instance: Instance, measure: str) -> list[Asked]:
    """The list of aid where it is not whole, and all that the results deducted hang on."""
    kinds, registers, deducted = resolver.awarded_missing(read, instance, measure)
    aid = [] if resolver.applicant.is_complete("aid") else [AID]
    lists = [*aid, *kinds, *(f"{REGISTER}{name}" for name in registers)]
    return [*((name, APPLICANT) for name in lists), *deducted]
