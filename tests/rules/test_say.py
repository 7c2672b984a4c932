"""Rules in words: one sentence for each shape, in both languages, with the figures of the rule and no others."""

import re

import pytest

from huiqi.language.diagnostics import Place
from huiqi.language.parser import parse
from huiqi.language.phrase import EN, ZH, phrase
from huiqi.packs.model import Corpus
from huiqi.rules.say import award, conditions

SENTENCES = {
    "hz-2025-integration/1a": ("不超过200万元", "up to 200万元"),
    "hz-2025-integration/2a": (
        "不超过研发投入增量的5%，最高200万元；研发投入 ≥ 1亿元的，改为200万元",
        "up to 5% of increase of 研发投入, at most 200万元; where 研发投入 ≥ 1亿元: 200万元 instead",
    ),
    "hz-2025-integration/16c": (
        "不超过3000万元；扣除16a已得金额、16b已得金额",
        "up to 3000万元; less what was received under 16a, what was received under 16b",
    ),
    "hz-2023-materials/3a": (
        "保费与投保金额的2%中较小者的90%、80%、70%（依次为第1至3年），最高300万元（均为上限）",
        "90%, 80%, 70% of the smaller of 保费 and 2% of 投保金额 in years 1 to 3, at most 300万元 (upper bounds)",
    ),
}


@pytest.mark.parametrize("measure", SENTENCES)
def test_an_award_in_both_languages(corpus: Corpus, measure: str) -> None:
    entry = corpus.measures[measure]
    assert (award(corpus, *entry, "zh"), award(corpus, *entry, "en")) == SENTENCES[measure]


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("增量(研发投入) >= 200万元", "研发投入增量 ≥ 200万元", "increase of 研发投入 ≥ 200万元"),
        ("has(链主企业, level: '省级') or not 大户", "“链主企业”（省级）有效，或大户为“否”", "holds “链主企业” (省级) or not 大户"),
        ("not has(名单) and not (甲 > 1 or 乙 > 2)", "没有有效的“名单”，且不满足（甲 ＞ 1，或乙 ＞ 2）", "not holds “名单” and not (甲 ＞ 1 or 乙 ＞ 2)"),
        (
            "held(名单, t-2..t) or not held(名单, t-1..t-1)",
            "申报年度前2年至申报年度各年都有“名单”记录，或申报年度前1年没有“名单”记录",
            "holds “名单” in each year of t−2 to t or not holds “名单” in t−1",
        ),
        ("sum(产品.额 where 产品.类 = '新') > 0元", "产品的额（类为“新”）合计 ＞ 0元", "total of 产品.额 where 类 is “新” ＞ 0元"),
        ("(甲 + 乙) / 丙 between 1% and 5%", "（甲 ＋ 乙） ÷ 丙 在 1% 与 5% 之间", "（甲 ＋ 乙） ÷ 丙 between 1% and 5%"),
        ("every 贷款 satisfies 贷率 <= LPR(日, 期)", "每个贷款均满足：贷率 ≤ 按日、期的LPR", "every 贷款 with 贷率 ≤ LPR for 日, 期"),
    ],
)
def test_a_condition_in_both_languages(text: str, zh: str, en: str) -> None:
    tree = parse(text, Place("x", 1, 1))
    assert (phrase(tree, ZH), phrase(tree, EN)) == (zh, en)


def test_every_rule_has_a_sentence_with_the_same_figures_in_both_languages(corpus: Corpus, lab: Corpus) -> None:
    for some in (corpus, lab):
        for entry in some.computed():
            told = {lang: [*conditions(some, *entry, lang), award(some, *entry, lang)] for lang in ("zh", "en")}
            figures = {lang: sorted(re.findall(r"\d[\d.]*(?:[万亿]?元|%)", "；".join(words))) for lang, words in told.items()}
            assert figures["zh"] == figures["en"], entry[2].id
            assert bool(award(some, *entry, "zh")) == entry[2].pays
