"""One measure → one SELECT over the fact store, and the run of all measures into the table `results`."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
from sqlglot import exp

from huiqi.evaluate.compiled import Compiled
from huiqi.evaluate.engine import Engine, out_of_force
from huiqi.evaluate.instances import plain_period, recognition_days, stage_fact
from huiqi.packs.model import Corpus, Measure
from huiqi.packs.vocabulary import Fact, Vocabulary
from huiqi.population.inputs import ends
from huiqi.population.inputs.reader import Reader
from huiqi.population.program_sql import ProgramSql
from huiqi.population.schema import APPLICANT_TABLE, subject_table
from huiqi.population.sql import col, either, is_complete, knows_registers, number, table, text
from huiqi.rules.inputs import AwardedInput
from huiqi.rules.measure import Rule, prove_width

RESULTS = {
    "firm": "BIGINT",
    "measure": "TEXT",
    "subject": "TEXT",
    "period": "TEXT",
    "status": "TEXT",
    "amount": "BIGINT",
    "up_to": "BOOLEAN",
    "low": "BIGINT",
    "high": "BIGINT",
    "high_or_zero": "BIGINT",
    "is_open": "INTEGER",
    "amount_or_zero": "BIGINT",
    "undecided": "INTEGER",
    "received": "BOOLEAN",
}


def run(db: duckdb.DuckDBPyConnection, engine: Engine, on: str, claim: int) -> None:
    """Compute every measure in force for every firm into `results`; ineligible ones leave no row.

    `amount` is NULL while undecided, `high` where only a fact's domain limits it, `subject` where none is known to exist.
    """
    columns = ", ".join(f'"{name}" {type_}' for name, type_ in RESULTS.items())
    db.execute(f"CREATE OR REPLACE TABLE results ({columns})")
    for measure_id in engine.order:
        if not out_of_force(engine.corpus.measures[measure_id][0], on, claim):
            compiled = engine.compiled[measure_id]
            prove_width(compiled.rule)
            for turn in range(1, _turns(db, compiled.rule) + 1):
                query = measure_query(compiled, engine.corpus, on, claim, turn)
                db.execute(f"INSERT INTO results {query.sql('duckdb')}")


def _turns(db: duckdb.DuckDBPyConnection, rule: Rule) -> int:
    """How often a measure must be run: where it deducts its own earlier results, once for each record of a firm or subject."""
    accrual = rule.measure.accrues
    if accrual.mode != "recognition" or not rule.deducts_itself:
        return 1
    names = ", ".join("?" for _ in accrual.names)
    row = db.execute(f"SELECT max(n) FROM (SELECT count(*) n FROM records WHERE register IN ({names}) GROUP BY firm, subject)", list(accrual.names)).fetchone()
    return max(row[0] or 1, 1) if row else 1


def measure_query(compiled: Compiled, corpus: Corpus, on: str, claim: int, turn: int) -> exp.Select:
    """The SELECT of one measure: instances, inputs, the levels of its programs, the result.

    A measure that deducts its own earlier results takes one recognition of each firm or subject a `turn`.
    """
    rule = compiled.rule
    reader = Reader(corpus, on, claim, rule.measure.id)
    of = {read: ends(reader, read, node) for read, node in compiled.nodes.items()}
    runs = [(ProgramSql(rule.pair, "p"), of)]
    if any(isinstance(read, AwardedInput) for read in of):
        runs.append((ProgramSql(rule.pair, "e"), {read: known.uncounted() for read, known in of.items()}))
    inputs = exp.select(*(col(c, "i") for c in ("firm", "subject", "period", "unrecorded")))
    for program, known in runs:
        for at, end in program.program.inputs():
            inputs = inputs.select(exp.alias_(known[end.read].end(end.end), f"{program.prefix}{at}", copy=False), copy=False)
    inputs = inputs.from_(exp.to_table("instances").as_("i"), copy=False)
    if rule.measure.accrues.mode == "recognition" and rule.deducts_itself:
        inputs = inputs.where(col("turn", "i").eq(turn), copy=False)
    for relation, condition in reader.joins:
        inputs = inputs.join(relation, on=condition, join_type="left", copy=False)
    last = "inputs"
    query = exp.Select().with_("instances", as_=_instances(rule, corpus.vocabulary, on, claim), copy=False).with_("inputs", as_=inputs, copy=False)
    for program, _ in runs:
        query, last = program.chain(query, last)
    return _result(query, rule, [program for program, _ in runs], last)


def _result(query: exp.Select, rule: Rule, programs: list[ProgramSql], last: str) -> exp.Select:
    """The columns of `results`: from the pair program, and where aid is deducted from its second run, which leaves out aid nobody told of."""
    out, *uncounted = ({name: program.column(n) for name, n in rule.pair.outputs.items()} for program in programs)
    there = exp.paren(exp.and_(exp.Not(this=col("subject").is_(exp.null())), col("unrecorded").eq(text(""))))
    must = exp.paren(exp.and_(out["eligible.low"], there))
    low = either(must, out["amount.low"], number(0))
    is_open = out.get("amount.open", exp.false())
    decided = exp.Case().when(_closed(low, out), low.copy())
    for other in uncounted:
        holds = exp.and_(must.copy(), other["eligible.low"], other["possible"], _closed(other["amount.low"], other))
        decided = decided.when(holds, other["amount.low"].copy())
    decided = decided.else_(exp.null())
    high = either(exp.paren(is_open.copy()), exp.null(), out["amount.high"])
    columns = {
        "firm": col("firm"),
        "measure": text(rule.measure.id),
        "subject": col("subject"),
        "period": col("period"),
        "status": either(must.copy(), text("eligible"), text("unknown")),
        "amount": decided,
        "up_to": out["up_to.high"] if rule.least is None else exp.false(),
        "low": low.copy() if rule.least is None else either(must.copy(), out["least.low"], number(0)),
        "high": high,
        "high_or_zero": either(exp.paren(is_open.copy()), number(0), out["amount.high"].copy()),
        "is_open": either(exp.paren(is_open.copy()), number(1), number(0)),
        "amount_or_zero": either(exp.paren(decided.copy()).is_(exp.null()), number(0), decided.copy()),
        "undecided": either(exp.paren(decided.copy()).is_(exp.null()), number(1), number(0)),
        "received": exp.false() if rule.deducts_itself else _received(rule),
    }
    named = (exp.alias_(value, name, quoted=True, copy=False) for name, value in columns.items())
    query = query.select(*named, copy=False).from_(exp.to_table(last).as_("z"), copy=False)
    there_now = exp.NEQ(this=col("unrecorded"), expression=text("absent"))
    return query.where(out["eligible.high"].copy(), out["possible"], there_now, copy=False)


def _closed(low: exp.Expr, out: dict[str, exp.Expr]) -> exp.Expr:
    """Whether an amount that is `low` at least is that at most."""
    is_open = out.get("amount.open", exp.false())
    return exp.paren(exp.and_(exp.EQ(this=low.copy(), expression=out["amount.high"].copy()), exp.Not(this=exp.paren(is_open.copy()))))


def _received(rule: Rule) -> exp.Expr:
    """Whether the same measure, subject and period was already paid; see `Resolver.received`."""
    same = [col("firm", "a").eq(col("firm", "z")), col("subject", "a").eq(col("subject", "z")), col("measure", "a").eq(text(rule.measure.id))]
    if rule.measure.accrues.mode not in ("once", "completion"):
        same.append(col("period", "a").eq(col("period", "z")))
    return exp.Exists(this=exp.select("1").from_(table("aid", "a")).where(*same))


# instances


def _instances(rule: Rule, vocabulary: Vocabulary, on: str, claim: int) -> exp.Query:
    """(firm, subject, period, level, unrecorded): what `evaluate.instances` gives for one applicant."""
    measure = rule.measure
    kinds = [k for k in vocabulary.kinds if set(vocabulary.family(k)) & set(measure.applicant) and vocabulary.kinds[k].role == "applicant"]
    firms = exp.select(col("firm")).from_(table("applicant")).where(col("kind").isin(*map(text, kinds)))
    period = plain_period(measure, claim)
    base = _subjects(firms, measure.subject, vocabulary) if measure.subject else firms.select(exp.alias_(text(""), "subject", quoted=True))
    if stage := stage_fact(measure, vocabulary):
        return _staged(base, stage, measure, vocabulary)
    if measure.accrues.mode != "recognition":
        return exp.select("b.*", exp.alias_(text(period), "period"), exp.alias_(text(""), "level"), exp.alias_(text(""), "unrecorded")).from_(
            base.subquery("b")
        )
    return _recognised(rule, base, on, claim, vocabulary)


def _subjects(firms: exp.Select, kind: str, vocabulary: Vocabulary) -> exp.Query:
    tables_of = [subject_table(k) for k in vocabulary.kinds if kind in vocabulary.family(k) and vocabulary.kinds[k].role == "subject"]
    having: exp.Query = exp.select(col("firm"), col("subject")).from_(table(tables_of[0]))
    for name in tables_of[1:]:
        having = exp.union(having, exp.select(col("firm"), col("subject")).from_(table(name)), distinct=False)
    own = exp.select("h.*").from_(having.subquery("h")).where(col("firm", "h").isin(query=firms.copy()))
    none = exp.select(col("firm", "f"), exp.alias_(exp.cast(exp.null(), "TEXT"), "subject", quoted=True)).from_(firms.copy().subquery("f"))
    some = exp.select("1").from_(having.copy().subquery("h")).where(col("firm", "h").eq(col("firm", "f")))
    none = none.where(exp.Not(this=exp.Exists(this=some)), exp.Not(this=is_complete(col("firm", "f"), text(kind))))
    return exp.union(own, none, distinct=False)


def _staged(base: exp.Query, stage: Fact, measure: Measure, vocabulary: Vocabulary) -> exp.Query:
    """The stage is the value of the subject's own choice fact; not known where the fact is not given."""
    names = [subject_table(k) for k in vocabulary.kinds if measure.subject in vocabulary.family(k) and vocabulary.applies(stage, k)]
    names = names if measure.subject else [APPLICANT_TABLE]
    subject = col("subject") if measure.subject else exp.alias_(text(""), "subject", quoted=True)
    values: exp.Query = exp.select(col("firm"), subject, col(stage.name)).from_(table(names[0]))
    for name in names[1:]:
        values = exp.union(values, exp.select(col("firm"), subject.copy(), col(stage.name)).from_(table(name)), distinct=False)
    value = col(stage.name, "v")
    period = exp.Case()
    for at, label in enumerate(stage.values):
        period = period.when(value.eq(at), text(label))
    missing = exp.and_(value.is_(exp.null()), exp.Not(this=exp.paren(col("subject", "b").is_(exp.null()))))
    on = exp.and_(col("firm", "v").eq(col("firm", "b")), col("subject", "v").eq(col("subject", "b")))
    return (
        exp.select("b.*", exp.alias_(period.else_(text(stage.name)), "period"), exp.alias_(text(""), "level"))
        .select(exp.alias_(either(missing, text("unknown"), text("")), "unrecorded"))
        .from_(base.subquery("b"))
        .join(values.subquery("v"), on=on, join_type="left")
    )


