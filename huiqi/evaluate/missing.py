"""The unknown facts that the undecided part of a result depends on, as they are named to people."""

from __future__ import annotations

from huiqi.evaluate.compiled import Compiled
from huiqi.evaluate.reasons import Told
from huiqi.evaluate.results import UNKNOWN, Result
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
    """Names of facts and lists of an undecided result, each once."""
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
        # What a recognition says of itself is not asked before it is known to exist.
        later = () if instance.record else (BoundInput, RecognitionDay)
        for read in compiled.hangs_on(told, nodes):
            if isinstance(read, SpanInput):
                names |= dict.fromkeys(told.resolver.span_missing(read, instance))
            elif not isinstance(read, later):
                names[_name(read, told.resolver.claim)] = None
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
