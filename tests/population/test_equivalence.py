"""The interpreter and DuckDB give the same status, amount and bounds for every firm."""

import pytest

from huiqi.evaluate.engine import Engine, out_of_force
from huiqi.evaluate.results import ELIGIBLE, UNKNOWN
from huiqi.packs.model import Corpus
from tests.population.compare import both

FIRMS = 150
OTHER_READINGS = {
    "hz-2022-iot/1.1.R1": "marginal",
    "hz-2025-integration/2.R1": "claim",
    "hz-2025-integration/16.R1": "months",
    "hz-2025-integration/10.R1": "step",
    "hz-2022-biopharma/15.R2": "start",
}


@pytest.mark.parametrize(("on", "seed", "choices"), [("2025-11-20", 1, {}), ("2025-12-30", 2, {}), ("2025-12-31", 3, OTHER_READINGS)])
def test_interpreter_and_duckdb_agree(corpus: Corpus, on: str, seed: int, choices: dict[str, str]) -> None:
    engine = Engine(corpus, choices)
    claim = int(on[:4]) - 1
    by_sql, by_python = both(engine, on, claim, FIRMS, seed)
    assert by_sql == by_python
    in_force = {m for m in engine.order if not out_of_force(engine.compiled[m].rule.policy, on, claim)}
    assert len(in_force - {row[1] for row in by_python}) <= len(in_force) // 10
    assert {row[4] for row in by_python} == {ELIGIBLE, UNKNOWN}
    assert len({row[1] for row in by_python if row[4] == ELIGIBLE}) > len(in_force) * 0.7