def _recognised(rule: Rule, base: exp.Query, on: str, claim: int, vocabulary: Vocabulary) -> exp.Query:
    accrual = rule.measure.accrues
    kept = ("firm", "subject", "register", "level", "event", "first_day", "last_day")
    found = exp.select(*(col(c) for c in kept)).from_(table("records"))
    first, last = (exp.cast(text(day), "DATE") for day in recognition_days(rule.policy, accrual, on, claim))
    found = found.where(col("register").isin(*map(text, accrual.names)), col("first_day").between(first, last))
    if accrual.events:
        found = found.where(col("event").isin(text(""), *map(text, accrual.events)))
    same = exp.and_(col("firm", "r").eq(col("firm", "b")), col("subject", "r").eq(col("subject", "b")))
    missing = col("first_day", "r").is_(exp.null())
    whole = knows_registers(col("firm", "b"), accrual.names)
    there = exp.or_(col("subject", "b").is_(exp.null()), exp.Not(this=exp.paren(missing.copy())))
    unrecorded = exp.Case().when(there, text("")).when(whole, text("absent")).else_(text("unknown"))
    bound = [exp.alias_(either(missing.copy(), text(""), col(c, "r")), c, quoted=True) for c in ("register", "level", "event")]
    level = exp.Case()
    for name in accrual.names:
        for at, label in enumerate(vocabulary.registers[name].levels):
            level = level.when(exp.and_(col("register", "r").eq(text(name)), col("level", "r").eq(text(label))), number(at))
    end = exp.Coalesce(this=exp.cast(col("last_day", "r"), "TEXT"), expressions=[text("")])
    order = [col("register", "r"), *([level.else_(number(-1))] if level.args.get("ifs") else []), col("event", "r"), end]
    turn = _numbered(["firm", "subject"], [col("first_day", "r"), *order])
    on_day = _numbered(["firm", "subject"], order, col("first_day", "r"))
    again = either(on_day.eq(1), text(""), exp.Concat(expressions=[text("#"), exp.cast(on_day.copy(), "TEXT")]))
    day = exp.Concat(expressions=[exp.cast(col("first_day", "r"), "TEXT"), again])
    period = either(missing.copy(), text(str(claim)), day)
    return (
        exp.select(
            "b.*",
            exp.alias_(turn, "turn"),
            exp.alias_(period, "period"),
            exp.alias_(unrecorded, "unrecorded"),
            exp.alias_(col("first_day", "r"), "day", quoted=True),
            *bound,
        )
        .from_(base.subquery("b"))
        .join(found.subquery("r"), on=same, join_type="left")
    )


def _numbered(partition: list[str], order: Sequence[exp.Expr], day: exp.Expr | None = None) -> exp.Window:
    """1, 2, … within each firm and subject (and day), in an order."""
    keys = [col(c, "b") for c in partition] + ([day] if day else [])
    return exp.Window(this=exp.RowNumber(), partition_by=keys, order=exp.Order(expressions=[exp.Ordered(this=x.copy()) for x in order]))
