"""What a policy says about itself, in the forms that policies use; offices of each clause. All wording is invented."""

from __future__ import annotations

import pytest

from huiqi.documents.about.names import ALL_DISTRICTS, Names
from huiqi.documents.characters.days import last_day_of_term, read_day
from huiqi.documents.reader import read_bytes
from huiqi.documents.tree import Offices, PolicyText

NAMES = Names(
    {
        **{name: name for name in ("市经信局", "市财政局", "市科技局", "市商务局", "市规划和自然资源局", "滨海区政府", ALL_DISTRICTS)},
        **{"云岭市经济和信息化局": "市经信局", "云岭市财政局": "市财政局"},
    }
)


def policy(closing: str, clause: str = "对首次认定的企业给予奖励。", front: str = "") -> PolicyText:
    """A policy of two sections with the given first section and closing words."""
    text = f"{front}\n关于支持海洋装备产业发展的若干措施\n为培育产业，制定如下措施。\n一、支持认定\n{clause}\n二、支持研发\n对研发给予补助。\n{closing}\n"
    (read,) = read_bytes(text.encode(), "a.txt", NAMES).policies
    return read


ISSUED = "云岭市经济和信息化局文件\n云经信〔2024〕8号\n关于印发若干措施的通知\n云岭市经济和信息化局\n云岭市财政局\n2024年3月15日\n"
WINDOWS = [
    ("本措施自2024年5月1日起施行，有效期至2026年12月31日。", "2024-05-01", "2026-12-31"),
    ("本措施自2024年5月1日起施行，有效期三年。", "2024-05-01", "2027-04-30"),
    ("本措施自2024年5月1日起施行，有效期为2年。", "2024-05-01", "2026-04-30"),
    ("本措施自2024年5月1日起施行，试行一年。", "2024-05-01", "2025-04-30"),
    ("本措施自2024年5月1日起施行。", "2024-05-01", ""),
    ("本措施自 2024 年 5 月 1 日 施行，执行期限至2026年6月30日止。", "2024-05-01", "2026-06-30"),
    ("本措施自发布之日起施行，有效期至二〇二六年十二月三十一日。", "2024-03-15", "2026-12-31"),
    ("本措施自印发之日起30日后施行，有效期2年。", "2024-04-14", "2026-04-13"),
    ("本措施有效期自2024年1月1日起至2026年12月31日止。", "2024-01-01", "2026-12-31"),
    ("本措施自2024年5月1日起施行，有效期至2026年底。", "2024-05-01", "2026-12-31"),
    ("本措施由市经信局负责解释。", "", ""),
]


@pytest.mark.parametrize(("closing", "first", "last"), WINDOWS)
def test_validity(closing: str, first: str, last: str) -> None:
    m = policy(closing, front=ISSUED).metadata
    assert (m.first_day, m.last_day) == (first, last)


FIELDS = [
    ("本措施自2024年5月1日起施行，奖补时间从2024年起计算。", {"benefit_from": "2024", "benefit_to": ""}),
    ("本措施自2024年5月1日起施行，施行前符合条件的，可参照本措施执行。", {"admits_earlier": True}),
    ("本措施所列补助标准，均为最高标准。", {"all_up_to": True}),
    ("本措施与本市各级其他同类政策有重叠的，按照从优、就高、不重复原则执行。", {"overlap": "市", "overlap_at": "结尾"}),
    ("本措施与各级同类政策有重叠的，按照“从优、就高、不重复”的原则执行。", {"overlap": "各级"}),
    ("本措施与国家、省政策重复的，就高不重复。", {"overlap": "各级"}),
    ("本措施有多项规定同时符合的，就高不重复。", {"overlap": ""}),
    ("本措施所需资金由市和各区、县（市）按现有财政体制分担。", {"funding": ("市", "区县"), "funding_share": ""}),
    ("本措施所需资金由市、区两级按5:5的比例承担。", {"funding": ("市", "区县"), "funding_share": "5:5"}),
    ("本措施自2024年5月1日起施行，原云经信〔2021〕3号、云财[2020]12号文件同时废止。", {"repeals": ("云经信〔2021〕3号", "云财〔2020〕12号")}),
    ("本措施自2024年5月1日起施行，前发《云岭市海洋装备扶持办法》同时废止。", {"repeals": ("《云岭市海洋装备扶持办法》",)}),
    ("本措施自2024年5月1日起施行，由市经信局会同市财政局负责牵头组织实施。", {"lead": ("市经信局",)}),
]


