"""Every shape and function: both engines agree, and bounds hold for every completion."""

import random

import pytest

from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, UNKNOWN
from huiqi.packs.model import Corpus
from tests.evaluate.completion import by_key, completed
from tests.population.compare import both
from tests.population.firms import Firms

# A day before the first entry of the series, or before the first year that firms are given, stays unknown.
BEFORE_DATA = ("lab/2c", "lab/2d", "lab/3d", "lab/4a")


@pytest.mark.parametrize(("on", "seed"), [("2024-06-30", 31), ("2025-06-30", 32)])
def test_engines_agree_on_every_shape_and_function(lab: Corpus, on: str, seed: int) -> None:
    engine = Engine(lab)
    by_sql, by_python = both(engine, on, int(on[:4]) - 1, 2000, seed)
    assert by_sql == by_python
    assert {row[1] for row in by_python if row[4] == ELIGIBLE} == set(engine.order)
    conditional = {m for m in engine.order if engine.compiled[m].rule.conditions}
    assert {row[1] for row in by_python if row[4] == UNKNOWN} == conditional


@pytest.mark.parametrize(
    ("on", "choices"),
    [("2023-06-30", {"lab/4.R1": "two", "lab/applies_by": "event"}), ("2027-03-01", {"lab/4.R1": "any", "lab/applies_by": "fact_year"})],
)
def test_engines_agree_on_other_windows_and_accruals(lab: Corpus, on: str, choices: dict[str, str]) -> None:
    by_sql, by_python = both(Engine(lab, choices), on, int(on[:4]) - 1, 400, 34)
    assert by_sql == by_python
    assert {row[1] for row in by_python if row[4] == ELIGIBLE} >= {"lab/3a", "lab/4b", "lab/4d"}


def test_bounds_hold_for_every_shape_and_function(lab: Corpus) -> None:
    engine = Engine(lab)
    question = Question("2025-06-30", 2024)
    maker, r = Firms(engine, 2024, 33), random.Random(33)
    met = {ELIGIBLE: 0, INELIGIBLE: 0, UNKNOWN: 0}
    for _ in range(300):
        firm = maker.one()
        before = by_key(engine.results(firm, question, with_reasons=False))
        for _ in range(4):
            after = by_key(engine.results(completed(firm, maker, r), question, with_reasons=False))
            for key in before.keys() & after.keys():
                result, then = before[key], after[key]
                if key[0] in BEFORE_DATA and (then.status == UNKNOWN or then.amount is None):
                    continue
                met[result.status] += 1
                assert then.status in (ELIGIBLE, INELIGIBLE), (key, then)
                assert result.status in (UNKNOWN, then.status), (key, result, then)
                assert then.amount is not None and result.low <= then.amount, (key, result, then)
                assert result.high is None or then.amount <= result.high, (key, result, then)
    assert min(met.values()) > 500
