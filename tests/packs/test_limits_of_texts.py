"""Every wording of the twelve texts that limits without a figure of its own (一次性, 首次, 进档差额, 不得同时, 再给予, 连续 …), read clause by clause,
and its home in the pack. Wordings with figures are proven by the locks; docs/limits.md prints all of them."""

import pytest

from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.model import Corpus

# policy, wording (our word for it), the homes: a limit with its form, or a measure with the key of its award, `accrues` or `when`
RECORD = """
hz-2022-iot            单个产品封顶    1.4.L1:over
hz-2022-biopharma      载体和平台合计  1.L1:over 19.L1:over
hz-2022-biopharma      各期分别最高    3.L1:over 4.L1:over
hz-2022-biopharma      厂房和基金封顶  12.L1:over 23.L1:over
hz-2022-biopharma      药品与器械      17.L2:together
hz-2022-biopharma      首次取得        17a:when 17b:when
hz-2022-biopharma      每家每年累计    15.L1:over 17.L1:over 22a:cap 22c:cap
hz-2022-biopharma      单个品种最高    14.L1:over 15a:accrues
hz-2022-biopharma      牵头与参与      11.L1:one_of
hz-2022-biopharma      两类合同        16.L1:together
hz-2022-biopharma      两句器械        5.L1:one_of
hz-2022-biopharma      上级到账配套    1a:matches
hz-2023-equipment      一次性          2a:accrues 3a:first
hz-2023-equipment      首次达到        2b:first 3a:first
hz-2023-equipment      进档差额        2b:less
hz-2023-equipment      每家每年        1.L1:over 2c:cap 4a:cap
hz-2023-equipment      年度补偿和奖励  5.L2:over 5.L4:over
hz-2023-equipment      连续三年        5.L1:over 5.L3:over
hz-2023-equipment      不得同时        5.L5:one_of 5.L6:one_of
hz-2023-equipment      每年个数        6.L1:over
hz-2023-equipment      同一采购        4.L1:one_of
hz-2023-materials      每家每年        s1.L1:over
hz-2023-materials      上级到账配套    2a:matches
hz-2023-materials      三种立项        2.L1:one_of
hz-2023-materials      年度补偿        3.L4:over
hz-2023-materials      连续三年        3.L1:over
hz-2023-materials      不再享受        3.L2:one_of 3a:when
hz-2023-materials      一次性          3b:accrues
hz-2023-materials      不得同时        3.L3:one_of
hz-2023-energy         每家每年累计    2.3.2b:cap 2.3.4.L1:over
hz-2023-energy         一次性          2.4.2a:accrues
hz-2023-energy         进档补差        2.4.3b:less 2.4.3a:less
hz-2023-energy         两种车辆        2.4.1.L1:together
hz-2022-ic             各级不超过      4.2.L1:over 4.2.L2:over
hz-2022-ic             服务补助封顶    3.13.L1:over
hz-2022-ic             不超过区县实付  4.2a:fixed
hz-2022-ic             首次流片        3.4a:accrues
hz-2022-software       首次达到        1a:first
hz-2022-software       进档差额        1a:less
hz-2022-software       首次入选        2a:when
hz-2022-software       前五十名        3.L1:over
hz-2022-software       省级与国家级    4.L1:one_of
hz-2022-software       单个产品封顶    4.L2:over
hz-2022-software       三年不重复      4.L3:over
hz-2022-software       每年个数        4.L4:over 6.L1:over 8.L1:over
hz-2022-software       只享受一项      4.L5:over
hz-2022-software       同类就高        4.L6:one_of
hz-2022-software       项目合计        5.L1:over
hz-2022-software       一次性          7a:accrues 8.L2:over
hz-2023-ai             每年总额        3.1.L1:over
hz-2023-ai             每年个数        3.2.L1:over 3.4.L1:over
hz-2023-ai             前五位          3.3.L1:over
hz-2023-ai             成本的三成      3.2.L2:over 3.4.L2:over
hz-2023-ai             首次认定        3.6a:when
hz-2023-vision         上级到账配套    4.3.7a:matches 4.3.7b:matches
hz-2023-synbio         上级到账配套    1a:matches
hz-2023-synbio         单位合计        1.L1:over
hz-2023-synbio         每家每年累计    6.L1:over 7.L1:over 8.L1:over 9.L1:over 2a:cap
hz-2023-synbio         每个产品        6.L2:over 6.L3:over 8.L2:over 8.L3:over 9.L2:over 9.L3:over
hz-2023-synbio         进档差额        6c:less
hz-2023-synbio         首次超过        6c:first
hz-2023-synbio         两级审定        9.L4:one_of
hz-2023-synbio         平台合计        13.L1:over
hz-2023-synbio         单个活动        14.L1:over
hzbj-2023-supply       每批家数        s3.L1:over
hzbj-2023-supply       培育总额        s3.L2:over
hzbj-2023-supply       最高三年        4.1.1.L1:over
hzbj-2023-supply       分阶段合计      4.2.5a:less
hzbj-2023-supply       贴息两年        4.2.5.L2:over
hzbj-2023-supply       原则上最高      4.2.5.L1:over
hzbj-2023-supply       可上浮          4.5.14a:exceptions
hzbj-2023-supply       单个企业        4.5.14.L1:over
hzbj-2023-supply       连续三年        4.5.15.L1:over 4.5.15.L3:over 4.5.16.L1:over 4.5.16.L5:over
hzbj-2023-supply       每年总额        4.5.15.L2:over 4.5.16.L2:over
hzbj-2023-supply       采购额封顶      4.5.15a:cap 4.5.16a:cap
hzbj-2023-supply       同一研发支出    4.1.1.L2:one_of 4.5.16.L3:one_of 4.5.16.L4:one_of
hzbj-2023-supply       同一贷款        4.2.5.L3:one_of
hzbj-2023-supply       同一房租        4.3.10.L1:one_of
hzbj-2023-supply       分别奖励        4.3.7.L1:together 4.3.8.L1:together 4.3.9.L1:together
hz-2025-integration    首次认定        1a:when 1b:when 23a:when 28a:when 1.L1:over 1.L2:over 1.L3:over
hz-2025-integration    连续三年        4.L1:over 19.L1:over
hz-2025-integration    年度补偿        19.L3:over
hz-2025-integration    数改券          8.L1:over
hz-2025-integration    分别资助        25.L3:together
hz-2025-integration    累计不超过      4.L2:over 4.L3:over
hz-2025-integration    一次性          9.L1:over 18a:accrues 24.L1:over 25.L1:over 25.L2:over 28.L1:over
hz-2025-integration    进档差额        10a:less 16a:less 16b:less
hz-2025-integration    每年个数        10.L1:over 11.L1:over 12.L1:over 21.L1:over 22.L1:over
hz-2025-integration    每个型号        15.L1:over 15.L2:over
hz-2025-integration    区县每年累计    16.L1:over
hz-2025-integration    扣除车型奖励    16c:less
hz-2025-integration    同类就高        4.L4:one_of
hz-2025-integration    不再享受        19.L2:one_of 19a:when
hz-2025-integration    补助或补改投    21.L2:one_of
hz-2025-integration    每年总额        22.L2:over
hz-2025-integration    再给予          24.L3:together 24.L4:together 24.L2:one_of
"""
ROWS = [(policy, wording, homes) for policy, wording, *homes in (line.split() for line in RECORD.strip().splitlines())]
TERMS = {
    "hz-2022-biopharma/23": "1:1",
    "hz-2023-equipment/7": "1:1",
    "hz-2023-materials/4": "1:1",
    "hz-2023-energy/2.3.4": "1:1",
    "hz-2022-ic/3.11": "1:1",
    "hz-2022-software/5": "2个",
    "hz-2025-integration/21": "30%",
    "hz-2025-integration/31": "1年",
    "hzbj-2023-supply/s3": "1亿元",
    "hzbj-2023-supply/4.2.3": "3年",
}


