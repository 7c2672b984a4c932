"""Which other choice of a reading changes a result, checked against engines that are asked for it from the start."""

from pathlib import Path

import pytest

from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.evaluate.results import Result
from huiqi.evaluate.swings import Swing, swings
from huiqi.packs.model import Corpus

FIRM = "examples/drug-maker.yaml"
ASKED = Question("2026-06-30")
Told = tuple[str, int | None, int | None]


def told(result: Result | None) -> Told | None:
    return None if result is None else (result.status, result.amount, result.high)


def found(corpus: Corpus, choices: dict[str, str]) -> list[Swing]:
    engine, firm = Engine(corpus, choices), read_facts_file(FIRM, corpus)
    results = engine.results(firm, ASKED)
    return swings(engine, firm, ASKED, results, [r for r in results if r.measure.pays and r.status == "eligible"])


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).resolve().parents[2])


def test_new_sales_as_the_whole_of_the_year(corpus: Corpus) -> None:
    """2.616亿元 in whole steps of 1000万元 at 50万元 is 1300万元, 1.021亿元 is 500万元; the increase gives 600万元 and 50万元."""
    (gross,) = [s for s in found(corpus, {}) if s.reading.id == "hz-2022-biopharma/15.R3"]
    assert gross.choice == "gross"
    sums = {now.subject: (now.amount, then.amount) for now, then in gross.changes if now and then}
    assert sums == {"澜止单抗注射液": (600_0000_00, 1300_0000_00), "布瑞洛尔片": (50_0000_00, 500_0000_00)}


def test_each_change_is_what_an_engine_with_that_choice_says(corpus: Corpus) -> None:
    firm = read_facts_file(FIRM, corpus)
    for swing in found(corpus, {}):
        engine = Engine(corpus, {swing.reading.id: swing.choice})
        there = {r.key: told(r) for r in engine.results(firm, ASKED)}
        assert swing.changes
        for now, then in swing.changes:
            known = now or then
            assert known is not None
            assert told(then) == there.get(known.key)
            assert told(now) != told(then)


def test_a_reading_asked_for_by_name_is_left_as_asked(corpus: Corpus) -> None:
    taken = {s.reading.id for s in found(corpus, {})}
    asked = {s.reading.id for s in found(corpus, {"hz-2022-biopharma/15.R3": "gross"})}
    assert "hz-2022-biopharma/15.R3" in taken - asked
