"""Bounds are not wider than the missing facts make them; `tools/proofs/tightness.py` does the same at length."""

from huiqi.evaluate.engine import Engine
from huiqi.packs.model import Corpus
from tests.evaluate.tightness import one_missing, some_missing


def test_with_one_number_missing_bounds_are_the_range_of_the_curve(corpus: Corpus) -> None:
    linear, rest = one_missing(Engine(corpus), 2025, 71, 5)
    assert linear.equal == linear.cases > 500
    assert linear.paying > linear.cases / 3
    assert rest.equal > 0.9 * rest.cases


def test_with_up_to_three_facts_missing_bounds_are_hardly_wider_than_the_truth(corpus: Corpus) -> None:
    widths = some_missing(Engine(corpus), 2025, 72, 3)
    assert widths.cases > 200
    assert widths.median() <= 1.05
    assert len(widths.wide(1.5)) <= 2
