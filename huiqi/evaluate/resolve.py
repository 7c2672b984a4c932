"""Inputs of a rule → what is known of them for one instance: both ends, and whether they are known."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from huiqi.evaluate.applicant import APPLICANT, Aid, Applicant, Record, Subject
from huiqi.evaluate.instances import Instance
from huiqi.packs.model import Measure
from huiqi.packs.vocabulary import Vocabulary
from huiqi.rules.graph import Node
from huiqi.rules.inputs import AwardedInput, BoundInput, ClaimYear, FactInput, Input, RecordInput


@dataclass(frozen=True, slots=True)
class Known:
    """What an input can still be. `open`: its high end is only the end of the domain."""

    low: int
    high: int
    open: bool = False

    @property
    def certain(self) -> bool:
        return self.low == self.high


@dataclass(slots=True)
class Given:
    """Money this run found under a measure for a subject: both ends, in 分; `high` is None where nothing limits it."""

    measure: str
    subject: str
    low: int
    high: int | None


class Resolver:
    """Answers for one applicant on one day."""

    def __init__(self, applicant: Applicant, vocabulary: Vocabulary, on: str, claim: int):
        self.applicant, self.vocabulary, self.on, self.claim = applicant, vocabulary, on, claim
        self.given: list[Given] = []

    def known(self, node: Node, instance: Instance, measure: str) -> Known:
        """Both ends of the input node for one instance of `measure`."""
        read: Input = node.data  # type: ignore[assignment]
        match read:
            case FactInput():
                return self._fact(read, node, instance)
            case RecordInput():
                return self._record(read, instance)
            case BoundInput():
                record = instance.record
                if record and record.level in read.levels:
                    return _exactly(read.levels.index(record.level))
                return Known(0, max(len(read.levels) - 1, 0))
            case AwardedInput():
                return self._awarded(read, node, instance, measure)
            case ClaimYear():
                return _exactly(self.claim)
        raise AssertionError(read)

    def holder(self, owner: str, instance: Instance) -> Subject | str | None:
        """Where a fact or record of kind `owner` is kept: a subject, '' for the applicant, None when it is not known."""
        if not owner:
            return APPLICANT
        at = instance.subject
        while at:
            subject = self.applicant.subjects[at]
            if owner in self.vocabulary.family(subject.kind):
                return subject
            at = subject.parent
        return None

    def _fact(self, read: FactInput, node: Node, instance: Instance) -> Known:
        holder = self.holder(read.owner, instance)
        facts = self.applicant.facts if holder == APPLICANT else holder.facts if isinstance(holder, Subject) else {}
        value = facts.get(read.fact)
        if isinstance(value, dict):
            value = value.get(self.claim - (read.years_back or 0))
        if value is None:
            unlimited = self.vocabulary.facts[read.fact].type in ("money", "count", "quantity")
            return Known(node.least, node.greatest, unlimited)
        return _exactly(_date_part(value, read) if read.part else value)

    def _record(self, read: RecordInput, instance: Instance) -> Known:
        holder = self.holder(read.owner, instance)
        if holder is None:
            return Known(0, 1)
        of = holder.id if isinstance(holder, Subject) else APPLICANT
        maybe = False
        for record in self.applicant.records:
            if record.register != read.register or record.of != of or not self._in_time(record, read.years_back):
                continue
            fits = [not wanted or wanted == has for wanted, has in ((read.event, record.event), (read.level, record.level))]
            if all(fits):
                return _exactly(1)
            maybe = maybe or all(fit or not has for fit, has in zip(fits, (record.event, record.level), strict=True))
        return Known(0, int(maybe or not self.applicant.is_complete("records")))

    def _aid(self, read: AwardedInput, subject: str) -> list[Aid]:
        reach = self.applicant.under(subject)
        return [a for a in self.applicant.aid if a.measure in read.measures and a.subject in reach]

    def _given(self, read: AwardedInput, subject: str, measure: str) -> list[Given]:
        reach = self.applicant.under(subject)
        return [g for g in self.given if g.measure in read.measures and g.measure != measure and g.subject in reach]

    def awarded_items(self, read: AwardedInput, instance: Instance, measure: str) -> list[tuple[str, int]]:
        """What a deduction is made of: a label and an amount in 分 for each piece of aid and each result of this run."""
        if instance.subject is None:
            return []
        aid = [(f"已获 {a.measure}{_of(a.subject)}", a.amount) for a in self._aid(read, instance.subject)]
        return aid + [(f"本次 {g.measure}{_of(g.subject)}", g.low) for g in self._given(read, instance.subject, measure)]

    def received(self, measure: Measure, instance: Instance) -> bool:
        """Whether support for the same measure, subject and period was already received (any period for what accrues once)."""
        once = measure.accrues.mode in ("once", "completion")
        return any(a.measure == measure.id and a.subject == instance.subject and (once or a.period == instance.period) for a in self.applicant.aid)

    def entry_text(self, read: RecordInput, instance: Instance) -> str:
        """The dates of the record that answers, or why none does."""
        holder = self.holder(read.owner, instance)
        of = holder.id if isinstance(holder, Subject) else APPLICANT
        named = [x for x in self.applicant.records if x.register == read.register and x.of == of] if holder is not None else []
        fitting = [x for x in named if _fits(read.event, x.event) and _fits(read.level, x.level)]
        if current := [x for x in fitting if self._in_time(x, read.years_back)]:
            return f"（{current[0].first_day} 至 {current[0].last_day or '今'}）"
        if fitting:
            past = [x for x in fitting if x.first_day <= self.on]
            return f"（{past[-1].last_day} 已到期）" if past else f"（{fitting[0].first_day} 才列入）"
        if named:
            return f"（有此名册记录：{named[0].event or named[0].level or '未注明等级'}）"
        return "（无记录）" if self.applicant.is_complete("records") else "（未登记）"

    def _in_time(self, record: Record, years_back: int | None) -> bool:
        if years_back is None:
            return record.holds_on(self.on)
        year = str(self.claim - years_back)
        return record.first_day[:4] <= year and (not record.last_day or year <= record.last_day[:4])

    def _awarded(self, read: AwardedInput, node: Node, instance: Instance, measure: str) -> Known:
        if instance.subject is None:
            return Known(0, node.greatest, True)
        received = sum(a.amount for a in self._aid(read, instance.subject))
        found = self._given(read, instance.subject, measure)
        limited = self.applicant.is_complete("aid") and all(g.high is not None for g in found)
        low, high = (min(received + sum(ends), node.greatest) for ends in ([g.low for g in found], [g.high or 0 for g in found]))
        return Known(low, high if limited else node.greatest, not limited)


def _fits(wanted: str, has: str) -> bool:
    return not wanted or wanted == has


def _of(subject: str) -> str:
    return f" {subject}" if subject else ""


def _exactly(value: int) -> Known:
    return Known(value, value)


def _date_part(day: int, read: FactInput) -> int:
    date = datetime.date.fromordinal(day)
    if read.part == "day":
        year = date.year + read.plus_years
        leap_day = (date.month, date.day) == (2, 29) and not calendar.isleap(year)
        return date.replace(year=year, day=28 if leap_day else date.day).toordinal()
    return date.year + (read.part == "full_year" and (date.month, date.day) != (1, 1))
