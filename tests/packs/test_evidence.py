"""Every fact and register a rule names has someone who certifies it."""

from huiqi.packs.evidence import RECORDS, evidence
from huiqi.packs.model import Corpus


def test_facts_behind_a_derived_fact_and_records(corpus: Corpus) -> None:
    proof = evidence(corpus.measures["hz-2025-integration/2a"][2], corpus.vocabulary)
    named = [name for names in proof.values() for name in names]
    assert sorted(named) == sorted(["科技型中小企业", "高新技术企业", "职工总数", "营业收入", "资产总额", "研发投入"])
    assert proof["国家" + RECORDS] == ["科技型中小企业"]
    assert proof["省" + RECORDS] == ["高新技术企业"]


def test_no_computed_measure_rests_on_what_nobody_certifies(corpus: Corpus) -> None:
    open_ones = {m.id: names for _, _, m in corpus.computed() for by, names in evidence(m, corpus.vocabulary).items() if not by.strip()}
    assert open_ones == {}
