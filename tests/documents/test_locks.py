"""Locks: an invented document against its pack with one fault at a time, then the twelve packs against their locks and their texts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace

from huiqi.documents.about.names import Names
from huiqi.documents.alter import prove_alterations
from huiqi.documents.identify import pack_of
from huiqi.documents.locks.encoded import Encoded, encoded_policies, read_encoded
from huiqi.documents.locks.lock import digest, read_lock, write_lock
from huiqi.documents.locks.proof import pack_faults, text_faults
from huiqi.documents.reader import read_bytes, read_file
from huiqi.documents.tree import PolicyText
from huiqi.language.units import Quantity
from huiqi.packs.model import Corpus
from tests.documents.official import official_texts

TEXT = """云岭市人民政府办公室关于支持海洋装备产业发展的若干措施

云政办发〔2024〕9号

为培育海洋装备产业，结合我市实际，制定如下措施。

一、支持研发。对年度研发投入达到300万元、700万元的企业，分别按投入的3%、6%给予补助，单个企业每年最高不超过90万元。

二、支持保险。按首年实际保费的80%给予补偿，从次年起逐年递减20个百分点，最多支持三年。每年遴选不超过12家企业。

三、目标。到2027年，培育第1类企业40家。

本措施自2024年5月1日起施行，有效期三年。
"""
PACK = """policy: lab-ships
title: 支持海洋装备产业发展的若干措施
number: 云政办发〔2024〕9号
window: {from: 2024-05-01, to: 2027-04-30}
clauses:
- clause: 1
  kind: measure
  measures:
  - id: a
    award:
      table:
        of: 研发投入
        cap: 90万元
        rows:
        - {from: 300万元, rate: 3%}
        - {from: 700万元, rate: 6%}
- clause: 2
  kind: measure
  measures:
  - id: a
    award:
      schedule: {by: nth_year(投保日), of: 保费, rates: [80%, 60%, 40%]}
  limits:
  - {id: L1, over: [2a], per: [年度], count: 12, excess: office}
- clause: 3
  kind: target
  targets:
  - {name: 企业, value: 40家, year: 2027}
- clause: preamble
  kind: target
- clause: final
  kind: terms
