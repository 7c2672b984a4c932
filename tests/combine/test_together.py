"""`together`: what a text says is paid beside each other is no overlap, nor a bar by aid received; the check asks for a rule between all others."""

import pytest
from msgspec.structs import replace

from huiqi.combine.contrary import contrary
from huiqi.combine.package import best_package
from huiqi.combine.report import CONTRARY, between_policies, inside_policies, undecided
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts
from huiqi.language.diagnostics import Findings, Place
from huiqi.language.yamltree import Scalar, read_yaml, want_map
from huiqi.packs.model import Corpus
from huiqi.packs.read_limit import read_limit
from huiqi.packs.say import limit_words

FIRM = """
claim: 2024
facts:
  从事合成生物领域: yes
  研发投入: {2023: 1亿元, 2024: 1.2亿元}
  职工总数: {2024: 800人}
  营业收入: {2024: 8亿元}
  资产总额: {2024: 9亿元}
records:
- {register: 合成生物企业, from: 2023-01-01}
- {register: 高新技术企业, event: 首次认定, from: 2023-12-08, to: 2026-12-07}
complete: [all]
"""
SHARE, GROWTH = "hz-2023-synbio/2a", "hz-2025-integration/2b"
BOTH = f"{{id: L9, together: [{SHARE}, {GROWTH}], because: 试验}}"


def with_limit(corpus: Corpus, clause: str, written: str) -> Corpus:
    """The corpus with one more limit in a clause."""
    findings = Findings()
    policy = corpus.policies[clause.partition("/")[0]]
    limit = read_limit(want_map(read_yaml(written.encode(), "limit.yaml")), policy.id, clause, {}, findings)
    findings.stop()
    clauses = tuple(replace(c, limits=(*c.limits, limit)) if c.id == clause else c for c in policy.clauses)
    return replace(corpus, policies=corpus.policies | {policy.id: replace(policy, clauses=clauses)})


def without_limit(corpus: Corpus, limit: str) -> Corpus:
    policy = corpus.policies[limit.partition("/")[0]]
    clauses = tuple(replace(c, limits=tuple(x for x in c.limits if x.id != limit)) for c in policy.clauses)
    return replace(corpus, policies=corpus.policies | {policy.id: replace(policy, clauses=clauses)})


