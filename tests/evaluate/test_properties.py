"""Properties that hold whatever the firm: `tools/proofs/properties.py` tries them at length."""

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.evaluate.engine import Engine, Question
from huiqi.packs.model import Corpus
from tests.evaluate.properties import bounds_hold, more_facts_only_narrow, shuffled, shuffled_corpus, told
from tests.population.firms import Firms

QUESTION = Question("2025-12-30", 2024)
SEEDS = st.integers(0, 2**32)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def engine(corpus: Corpus) -> Engine:
    return Engine(corpus)


@pytest.fixture(scope="module")
def other(corpus: Corpus) -> Engine:
    return Engine(shuffled_corpus(corpus, random.Random(5)))


@pytest.fixture(scope="module")
def maker(engine: Engine) -> Firms:
    return Firms(engine, 2024, 0)


@FEW
@given(SEEDS)
def test_every_completion_lies_within_the_bounds(engine: Engine, maker: Firms, seed: int) -> None:
    r = maker.random = random.Random(seed)
    bounds_hold(engine, QUESTION, maker.one(), maker, r, Counter())


@FEW
@given(SEEDS)
def test_more_facts_never_move_what_is_decided(engine: Engine, maker: Firms, seed: int) -> None:
    r = maker.random = random.Random(seed)
    more_facts_only_narrow(engine, QUESTION, maker.one(), maker, r, Counter())


@FEW
@given(SEEDS)
def test_order_of_facts_records_subjects_aid_and_measures_changes_nothing(engine: Engine, other: Engine, maker: Firms, seed: int) -> None:
    r = maker.random = random.Random(seed)
    firm = maker.one()
    expected = told(engine.results(firm, QUESTION))
    assert told(engine.results(shuffled(firm, r), QUESTION)) == expected
    assert told(other.results(shuffled(firm, r), QUESTION)) == expected
