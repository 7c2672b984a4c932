"""Inputs of a rule → columns over the fact store: both ends of what each fact can be, never NULL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from huiqi.packs.vocabulary import Vocabulary
from huiqi.population.schema import APPLICANT_TABLE, subject_table
from huiqi.rules.graph import Node
from huiqi.rules.inputs import AwardedInput, BoundInput, ClaimYear, FactInput, Input, RecordInput


def col(name: str, table: str = "") -> exp.Column:
    """A quoted column."""
    return exp.column(exp.to_identifier(name, quoted=True), table=table or None)


def table(name: str, alias: str = "") -> exp.Expr:
    """A quoted table, with an alias."""
    made = exp.Table(this=exp.to_identifier(name, quoted=True))
    return exp.alias_(made, alias, table=True) if alias else made


def text(value: str) -> exp.Literal:
    """A text literal."""
    return exp.Literal.string(value)


def number(value: int) -> exp.Expr:
    """An integer literal."""
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def either(condition: exp.Expr, yes: exp.Expr, no: exp.Expr) -> exp.Case:
    """CASE WHEN condition THEN yes ELSE no END."""
    return exp.Case().when(condition, yes).else_(no)


def is_complete(firm: exp.Expr, list_name: exp.Expr) -> exp.Expr:
    """Whether a list of a firm is whole."""
    inner = exp.select("1").from_(table("complete", "c")).where(col("firm", "c").eq(firm), col("list", "c").isin(list_name, text("all")))
    return exp.Exists(this=inner)


@dataclass(slots=True)
class Ends:
    """Columns for the ends of one input."""

    low: exp.Expr
    high: exp.Expr
    open: exp.Expr = field(default_factory=exp.false)


@dataclass(slots=True)
class InputSql:
    """Collects the joins that the inputs of one measure need, onto the relation `i` (firm, subject, level, …)."""

    vocabulary: Vocabulary
    on: str
    claim: int
    measure: str
    joins: list[tuple[exp.Expr, exp.Expr]] = field(default_factory=list)
    _aliases: dict[object, str] = field(default_factory=dict)

    def ends(self, read: Input, node: Node) -> Ends:
        """The ends of one input, joining what it needs."""
        match read:
            case FactInput():
                return self._fact(read, node)
            case RecordInput():
                return self._record(read)
            case BoundInput():
                return self._bound(read)
            case AwardedInput():
                return self._awarded(read, node)
            case ClaimYear():
                return Ends(number(self.claim), number(self.claim))
        raise AssertionError(read)

    def _join(self, key: object, relation: exp.Query, on: Sequence[exp.Expr]) -> str:
        alias = self._aliases.get(key)
        if alias is None:
            alias = self._aliases[key] = f"j{len(self._aliases)}"
            conditions = exp.and_(*(self._bind(c, alias) for c in on))
            self.joins.append((relation.subquery(alias), conditions))
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
            exp.select(col("firm"), col("subject"), col("ancestor"), exp.alias_(_first(["firm", "subject"], "depth"), "rank"))
            .from_(table("parents"))
            .where(col("kind").isin(*kinds))
            .subquery("r")
        )
        nearest = exp.select(col("firm"), col("subject"), col("ancestor")).from_(ranked).where(col("rank").eq(1))
        alias = self._join(("holder", owner), nearest, [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(col("subject", "i"))])
        return col("ancestor", alias)

    def _fact(self, read: FactInput, node: Node) -> Ends:
        yearly = read.years_back is not None
        names = [APPLICANT_TABLE] if not read.owner else [subject_table(k) for k in self.vocabulary.kinds if read.owner in self.vocabulary.family(k)]
        parts = []
        for name in names:
            subject = text("") if not read.owner else col("subject")
            one = exp.select(col("firm"), exp.alias_(subject, "subject", quoted=True), col(read.fact)).from_(table(name + "_year" * yearly))
            if yearly:
                one = one.where(col("year").eq(self.claim - (read.years_back or 0)))
            parts.append(one)
        relation: exp.Query = parts[0]
        for other in parts[1:]:
            relation = exp.union(relation, other, distinct=False)
        on = [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(self.holder(read.owner))]
        alias = self._join(("fact", read.fact, read.owner, read.years_back), relation, on)
        raw = col(read.fact, alias)
        unknown = raw.is_(exp.null())
        if node.dimension == "?":
            return Ends(either(unknown, exp.false(), raw), either(unknown, exp.true(), raw))
        value = _date_part(raw, read)
        unlimited = self.vocabulary.facts[read.fact].type in ("money", "count", "quantity")
        return Ends(either(unknown, number(node.least), value), either(unknown, number(node.greatest), value), unknown if unlimited else exp.false())

    def _record(self, read: RecordInput) -> Ends:
        wanted = [(read.event, col("event")), (read.level, col("level"))]
        fits = exp.and_(exp.true(), *(column.eq(text(value)) for value, column in wanted if value))
        might = exp.and_(exp.true(), *(column.isin(text(value), text("")) for value, column in wanted if value))
        relation = (
            exp.select(
                col("firm"),
                col("subject"),
                exp.alias_(exp.Max(this=either(fits, number(1), number(0))), "fits"),
                exp.alias_(exp.Max(this=either(might, number(1), number(0))), "might"),
            )
            .from_(table("records"))
            .where(col("register").eq(text(read.register)), self._in_time(read.years_back))
            .group_by(col("firm"), col("subject"))
        )
        holder = self.holder(read.owner)
        alias = self._join(read, relation, [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(holder)])
        must = exp.paren(exp.and_(exp.Not(this=col("fits", alias).is_(exp.null())), col("fits", alias).eq(1)))
        maybe = exp.paren(exp.and_(exp.Not(this=col("might", alias).is_(exp.null())), col("might", alias).eq(1)))
        whole = exp.paren(exp.and_(is_complete(col("firm", "i"), text("records")), exp.Not(this=exp.paren(holder.is_(exp.null())))))
        return Ends(either(must, exp.true(), exp.false()), either(exp.or_(must, maybe, exp.Not(this=whole)), exp.true(), exp.false()))

    def _in_time(self, years_back: int | None) -> exp.Expr:
        first, last = col("first_day"), col("last_day")
        if years_back is None:
            day = exp.cast(text(self.on), "DATE")
            return exp.and_(exp.LTE(this=first, expression=day), exp.or_(last.is_(exp.null()), exp.GTE(this=last, expression=day)))
        year = number(self.claim - years_back)
        return exp.and_(exp.LTE(this=_year(first), expression=year), exp.or_(last.is_(exp.null()), exp.GTE(this=_year(last), expression=year)))

    def _bound(self, read: BoundInput) -> Ends:
        low, high = exp.Case(), exp.Case()
        for at, level in enumerate(read.levels):
            low, high = low.when(col("level", "i").eq(text(level)), number(at)), high.when(col("level", "i").eq(text(level)), number(at))
        return Ends(low.else_(number(0)), high.else_(number(max(len(read.levels) - 1, 0))))

    def _awarded(self, read: AwardedInput, node: Node) -> Ends:
        aid = self._money("aid", read.measures, [("amount", "sum_low"), ("amount", "sum_high")], ("aid", read))
        others = tuple(m for m in read.measures if m != self.measure)
        given = self._money("results", others, [("low", "sum_low"), ("high_or_zero", "sum_high"), ("is_open", "sum_open")], ("given", read)) if others else ""
        top = number(node.greatest)
        low, high = (self._capped([_or_zero(col(c, a)) for a in (aid, given) if a], top) for c in ("sum_low", "sum_high"))
        no_end: exp.Expr = exp.Not(this=is_complete(col("firm", "i"), text("aid")))
        if given:
            no_end = exp.paren(exp.or_(no_end, exp.GT(this=_or_zero(col("sum_open", given)), expression=number(0))))
        unknown = exp.paren(col("subject", "i").is_(exp.null()))
        return Ends(either(unknown, number(0), low), either(exp.or_(unknown, no_end), top, high), exp.paren(exp.or_(unknown, no_end)))

    def _money(self, source: str, measures: tuple[str, ...], sums: list[tuple[str, str]], key: object) -> str:
        """Sums over a subject and everything under it."""
        relation = (
            exp.select(col("firm", "p"), col("ancestor", "p"), *(exp.alias_(exp.cast(exp.Sum(this=col(c, "a")), "BIGINT"), alias) for c, alias in sums))
            .from_(table(source, "a"))
            .join(table("parents", "p"), on=exp.and_(col("firm", "p").eq(col("firm", "a")), col("subject", "p").eq(col("subject", "a"))))
            .where(col("measure", "a").isin(*(text(m) for m in measures)), *([exp.Not(this=col("received", "a"))] if source == "results" else []))
            .group_by(col("firm", "p"), col("ancestor", "p"))
        )
        return self._join(key, relation, [col("firm", "?").eq(col("firm", "i")), col("ancestor", "?").eq(col("subject", "i"))])

    def _capped(self, parts: list[exp.Expr], top: exp.Expr) -> exp.Expr:
        total = parts[0] if len(parts) == 1 else exp.paren(exp.Add(this=parts[0], expression=parts[1]))
        return either(exp.LTE(this=total, expression=top), total, top)


def _or_zero(column: exp.Expr) -> exp.Expr:
    return exp.paren(either(column.is_(exp.null()), number(0), column.copy()))


def _first(partition: list[str], order: str) -> exp.Expr:
    return exp.Window(this=exp.RowNumber(), partition_by=[col(c) for c in partition], order=exp.Order(expressions=[exp.Ordered(this=col(order))]))


def _year(day: exp.Expr) -> exp.Expr:
    return exp.Extract(this=exp.var("YEAR"), expression=day)


def _date_part(raw: exp.Expr, read: FactInput) -> exp.Expr:
    match read.part:
        case "year":
            return _year(raw)
        case "full_year":
            first = exp.and_(exp.Extract(this=exp.var("MONTH"), expression=raw.copy()).eq(1), exp.Extract(this=exp.var("DAY"), expression=raw.copy()).eq(1))
            return exp.Add(this=_year(raw), expression=either(first, number(0), number(1)))
        case "day":
            start = exp.cast(text("0001-01-01"), "DATE")
            moved = exp.cast(exp.Add(this=raw, expression=exp.Interval(this=number(read.plus_years), unit=exp.var("YEAR"))), "DATE") if read.plus_years else raw
            return exp.Add(this=exp.DateDiff(this=moved, expression=start, unit=exp.var("DAY")), expression=number(1))
    return raw