@pytest.mark.parametrize(("closing", "want"), FIELDS)
def test_closing_provisions(closing: str, want: dict[str, object]) -> None:
    m = policy(closing).metadata
    assert {field: getattr(m, field) for field in want} == want


def test_letterhead_and_signature() -> None:
    m = policy("本措施自2024年5月1日起施行。", front=ISSUED).metadata
    assert (m.title, m.number, m.issued) == ("关于支持海洋装备产业发展的若干措施", "云经信〔2024〕8号", "2024-03-15")
    assert m.issuers == ("市经信局", "市财政局")


@pytest.mark.parametrize("number", ["云经信〔2024〕8号", "云经信[2024]8 号", "云经信（2024）8号", "云经信【2024】８号"])
def test_every_bracket_of_a_number_is_one(number: str) -> None:
    assert policy("本措施自2024年5月1日起施行。", front=f"{number}\n").metadata.number == "云经信〔2024〕8号"


NOTES = [
    ("（牵头单位：市经信局，配合单位：市财政局、市科技局）", ("市经信局",), ("市财政局", "市科技局")),
    ("(牵头单位:市经信局、市科技局)", ("市经信局", "市科技局"), ()),
    ("（责任单位：市经信局、市财政局，各区、县（市）政府）", ("市经信局",), ("市财政局", ALL_DISTRICTS)),
    ("[市商务局(自贸委)、市财政局，有关区、县(市)]", ("市商务局",), ("市财政局", ALL_DISTRICTS)),
    ("（牵头部门：市规划与自然资源局；协办部门：滨海区）", ("市规划和自然资源局",), ("滨海区政府",)),
    ("（市经信局）", ("市经信局",), ()),
]


@pytest.mark.parametrize(("note", "lead", "support"), NOTES)
def test_notes_of_offices(note: str, lead: tuple[str, ...], support: tuple[str, ...]) -> None:
    assert policy("本措施自2024年5月1日起施行。", f"对企业给予奖励。{note}").offices["1"] == Offices(lead, support)


def test_a_bracket_that_is_no_note_names_nobody() -> None:
    assert policy("本措施自2024年5月1日起施行。", "对企业给予奖励（不含贷款贴息）。").offices == {}


def test_what_a_note_says_for_the_clauses_after_it() -> None:
    text = """关于支持海洋装备产业发展的若干措施
一、支持认定
（一）奖励。给予奖励。（责任单位：市经信局，各区、县（市）政府。以下均需各区、县（市）政府落实，不再列出。）
（二）补助。给予补助。（责任单位：市科技局）
（三）园区。给予补助。（责任单位：滨海区、市经信局）
二、组织实施
本措施第（四）条由市商务局组织实施。
三、支持贸易
（四）贸易。给予补助。
（五）展会。给予补助。
本措施自2024年5月1日起施行。
"""
    (read,) = read_bytes(text.encode(), "a.txt", NAMES).policies
    assert read.offices == {
        "1": Offices(("市经信局",), (ALL_DISTRICTS,)),
        "2": Offices(("市科技局",), (ALL_DISTRICTS,)),
        "3": Offices(("滨海区政府",), ("市经信局",)),
        "s2": Offices(("市商务局",), ()),
        "4": Offices(("市商务局",), ()),
    }


def test_days() -> None:
    assert [read_day(text) for text in ("2024年5月1日", "二〇二四年十二月三十一日", "2023年9月", "2024年2月30日", "五月一日")] == [
        *("2024-05-01", "2024-12-31", "2023-09", "", ""),
    ]
    assert [last_day_of_term("2022-11-25", 3), last_day_of_term("2024-02-29", 1), last_day_of_term("2024-02-29", 4)] == [
        *("2025-11-24", "2025-02-28", "2028-02-28"),
    ]
