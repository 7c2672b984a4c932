"""The interpreter and DuckDB give the same status, amount and bounds for every firm."""

import duckdb
import pytest

from huiqi.evaluate.engine import Engine, Question, out_of_force
from huiqi.evaluate.results import ELIGIBLE, UNKNOWN
from huiqi.packs.model import Corpus
from huiqi.population.measure_sql import run
from huiqi.population.store import load
from tests.population.firms import Firms

FIRMS = 5000
CHOICES = {
    "hz-2022-iot/1.1.R1": "marginal",
    "hz-2025-integration/2.R1": "claim",
    "hz-2025-integration/16.R1": "months",
    "hz-2025-integration/10.R1": "step",
    "hz-2022-biopharma/15.R2": "start",
}


@pytest.mark.parametrize(("on", "seed", "choices"), [("2025-11-20", 1, {}), ("2025-12-30", 2, {}), ("2025-12-31", 3, CHOICES)])
def test_interpreter_and_duckdb_agree(corpus: Corpus, on: str, seed: int, choices: dict[str, str]) -> None:
    engine = Engine(corpus, choices)
    claim = int(on[:4]) - 1
    maker = Firms(engine, claim, seed)
    firms = [maker.one() for _ in range(FIRMS)]
    db = duckdb.connect()
    db.execute("SET threads=2")
    load(db, firms, corpus.vocabulary)
    run(db, engine, on, claim)
    columns = "firm, measure, subject, period, status, amount, up_to, low, high, received"
    by_sql = sorted(db.execute(f"SELECT {columns} FROM results").fetchall(), key=repr)
    by_python = []
    for number, firm in enumerate(firms):
        for r in engine.results(firm, Question(on, claim), with_reasons=False):
            if r.status in (ELIGIBLE, UNKNOWN):
                by_python.append((number, r.measure.id, r.subject, r.period, r.status, r.amount, r.amount_kind == "up_to", r.low, r.high, r.received))
    by_python.sort(key=repr)
    assert by_sql == by_python
    in_force = {m for m in engine.order if not out_of_force(engine.compiled[m].rule.policy, on, claim)}
    assert {(row[1], row[4]) for row in by_python} == {(m, status) for m in in_force for status in (ELIGIBLE, UNKNOWN)}