"""
NAMES = Names({})


def text(printed: str = TEXT) -> PolicyText:
    return read_bytes(printed.encode(), "ships.txt", NAMES).policies[0]


def pack(tmp_path: Path, content: str = PACK) -> Encoded:
    file = tmp_path / "policy.yaml"
    file.write_text(content, encoding="utf-8")
    return read_encoded(file)


def locked(tmp_path: Path, content: str = PACK) -> Encoded:
    made = pack(tmp_path, content)
    made.lock_file.write_text(write_lock("lab-ships", [text()], made.parameters, made.general), encoding="utf-8")
    return made


def test_each_figure_is_held_by_its_parameter(tmp_path: Path) -> None:
    made = locked(tmp_path)
    assert [str(fault) for fault in made.faults()] == []
    held = {id_: [(f.value, f.role, *(f.paths or [f.reason])) for f in clause.figures] for id_, clause in made.lock().clauses.items()}
    assert held == {
        "preamble": [],
        "1": [
            ("300万元", "threshold", "1a.rows.1.from"),
            ("700万元", "threshold", "1a.rows.2.from"),
            ("3%", "rate", "1a.rows.1.rate"),
            ("6%", "rate", "1a.rows.2.rate"),
            ("90万元", "cap", "1a.cap"),
        ],
        "2": [("80%", "rate", "2a.rates.1"), ("20个百分点", "step", "2a.rates.step"), ("3年", "years", "2a.rates.count"), ("12家", "quota", "2.L1.count")],
        "3": [("2027年", "date", "3.targets.企业.year"), ("第1类", "name", "name"), ("40家", "target", "3.targets.企业")],
        "final": [("2024-05-01", "date", "window.from"), ("3年", "years", "window.years")],
    }
    assert [f.paths for f in made.lock().imprints[0].figures] == [("number",)]


def test_a_lock_is_written_the_same_twice(tmp_path: Path) -> None:
    made = pack(tmp_path)
    assert write_lock("lab-ships", [text()], made.parameters, made.general) == write_lock("lab-ships", [text()], pack(tmp_path).parameters, made.general)


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("rate: 6%", "rate: 7%", ["K003"]),
        ("cap: 90万元", "cap: 9万元", ["K003"]),
        ("rates: [80%, 60%, 40%]", "rates: [80%, 60%, 50%]", ["K003", "K004", "K004"]),
        ("        - {from: 700万元, rate: 6%}\n", "", ["K003", "K003"]),
        ("to: 2027-04-30", "to: 2027-05-30", ["K003", "K004"]),
        ("    award:\n      table", "    when:\n    - 营业收入 >= 8000万元\n    award:\n      table", ["K004"]),
        ("value: 40家, year: 2027", "value: 40家", ["K003"]),
        ("- clause: 3\n", "- clause: 4\n", ["K003", "K003", "K004", "K004", "K006", "K006"]),
    ],
)
def test_a_fault_of_the_pack_is_named(tmp_path: Path, before: str, after: str, codes: list[str]) -> None:
    locked(tmp_path)
    assert before in PACK
    faults = list(pack(tmp_path, PACK.replace(before, after)).faults())
    assert sorted(fault.code for fault in faults) == codes


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("700万元", "7000万元", ["K010"]),
        ("90万元", "90元", ["K010"]),
        ("分别按投入的3%、6%", "分别按投入的3%", ["K011"]),
        ("最多支持三年", "最多支持三年，再加8万元", ["K012"]),
        ("给予补偿", "予以补偿", ["K015"]),
        ("三、目标。到2027年，培育第1类企业40家。\n", "", ["K013"]),
        ("\n本措施自", "\n四、其他。加强协同。\n\n本措施自", ["K014"]),
        ("〔2024〕9号", "〔2024〕8号", ["K010"]),
        ("三年", "两年", ["K010", "K010"]),
        ("，", "，\n", []),
    ],
)
def test_a_fault_of_the_text_is_named_in_both(tmp_path: Path, before: str, after: str, codes: list[str]) -> None:
    made = locked(tmp_path)
    assert before in TEXT
    faults = list(text_faults(made.lock(), text(TEXT.replace(before, after)), made.parameters))
    assert [fault.code for fault in faults] == codes
    assert all(fault.place.file == "ships.txt" for fault in faults)


def test_a_report_gives_the_place_in_text_and_pack(tmp_path: Path) -> None:
    made = locked(tmp_path)
    (fault,) = text_faults(made.lock(), text(TEXT.replace("6%", "8%")), made.parameters)
    assert str(fault).partition(" | ")[0] == f"ships.txt:7:41 K010 条款 1 第 4 个数应为 6%，现为 8%；对应 1a.rows.2.rate ({made.folder}/policy.yaml:16:31)"


def test_a_ladder_is_paired_as_printed(tmp_path: Path) -> None:
    crossed = PACK.replace("from: 300万元, rate: 3%", "from: 300万元, rate: 6%").replace("from: 700万元, rate: 6%", "from: 700万元, rate: 3%")
    assert [fault.code for fault in locked(tmp_path, crossed).faults()] == ["K016"]


def test_two_prints_share_a_lock_only_with_the_same_figures(tmp_path: Path) -> None:
    made = pack(tmp_path)
    second = text(TEXT.replace("给予补偿", "予以补偿").replace("云政办发〔2024〕9号\n", ""))
    lock = read_lock(write_lock("lab-ships", [text(), second], made.parameters, made.general).encode(), "source.lock")
    assert [len(lock.clauses[id_].digests) for id_ in ("1", "2")] == [1, 2]
    assert [len(x.figures) for x in lock.imprints] == [1, 0]
    assert [list(text_faults(lock, one, made.parameters)) for one in (text(), second)] == [[], []]
    with pytest.raises(Exception, match="K009"):
        write_lock("lab-ships", [text(), text(TEXT.replace("6%", "8%"))], made.parameters, made.general)


def test_no_lock_and_broken_locks_are_named(tmp_path: Path) -> None:
    made = pack(tmp_path)
    assert [fault.code for fault in made.faults()] == ["K007"]
    for content in ("policy: x\n", "policy: x\nclauses:\n  1: {figures: []}\n", "policy: x\nclauses:\n  1: {text: a, figures: [{value: 1%, role: odd}]}\n"):
        made.lock_file.write_text(content)
        assert [fault.code for fault in made.faults()] == ["K001"]


def test_the_width_of_marks_is_no_wording() -> None:
    assert digest("（一）企业，\n 30 家") == digest("(一)企业,30家")
    assert digest("企业30家") != digest("企业31家")


POLICIES = sorted(encoded_policies())


@pytest.mark.parametrize("policy", POLICIES)
def test_a_pack_holds_what_its_document_prints(policy: str) -> None:
    assert [str(fault) for fault in encoded_policies()[policy].faults()] == []


@pytest.mark.parametrize("policy", POLICIES)
def test_every_changed_parameter_of_a_pack_is_noticed(policy: str) -> None:
    """Each quantity ten times as large and a seventh more, one at a time. What follows from another is found when the file is read, as tested above."""
    made = encoded_policies()[policy]
    lock, stated = made.lock(), made.parameters
    unnoticed = []
    for at, parameter in enumerate(stated):
        if parameter.loose or parameter.follows or parameter.quantity is None:
            continue
        other = replace(parameter, quantity=Quantity(parameter.quantity.value * 10 + Fraction(1, 7), parameter.quantity.dimension))
        if not list(pack_faults(lock, made.clauses, (*stated[:at], other, *stated[at + 1 :]))):
            unnoticed.append(parameter.path)
    assert unnoticed == []


def test_every_official_text_is_as_locked(corpus: Corpus) -> None:
    packs = encoded_policies()
    seen = []
    for file in official_texts():
        for one in read_file(file).policies:
            id_ = pack_of(one.metadata, corpus.policies.values())
            seen.append(id_)
            assert [str(fault) for fault in text_faults(packs[id_].lock(), one, packs[id_].parameters)] == []
    assert sorted(set(seen)) == POLICIES


def test_sixty_altered_figures_are_reported_with_their_clause(corpus: Corpus) -> None:
    outcomes = list(prove_alterations(official_texts(), encoded_policies(), list(corpus.policies.values()), 60, 5))
    assert [(o.alteration.policy, o.alteration.clause, o.alteration.figure) for o in outcomes if not o.found] == []
    assert len(outcomes) == 60


TWICE = """关于支持海洋装备产业发展的若干措施

