"""Runs the same random firms through the interpreter and through DuckDB."""

from __future__ import annotations

import duckdb

from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, UNKNOWN
from huiqi.population.measure_sql import run
from huiqi.population.store import load
from tests.population.firms import Firms

COLUMNS = "firm, measure, subject, period, status, amount, up_to, low, high, received"
Rows = list[tuple[object, ...]]


def both(engine: Engine, on: str, claim: int, count: int, seed: int) -> tuple[Rows, Rows]:
    """The rows of COLUMNS by SQL and by the interpreter, sorted alike."""
    maker = Firms(engine, claim, seed, one_a_day=False)
    firms = [maker.one() for _ in range(count)]
    db = duckdb.connect()
    db.execute("SET threads=2")
    load(db, firms, engine.corpus.vocabulary)
    run(db, engine, on, claim)
    by_sql = sorted(db.execute(f"SELECT {COLUMNS} FROM results").fetchall(), key=repr)
    by_python: Rows = []
    for number, firm in enumerate(firms):
        for r in engine.results(firm, Question(on, claim), with_reasons=False):
            if r.status in (ELIGIBLE, UNKNOWN):
                by_python.append((number, r.measure.id, r.subject, r.period, r.status, r.amount, r.amount_kind == "up_to", r.low, r.high, r.received))
    return by_sql, sorted(by_python, key=repr)