def chosen(corpus: Corpus, firm: str = FIRM) -> dict[str, int]:
    """What the package pays by measure, in 万元."""
    engine, question, applicant = Engine(corpus), Question("2025-12-30"), read_facts(firm.encode(), "f.yaml", corpus)
    package = best_package(engine, applicant, question, engine.results(applicant, question))
    return {r.measure.id: a // 1_000_000 for r, a in zip(package.chosen, package.amounts, strict=True)}


def test_a_limit_that_says_both_lifts_the_overlap_of_two_policies(corpus: Corpus) -> None:
    both = with_limit(corpus, "hz-2023-synbio/2", BOTH)
    assert chosen(corpus) == {SHARE: 500}
    assert chosen(both) == {SHARE: 500, GROWTH: 100}
    assert {(p.a.id, p.b.id): p.decided for p in between_policies(both)}[SHARE, GROWTH] == "hz-2023-synbio/2.L9"


def test_aid_that_is_paid_beside_a_result_does_not_bar_it(corpus: Corpus) -> None:
    firm = FIRM + f"aid: [{{measure: {SHARE}, period: 2024, amount: 500万元}}]\n"
    assert chosen(corpus, firm) == {}
    assert chosen(with_limit(corpus, "hz-2023-synbio/2", BOTH), firm) == {GROWTH: 100}


def test_every_pair_of_the_corpus_is_decided_by_a_rule(corpus: Corpus) -> None:
    assert undecided(corpus) == []
    assert len(inside_policies(corpus)) > 40
    assert len(between_policies(corpus)) > 100


@pytest.mark.parametrize(
    ("limit", "pair"),
    [
        ("hz-2022-biopharma/16.L1", ("hz-2022-biopharma/16a", "hz-2022-biopharma/16b")),
        ("hz-2022-biopharma/11.L1", ("hz-2022-biopharma/11a", "hz-2022-biopharma/11b")),
        ("hz-2022-software/4.L1", ("hz-2022-software/4a", "hz-2022-software/4b")),
    ],
)
def test_a_pair_is_open_again_without_its_limit(corpus: Corpus, limit: str, pair: tuple[str, str]) -> None:
    open_ = [(p.a.id, p.b.id) for p in undecided(without_limit(corpus, limit))]
    assert open_ == ([pair] if limit != "hz-2022-software/4.L1" else [])  # 4.L2, a cap over both, still says that both are paid


def test_a_clause_stands_for_all_its_measures(corpus: Corpus) -> None:
    open_ = {(p.a.id, p.b.id) for p in undecided(without_limit(corpus, "hzbj-2023-supply/4.3.8.L1"))}
    assert open_ == {(f"hzbj-2023-supply/4.3.8{a}", f"hzbj-2023-supply/4.3.8{b}") for a, b in ("ab", "ad", "bd")}


def test_two_policies_without_a_sentence_on_overlap_are_not_decided(corpus: Corpus) -> None:
    silent = {p.id: replace(p, overlap=None) for p in corpus.policies.values()}
    measures = {m: (silent[p.id], c, x) for m, (p, c, x) in corpus.measures.items()}
    pairs = {(p.a.id, p.b.id) for p in undecided(replace(corpus, policies=silent, measures=measures))}
    assert (SHARE, GROWTH) in pairs


def test_conditions_that_exclude_each_other_decide(corpus: Corpus) -> None:
    found = {(p.a.id, p.b.id): p.decided for p in inside_policies(corpus)}
    assert found["hz-2022-biopharma/3a", "hz-2022-biopharma/4a"] == CONTRARY
    assert not contrary(corpus.measures["hz-2022-biopharma/16a"][2], corpus.measures["hz-2022-biopharma/16b"][2])


@pytest.mark.parametrize(
    ("one", "other", "never_both"),
    [
        ("境内 and 收入 >= 1亿元", "收入 < 1亿元", True),
        ("not 境内", "境内 and 收入 >= 1亿元", True),
        ("类别 = '甲'", "类别 in ('乙', '丙')", True),
        ("类别 in ('甲', '乙')", "类别 in ('乙', '丙')", False),
        ("收入 >= 1亿元", "收入 < 2亿元", False),
        ("境内 or (类别 = '甲' and 收入 >= 1亿元)", "收入 < 1亿元", False),
    ],
)
def test_only_what_must_hold_on_both_sides_excludes(corpus: Corpus, one: str, other: str, never_both: bool) -> None:
    _, _, measure = corpus.measures["hz-2022-biopharma/16a"]
    a, b = (replace(measure, when=(Scalar(text, Place("x", 1, 1)),)) for text in (one, other))
    assert contrary(a, b) == contrary(b, a) == never_both


def test_limits_are_said_in_both_languages(corpus: Corpus) -> None:
    limits = {x.id: x for p in corpus.policies.values() for c in p.clauses for x in c.limits}
    assert limit_words(limits["hz-2022-biopharma/16.L1"]) == "以下各项可同时享受：16a、16b，因委托出去与承接进来是两类合同，各设每年封顶"
    assert limit_words(limits["hz-2022-biopharma/16.L1"], "en") == "paid together: 16a, 16b, because 委托出去与承接进来是两类合同，各设每年封顶"
    assert limit_words(limits["hz-2022-biopharma/15.L1"], "en") == "for each 企业 and 年度: at most 500万元 in all, what is above is not paid"
    assert limit_words(limits["hz-2022-software/4.L3"], "en") == "for each APP: at most 1 within 3年"
    assert limit_words(limits["hz-2022-biopharma/11.L1"]) == "按所取口径不设"