一、支持研发。前3年营收年均增长8%以上的企业，给予50万元奖励（3年内不重复）。
"""


def test_a_value_printed_twice_goes_to_the_measure_beside_it(tmp_path: Path) -> None:
    pack_text = """policy: lab-twice
clauses:
- clause: 1
  kind: measure
  limits:
  - {id: L1, over: [1a], per: [企业], count: 1, within: 3年}
  measures:
  - id: a
    when:
    - reading: R1
      compound: 年均增长(营业收入, 3) >= 8%
      other: 年均增长(前一年(营业收入), 3) >= 8%
    award: {fixed: 50万元}
"""
    made = pack(tmp_path, pack_text)
    lock = read_lock(write_lock("lab-twice", [text(TWICE)], made.parameters, made.general).encode(), "source.lock")
    held = [f.paths for f in lock.clauses["1"].figures if f.value == "3年"]
    assert held == [("1a.when.1.compound#1", "1a.when.1.other#1"), ("1.L1.within",)]


TIED = """关于支持海洋装备产业发展的若干措施

一、支持推广。投保的企业，按保费90%给予补偿，以后逐年递减10个百分点，年度补偿最高300万元，最多支持3年；年销售达到100万元的企业，按销售额10%给予奖励，最高300万元。
"""


def test_a_print_that_no_measure_holds_yet_comes_before_one_as_near(tmp_path: Path) -> None:
    pack_text = """policy: lab-tied
clauses:
- clause: 1
  kind: measure
  measures:
  - id: a
    award:
      schedule: {by: nth_year(投保日), of: 保费, rates: [90%, 80%, 70%]}
      cap: 300万元
  - id: b
    when:
    - 产品销售额 >= 100万元
    award: {rate: 10%, of: 产品销售额, cap: 300万元}
  limits:
  - {id: L1, over: [1a], per: [企业], count: 3, consecutive: true}
  - {id: L2, over: [1a], per: [企业, 年度], at_most: 300万元}
"""
    made = pack(tmp_path, pack_text)
    lock = read_lock(write_lock("lab-tied", [text(TIED)], made.parameters, made.general).encode(), "source.lock")
    held = [f.paths for f in lock.clauses["1"].figures if f.value == "300万元"]
    assert held == [("1a.cap", "1.L2.at_most"), ("1b.cap",)]
