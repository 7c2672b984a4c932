"""A measure without an award is answered by its status alone."""

from typing import Any

from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_applicant
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, UNKNOWN
from huiqi.language.yamltree import read_yaml, want_map
from huiqi.packs.model import Corpus

NO_SUM = {"amount": None, "amount_least": None, "amount_kind": "none", "bounds": [None, None]}


def answers(lab: Corpus, facts: str) -> dict[str, dict[str, Any]]:
    applicant = read_applicant(want_map(read_yaml(facts.encode(), "facts")), lab)
    return {r.measure.id: r.as_json() for r in Engine(lab).results(applicant, Question("2025-06-30", 2024))}


def test_status_and_reasons_without_a_sum(lab: Corpus) -> None:
    told = answers(
        lab, "facts: {甲额: {2024: 3000万元}}\nrecords: [{register: 高新技术企业, event: 首次认定, from: 2023-01-01, to: 2026-01-01}]\ncomplete: [all]"
    )
    assert told["lab/3f"]["status"] == ELIGIBLE
    assert {key: told["lab/3f"][key] for key in NO_SUM} == NO_SUM
    assert [(r["kind"], r["holds"]) for r in told["lab/3f"]["reasons"]] == [("condition", True)] * 2
    assert told["lab/3g"]["status"] == INELIGIBLE


def test_a_missing_fact_leaves_it_open(lab: Corpus) -> None:
    told = answers(lab, "records: [{register: 链主企业, from: 2024-05-01, level: 省级}]\ncomplete: [all]")
    assert (told["lab/3f"]["status"], told["lab/3g"]["status"]) == (INELIGIBLE, UNKNOWN)
    assert told["lab/3g"]["missing"] == ["乙额（2024年）"]
    assert {key: told["lab/3g"][key] for key in NO_SUM} == NO_SUM
