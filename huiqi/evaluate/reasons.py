"""Reasons: the sentences of a rule with the values they met, each one recomputable from what it shows.

A sentence is made ready once for a rule (`Story`): its plain text, and for each blank a function that fills it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from huiqi.evaluate.instances import Instance
from huiqi.evaluate.known import Known
from huiqi.evaluate.resolve import UNFILLED, Resolver
from huiqi.evaluate.results import Reason
from huiqi.language.units import RATE_SCALE, UNITS, format_money, format_steps
from huiqi.packs.model import Accrual
from huiqi.rules.graph import MONEY
from huiqi.rules.inputs import AwardedInput
from huiqi.rules.measure import Rule
from huiqi.rules.support import conjuncts
from huiqi.rules.words import Either, Entry, Mark, Part, Share, Shown, Words, YearOf

PART = "其中"  # how a piece of a deduction begins


class Told(NamedTuple):
    """What a sentence is filled from: the values of the trace program, what is known of the inputs that are not the applicant's own facts, the instance."""

    trace: tuple[int, ...]
    others: list[Known]
    resolver: Resolver
    instance: Instance


Fill = Callable[[Told], str]
_reason = tuple.__new__  # a Reason without the named arguments of its class: there are many


class Story:
    """The sentences of one rule, made ready."""

    def __init__(self, rule: Rule, citation: str):
        self.rule, self.citation = rule, citation
        self.names = list(rule.trace.outputs)
        self._at = {name: at for at, name in enumerate(self.names)}
        self._conditions = [(*self._ends(line.holds), self._sentence(line.words)) for line in rule.conditions if line.holds is not None]
        self._conjuncts = [conjuncts(rule.graph, line.holds) for line in rule.conditions if line.holds is not None]
        self._lines = [(None if line.given is None else self._ends(line.given)[0], self._sentence(line.words)) for line in rule.lines]
        self._deducted = [read for read in rule.reads(rule.amount) if isinstance(read, AwardedInput)]

    def reasons(self, told: Told) -> list[Reason]:
        """Conditions first, each with whether it holds; then, unless one fails, the steps of the sum that are known."""
        trace, citation = told.trace, self.citation
        found: list[Reason] = []
        if self.rule.measure.accrues.mode == "recognition":
            found.append(self._recognition(told))
            if found[0].holds is False:
                return found  # what a recognition would have to say is nothing to look at where there is none
        failed = False
        for low, high, fill in self._conditions:
            holds = True if trace[low] else None if trace[high] else False
            failed = failed or holds is False
            text = fill if isinstance(fill, str) else fill(told)
            found.append(_reason(Reason, (text, holds, "condition", citation)))
        if failed:
            return found
        for given, fill in self._lines:
            if given is None or trace[given]:
                text = fill if isinstance(fill, str) else fill(told)
                if UNFILLED not in text:
                    found.append(_reason(Reason, (text, None, "sum", citation)))
        for read in self._deducted:
            items = told.resolver.awarded_items(read, told.instance)
            found += [Reason(f"{PART}{label} {format_money(amount)}", None, "sum", citation) for label, amount in items if amount]
        return found

    def open_conditions(self, trace: tuple[int, ...]) -> list[int]:
        """The nodes of the conditions of which any one that fails ends the result, of those not decided yet."""
        return [one for (low, high, _), nodes in zip(self._conditions, self._conjuncts, strict=True) if trace[low] != trace[high] for one in nodes]

    def _recognition(self, told: Told) -> Reason:
        record = told.instance.record
        if record is not None:
            level = f"（{record.level}）" if record.level else ""
            return Reason(f"{record.first_day} 列入“{record.register}”{level}", True, "condition", self.citation)
        accrual, claim = self.rule.measure.accrues, told.resolver.claim
        names = "、".join(f"“{name}”" for name in accrual.names)
        years = f"{claim}年内" if accrual.years == 1 else f"{claim - accrual.years + 1}至{claim}年内"
        if told.instance.unrecorded == "unknown":
            return Reason(f"{years}列入{names}：{UNFILLED}", None, "condition", self.citation)
        return Reason(f"{years}没有列入{names}{_elsewhere(told, accrual, self.rule.policy.first_day)}", False, "condition", self.citation)

    def _ends(self, node: int) -> tuple[int, int]:
        """Where the trace holds both ends of a node."""
        return self._at[f"{node}.low"], self._at[f"{node}.high"]

    def _sentence(self, words: Words) -> str | Fill:
        """The sentence with its plain text joined and a function for each blank; without blanks the text itself."""
        template = "".join(part.replace("%", "%%") if isinstance(part, str) else "%s" for part in words)
        blanks = [self._blank(part) for part in words if not isinstance(part, str)]
        if not blanks:
            return template % ()
        if len(blanks) <= 2:  # as most have
            first, last = blanks[0], blanks[-1]
            return (lambda told: template % first(told)) if len(blanks) == 1 else lambda told: template % (first(told), last(told))
        return lambda told: template % tuple([blank(told) for blank in blanks])

    def _blank(self, part: Part) -> Fill:
        match part:
            case YearOf(back):
                return lambda told: str(told.resolver.claim - back)
            case Mark(node):
                low, high = self._ends(node)
                return lambda told: "✓" if told.trace[low] else "？" if told.trace[high] else "✗"
            case Entry(read):
                return lambda told: told.resolver.entry_text(read, told.instance)
            case Either():
                return self._either(part)
            case Share():
                return self._share(part)
            case Shown():
                return self._shown(part)
        raise AssertionError(part)

    def _either(self, part: Either) -> Fill:
        low, high = self._ends(part.node)
        met, failed, open_ = (self._sentence(words) for words in (part.met, part.failed, part.open))

        def fill(told: Told) -> str:
            chosen = met if told.trace[low] else open_ if told.trace[high] else failed
            return chosen if isinstance(chosen, str) else chosen(told)

        return fill

    def _shown(self, part: Shown) -> Fill:
        low, high = self._ends(part.node)
        write = _writer(part, self.rule.graph[part.node].scale)

        def fill(told: Told) -> str:
            value = told.trace[low]
            return write(value) if value == told.trace[high] else UNFILLED

        return fill

    def _share(self, part: Share) -> Fill:
        """A quotient as a percentage; growth takes one off, over several years at the yearly rate, which is said as near as it can be."""
        top_low, top_high, bottom_low, bottom_high = *self._ends(part.top), *self._ends(part.bottom)
        top_scale, bottom_scale = self.rule.graph[part.top].scale, self.rule.graph[part.bottom].scale

        def fill(told: Told) -> str:
            top, bottom = told.trace[top_low], told.trace[bottom_low]
            if top != told.trace[top_high] or bottom != told.trace[bottom_high]:
                return UNFILLED
            if bottom <= 0:
                return "无法计算（基数为零）"
            over, under = top * bottom_scale, bottom * top_scale
            if part.years > 1:
                return f"约{(max(over / under, 0) ** (1 / part.years) - 1) * 100:.2f}%"
            rate, rest = divmod((over - part.years * under) * RATE_SCALE, under)
            return f"约{format_steps(rate + (2 * rest >= under), '%')}" if rest else format_steps(rate, "%")

        return fill


