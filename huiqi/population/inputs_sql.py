"""Inputs of a rule → columns over the fact store: both ends of what each fact can be, never NULL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from sqlglot import exp

from huiqi.evaluate.applicant import EARLIER
from huiqi.evaluate.instances import recognition_days
from huiqi.evaluate.resolve import unlimited
from huiqi.packs.model import Corpus
from huiqi.packs.national import Series
from huiqi.packs.vocabulary import Vocabulary
from huiqi.population.program_sql import ProgramSql
from huiqi.population.schema import APPLICANT_TABLE, subject_table
from huiqi.population.sql import col, date_part, either, first_by, is_complete, knows_registers, lesser, number, or_zero, ordinal, table, text, year_of
from huiqi.rules.graph import Node
from huiqi.rules.inner import Inner
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


@dataclass(slots=True)
class Ends:
    """Columns for the ends of one input."""

    low: exp.Expr
    high: exp.Expr
    open: exp.Expr = field(default_factory=exp.false)
    value: exp.Expr | None = None
    usable: exp.Expr | None = None

    def end(self, name: str) -> exp.Expr:
        """One end, as a program names it: low, high, open, value."""
        return {"low": self.low, "high": self.high, "open": self.open, "value": self.value or self.low}[name].copy()


@dataclass(slots=True)
class InputSql:
    """Collects the joins that the inputs of one measure need, onto the relation `i` (firm, subject, level, …)."""

    corpus: Corpus
    on: str
    claim: int
    measure: str
    joins: list[tuple[exp.Expr, exp.Expr]] = field(default_factory=list)
    _aliases: dict[object, str] = field(default_factory=dict)

    @property
    def vocabulary(self) -> Vocabulary:
        return self.corpus.vocabulary

    def ends(self, read: Input, node: Node) -> Ends:
        """The ends of one input, joining what it needs."""
        match read:
            case FactInput():
                return self._fact(read, node)
            case RecordInput():
                return self._record(read)
            case BoundInput():
                return self._bound(read)
            case HistoryInput():
                return self._history(read, node)
            case SpanInput():
                return self._span(read, node)
            case FirstInput():
                return self._first_record(read)
            case SeriesInput():
                return self._series(read, node)
            case AwardedInput():
                return self._awarded(read, node)
            case RecognitionDay():
                return self._recognition_day(node)
            case AggregateInput():
                return self._aggregate(read, node)
            case ClaimYear():
                return Ends(number(self.claim), number(self.claim))
        raise AssertionError(read)

    def _join(self, key: object, relation: exp.Query, on: Sequence[exp.Expr]) -> str:
        alias = self._aliases.get(key)
        if alias is None:
            alias = self._aliases[key] = f"j{len(self._aliases)}"
            conditions = exp.and_(*(self._bind(c, alias) for c in on))
            self.joins.append((relation.subquery(alias, copy=False), conditions))
        return alias

    def _bind(self, condition: exp.Expr, alias: str) -> exp.Expr:
        bound = condition.copy()
        for column in bound.find_all(exp.Column):
            if column.table == "?":
                column.set("table", exp.to_identifier(alias))
        return bound

    def holder(self, owner: str) -> exp.Expr:
        """The id under which facts of kind `owner` stand for the instance: '' for the applicant, NULL when not known."""
        if not owner:
            return text("")
        kinds = [text(k.name) for k in self.vocabulary.kinds.values() if owner in self.vocabulary.family(k.name)]
        ranked = (
            exp.select(col("firm"), col("subject"), col("ancestor"), exp.alias_(first_by(["firm", "subject"], "depth"), "rank"))
            .from_(table("parents"))
            .where(col("kind").isin(*kinds))
            .subquery("r")
        )
        nearest = exp.select(col("firm"), col("subject"), col("ancestor")).from_(ranked).where(col("rank").eq(1))
        alias = self._join(("holder", owner), nearest, [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(col("subject", "i"))])
        return col("ancestor", alias)

    def _given(self, fact: str, owner: str, yearly: bool) -> exp.Query:
        """(firm, subject, [year,] fact) over every table that holds the fact for `owner`."""
        names = [APPLICANT_TABLE] if not owner else [subject_table(k) for k in self.vocabulary.kinds if owner in self.vocabulary.family(k)]
        parts: list[exp.Select] = []
        for name in names:
            subject = col("subject") if owner else exp.alias_(text(""), "subject", quoted=True)
            one = exp.select(col("firm"), subject, col(fact)).from_(table(name + "_year" * yearly))
            parts.append(one.select(col("year")) if yearly else one)
        relation: exp.Query = parts[0]
        for other in parts[1:]:
            relation = exp.union(relation, other, distinct=False)
        return relation

    def _value(self, fact: str, owner: str, years_back: int | None) -> exp.Column:
        """The fact of the holder in one year (or once), NULL where it is not given."""
        relation = self._given(fact, owner, years_back is not None)
        on: list[exp.Expr] = [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(self.holder(owner))]
        if years_back is not None:
            on.append(col("year", "?").eq(self.claim - years_back))
        return col(fact, self._join(("fact", fact, owner, years_back), relation, on))

    def _fact(self, read: FactInput, node: Node) -> Ends:
        raw = self._value(read.fact, read.owner, read.years_back)
        unknown = raw.is_(exp.null())
        if node.dimension == "?":
            return Ends(either(unknown, exp.false(), raw), either(unknown, exp.true(), raw))
        value = date_part(raw, read)
        is_open = unknown if unlimited(self.vocabulary.facts[read.fact]) else exp.false()
        return Ends(either(unknown, number(node.least), value), either(unknown, number(node.greatest), value), is_open)

    def _aggregate(self, read: AggregateInput, node: Node) -> Ends:
        """The inner rule for every subject of the kind, summed up over what it belongs to; see `evaluate.aggregate`."""
        inner = cast(Inner, read.inner)
        under = col("subject", "i") if read.within_subject else text("")
        alias = self._join(read, self._inner_rows(read, inner), [col("firm", "?").eq(col("firm", "i")), col("ancestor", "?").eq(under)])
        unknown = exp.paren(col("subject", "i").is_(exp.null()))
        whole = exp.paren(exp.and_(is_complete(col("firm", "i"), text(read.kind)), exp.Not(this=unknown)))
        low, high, must, may, rows, some_open = (or_zero(col(c, alias)) for c in ("low", "high", "must", "may", "total", "some_open"))
        if read.op == "some":
            no_list = exp.Not(this=whole)
            return Ends(exp.paren(exp.GT(this=must, expression=number(0))), exp.paren(exp.or_(exp.GT(this=may, expression=number(0)), no_list)))
        if read.op == "every":
            return Ends(exp.paren(exp.and_(must.eq(rows), whole)), exp.paren(exp.or_(may.eq(rows.copy()), unknown.copy())))
        if read.op == "count":
            low, high, some_open = must, may, number(0)
        top = number(node.greatest)
        low, high = (either(exp.LTE(this=end, expression=top), end.copy(), top.copy()) for end in (low, high))
        is_open = exp.paren(exp.or_(exp.Not(this=whole.copy()), exp.GT(this=some_open, expression=number(0))))
        return Ends(low, either(whole, high, top.copy()), is_open)

    def _inner_rows(self, read: AggregateInput, inner: Inner) -> exp.Select:
        reader = InputSql(self.corpus, self.on, self.claim, self.measure)
        ends = {inner.graph.read(n): reader.ends(inner.graph.read(n), inner.graph[n]) for n in inner.inputs}
        tables_of = [subject_table(k) for k in self.vocabulary.kinds if read.kind in self.vocabulary.family(k)]
        subjects: exp.Query = exp.select(col("firm"), col("subject")).from_(table(tables_of[0]))
        for name in tables_of[1:]:
            subjects = exp.union(subjects, exp.select(col("firm"), col("subject")).from_(table(name)), distinct=False)
        program = ProgramSql(inner.pair, "a")
        inputs = exp.select(col("firm", "i"), col("subject", "i")).from_(subjects.subquery("i"))
        for at, end in inner.pair.inputs():
            inputs = inputs.select(exp.alias_(ends[end.read].end(end.end), f"a{at}", copy=False), copy=False)
        for relation, condition in reader.joins:
            inputs = inputs.join(relation, on=condition, join_type="left", copy=False)
        query, last = program.chain(exp.Select().with_("children", as_=inputs), "children")
        out = {name: program.column(n) for name, n in inner.pair.outputs.items()}
        must, may = (either(out[f"holds.{end}"], number(1), number(0)) for end in ("low", "high"))
        columns = {
            "must": must,
            "may": may,
            "low": either(out["holds.low"].copy(), out["value.low"], number(0)),
            "high": either(out["holds.high"].copy(), out["value.high"], number(0)),
            "some_open": either(exp.and_(out["holds.high"].copy(), out.get("value.open", exp.false())), number(1), number(0)),
        }
        query = query.select(col("firm"), col("subject"), *(exp.alias_(value, name) for name, value in columns.items())).from_(last)
        ends_by = exp.Max if read.op == "max" else exp.Sum
        kinds = {"must": exp.Sum, "may": exp.Sum, "low": ends_by, "high": ends_by, "some_open": exp.Max}
        own = exp.and_(col("firm", "p").eq(col("firm", "c")), col("subject", "p").eq(col("subject", "c")), exp.GT(this=col("depth", "p"), expression=number(0)))
        return (
            exp.select(col("firm", "p"), col("ancestor", "p"), exp.alias_(exp.Count(this=exp.Star()), "total"))
            .select(*(exp.alias_(exp.cast(kind(this=col(name, "c")), "BIGINT"), name) for name, kind in kinds.items()))
            .from_(query.subquery("c"))
            .join(table("parents", "p"), on=own)
            .group_by(col("firm", "p"), col("ancestor", "p"))
        )

    def _history(self, read: HistoryInput, node: Node) -> Ends:
        """The greatest earlier value; whole when no year is missing from `earlier` on."""
        end = self.claim - read.years_back
        year, value = col("year", "y"), col(read.fact, "y")
        given = self._given(read.fact, read.owner, True).subquery("y")
        first = exp.Min(this=exp.Case().when(exp.NEQ(this=year.copy(), expression=number(EARLIER)), year.copy()))
        relation = (
            exp.select(col("firm", "y"), col("subject", "y"))
            .select(exp.alias_(exp.Max(this=value.copy()), "most"), exp.alias_(exp.Count(this=exp.Star()), "years"))
            .select(exp.alias_(first, "first"), exp.alias_(exp.Min(this=year.copy()), "earliest"))
            .from_(given)
            .where(exp.LT(this=year.copy(), expression=number(end)), exp.Not(this=value.is_(exp.null())))
            .group_by(col("firm", "y"), col("subject", "y"))
        )
        on = [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(self.holder(read.owner))]
        alias = self._join(read, relation, on)
        none = col("most", alias).is_(exp.null())
        low = either(exp.or_(none, exp.LT(this=col("most", alias), expression=number(node.least))), number(node.least), col("most", alias))
        start = either(col("first", alias).is_(exp.null()), number(end), col("first", alias))
        span = exp.Sub(this=number(end + 1), expression=exp.paren(start))
        whole = exp.paren(exp.and_(exp.Not(this=none.copy()), col("earliest", alias).eq(EARLIER), col("years", alias).eq(span)))
        return Ends(low, either(whole, low.copy(), number(node.greatest)), exp.Not(this=whole.copy()))

    def _span(self, read: SpanInput, node: Node) -> Ends:
        """The years given add up, each missing one can be anything of the fact's domain; see `Resolver._span`."""
        fact = self.vocabulary.facts[read.fact]
        day = self._value(read.day_fact, read.owner, None)
        start = exp.paren(year_of(day))
        last = lesser(exp.Add(this=start.copy(), expression=number(read.years - 1)), number(self.claim))
        total: exp.Expr = number(0)
        given: exp.Expr = number(0)
        for back in range(read.years):
            # One relation for each year of the span; its year hangs on the firm's own day.
            year = exp.Add(this=start.copy(), expression=number(back))
            in_span: list[exp.Expr] = [col("year", "?").eq(year), exp.LTE(this=col("year", "?"), expression=number(self.claim))]
            on = [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(self.holder(read.owner)), *in_span]
            value = col(read.fact, self._join((read, back), self._given(read.fact, read.owner, True), on))
            total = exp.Add(this=total, expression=or_zero(value))
            given = exp.Add(this=given, expression=either(value.is_(exp.null()), number(0), number(1)))
        span = exp.paren(exp.Sub(this=exp.Add(this=last, expression=number(1)), expression=start.copy()))
        wanted = either(exp.GT(this=span, expression=number(0)), span.copy(), number(0))
        missing = exp.paren(exp.Sub(this=wanted, expression=exp.paren(given)))
        unknown = exp.paren(day.is_(exp.null()))
        low, high = (exp.Add(this=total.copy(), expression=exp.Mul(this=missing.copy(), expression=number(end))) for end in (fact.least, fact.greatest))
        is_open = exp.paren(exp.or_(unknown.copy(), exp.GT(this=missing.copy(), expression=number(0)))) if unlimited(fact) else exp.false()
        return Ends(either(unknown, number(node.least), low), either(unknown.copy(), number(node.greatest), high), is_open)

    def _series(self, read: SeriesInput, node: Node) -> Ends:
        """The series as CASE over its days, latest first; for a term that is not known the hull of all terms."""
        series = self.corpus.series[read.series]
        day = self._value(read.day_fact, read.owner, None)
        choices = self.vocabulary.facts[read.term_fact].values if read.term_fact else ()
        position = self._value(read.term_fact, read.owner, None) if choices else None
        ends = []
        for pick, otherwise in ((min, node.least), (max, node.greatest)):
            by_term = {term: self._steps(series, day, [term], pick, otherwise, node.scale) for term in choices or (read.term,)}
            if position is None:
                ends.append(by_term[read.term])
                continue
            value = exp.Case()
            for at, term in enumerate(choices):
                value = value.when(position.eq(at), by_term[term])
            ends.append(value.else_(self._steps(series, day, list(choices), pick, otherwise, node.scale)))
        return Ends(*ends)

    def _steps(self, series: Series, day: exp.Expr, terms: list[str], pick: Callable[[list[int]], int], otherwise: int, scale: int) -> exp.Expr:
        after = exp.GT(this=day.copy(), expression=exp.cast(text(series.known_to), "DATE"))
        value = exp.Case().when(exp.or_(day.is_(exp.null()), after), number(otherwise))
        for at in range(len(series.starts) - 1, -1, -1):
            since = exp.GTE(this=day.copy(), expression=exp.cast(text(series.starts[at]), "DATE"))
            value = value.when(since, number(pick([int(series.values[term][at] * scale) for term in terms])))
        return value.else_(number(otherwise))

    def _record(self, read: RecordInput) -> Ends:
        in_time = self._holds(col("day")) if read.at_recognition else self._in_time(read.years_back)
        alias, whole = self._of_register(read, {"": in_time})
        must, maybe = (self._flag(alias, name) for name in ("fits", "might"))
        return Ends(either(must, exp.true(), exp.false()), either(exp.or_(must.copy(), maybe, exp.Not(this=whole)), exp.true(), exp.false()))

    def _first_record(self, read: FirstInput) -> Ends:
        """See `Resolver._first`."""
        first_day = col("first_day")
        if read.at_recognition:
            now: exp.Expr = first_day.eq(col("day"))
            before: exp.Expr = exp.LT(this=first_day.copy(), expression=col("day"))
        else:
            now, before = year_of(first_day).eq(self.claim), exp.LT(this=year_of(first_day.copy()), expression=number(self.claim))
        alias, whole = self._of_register(read, {"": now, "before_": before})
        fits, might, fits_before, might_before = (self._flag(alias, name) for name in ("fits", "might", "before_fits", "before_might"))
        must = exp.and_(fits, exp.Not(this=might_before), whole.copy())
        may = exp.and_(exp.paren(exp.or_(might, exp.Not(this=whole))), exp.Not(this=fits_before))
        return Ends(either(must, exp.true(), exp.false()), either(may, exp.true(), exp.false()))

    def _of_register(self, read: RecordInput | FirstInput, times: dict[str, exp.Expr]) -> tuple[str, exp.Expr]:
        """The join with, for each of `times`, whether a record of that time fits or might fit; and whether the list of records is whole."""
        wanted = [(read.event, col("event")), (read.level, col("level"))]
        fits = exp.and_(exp.true(), *(column.eq(text(value)) for value, column in wanted if value))
        might = exp.and_(exp.true(), *(column.isin(text(value), text("")) for value, column in wanted if value))
        relation = exp.select(col("firm"), col("subject")).from_(table("records")).where(col("register").eq(text(read.register)))
        for prefix, in_time in times.items():
            for name, test in (("fits", fits), ("might", might)):
                flag = either(exp.and_(exp.paren(in_time.copy()), exp.paren(test.copy())), number(1), number(0))
                relation = relation.select(exp.alias_(exp.Max(this=flag), f"{prefix}{name}"))
        relation = relation.group_by(col("firm"), col("subject"))
        holder = self.holder(read.owner)
        on: list[exp.Expr] = [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(holder)]
        if read.at_recognition:
            days = exp.select(exp.Column(this=exp.Star(), table=exp.to_identifier("r")), exp.alias_(col("first_day", "d"), "day", quoted=True)).from_(
                table("records", "r")
            )
            days = days.join(self._recognition_days().subquery("d"), on=col("firm", "d").eq(col("firm", "r")))
            relation = relation.from_(days.subquery("records")).group_by(col("day")).select(col("day"))
            on.append(col("day", "?").eq(col("day", "i")))
        alias = self._join(read, relation, on)
        known: exp.Expr = exp.Not(this=exp.paren(holder.is_(exp.null())))
        if read.at_recognition:
            known = exp.and_(known, exp.Not(this=exp.paren(col("day", "i").is_(exp.null()))))
        return alias, exp.paren(exp.and_(knows_registers(col("firm", "i"), [read.register]), known))

    def _flag(self, alias: str, name: str) -> exp.Expr:
        column = col(name, alias)
        return exp.paren(exp.and_(exp.Not(this=column.is_(exp.null())), column.copy().eq(1)))

    def _in_time(self, years_back: int | None) -> exp.Expr:
        first, last = col("first_day"), col("last_day")
        if years_back is None:
            return self._holds(exp.cast(text(self.on), "DATE"))
        year = number(self.claim - years_back)
        return exp.and_(exp.LTE(this=year_of(first), expression=year), exp.or_(last.is_(exp.null()), exp.GTE(this=year_of(last), expression=year)))

    def _holds(self, day: exp.Expr) -> exp.Expr:
        first, last = col("first_day"), col("last_day")
        return exp.and_(exp.LTE(this=first, expression=day), exp.or_(last.is_(exp.null()), exp.GTE(this=last, expression=day.copy())))

    def _recognition_days(self) -> exp.Select:
        """The days of recognition of each firm that can be claimed for."""
        policy, _, measure = self.corpus.measures[self.measure]
        first, last = (exp.cast(text(day), "DATE") for day in recognition_days(policy, measure.accrues, self.on, self.claim))
        return exp.select(col("firm"), col("first_day")).distinct().from_(table("records")).where(col("first_day").between(first, last))

    def _recognition_day(self, node: Node) -> Ends:
        day = col("day", "i")
        missing = day.is_(exp.null())
        value = ordinal(day)
        return Ends(either(missing, number(node.least), value), either(missing.copy(), number(node.greatest), value.copy()))

    def _bound(self, read: BoundInput) -> Ends:
        low, high = exp.Case(), exp.Case()
        for at, label in enumerate(read.labels):
            low, high = (ends.when(col(read.attribute, "i").eq(text(label)), number(at)) for ends in (low, high))
        return Ends(low.else_(number(0)), high.else_(number(len(read.labels) - 1)))

    def _awarded(self, read: AwardedInput, node: Node) -> Ends:
        """See `Resolver._awarded`: aid, the results of this run so far, and whether all that could be there is known."""
        aid = self._money("aid", read.measures, ["amount"], ("aid", read))
        given = self._money("results", read.measures, ["low", "high_or_zero", "is_open", "amount_or_zero", "undecided"], ("given", read))
        top = number(node.greatest)
        received = or_zero(col("amount", aid))
        low, high, value = (self._capped(received.copy(), or_zero(col(c, given)), top) for c in ("low", "high_or_zero", "amount_or_zero"))
        firm = col("firm", "i")
        kinds = sorted({self.corpus.measures[m][2].subject for m in read.measures if m != self.measure} - {""})
        there = exp.paren(exp.and_(exp.true(), *(is_complete(firm.copy(), text(kind)) for kind in kinds)))
        unlimited = exp.GT(this=or_zero(col("is_open", given)), expression=number(0))
        recognised = self.measure in read.measures and self.corpus.measures[self.measure][2].accrues.mode == "recognition"
        earlier = self.corpus.measures[self.measure][2].accrues.names if recognised else ()
        partial = [exp.Not(this=is_complete(firm.copy(), text("aid"))), exp.Not(this=knows_registers(firm, earlier))]
        no_end = exp.paren(exp.or_(exp.Not(this=there), *partial, unlimited))
        unknown = exp.paren(col("subject", "i").is_(exp.null()))
        is_open = exp.paren(exp.or_(unknown, no_end))
        ends = Ends(either(unknown.copy(), number(0), low), either(is_open, top, high), is_open.copy(), value)
        settled = exp.and_(exp.Not(this=unknown.copy()), there.copy(), or_zero(col("undecided", given)).eq(0))
        ends.usable = exp.paren(exp.or_(exp.EQ(this=ends.low.copy(), expression=ends.high.copy()), settled))
        return ends

    def _money(self, source: str, measures: tuple[str, ...], sums: list[str], key: object) -> str:
        """Sums over a subject and everything under it."""
        relation = (
            exp.select(col("firm", "p"), col("ancestor", "p"), *(exp.alias_(exp.cast(exp.Sum(this=col(c, "a")), "BIGINT"), c) for c in sums))
            .from_(table(source, "a"))
            .join(table("parents", "p"), on=exp.and_(col("firm", "p").eq(col("firm", "a")), col("subject", "p").eq(col("subject", "a"))))
            .where(col("measure", "a").isin(*(text(m) for m in measures)), *([exp.Not(this=col("received", "a"))] if source == "results" else []))
            .group_by(col("firm", "p"), col("ancestor", "p"))
        )
        return self._join(key, relation, [col("firm", "?").eq(col("firm", "i")), col("ancestor", "?").eq(col("subject", "i"))])

    def _capped(self, a: exp.Expr, b: exp.Expr, top: exp.Expr) -> exp.Expr:
        total = exp.paren(exp.Add(this=a, expression=b))
        return either(exp.LTE(this=total, expression=top), total.copy(), top.copy())
