"""The head of a policy page: for whom, how much at most, what it refers to; and the contents with the most of each clause."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, yuan
from huiqi.packs.about import linked
from huiqi.packs.model import Clause, Corpus, Policy
from huiqi.page.ceilings import ceilings
from huiqi.page.firms import Firm
from huiqi.page.policy import references
from tests.page.conftest import Get
from tests.page.dom import Element

DAYS = ("2023-10-10", "2024-06-30", "2025-06-30", "2026-06-30")


@pytest.fixture(scope="module")
def engine(corpus: Corpus) -> Engine:
    return Engine(corpus)


def test_no_firm_gets_more_than_the_most(engine: Engine, corpus: Corpus, firms: dict[str, Firm]) -> None:
    most = {id_: high for policy in corpus.policies.values() for id_, high in ceilings(engine, policy, "2026-06-30").items()}
    found = [r for firm in firms.values() for on in DAYS for r in engine.results(firm.applicant, Question(on)) if r.status == ELIGIBLE and r.measure.pays]
    assert len(found) > 50
    assert [(r.measure.id, r.amount) for r in found if (limit := most[r.measure.id]) is not None and (r.amount or 0) > limit] == []
    assert {r.measure.id for r in found if r.amount == most[r.measure.id]} != set()


def test_every_measure_that_pays_a_printed_sum_has_a_most_or_none(engine: Engine, corpus: Corpus) -> None:
    for policy in corpus.policies.values():
        paying = {m.id for c in policy.clauses for m in c.measures if m.computed and m.pays}
        assert ceilings(engine, policy, "2026-06-30").keys() == paying


def test_the_head_says_for_whom_and_how_much(get: Get, engine: Engine, corpus: Corpus) -> None:
    for policy in corpus.policies.values():
        page = get(f"/policy/{policy.id}?on=2026-06-30").page
        cells = {div.one("dt").text: div for div in page.one("dl", "glance").all("div")}
        kinds = {kind for c in policy.clauses for m in c.measures for kind in m.applicant}
        assert set(cells["谁可以申报"].one("dd").text.split("、")) == kinds
        most = ceilings(engine, policy, "2026-06-30")
        greatest = max(high for high in most.values() if high is not None)
        assert cells["单项最高"].one("data").attrs["value"] == yuan(greatest)
        link = cells["单项最高"].one("a")
        measures = {(c.id, m.title): most.get(m.id) for c in policy.clauses for m in c.measures}
        assert measures[f"{policy.id}/{link.attrs['href'].removeprefix('#c-')}", link.text] == greatest
        assert cells["措施"].one("dd", "big").text == str(len(measures))


def test_contents_lead_to_the_clauses_with_measures(get: Get, engine: Engine, corpus: Corpus) -> None:
    for policy in corpus.policies.values():
        rows = get(f"/policy/{policy.id}?on=2026-06-30").page.one("nav", "contents").all("li")
        most = ceilings(engine, policy, "2026-06-30")
        told = [
            ("#" + quote("c-" + c.id.partition("/")[2]), f"{c.at} {c.title}", max([most.get(m.id) or 0 for m in c.measures]))
            for c in policy.clauses
            if c.measures
        ]
        shown = [(row.one("a").attrs["href"], row.one("a").text, *(d.attrs["value"] for d in row.all("data"))) for row in rows]
        assert shown == [(href, words, *([yuan(high)] if high else [])) for href, words, high in told]


def addresses(policy: Policy, clauses: tuple[Clause, ...]) -> list[str]:
    return [f"/policy/{policy.id}?on=2026-06-30", *(f"/policy/{policy.id}?on=2026-06-30#c-{c.id.partition('/')[2]}" for c in clauses)]


def test_references_lead_where_they_point(get: Get, corpus: Corpus) -> None:
    for policy in corpus.policies.values():
        facts = get(f"/policy/{policy.id}?on=2026-06-30").page.one("dl", "facts")
        shown: dict[str, list[Element]] = {div.one("dt").text: div.all("dd") for div in facts.all("div")}
        named = {"参照": [ref for c in policy.clauses for ref in c.see], "被参照": linked(corpus, policy)}
        for label, ids in named.items():
            told = [(addresses(r.policy, r.clauses) if r.policy else [], r.text) for r in references(corpus, ids)]
            assert [([a.attrs["href"] for a in dd.all("a")], "" if dd.all("a") else dd.text) for dd in shown.get(label, [])] == told
            assert {x for x in ids if x.partition("/")[0] in corpus.policies} == {c.id for r in references(corpus, ids) for c in r.clauses}
