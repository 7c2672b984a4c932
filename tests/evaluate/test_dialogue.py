"""A dialogue ends with what the firm has, whatever the order, and between the bounds that know the answers beforehand."""

import random

import pytest

from benchmarks.dialogue import Dialogue
from benchmarks.questions import enough, held, in_document_order, most_decisive, needed
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, UNKNOWN
from huiqi.packs.model import Corpus
from tests.evaluate.completion import by_key, completed
from tests.population.firms import Firms

QUESTION = Question("2025-12-30", 2024)


@pytest.fixture(scope="module")
def talks(lab: Corpus) -> list[tuple[Dialogue, Dialogue]]:
    """Twelve random firms, asked in the order of the engine and of the documents."""
    engine = Engine(lab)
    maker, r = Firms(engine, 2024, 5), random.Random(5)
    firms = [completed(maker.one(), maker, r) for _ in range(12)]
    return [(held(engine, QUESTION, full, most_decisive), held(engine, QUESTION, full, in_document_order)) for full in firms]


def test_every_order_ends_with_what_the_whole_firm_has(talks: list[tuple[Dialogue, Dialogue]]) -> None:
    met = 0
    for pair in talks:
        whole = by_key(pair[0].engine.results(pair[0].full, QUESTION))
        eligible = {key for key, r in whole.items() if r.status == ELIGIBLE and r.amount is not None}
        for talk in pair:
            there = by_key(talk.results)
            for key in eligible - there.keys():  # only a recognition in a register nobody asked for, beside one that is told, may stay unknown
                record = whole[key].record
                assert record is not None and record.register not in talk.told.complete, key
                assert any(r.record is not None and r.measure.id == key[0] and (r.subject or "") == key[1] for r in there.values()), key
            for key in there.keys() & whole.keys():
                if whole[key].status != UNKNOWN and whole[key].amount is not None:
                    assert (there[key].status, there[key].amount) == (whole[key].status, whole[key].amount), key
                    met += 1
    assert met > 200


def test_the_bounds_hold_every_order(talks: list[tuple[Dialogue, Dialogue]]) -> None:
    for ours, theirs in talks:
        kept = needed(theirs)
        assert kept == needed(ours)
        assert kept <= ours.asked.keys() & theirs.asked.keys()
        assert len(kept) <= enough(ours, kept) <= ours.answers


def test_the_order_of_the_engine_decides_measures_sooner(talks: list[tuple[Dialogue, Dialogue]]) -> None:
    ours, theirs = (sum(sum(pair[at].decided.values()) for pair in talks) for at in (0, 1))
    assert ours < theirs
    assert sum(pair[0].answers for pair in talks) <= sum(pair[1].answers for pair in talks)
