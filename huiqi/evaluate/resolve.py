"""Inputs of a rule → what is known of them for one instance: both ends, and whether they are known."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import astuple

from huiqi.evaluate.aggregate import aggregate
from huiqi.evaluate.applicant import APPLICANT, EARLIER, Aid, Applicant, Record, Subject, Values, in_year
from huiqi.evaluate.classes import class_ends
from huiqi.evaluate.compiler import Own
from huiqi.evaluate.instances import Instance
from huiqi.evaluate.known import Known, exactly
from huiqi.packs.model import Corpus, Measure
from huiqi.packs.vocabulary import Fact, Vocabulary
from huiqi.rules.graph import Node
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
from huiqi.rules.words import NO_RECORD

UNFILLED = "待补充"


class Given(Struct):
    """Money this run found under a measure for a subject, in 分: the amount if decided, both ends; no `high` = nothing limits it.

    `hangs_on`: what an undecided one still asks for, and of whom.
    """

    measure: str
    subject: str
    amount: int | None
    low: int
    high: int | None
    hangs_on: list[tuple[str, str]] = []


class Resolver:
    """Answers for one applicant on one day."""

    def __init__(self, applicant: Applicant, corpus: Corpus, on: str, claim: int):
        self.applicant, self.vocabulary, self.series, self.measures = applicant, corpus.vocabulary, corpus.series, corpus.measures
        self.sizes = corpus.sizes
        self.facts = applicant.facts
        self.on, self.claim = on, claim
        self.given: list[Given] = []

    def known(self, node: Node, instance: Instance, measure: str) -> Known:
        """Both ends of the input node for one instance of `measure`."""
        read: Input = node.data  # type: ignore[assignment]
        return _READERS[type(read)](self, read, node, instance, measure)

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

    def _facts(self, owner: str, instance: Instance) -> Values:
        holder = self.holder(owner, instance)
        return self.applicant.facts if holder == APPLICANT else holder.facts if isinstance(holder, Subject) else {}

    def children(self, read: AggregateInput, instance: Instance) -> list[str]:
        """The ids of the subjects an aggregate is over, as far as they are given."""
        if instance.subject is None:
            return []
        of_kind = [x.id for x in self.applicant.subjects.values() if read.kind in self.vocabulary.family(x.kind)]
        return [id_ for id_ in of_kind if id_ != instance.subject and self.applicant.holds(instance.subject, id_)] if read.within_subject else of_kind

    def _aggregate(self, read: AggregateInput, node: Node, instance: Instance, measure: str) -> Known:
        if instance.subject is None:
            return Known(node.least, node.greatest, True)
        whole = self.applicant.is_complete(read.kind)
        children = self.children(read, instance)
        return aggregate(read, node, children, whole, lambda inner, child: self.known(inner, Instance(child, instance.period), measure))

    def _history(self, read: HistoryInput, node: Node, instance: Instance, measure: str) -> Known:
        """Known when the years before t − years_back are given without a gap from `earlier` on."""
        given = self._facts(read.owner, instance).get(read.fact)
        years = given if isinstance(given, dict) else {}
        end = self.claim - read.years_back
        before = {year: value for year, value in years.items() if year < end}
        low = max([node.least, *before.values()])
        first = min((year for year in years if year != EARLIER and year < end), default=end)
        whole = EARLIER in years and len(before) == 1 + end - first
        return Known(low, low) if whole else Known(low, node.greatest, True)

    def _series(self, read: SeriesInput, node: Node, instance: Instance, measure: str) -> Known:
        facts = self._facts(read.owner, instance)
        day, series = facts.get(read.day_fact), self.series[read.series]
        terms = self.vocabulary.facts[read.term_fact].values if read.term_fact else (read.term,)
        if read.term_fact and isinstance(position := facts.get(read.term_fact), int):
            terms = (terms[position],)
        if not isinstance(day, int):
            return Known(node.least, node.greatest)
        rates = [series.on(datetime.date.fromordinal(day).isoformat(), term) for term in terms]
        steps = [int(rate * node.scale) for rate in rates if rate is not None]
        return Known(min(steps), max(steps)) if steps else Known(node.least, node.greatest)

    def _class(self, read: ClassInput, node: Node, instance: Instance, measure: str) -> Known:
        """What was determined; else the least and the greatest class that the industry and the figures leave open."""
        facts, sizes = self._facts(read.owner, instance), self.sizes[read.series]
        year = self.claim - read.years_back
        determined = in_year(facts, read.fact, year)
        return Known(*class_ends(facts, sizes, year, self.vocabulary)) if determined is None else exactly(determined)

    def class_missing(self, read: ClassInput, instance: Instance) -> list[str]:
        """What a class is still asked by: the industry, then the figures its industry goes by."""
        facts, sizes = self._facts(read.owner, instance), self.sizes[read.series]
        position, year = facts.get(sizes.by), self.claim - read.years_back
        if not isinstance(position, int):
            return [sizes.by]
        industry = self.vocabulary.facts[sizes.by].values[position]
        return [f"{name}（{year}年）" for name in sizes.metrics(industry) if in_year(facts, name, year) is None]

    def _fact(self, read: FactInput, node: Node, instance: Instance, measure: str) -> Known:
        value = self._facts(read.owner, instance).get(read.fact)
        if isinstance(value, dict):
            value = value.get(self.claim - (read.years_back or 0))
        if read.part == "given":
            return exactly(int(value is not None))
        if value is None:
            return Known(node.least, node.greatest, unlimited(self.vocabulary.facts[read.fact]))
        return exactly(_date_part(value, read) if read.part else value)

    def _span(self, read: SpanInput, node: Node, instance: Instance, measure: str) -> Known:
        """The years that are given add up; each that is missing can be anything of the fact's domain."""
        fact = self.vocabulary.facts[read.fact]
        wanted = self.span_years(read, instance)
        if wanted is None:
            return Known(node.least, node.greatest, unlimited(fact))
        years = self._facts(read.owner, instance).get(read.fact)
        given = [years[year] for year in wanted if year in years] if isinstance(years, dict) else []
        missing = len(wanted) - len(given)
        return Known(sum(given) + missing * fact.least, sum(given) + missing * fact.greatest, bool(missing) and unlimited(fact))

    def span_years(self, read: SpanInput, instance: Instance) -> range | None:
        """The years a span adds up, as far as the claim year; None while its day is not known."""
        day = self._facts(read.owner, instance).get(read.day_fact)
        if not isinstance(day, int):
            return None
        start = datetime.date.fromordinal(day).year
        return range(start, min(start + read.years - 1, self.claim) + 1)

    def span_missing(self, read: SpanInput, instance: Instance) -> list[str]:
        """What is missing of a span, as it is asked for: its day, or the years not given."""
        wanted = self.span_years(read, instance)
        if wanted is None:
            return [read.day_fact]
        years = self._facts(read.owner, instance).get(read.fact)
        return [f"{read.fact}（{year}年）" for year in wanted if not isinstance(years, dict) or year not in years]

    def series_missing(self, read: SeriesInput, instance: Instance) -> list[str]:
        """The facts of a dated series that are not given: its day, the choice that names its term; the day where none answers it."""
        facts = self._facts(read.owner, instance)
        return [name for name in (read.day_fact, read.term_fact) if name and name not in facts] or [read.day_fact]

    def _first(self, read: FirstInput, node: Node, instance: Instance, measure: str) -> Known:
        """Sure where one fits now and none can fit before; ruled out where one fits before."""
        holder = self.holder(read.owner, instance)
        if holder is None or (read.at_recognition and instance.record is None):
            return Known(0, 1)
        of = holder.id if isinstance(holder, Subject) else APPLICANT
        start = instance.record.first_day if read.at_recognition and instance.record else f"{self.claim}-01-01"
        end = start if read.at_recognition else f"{self.claim}-12-31"
        now, before = (False, False), (False, False)  # fits, might fit
        for x in self.applicant.records:
            if x.register == read.register and x.of == of and x.first_day <= end:
                fits = _fits(read.event, x.event) and _fits(read.level, x.level)
                might = (_fits(read.event, x.event) or not x.event) and (_fits(read.level, x.level) or not x.level)
                if x.first_day < start:
                    before = (before[0] or fits, before[1] or might)
                else:
                    now = (now[0] or fits, now[1] or might)
        whole = self.applicant.knows_registers([read.register])
        return Known(int(now[0] and not before[1] and whole), int((now[1] or not whole) and not before[0]))

    def _bound(self, read: BoundInput, node: Node, instance: Instance, measure: str) -> Known:
        label = getattr(instance.record, read.attribute) if instance.record else ""
        return exactly(read.labels.index(label)) if label in read.labels else Known(0, len(read.labels) - 1)

    def _day(self, read: RecognitionDay, node: Node, instance: Instance, measure: str) -> Known:
        record = instance.record
        return exactly(datetime.date.fromisoformat(record.first_day).toordinal()) if record else Known(node.least, node.greatest)

    def _claim(self, read: ClaimYear, node: Node, instance: Instance, measure: str) -> Known:
        return exactly(self.claim)

    def _application(self, read: ApplicationDay, node: Node, instance: Instance, measure: str) -> Known:
        return exactly(datetime.date.fromisoformat(self.on).toordinal())

    def _record(self, read: RecordInput, node: Node, instance: Instance, measure: str) -> Known:
        holder = self.holder(read.owner, instance)
        if holder is None or (read.at_recognition and instance.record is None):
            return Known(0, 1)
        of = holder.id if isinstance(holder, Subject) else APPLICANT
        maybe = False
        for record in self.applicant.records:
            if record.register != read.register or record.of != of or not self._in_time(record, read, instance):
                continue
            fits = [not wanted or wanted == has for wanted, has in ((read.event, record.event), (read.level, record.level))]
            if all(fits):
                return exactly(1)
            maybe = maybe or all(fit or not has for fit, has in zip(fits, (record.event, record.level), strict=True))
        return Known(0, int(maybe or not self.applicant.knows_registers([read.register])))

    def _aid(self, read: AwardedInput, subject: str) -> list[Aid]:
        return [a for a in self.applicant.aid if a.measure in read.measures and self.applicant.holds(subject, a.subject)]

    def received_under(self, read: AwardedInput, subject: str) -> int:
        """Aid listed under the measures for a subject and those under it, in 分."""
        return sum(a.amount for a in self._aid(read, subject))

    def _given(self, read: AwardedInput, subject: str) -> list[Given]:
        """Results of this run before the present one; of the same measure these are its earlier periods and lower levels."""
        return [g for g in self.given if g.measure in read.measures and self.applicant.holds(subject, g.subject)]

    def _registers(self, read: AwardedInput) -> list[str]:
        """The registers whose records the results deducted accrue to."""
        accruals = [self.measures[m][2].accrues for m in read.measures]
        return [name for accrual in accruals if accrual.mode == "recognition" for name in accrual.names]

    def awarded_missing(self, read: AwardedInput, instance: Instance, measure: str) -> tuple[list[str], list[str], list[tuple[str, str]]]:
        """What money already given hangs on besides aid: lists of subjects, registers, and what the results deducted hang on."""
        kinds = dict.fromkeys(self.measures[m][2].subject for m in read.measures if m != measure)
        given = [] if instance.subject is None else self._given(read, instance.subject)
        return (
            [kind for kind in kinds if kind and not self.applicant.is_complete(kind)],
            [name for name in self._registers(read) if not self.applicant.knows_registers([name])],
            [key for g in given if g.amount is None for key in g.hangs_on],
        )

    def _all_there(self, read: AwardedInput, measure: str) -> bool:
        """Whether every subject that could have been given money under the measures is known."""
        kinds = {self.measures[m][2].subject for m in read.measures if m != measure}
        return all(not kind or self.applicant.is_complete(kind) for kind in kinds)

    def awarded_items(self, read: AwardedInput, instance: Instance) -> list[tuple[str, int]]:
        """What a deduction is made of: a label and an amount in 分 for each piece of aid and each result of this run."""
        if instance.subject is None:
            return []
        aid = [(f"已获 {a.measure}{_of(a.subject)}", a.amount) for a in self._aid(read, instance.subject)]
        given = [(f"本次 {g.measure}{_of(g.subject)}", g.amount or g.low) for g in self._given(read, instance.subject)]
        return sorted(aid) + sorted(given)

    def received(self, measure: Measure, instance: Instance) -> bool:
        """Whether support for the same measure, subject and period was already received (any period for what accrues once)."""
        once = measure.accrues.mode in ("once", "completion")
        return any(a.measure == measure.id and a.subject == instance.subject and (once or a.period == instance.period) for a in self.applicant.aid)

    def entry_text(self, read: RecordInput, instance: Instance) -> str:
        """The dates of the record that answers, or why none does."""
        holder = self.holder(read.owner, instance)
        of = holder.id if isinstance(holder, Subject) else APPLICANT
        named = sorted((x for x in self.applicant.records if x.register == read.register and x.of == of), key=astuple) if holder is not None else []
        fitting = [x for x in named if _fits(read.event, x.event) and _fits(read.level, x.level)]
        if current := [x for x in fitting if self._in_time(x, read, instance)]:
            first, last = current[0].first_day, current[0].last_day
            return f"有效（{first} 至 {last}）" if last else f"有效（{first} 起）"
        if fitting:
            past = [x for x in fitting if x.first_day <= self.on]
            return f"已于 {past[-1].last_day} 到期" if past else f"{fitting[0].first_day} 才列入"
        if named:
            level, event = named[0].level or "未注明等级", named[0].event or "未注明事项"
            other = "、".join(has for wanted, has in ((read.level, level), (read.event, event)) if wanted and wanted != has)
            return f"没有这样的记录（已有：{other}）"
        return NO_RECORD if self.applicant.knows_registers([read.register]) else UNFILLED

    def _in_time(self, record: Record, read: RecordInput, instance: Instance) -> bool:
        if read.at_recognition:
            return instance.record is not None and record.holds_on(instance.record.first_day)
        if read.years_back is None:
            return record.holds_on(self.on)
        year = str(self.claim - read.years_back)
        return record.first_day[:4] <= year and (not record.last_day or year <= record.last_day[:4])

    def _awarded(self, read: AwardedInput, node: Node, instance: Instance, measure: str) -> Known:
        if instance.subject is None:
            return Known(0, node.greatest, True)
        received = self.received_under(read, instance.subject) if self.applicant.aid else 0
        found = self._given(read, instance.subject)
        there = self._all_there(read, measure)
        told = self.applicant.is_complete("aid") and self.applicant.knows_registers(self._registers(read))
        limited = there and told and all(g.high is not None for g in found)
        low, high, value = (
            min(received + sum(ends), node.greatest) for ends in ([g.low for g in found], [g.high or 0 for g in found], [g.amount or 0 for g in found])
        )
        settled = there and all(g.amount is not None for g in found)
        return Known(low, high if limited else node.greatest, not limited, value, settled)


