"""Reasons: the sentences of a rule with the values they met, each one recomputable from what it shows."""

from __future__ import annotations

from datetime import date

from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.instances import Instance
from huiqi.evaluate.results import Reason
from huiqi.language.units import UNITS, format_steps
from huiqi.rules.measure import Rule
from huiqi.rules.words import Mark, Part, Shown, Words, YearOf

Trace = dict[str, int]


def tell(rule: Rule, trace: Trace, claim: int, citation: str, instance: Instance, applicant: Applicant) -> list[Reason]:
    """Conditions first, each with whether it holds; then, unless one fails, the steps of the sum."""
    reasons = _recognition(rule, instance, citation)
    for line in rule.conditions:
        assert line.holds is not None
        low, high = trace[f"{line.holds}.low"], trace[f"{line.holds}.high"]
        holds = True if low else None if high else False
        reasons.append(Reason(fill(line.words, rule, trace, claim), holds, "condition", citation))
    if any(r.holds is False for r in reasons):
        return reasons
    for line in rule.lines:
        if line.given is None or trace[f"{line.given}.low"]:
            reasons.append(Reason(fill(line.words, rule, trace, claim), None, "sum", citation))
    if instance.subject is not None and any(r.holds is None and r.kind == "condition" for r in reasons):
        reasons = [r for r in reasons if r.kind == "condition" or "待补充" not in r.text]
    return reasons


def _recognition(rule: Rule, instance: Instance, citation: str) -> list[Reason]:
    if rule.measure.accrues.mode != "recognition":
        return []
    names = "、".join(f"“{name}”" for name in rule.measure.accrues.names)
    if instance.record is not None:
        level = f"，等级 {instance.record.level}" if instance.record.level else ""
        return [Reason(f"{instance.record.first_day} 列入“{instance.record.register}”{level}", True, "condition", citation)]
    holds = None if instance.unrecorded == "unknown" else False
    return [Reason(f"申报年度内列入{names}", holds, "condition", citation)]


def fill(words: Words, rule: Rule, trace: Trace, claim: int) -> str:
    """The sentence with its values."""
    return "".join(_part(part, rule, trace, claim) for part in words)


def _part(part: Part, rule: Rule, trace: Trace, claim: int) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Mark):
        return "✓" if trace[f"{part.node}.low"] else "？" if trace[f"{part.node}.high"] else "✗"
    if isinstance(part, YearOf):
        return str(claim - part.back)
    low, high = trace[f"{part.node}.low"], trace[f"{part.node}.high"]
    if low == high:
        return value_text(low, rule, part)
    if part.labels or trace.get(f"{part.node}.open") or rule.graph[part.node].op == "input":
        return "待补充"
    return f"{value_text(low, rule, part)}至{value_text(high, rule, part)}"


def value_text(steps: int, rule: Rule, part: Shown) -> str:
    """A value in its unit; a node kept in finer steps than its unit is brought back exactly."""
    if part.labels:
        return part.labels[steps]
    if part.unit == "日期":
        return date.fromordinal(steps).isoformat()
    node = rule.graph[part.node]
    if part.unit in UNITS:
        return format_steps(steps * UNITS[part.unit].scale // node.scale, part.unit)
    return str(steps // node.scale)
