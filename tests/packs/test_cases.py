"""The cases that stand beside the packs: facts and the results worked out by hand from the text, each with its sum."""

from pathlib import Path

import pytest

from huiqi.packs.model import Corpus
from huiqi.packs.registry import ROOT, load_corpus
from huiqi.workbench.cases import Case, load_cases
from huiqi.workbench.runner import Bench, run

CASES = load_cases(load_corpus())


@pytest.fixture(scope="module")
def bench(corpus: Corpus) -> Bench:
    return Bench(corpus)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{''.join(c.policies)}-{c.name}")
def test_case(bench: Bench, case: Case) -> None:
    faults = run(bench, [case])
    assert [str(f.finding) for f in faults] == []


def test_every_computed_measure_has_a_case_that_pays(corpus: Corpus) -> None:
    paid = {e.measure for case in CASES for e in case.expected if e.words["status"] == "eligible"}
    assert {m.id for _, _, m in corpus.computed()} - paid == set()


def test_cases_stand_where_packs_stand() -> None:
    assert {path.parent for path in ROOT.glob("hangzhou/*/tests.yaml")} <= {path.parent for path in Path(ROOT).glob("hangzhou/*/policy.yaml")}
