"""The cases that stand beside the packs: facts and the results worked out by hand from the text, each with its sum."""

from functools import cache
from pathlib import Path

import pytest

from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_applicant
from huiqi.language.diagnostics import Findings
from huiqi.language.units import read_quantity
from huiqi.language.yamltree import Map, Scalar, read_yaml, want_map, want_seq, want_text
from huiqi.packs.model import Corpus
from huiqi.packs.reader import Fields
from huiqi.packs.registry import ROOT, load_corpus

FILES = sorted(ROOT.glob("hangzhou/*/tests.yaml"))
CASE_KEYS = ("case", "on", "applicant", "facts", "records", "subjects", "aid", "complete", "claim", "reading", "expect")
EXPECT_KEYS = ("measure", "subject", "period", "status", "amount", "kind", "low", "high", "sum")


def cases() -> list[tuple[str, str, Map]]:
    found = []
    for path in FILES:
        for item in want_seq(read_yaml(path.read_bytes(), str(path.relative_to(ROOT)))):
            case = want_map(item)
            found.append((path.parent.name, want_text(case.entries["case"]).text, case))
    return found


@cache
def engine(choices: tuple[tuple[str, str], ...]) -> Engine:
    return Engine(load_corpus(), dict(choices))


def money(node: Scalar) -> int | None:
    return None if node.text == "none" else read_quantity(node.text, "元", node.place)


@pytest.mark.parametrize(("policy", "name", "case"), cases(), ids=lambda x: x if isinstance(x, str) else "")
def test_case(corpus: Corpus, policy: str, name: str, case: Map) -> None:
    findings = Findings()
    fields = Fields(case, CASE_KEYS, findings)
    firm = {key: node for key, node in case.entries.items() if key not in ("case", "on", "reading", "expect")}
    applicant = read_applicant(Map(firm, {key: case.keys[key] for key in firm}, case.place), corpus)
    choices = tuple((f"{policy}/{k}", want_text(v).text) for k, v in (fields.map("reading") or Map({}, {}, case.place)).entries.items())
    results = {r.key: r for r in engine(choices).results(applicant, Question(fields.date("on"), policies=(policy,)))}
    for item in fields.maps("expect"):
        e = Fields(item, EXPECT_KEYS, findings)
        findings.stop()
        measure = f"{policy}/{e.text('measure')}"
        found = [r for (m, s, p), r in results.items() if m == measure and s == e.text("subject", "") and e.text("period", p) == p]
        assert [r.status for r in found] == [e.text("status")], (measure, e.text("sum"))
        result = found[0]
        for key, value in (("amount", result.amount), ("low", result.low), ("high", result.high)):
            if key in e:
                assert value == money(want_text(item.entries[key])), (measure, key, e.text("sum"))
        if "kind" in e:
            assert result.amount_kind == e.text("kind"), measure


def test_every_computed_measure_has_a_case_that_pays(corpus: Corpus) -> None:
    paid = {
        f"{policy}/{want_text(want_map(item).entries['measure']).text}"
        for policy, _, case in cases()
        for item in want_seq(case.entries["expect"])
        if "amount" in want_map(item).entries and want_text(want_map(item).entries["status"]).text == "eligible"
    }
    assert {m.id for _, _, m in corpus.computed()} - paid == set()


def test_cases_stand_where_packs_stand() -> None:
    assert {path.parent for path in FILES} <= {path.parent for path in Path(ROOT).glob("hangzhou/*/policy.yaml")}
