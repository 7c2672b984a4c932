"""Facts, their history, sums over years and dated series → columns."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from huiqi.evaluate.applicant import EARLIER
from huiqi.evaluate.resolve import unlimited
from huiqi.packs.national import Series, SizeClasses
from huiqi.population.inputs.reader import Ends, Reader
from huiqi.population.sql import col, date_part, either, lesser, number, or_zero, text, year_of
from huiqi.rules.graph import Node
from huiqi.rules.inputs import ClassInput, FactInput, HistoryInput, SeriesInput, SpanInput


def fact(reader: Reader, read: FactInput, node: Node) -> Ends:
    raw = reader.value(read.fact, read.owner, read.years_back)
    unknown = raw.is_(exp.null())
    if read.part == "given":
        return Ends(either(unknown, exp.false(), exp.true()), either(unknown.copy(), exp.false(), exp.true()))
    if node.dimension == "?":
        return Ends(either(unknown, exp.false(), raw), either(unknown, exp.true(), raw))
    value = date_part(raw, read)
    is_open = unknown if unlimited(reader.vocabulary.facts[read.fact]) else exp.false()
    return Ends(either(unknown, number(node.least), value), either(unknown, number(node.greatest), value), is_open)


def history(reader: Reader, read: HistoryInput, node: Node) -> Ends:
    """The greatest earlier value; whole when no year is missing from `earlier` on."""
    end = reader.claim - read.years_back
    year, value = col("year", "y"), col(read.fact, "y")
    given = reader.given(read.fact, read.owner, True).subquery("y")
    first = exp.Min(this=exp.Case().when(exp.NEQ(this=year.copy(), expression=number(EARLIER)), year.copy()))
    relation = (
        exp.select(col("firm", "y"), col("subject", "y"))
        .select(exp.alias_(exp.Max(this=value.copy()), "most"), exp.alias_(exp.Count(this=exp.Star()), "years"))
        .select(exp.alias_(first, "first"), exp.alias_(exp.Min(this=year.copy()), "earliest"))
        .from_(given)
        .where(exp.LT(this=year.copy(), expression=number(end)), exp.Not(this=value.is_(exp.null())))
        .group_by(col("firm", "y"), col("subject", "y"))
    )
    on = [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(reader.holder(read.owner))]
    alias = reader.join(read, relation, on)
    none = col("most", alias).is_(exp.null())
    low = either(exp.or_(none, exp.LT(this=col("most", alias), expression=number(node.least))), number(node.least), col("most", alias))
    start = either(col("first", alias).is_(exp.null()), number(end), col("first", alias))
    span = exp.Sub(this=number(end + 1), expression=exp.paren(start))
    whole = exp.paren(exp.and_(exp.Not(this=none.copy()), col("earliest", alias).eq(EARLIER), col("years", alias).eq(span)))
    return Ends(low, either(whole, low.copy(), number(node.greatest)), exp.Not(this=whole.copy()))


def span(reader: Reader, read: SpanInput, node: Node) -> Ends:
    """The years given add up, each missing one can be anything of the fact's domain; see `Resolver._span`."""
    fact = reader.vocabulary.facts[read.fact]
    day = reader.value(read.day_fact, read.owner, None)
    start = exp.paren(year_of(day))
    last = lesser(exp.Add(this=start.copy(), expression=number(read.years - 1)), number(reader.claim))
    total: exp.Expr = number(0)
    given: exp.Expr = number(0)
    for back in range(read.years):
        # One relation for each year of the span; its year hangs on the firm's own day.
        year = exp.Add(this=start.copy(), expression=number(back))
        in_span: list[exp.Expr] = [col("year", "?").eq(year), exp.LTE(this=col("year", "?"), expression=number(reader.claim))]
        on = [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(reader.holder(read.owner)), *in_span]
        value = col(read.fact, reader.join((read, back), reader.given(read.fact, read.owner, True), on))
        total = exp.Add(this=total, expression=or_zero(value))
        given = exp.Add(this=given, expression=either(value.is_(exp.null()), number(0), number(1)))
    span = exp.paren(exp.Sub(this=exp.Add(this=last, expression=number(1)), expression=start.copy()))
    wanted = either(exp.GT(this=span, expression=number(0)), span.copy(), number(0))
    missing = exp.paren(exp.Sub(this=wanted, expression=exp.paren(given)))
    unknown = exp.paren(day.is_(exp.null()))
    low, high = (exp.Add(this=total.copy(), expression=exp.Mul(this=missing.copy(), expression=number(end))) for end in (fact.least, fact.greatest))
    is_open = exp.paren(exp.or_(unknown.copy(), exp.GT(this=missing.copy(), expression=number(0)))) if unlimited(fact) else exp.false()
    return Ends(either(unknown, number(node.least), low), either(unknown.copy(), number(node.greatest), high), is_open)


