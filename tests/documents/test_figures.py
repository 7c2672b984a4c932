"""Figures of invented sentences: values, units shared by lists and ranges, names and numbers that are no quantities, roles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.documents.characters.numerals import chinese_number
from huiqi.documents.locks.figures import find_figures, written
from huiqi.documents.locks.roles import roles

VALUES = [
    ("奖励30万元", ["30万元"]),
    ("奖励 1 000", ["1", "0"]),
    ("奖励1,200万元", ["1200万元"]),
    ("奖励1.5亿元", ["1.5亿元"]),
    ("补０.５亿元", ["5000万元"]),
    ("补助50、100、200万元", ["50万元", "100万元", "200万元"]),
    ("补助5000元或8000元", ["5000元", "8000元"]),
    ("物流车20万—40万元/辆", ["20万元/辆", "40万元/辆"]),
    ("每瓦0.2元/瓦", ["0.2元/瓦"]),
    ("最高800万的资助", ["800万元"]),
    ("比例12%、7‰", ["12%", "0.7%"]),
    ("比例为１２％", ["12%"]),
    ("递减10个百分点", ["10个百分点"]),
    ("按八折结算", []),
    ("按8折结算", ["80%"]),
    ("承担一半", ["50%"]),
    ("承担三分之一", ["100/3%"]),
    ("提高百分之二十", ["20%"]),
    ("市区1:1出资", ["1:1"]),
    ("费用全额补贴", ["100%"]),
    ("装机8兆瓦、40万千瓦和500kW", ["8兆瓦", "400兆瓦", "500千瓦"]),
    ("减重20吨", ["20吨"]),
    ("面积1.5万平方米、300㎡", ["1.5万平方米", "300平方米"]),
    ("用地20亩", ["20亩"]),
    ("最多三年，前36个月", ["3年", "36个月"]),
    ("两年内、连续2年", ["2年", "2年"]),
    ("最多延期一年", ["1年"]),
    ("同一年内一个项目", []),
    ("每季度；一季度", ["1季度"]),
    ("数十家企业、十余项", []),
    ("前50名、前三位、两家", ["50名", "3位", "2家"]),
    ("只享受一项，一次性给予", ["1项"]),
    ("六类企业、三类医疗用品", ["6类", "三类"]),
    ("1类药、第三代产品、一、二等奖、五星级", ["1类", "第三代", "一、二等奖", "五星级"]),
    ("5G、L3/L4级、“1+N”体系", ["5G", "L3/L4", "1+N"]),
    ("“三年行动”计划和“5050”计划", ["5050"]),
    ("2023年5月6日", ["2023-05-06"]),
    ("二〇二三年九月", ["2023-09"]),
    ("自2023-05-06起", ["2023-05-06"]),
    ("2023—2025年度", ["2023年", "2025年"]),
    ("到2027年年底", ["2027年"]),
    ("市办函〔2023〕5号", ["〔2023〕5号"]),
    ("2021年第10号公告", ["2021年第10号"]),
    ("除第16条外", ["第16条"]),
    ("内容：1.甲方案；2.乙方案", ["1", "2"]),
    ("规模超过千亿，百亿元企业", ["100000000000", "100亿元"]),
    ("最高叁佰万元、二百五十万元", ["300万元", "250万元"]),
    ("三元材料、一元化、百万元级", []),
    ("不超过9，000元；第1，2，3项", ["9000元", "1项", "2项", "3项"]),
    ("门槛下调三成。浑然天成，三成立", ["30%"]),
    ("电话0599-7654321，9:00-17:30", ["0599-7654321", "9:00", "17:30"]),
    ("比例70:30、1:1", ["7:3", "1:1"]),
    ("每年9月底前，4月15日止，试行9个月", ["9月底", "4月15日", "9个月"]),
    ("5000千万亿次运算", ["5000000万亿次"]),
    ("连续举办三届，参加两次，二次创新，1000人次", ["3届", "2次", "1000人次"]),
    ("没有数", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "values"), VALUES)
def test_values(text: str, values: list[str]) -> None:
    assert [figure.value for figure in find_figures(text)] == values


@given(st.text(alphabet="0123456789.,，、%‰万亿元家年月日个百分点—-～/:第号条类〔〕“”（）()一二三两十百千增加不超过5Gk瓦 \n", max_size=60))
def test_no_digit_is_lost_and_none_is_counted_twice(text: str) -> None:
    figures = find_figures(text)
    covered = [at for f in figures for at in range(f.start, f.end)]
    assert len(covered) == len(set(covered))
    assert [at for at, c in enumerate(text) if c.isdigit() and at not in set(covered)] == []
    assert list(figures) == sorted(figures, key=lambda f: f.start)


@pytest.mark.parametrize(
    "text", ["1" * 5000, "一二三" * 3000 + "家", "1:" * 3000 + "1", "1、" * 3000, "1/" * 3000, "“" * 3000 + "1", "2023—" * 2000], ids=range(7)
)
def test_endless_figures_are_bounded(text: str) -> None:
    figures = find_figures(text)
    assert all(len(f.value) < 100 for f in figures)
    assert len(roles(text, figures)) == len(figures)


@given(st.integers(1, 10**15), st.sampled_from(["元", "家", "年", "%", "千瓦", "平方米"]))
def test_written_values_read_back(number: int, unit: str) -> None:
    (figure,) = find_figures(f"为{number}{unit}。")
    assert figure.quantity is not None
    (again,) = find_figures(written(figure.quantity))
    if not (unit == "年" and 1900 <= number < 2100):
        assert again.quantity == figure.quantity


@pytest.mark.parametrize(
    ("text", "number"), [("三十六", 36), ("两", 2), ("百亿", 10**10), ("万亿", 10**12), ("一百二十", 120), ("二〇二五", 2025), ("三年", None), ("", None)]
)
def test_chinese_numbers(text: str, number: int | None) -> None:
    assert chinese_number(text) == number


ROLES = [
    ("销售额达到1亿元、2亿元的，分别给予3%、4%的奖励，最高补助500万元。", "threshold threshold rate rate cap"),
    ("投入达9亿元的，给予不超过70万元的奖励。", "threshold amount"),
    ("对首次认定的企业给予不超过70万元奖励。", "amount"),
    ("销售每增加300万元给予7万元奖励，每家企业每年累计不超过90万元。", "step amount cap"),
    ("按不高于实际投入25%的比例给予资助。", "rate"),
    ("对营收增长15%以上的企业按营收的2%奖励。", "threshold rate"),
    ("每年评选不超过8家企业，给予每家60万元奖励。", "quota amount"),
    ("从次年起逐年递减10个百分点，最多连续支持三年。", "step years"),
    ("到2027年，力争培育企业40家，产值突破600亿元。", "date target target"),
    ("自2024年1月1日起施行，有效期三年。", "date years"),
    ("提供服务达到5、15、30项以上的，给予奖励。", "threshold threshold threshold"),
    ("每年安排总额不超过3亿元的专项资金。", "cap"),
]


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_roles(text: str, expected: str) -> None:
    assert roles(text, find_figures(text)) == tuple(expected.split())
