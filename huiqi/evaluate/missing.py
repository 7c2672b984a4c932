"""The unknown facts that the undecided part of a result depends on, as they are named to people."""

from __future__ import annotations

from huiqi.evaluate.compiled import Compiled
from huiqi.evaluate.reasons import Told
from huiqi.evaluate.results import INELIGIBLE, UNKNOWN, Result
from huiqi.rules.inputs import (
    AggregateInput,
    AwardedInput,
    BoundInput,
    ClaimYear,
    FactInput,
    FirstInput,
    HistoryInput,
    Input,
    RecognitionDay,
    RecordInput,
    SeriesInput,
    SpanInput,
)


def missing(compiled: Compiled, result: Result, told: Told) -> list[str]:
    """Names of facts and lists, each once."""
    if result.status == INELIGIBLE:
        return []
    rule, instance = compiled.rule, told.instance
    names: dict[str, None] = {}
    if instance.subject is None:
        names[rule.measure.subject] = None
    if instance.unrecorded == "unknown":
        sign = "名册：" if rule.measure.accrues.mode == "recognition" else ""
        names |= dict.fromkeys(f"{sign}{name}" for name in rule.measure.accrues.names)
    nodes = compiled.story.open_conditions(told.trace) if result.status == UNKNOWN else []
    if result.amount is None or result.aid_uncounted:
        nodes.append(rule.amount)
    if nodes and instance.subject is not None:
        known = compiled.known(told.resolver, instance)
        uncertain = {read for read, k in zip(compiled.reads, known, strict=True) if not k.certain}
        names |= dict.fromkeys(_name(read, told.resolver.claim) for read in rule.reads(*nodes) if read in uncertain)
    return list(names)


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
        case SpanInput(fact):
            return fact
        case FirstInput(register):
            return f"名册：{register}"
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