def series(reader: Reader, read: SeriesInput, node: Node) -> Ends:
    """The series as CASE over its days, latest first; for a term that is not known the hull of all terms."""
    dated = reader.corpus.series[read.series]
    day = reader.value(read.day_fact, read.owner, None)
    choices = reader.vocabulary.facts[read.term_fact].values if read.term_fact else ()
    position = reader.value(read.term_fact, read.owner, None) if choices else None
    ends = []
    for pick, otherwise in ((min, node.least), (max, node.greatest)):
        by_term = {term: _steps(dated, day, [term], pick, otherwise, node.scale) for term in choices or (read.term,)}
        if position is None:
            ends.append(by_term[read.term])
            continue
        value = exp.Case()
        for at, term in enumerate(choices):
            value = value.when(position.eq(at), by_term[term])
        ends.append(value.else_(_steps(dated, day, list(choices), pick, otherwise, node.scale)))
    return Ends(*ends)


def size_class(reader: Reader, read: ClassInput, node: Node) -> Ends:
    """The class that is given, else the highest whose bounds are reached; see `Resolver._class`. For an industry not known the hull of all.

    Both ends are columns of one joined relation, so that they are worked out once however often the rule reads them.
    """
    sizes, year = reader.corpus.sizes[read.series], number(reader.claim - read.years_back)
    relation = exp.select(col("firm", "o"), col("subject", "o")).from_(reader.given(sizes.by, read.owner, False).subquery("o"))
    figures: dict[str, exp.Column] = {}
    for at, name in enumerate((read.fact, *sizes.facts)):
        alias = f"f{at}"
        same = [col(key, alias).eq(col(key, "o")) for key in ("firm", "subject")]
        relation = relation.join(reader.given(name, read.owner, True).subquery(alias), on=exp.and_(*same, col("year", alias).eq(year)), join_type="left")
        figures[name] = col(name, alias)
    ends = {end: _class_end(reader, sizes, figures, figures[read.fact], end == "high") for end in ("low", "high")}
    relation = relation.select(*(exp.alias_(value, end) for end, value in ends.items()))
    alias = reader.join(read, relation, [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(reader.holder(read.owner))])
    low, high = (col(end, alias) for end in ends)
    return Ends(either(low.is_(exp.null()), number(node.least), low), either(high.is_(exp.null()), number(node.greatest), high))


def _class_end(reader: Reader, sizes: SizeClasses, figures: dict[str, exp.Column], given: exp.Column, greatest: bool) -> exp.Expr:
    """One end of the class of `o`: a figure not given is nothing at the low end, the greatest of its domain at the high."""
    facts, industry = reader.vocabulary.facts, col(sizes.by, "o")
    value = exp.Case().when(exp.Not(this=exp.paren(given.is_(exp.null()))), given.copy())
    for at in range(len(sizes.classes) - 1, 0, -1):
        reached = {}
        for each, bounds in sizes.bounds[sizes.classes[at]].items():
            tests = [_at_least(figures[name], least, facts[name].greatest if greatest else 0) for name, least in bounds.items()]
            reached[each] = exp.paren(exp.and_(exp.true(), *tests))
        known = [exp.and_(industry.copy().eq(facts[sizes.by].values.index(each)), test) for each, test in reached.items()]
        hull = (exp.or_ if greatest else exp.and_)(*(test.copy() for test in reached.values()))
        unknown = exp.and_(industry.copy().is_(exp.null()), exp.paren(hull))
        value = value.when(exp.or_(*(exp.paren(x) for x in (*known, unknown))), number(at))
    return value.else_(number(0))


def _at_least(figure: exp.Expr, least: int, otherwise: int) -> exp.Expr:
    """Whether a figure, `otherwise` where it is not given, reaches a bound."""
    return exp.GTE(this=exp.paren(either(figure.copy().is_(exp.null()), number(otherwise), figure.copy())), expression=number(least))


def _steps(series: Series, day: exp.Expr, terms: list[str], pick: Callable[[list[int]], int], otherwise: int, scale: int) -> exp.Expr:
    after = exp.GT(this=day.copy(), expression=exp.cast(text(series.known_to), "DATE"))
    value = exp.Case().when(exp.or_(day.is_(exp.null()), after), number(otherwise))
    for at in range(len(series.starts) - 1, -1, -1):
        since = exp.GTE(this=day.copy(), expression=exp.cast(text(series.starts[at]), "DATE"))
        value = value.when(since, number(pick([int(series.values[term][at] * scale) for term in terms])))
    return value.else_(number(otherwise))
