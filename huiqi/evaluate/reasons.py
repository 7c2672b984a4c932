"""Reasons: the sentences of a rule with the values they met, each one recomputable from what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from huiqi.evaluate.instances import Instance
from huiqi.evaluate.resolve import Resolver
from huiqi.evaluate.results import Reason
from huiqi.language.units import UNITS, format_money, format_steps
from huiqi.rules.inputs import AwardedInput
from huiqi.rules.measure import Rule
from huiqi.rules.words import Entry, Line, Mark, Part, Share, Shown, Words, YearOf

UNFILLED = "待补充"


@dataclass(slots=True)
class Teller:
    """Tells one result: the rule, the values of its trace, the firm's records and aid."""

    rule: Rule
    trace: dict[str, int]
    resolver: Resolver
    instance: Instance
    citation: str

    def reasons(self) -> list[Reason]:
        """Conditions first, each with whether it holds; then, unless one fails, the steps of the sum that are known."""
        told = [*self._recognition(), *(self._condition(line) for line in self.rule.conditions)]
        if any(r.holds is False for r in told):
            return told
        steps = [self._fill(line.words) for line in self.rule.lines if line.given is None or self.trace[f"{line.given}.low"]]
        told += [Reason(text, None, "sum", self.citation) for text in steps if UNFILLED not in text]
        return [*told, *self._deductions()]

    def _condition(self, line: Line) -> Reason:
        low, high = self.trace[f"{line.holds}.low"], self.trace[f"{line.holds}.high"]
        return Reason(self._fill(line.words), True if low else None if high else False, "condition", self.citation)

    def _recognition(self) -> list[Reason]:
        if self.rule.measure.accrues.mode != "recognition":
            return []
        record = self.instance.record
        if record is not None:
            level = f"，等级 {record.level}" if record.level else ""
            return [Reason(f"{record.first_day} 列入“{record.register}”{level}", True, "condition", self.citation)]
        names = "、".join(f"“{name}”" for name in self.rule.measure.accrues.names)
        holds = None if self.instance.unrecorded == "unknown" else False
        return [Reason(f"{self.resolver.claim}年内列入{names}", holds, "condition", self.citation)]

    def _deductions(self) -> list[Reason]:
        reads = [r for r in self.rule.reads(self.rule.amount) if isinstance(r, AwardedInput)]
        items = [item for read in reads for item in self.resolver.awarded_items(read, self.instance)]
        return [Reason(f"其中{label} {format_money(amount)}", None, "sum", self.citation) for label, amount in items if amount]

    def _fill(self, words: Words) -> str:
        return "".join(self._part(part) for part in words)

    def _part(self, part: Part) -> str:
        match part:
            case str():
                return part
            case YearOf(back):
                return str(self.resolver.claim - back)
            case Mark(node):
                return "✓" if self.trace[f"{node}.low"] else "？" if self.trace[f"{node}.high"] else "✗"
            case Entry(read):
                return self.resolver.entry_text(read, self.instance)
            case Share(top, bottom, growth):
                return self._share(top, bottom, growth)
            case Shown(node):
                low, high = self.trace[f"{node}.low"], self.trace[f"{node}.high"]
                return value_text(low, self.rule, part) if low == high else UNFILLED
        raise AssertionError(part)

    def _share(self, top: int, bottom: int, growth: bool) -> str:
        ends = [self.trace[f"{node}.{end}"] for node in (top, bottom) for end in ("low", "high")]
        if ends[0] != ends[1] or ends[2] != ends[3]:
            return UNFILLED
        if ends[2] <= 0:
            return "（基数为零，不成立）"
        share = Fraction(ends[0], ends[2]) * Fraction(self.rule.graph[bottom].scale, self.rule.graph[top].scale) - growth
        text = f"{float(round(share * 100, 4)):.4f}".rstrip("0").rstrip(".") + "%"
        return text if (share * 10**6).denominator == 1 else f"约{text}"


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