def below(node: Node | None, key: str) -> bool:
    """Whether a key stands anywhere below a node."""
    if isinstance(node, Map):
        return key in node.entries or any(below(item, key) for item in node.entries.values())
    return isinstance(node, Seq) and any(below(item, key) for item in node.items)


def texts(node: Node) -> list[str]:
    if isinstance(node, Scalar):
        return [node.text]
    return [t for item in (node.items if isinstance(node, Seq) else node.entries.values()) for t in texts(item)]


@pytest.mark.parametrize(("policy", "wording", "homes"), ROWS, ids=[f"{p}-{w}" for p, w, _ in ROWS])
def test_a_limiting_wording_has_its_home(corpus: Corpus, policy: str, wording: str, homes: list[str]) -> None:
    limits = {x.id: x for c in corpus.policies[policy].clauses for x in c.limits}
    for home in homes:
        name, _, key = home.partition(":")
        if ".L" in name:
            assert key in limits[f"{policy}/{name}"].written.entries, home
            continue
        measure = corpus.measures[f"{policy}/{name}"][2]
        if key == "accrues":
            assert measure.accrues.mode in ("once", "completion"), home
        elif key == "when":
            assert [t for node in measure.when for t in texts(node) if "首次" in t or t.startswith(("not ", "first("))], home
        else:
            assert below(measure.award, key), home


@pytest.mark.parametrize("clause", TERMS)
def test_a_figure_that_binds_others_is_a_term(corpus: Corpus, clause: str) -> None:
    found = next(c for c in corpus.policies[clause.partition("/")[0]].clauses if c.id == clause)
    assert TERMS[clause] in [t.value for t in found.terms]


def test_who_is_measured_against_whom(corpus: Corpus) -> None:
    """从优、就高、不重复: eleven texts print it, ten against the city and its districts, 66号 against every level; 滨江 prints none."""
    reach = {p.id: p.overlap.reach if p.overlap else "" for p in corpus.policies.values()}
    assert {k for k, v in reach.items() if v == ""} == {"hzbj-2023-supply"}
    assert {k for k, v in reach.items() if v == "各级"} == {"hz-2025-integration"}


def test_every_limit_of_the_packs_was_read_for_a_wording(corpus: Corpus) -> None:
    named = {f"{policy}/{home.partition(':')[0]}" for policy, _, homes in ROWS for home in homes}
    assert {x.id for p in corpus.policies.values() for c in p.clauses for x in c.limits} - named == set()
