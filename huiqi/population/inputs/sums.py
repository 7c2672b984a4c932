"""Sums over the subjects of a kind, and what was awarded before → columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sqlglot import exp

from huiqi.population.inputs.reader import Ends, Reader
from huiqi.population.program_sql import ProgramSql
from huiqi.population.schema import subject_table
from huiqi.population.sql import col, either, is_complete, knows_registers, number, or_zero, table, text
from huiqi.rules.graph import Node
from huiqi.rules.inner import Inner
from huiqi.rules.inputs import AggregateInput, AwardedInput, Input

EndsOf = Callable[[Reader, Input, Node], Ends]


def aggregate(reader: Reader, read: AggregateInput, node: Node, ends: EndsOf) -> Ends:
    """The inner rule for every subject of the kind, summed up over what it belongs to; see `evaluate.aggregate`."""
    inner = cast(Inner, read.inner)
    under = col("subject", "i") if read.within_subject else text("")
    alias = reader.join(read, _inner_rows(reader, read, inner, ends), [col("firm", "?").eq(col("firm", "i")), col("ancestor", "?").eq(under)])
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


def _inner_rows(outer: Reader, read: AggregateInput, inner: Inner, ends: EndsOf) -> exp.Select:
    reader = Reader(outer.corpus, outer.on, outer.claim, outer.measure)
    of = {inner.graph.read(n): ends(reader, inner.graph.read(n), inner.graph[n]) for n in inner.inputs}
    tables_of = [subject_table(k) for k in reader.vocabulary.kinds if read.kind in reader.vocabulary.family(k)]
    subjects: exp.Query = exp.select(col("firm"), col("subject")).from_(table(tables_of[0]))
    for name in tables_of[1:]:
        subjects = exp.union(subjects, exp.select(col("firm"), col("subject")).from_(table(name)), distinct=False)
    program = ProgramSql(inner.pair, "a")
    inputs = exp.select(col("firm", "i"), col("subject", "i")).from_(subjects.subquery("i"))
    for at, end in inner.pair.inputs():
        inputs = inputs.select(exp.alias_(of[end.read].end(end.end), f"a{at}", copy=False), copy=False)
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


def awarded(reader: Reader, read: AwardedInput, node: Node) -> Ends:
    """See `Resolver._awarded`: aid, the results of this run so far, and whether all that could be there is known."""
    aid = _money(reader, "aid", read.measures, ["amount"], ("aid", read))
    given = _money(reader, "results", read.measures, ["low", "high_or_zero", "is_open", "amount_or_zero", "undecided"], ("given", read))
    top = number(node.greatest)
    received = or_zero(col("amount", aid))
    low, high, value = (_capped(received.copy(), or_zero(col(c, given)), top) for c in ("low", "high_or_zero", "amount_or_zero"))
    firm = col("firm", "i")
    kinds = sorted({reader.corpus.measures[m][2].subject for m in read.measures if m != reader.measure} - {""})
    there = exp.paren(exp.and_(exp.true(), *(is_complete(firm.copy(), text(kind)) for kind in kinds)))
    unlimited = exp.GT(this=or_zero(col("is_open", given)), expression=number(0))
    accruals = [reader.corpus.measures[m][2].accrues for m in read.measures]
    registers = dict.fromkeys(name for accrual in accruals if accrual.mode == "recognition" for name in accrual.names)
    partial = [exp.Not(this=is_complete(firm.copy(), text("aid"))), exp.Not(this=knows_registers(firm, tuple(registers)))]
    no_end = exp.paren(exp.or_(exp.Not(this=there), *partial, unlimited))
    unknown = exp.paren(col("subject", "i").is_(exp.null()))
    is_open = exp.paren(exp.or_(unknown, no_end))
    settled = exp.paren(exp.and_(exp.Not(this=unknown.copy()), there.copy(), or_zero(col("undecided", given)).eq(0)))
    return Ends(either(unknown.copy(), number(0), low), either(is_open, top, high), is_open.copy(), value, settled)


def _money(reader: Reader, source: str, measures: tuple[str, ...], sums: list[str], key: object) -> str:
    """Sums over a subject and everything under it."""
    relation = (
        exp.select(col("firm", "p"), col("ancestor", "p"), *(exp.alias_(exp.cast(exp.Sum(this=col(c, "a")), "BIGINT"), c) for c in sums))
        .from_(table(source, "a"))
        .join(table("parents", "p"), on=exp.and_(col("firm", "p").eq(col("firm", "a")), col("subject", "p").eq(col("subject", "a"))))
        .where(col("measure", "a").isin(*(text(m) for m in measures)), *([exp.Not(this=col("received", "a"))] if source == "results" else []))
        .group_by(col("firm", "p"), col("ancestor", "p"))
    )
    return reader.join(key, relation, [col("firm", "?").eq(col("firm", "i")), col("ancestor", "?").eq(col("subject", "i"))])


def _capped(a: exp.Expr, b: exp.Expr, top: exp.Expr) -> exp.Expr:
    total = exp.paren(exp.Add(this=a, expression=b))
    return either(exp.LTE(this=total, expression=top), total.copy(), top.copy())
