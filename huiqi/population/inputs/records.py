"""Records of registers, and what a result on a recognition takes from its record → columns."""

from __future__ import annotations

from sqlglot import exp

from huiqi.evaluate.instances import recognition_days
from huiqi.population.inputs.reader import Ends, Reader
from huiqi.population.sql import col, either, knows_registers, number, ordinal, table, text, year_of
from huiqi.rules.graph import Node
from huiqi.rules.inputs import BoundInput, FirstInput, RecordInput


def record(reader: Reader, read: RecordInput) -> Ends:
    in_time = _holds(col("day")) if read.at_recognition else _in_time(reader, read.years_back)
    alias, whole = _of_register(reader, read, {"": in_time})
    must, maybe = (_flag(alias, name) for name in ("fits", "might"))
    return Ends(either(must, exp.true(), exp.false()), either(exp.or_(must.copy(), maybe, exp.Not(this=whole)), exp.true(), exp.false()))


def first_record(reader: Reader, read: FirstInput) -> Ends:
    """See `Resolver._first`."""
    first_day = col("first_day")
    if read.at_recognition:
        now: exp.Expr = first_day.eq(col("day"))
        before: exp.Expr = exp.LT(this=first_day.copy(), expression=col("day"))
    else:
        now, before = year_of(first_day).eq(reader.claim), exp.LT(this=year_of(first_day.copy()), expression=number(reader.claim))
    alias, whole = _of_register(reader, read, {"": now, "before_": before})
    fits, might, fits_before, might_before = (_flag(alias, name) for name in ("fits", "might", "before_fits", "before_might"))
    must = exp.and_(fits, exp.Not(this=might_before), whole.copy())
    may = exp.and_(exp.paren(exp.or_(might, exp.Not(this=whole))), exp.Not(this=fits_before))
    return Ends(either(must, exp.true(), exp.false()), either(may, exp.true(), exp.false()))


def recognition_day(reader: Reader, node: Node) -> Ends:
    day = col("day", "i")
    missing = day.is_(exp.null())
    value = ordinal(day)
    return Ends(either(missing, number(node.least), value), either(missing.copy(), number(node.greatest), value.copy()))


def bound(reader: Reader, read: BoundInput) -> Ends:
    low, high = exp.Case(), exp.Case()
    for at, label in enumerate(read.labels):
        low, high = (ends.when(col(read.attribute, "i").eq(text(label)), number(at)) for ends in (low, high))
    return Ends(low.else_(number(0)), high.else_(number(len(read.labels) - 1)))


def _of_register(reader: Reader, read: RecordInput | FirstInput, times: dict[str, exp.Expr]) -> tuple[str, exp.Expr]:
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
    holder = reader.holder(read.owner)
    on: list[exp.Expr] = [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(holder)]
    if read.at_recognition:
        days = exp.select(exp.Column(this=exp.Star(), table=exp.to_identifier("r")), exp.alias_(col("first_day", "d"), "day", quoted=True)).from_(
            table("records", "r")
        )
        days = days.join(_recognition_days(reader).subquery("d"), on=col("firm", "d").eq(col("firm", "r")))
        relation = relation.from_(days.subquery("records")).group_by(col("day")).select(col("day"))
        on.append(col("day", "?").eq(col("day", "i")))
    alias = reader.join(read, relation, on)
    known: exp.Expr = exp.Not(this=exp.paren(holder.is_(exp.null())))
    if read.at_recognition:
        known = exp.and_(known, exp.Not(this=exp.paren(col("day", "i").is_(exp.null()))))
    return alias, exp.paren(exp.and_(knows_registers(col("firm", "i"), [read.register]), known))


def _flag(alias: str, name: str) -> exp.Expr:
    column = col(name, alias)
    return exp.paren(exp.and_(exp.Not(this=column.is_(exp.null())), column.copy().eq(1)))


def _in_time(reader: Reader, years_back: int | None) -> exp.Expr:
    first, last = col("first_day"), col("last_day")
    if years_back is None:
        return _holds(exp.cast(text(reader.on), "DATE"))
    year = number(reader.claim - years_back)
    return exp.and_(exp.LTE(this=year_of(first), expression=year), exp.or_(last.is_(exp.null()), exp.GTE(this=year_of(last), expression=year)))


def _holds(day: exp.Expr) -> exp.Expr:
    first, last = col("first_day"), col("last_day")
    return exp.and_(exp.LTE(this=first, expression=day), exp.or_(last.is_(exp.null()), exp.GTE(this=last, expression=day.copy())))


def _recognition_days(reader: Reader) -> exp.Select:
    """The days of recognition of each firm that can be claimed for."""
    policy, _, measure = reader.corpus.measures[reader.measure]
    first, last = (exp.cast(text(day), "DATE") for day in recognition_days(policy, measure.accrues, reader.on, reader.claim))
    return exp.select(col("firm"), col("first_day")).distinct().from_(table("records")).where(col("first_day").between(first, last))