def _writer(part: Shown, scale: int) -> Callable[[int], str]:
    """How a value in steps of 1/scale is written in its unit; one kept in finer steps than its unit is brought back exactly."""
    unit = part.unit
    if part.labels:
        return part.labels.__getitem__
    if unit == "日期":
        return lambda steps: date.fromordinal(steps).isoformat()
    if unit == "年度":
        return lambda steps: f"{steps}年"
    if unit not in UNITS:
        return lambda steps: str(steps // scale)
    if scale == UNITS[unit].scale:
        return format_money if unit == MONEY else lambda steps: format_steps(steps, unit)
    return lambda steps: format_steps(steps * UNITS[unit].scale // scale, unit)


def _elsewhere(told: Told, accrual: Accrual, first_day: str) -> str:
    """Where the latest record lies that this claim cannot reach: after the application, or in another claim year, which the facts file has to name."""
    at, names = told.instance.subject, accrual.names
    days = [r.first_day for r in told.resolver.applicant.records if r.register in names and r.of == at and (not accrual.events or r.event in accrual.events)]
    if not days:
        return ""
    day, claim = max(days), told.resolver.claim
    if day > told.resolver.on:
        return f"（{day} 列入的在申报日期之后）"
    if claim - accrual.years < int(day[:4]) <= claim or int(day[:4]) < int(first_day[:4]) - 1:
        return ""  # it counts, or lies too long before the policy to be claimed under it
    return f"（{day} 列入的归申报年度 {day[:4]}，申报它要写 claim: {day[:4]}）"
