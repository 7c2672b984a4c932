"""National data: values on and around the days they change, and refusal outside what is known."""

import datetime
from fractions import Fraction

import pytest

from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, UNKNOWN
from huiqi.packs.model import Corpus

ONE_YEAR, FIVE_YEARS = "1年期", "5年期以上"


def test_lpr_changes_on_its_day(corpus: Corpus) -> None:
    lpr = corpus.series["LPR"]
    assert lpr.on("2021-12-19", ONE_YEAR) is None
    assert lpr.on("2021-12-20", ONE_YEAR) == Fraction(380, 10000)
    assert lpr.on("2023-08-20", ONE_YEAR) == Fraction(355, 10000)
    assert lpr.on("2023-08-21", ONE_YEAR) == Fraction(345, 10000)
    assert lpr.on("2024-02-19", FIVE_YEARS) == Fraction(420, 10000)
    assert lpr.on("2024-02-20", FIVE_YEARS) == Fraction(395, 10000)
    assert lpr.on("2026-08-20", FIVE_YEARS) == Fraction(350, 10000)
    assert lpr.on("2026-08-21", FIVE_YEARS) is None


def test_days_off_and_worked_weekends(corpus: Corpus) -> None:
    working = corpus.calendar.is_working
    assert working(datetime.date(2025, 10, 1)) is False  # National Day
    assert working(datetime.date(2025, 9, 28)) is True  # a worked Sunday
    assert working(datetime.date(2025, 9, 27)) is False  # a Saturday
    assert working(datetime.date(2025, 9, 29)) is True
    assert working(datetime.date(2027, 1, 4)) is None  # a year the table does not know


def test_working_days_a_year(corpus: Corpus) -> None:
    days = [datetime.date(2022, 1, 1) + datetime.timedelta(n) for n in range(5 * 366)]
    counts = {year: sum(bool(corpus.calendar.is_working(d)) for d in days if d.year == year) for year in range(2022, 2027)}
    # 5 working days a week less the statutory holidays that fall on them: 11 days to 2024, 13 from 2025.
    weekdays = {year: sum(d.weekday() < 5 for d in days if d.year == year) for year in counts}
    statutory = {2022: 11, 2023: 11, 2024: 11, 2025: 13, 2026: 13}
    assert all(abs(weekdays[y] - counts[y] - statutory[y]) <= 2 for y in counts), counts


@pytest.mark.parametrize(
    ("industry", "staff", "revenue", "assets", "class_"),
    [  # by hand from the standard: 以上含, 以下不含
        ("工业", 1000, 40_000, 0, "大型"),
        ("工业", 999, 900_000, 0, "中型"),
        ("工业", 5000, 39_999, 0, "中型"),
        ("工业", 300, 2000, 0, "中型"),
        ("工业", 299, 39_999, 0, "小型"),
        ("工业", 20, 299, 0, "微型"),
        ("软件和信息技术服务业", 300, 10_000, 0, "大型"),
        ("软件和信息技术服务业", 299, 50_000, 0, "中型"),
        ("软件和信息技术服务业", 99, 50_000, 0, "小型"),
        ("软件和信息技术服务业", 10, 49, 0, "微型"),
        ("信息传输业", 1999, 200_000, 0, "中型"),
        ("批发业", 200, 40_000, 0, "大型"),
        ("批发业", 5, 999, 0, "微型"),
        ("农林牧渔业", 0, 20_000, 0, "大型"),
        ("农林牧渔业", 9999, 49, 0, "微型"),
        ("建筑业", 0, 80_000, 79_999, "中型"),
        ("房地产开发经营", 0, 200_000, 10_000, "大型"),
        ("房地产开发经营", 0, 999, 9999, "小型"),
        ("物业管理", 299, 5000, 0, "小型"),
        ("租赁和商务服务业", 300, 0, 120_000, "大型"),
        ("租赁和商务服务业", 300, 999_999, 7999, "小型"),
        ("其他未列明行业", 300, 0, 0, "大型"),
    ],
)
def test_size_classes_by_hand(corpus: Corpus, industry: str, staff: int, revenue: int, assets: int, class_: str) -> None:
    """Staff in persons, revenue and assets in 万元."""
    sizes = corpus.sizes["企业规模"]
    figures = {"职工总数": staff, "营业收入": revenue * 1_000_000, "资产总额": assets * 1_000_000}
    assert sizes.classes[sizes.of(industry, figures)] == class_


def test_a_class_needs_every_bound_of_its_industry(corpus: Corpus) -> None:
    sizes = corpus.sizes["企业规模"]
    assert (len(sizes.bounds["大型"]), sizes.first_day) == (16, "2011-06-18")
    for at, class_ in enumerate(sizes.classes[1:], 1):
        for industry, bounds in sizes.bounds[class_].items():
            assert sizes.of(industry, bounds) == at
            for fact, least in bounds.items():
                assert sizes.of(industry, {**bounds, fact: least - 1}) < at


def test_a_class_that_was_determined_stands_before_the_figures(corpus: Corpus) -> None:
    """What is not known leaves every class that is still possible; once industry and figures are there, one."""
    answers = [small(corpus, text) for text in ("{}", "{职工总数: {2023: 9人}}", "{职工总数: {2023: 9人}, 划型行业: 零售业}")]
    assert answers == [(UNKNOWN, ["划型行业"]), (UNKNOWN, ["划型行业"]), (ELIGIBLE, [])]
    big = "职工总数: {2023: 3000人}, 营业收入: {2023: 90亿元}, 划型行业: 工业"
    assert small(corpus, f"{{{big}}}") == (INELIGIBLE, [])
    assert small(corpus, f"{{{big.removesuffix(', 划型行业: 工业')}, 企业规模类型: {{2023: 中型}}}}") == (ELIGIBLE, [])
    assert small(corpus, f"{{{big}, 企业规模类型: {{2022: 中型}}}}") == (INELIGIBLE, [])
    assert small(corpus, "{划型行业: 工业, 职工总数: {2023: 3000人}}") == (UNKNOWN, ["营业收入（2023年）"])


def small(corpus: Corpus, facts: str) -> tuple[str, list[str]]:
    """Status and what is missing of a measure for firms that are not 大型, for a firm that buys data."""
    data = f"claim: 2023\napplicant: {{kind: 企业}}\nfacts: {facts[:-1]}{', ' if len(facts) > 2 else ''}数据服务购买额: {{2023: 1元}}}}\ncomplete: [all]\n"
    applicant = read_facts(data.encode(), "firm.yaml", corpus)
    (result,) = (r for r in Engine(corpus).results(applicant, Question("2024-06-01")) if r.measure.id == "hz-2023-ai/3.3c")
    return result.status, result.missing


def test_national_titles_name_the_rule_they_rest_on(corpus: Corpus) -> None:
    titles = {r.name: (r.source.partition("（")[0], r.first_day) for r in corpus.vocabulary.registers.values() if r.source}
    assert titles["高新技术企业"] == ("国科发火〔2016〕32号", "2016-01-01")
    assert titles["科技型中小企业"] == ("国科发政〔2017〕115号", "2017-05-03")
    assert set(titles) == {"高新技术企业", "科技型中小企业", "专精特新小巨人企业", "省级专精特新中小企业", "制造业单项冠军企业", "规上企业"}