def bound(read: Input, node: Node, measure: str) -> Callable[[Resolver, Instance], Known]:
    """How one input of a measure's rule is read."""
    read_it = _READERS[type(read)]
    return lambda resolver, instance: read_it(resolver, read, node, instance, measure)


def own(read: Input, node: Node, vocabulary: Vocabulary) -> Own | None:
    """The input as a plain fact of the applicant itself, as most are; None for any other."""
    if not isinstance(read, FactInput) or read.owner or read.part:
        return None
    return Own(read.fact, read.years_back, node.least, node.greatest, unlimited(vocabulary.facts[read.fact]))


def unlimited(fact: Fact) -> bool:
    """Whether the greatest value of a fact is only the end of its domain, and no limit to show."""
    return fact.type in ("money", "count", "quantity")


# How each kind of input is read: (resolver, read, node, instance, measure) → what is known.
_READERS: dict[type, Callable[..., Known]] = {
    FactInput: Resolver._fact,
    RecordInput: Resolver._record,
    FirstInput: Resolver._first,
    HistoryInput: Resolver._history,
    SpanInput: Resolver._span,
    SeriesInput: Resolver._series,
    ClassInput: Resolver._class,
    BoundInput: Resolver._bound,
    RecognitionDay: Resolver._day,
    AggregateInput: Resolver._aggregate,
    AwardedInput: Resolver._awarded,
    ClaimYear: Resolver._claim,
    ApplicationDay: Resolver._application,
}


def _fits(wanted: str, has: str) -> bool:
    return not wanted or wanted == has


def _of(subject: str) -> str:
    return f" {subject}" if subject else ""


def _date_part(day: int, read: FactInput) -> int:
    date = datetime.date.fromordinal(day)
    if read.part == "day":
        year = date.year + read.plus_years
        leap_day = (date.month, date.day) == (2, 29) and not calendar.isleap(year)
        return date.replace(year=year, day=28 if leap_day else date.day).toordinal()
    return date.year + (read.part == "full_year" and (date.month, date.day) != (1, 1))
