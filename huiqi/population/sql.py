"""Small pieces of SQL that all queries over the fact store are made of."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from huiqi.rules.inputs import FactInput


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


def is_complete(firm: exp.Expr, *names: exp.Expr) -> exp.Expr:
    """Whether a list of a firm is whole, under any of these names."""
    inner = exp.select("1").from_(table("complete", "c")).where(col("firm", "c").eq(firm), col("list", "c").isin(*names, text("all")))
    return exp.Exists(this=inner)


def lesser(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    """The smaller of two values."""
    return exp.paren(either(exp.LTE(this=a, expression=b), a.copy(), b.copy()))


def or_zero(column: exp.Expr) -> exp.Expr:
    """A value, 0 where it is NULL."""
    return exp.paren(either(column.is_(exp.null()), number(0), column.copy()))


def first_by(partition: list[str], order: str) -> exp.Expr:
    """1 for the first row of each partition."""
    return exp.Window(this=exp.RowNumber(), partition_by=[col(c) for c in partition], order=exp.Order(expressions=[exp.Ordered(this=col(order))]))


def year_of(day: exp.Expr) -> exp.Expr:
    """The calendar year of a day."""
    return exp.Extract(this=exp.var("YEAR"), expression=day)


def ordinal(day: exp.Expr) -> exp.Expr:
    """Days since 0001-01-01, that day being 1."""
    start = exp.cast(text("0001-01-01"), "DATE")
    return exp.Add(this=exp.DateDiff(this=day, expression=start, unit=exp.var("DAY")), expression=number(1))


def date_part(raw: exp.Expr, read: FactInput) -> exp.Expr:
    """A date fact as its rule reads it."""
    match read.part:
        case "year":
            return year_of(raw)
        case "full_year":
            first = exp.and_(exp.Extract(this=exp.var("MONTH"), expression=raw.copy()).eq(1), exp.Extract(this=exp.var("DAY"), expression=raw.copy()).eq(1))
            return exp.Add(this=year_of(raw), expression=either(first, number(0), number(1)))
        case "day":
            moved = exp.cast(exp.Add(this=raw, expression=exp.Interval(this=number(read.plus_years), unit=exp.var("YEAR"))), "DATE") if read.plus_years else raw
            return ordinal(moved)
    return raw


def knows_registers(firm: exp.Expr, names: Iterable[str]) -> exp.Expr:
    """Whether every record of these registers is given; see `Applicant.knows_registers`."""
    return exp.paren(exp.and_(exp.true(), *(is_complete(firm.copy(), text("records"), text(name)) for name in names)))
