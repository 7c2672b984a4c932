"""Drafts: an invented document line by line; drafts of all texts load, are the same twice, and hold every figure."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from huiqi.documents.about.names import Names
from huiqi.documents.drafts.draft import draft_policy
from huiqi.documents.locks.encoded import read_encoded
from huiqi.documents.locks.lock import read_lock, write_lock
from huiqi.documents.locks.proof import pack_faults
from huiqi.documents.reader import read_bytes, read_file
from huiqi.documents.tree import PolicyText
from huiqi.language.diagnostics import Findings, Place
from huiqi.language.yamltree import read_yaml
from huiqi.packs.drafts import check_drafts
from huiqi.packs.model import Corpus
from huiqi.packs.read_policy import read_policy
from huiqi.packs.vocabulary import Department, Fact, Matter, Register, Vocabulary
from tests.documents.official import official_texts
from tools.measure_drafts import measured

TEXT = """云岭市人民政府办公室关于支持海洋装备产业发展的若干措施

云政办发〔2024〕9号

为培育海洋装备产业，到2027年力争产值突破120亿元，制定如下措施。

一、支持研发。对年度研发投入达到300万元、700万元的高新技术企业，分别按研发投入的3%、6%给予补助，单个企业每年最高不超过90万元。（牵头单位：市经信局，配合单位：市财政局）

二、支持上规模。对年营业收入超过2亿元的企业，给予不超过40万元的一次性奖励。每年评选不超过12家示范企业，每家奖励15万元。

三、优先用地。对重点项目优先保障用地。

本措施自2024年5月1日起施行，有效期三年。
"""
DRAFT = """# 草稿：由原文生成，每行注明把握（高、中、低），TODO 处须由人补写。A draft; every TODO needs a person.
policy: draft-1
title: 云岭市人民政府办公室关于支持海洋装备产业发展的若干措施
number: 云政办发〔2024〕9号  # 高
issuers: [云岭市人民政府办公室]  # 高
window: {from: 2024-05-01, to: 2027-04-30}  # 高
summary: TODO
clauses:

- clause: preamble
  at: 开头
  title: TODO
  kind: target  # 中 TODO
  summary: TODO
  targets:  # 中 TODO 名称
  - {name: 年力争产值突破1, value: 120亿元, year: 2027}

- clause: 1
  at: 一
  title: 支持研发
  kind: measure  # 高
  summary: TODO
  lead: [市经信局]  # 高
  support: [市财政局]  # 高
  measures:
  - id: a
    title: 支持研发  # TODO
    summary: TODO
    applicant: 企业  # 中 TODO
    subject: 研发项目  # 中 TODO
    matter: 研发投入  # 高
    instrument: grant  # 中
    decision: automatic  # 中
    accrues: year  # 低 TODO
    draft: true
    when:
    - has(高新技术企业)  # 高
    award:
      table:
        of: 研发投入  # 高
        cap: 90万元  # 中 TODO 按什么封顶
        rows:  # 高
        - {from: 300万元, rate: 3%}
        - {from: 700万元, rate: 6%}

- clause: 2
  at: 二
  title: 支持上规模
  kind: measure  # 高
  summary: TODO
  measures:
  - id: a
    title: 支持上规模  # TODO
    summary: TODO
    applicant: 企业  # 中 TODO
    instrument: grant  # 中
    decision: automatic  # 中
    accrues: once  # 低 TODO
    draft: true
    when:
    - 营业收入 > 2亿元  # 高
    award:
      fixed: 40万元  # 高
      kind: up_to  # 中
  - id: b
    title: 支持上规模  # TODO
    summary: TODO
    applicant: 企业  # 中 TODO
    instrument: grant  # 中
    decision: selection  # 中
    accrues: year  # 低 TODO
    draft: true
    award:
      fixed: 15万元  # 高
  limits:
  - {id: L1, over: [2b], per: [年度], count: 12, excess: office}  # 中 TODO

- clause: 3
  at: 三
  title: 优先用地
  kind: measure  # 中 TODO
  summary: TODO
  measures:
  - id: a
    title: 优先用地  # TODO
    summary: TODO
    applicant: 企业  # 中 TODO
    subject: 项目  # 中 TODO
    instrument: land  # 中
    decision: unspecified  # 中
    accrues: year  # 低 TODO
    shape: none  # 低 TODO

- clause: final
  at: 结尾
  title: TODO
  kind: procedure  # 中 TODO
  summary: TODO
  terms:  # 低 TODO 归入规则、指标或步骤
  - {name: 本措施自1, value: 2024-05-01, summary: TODO}
  - {name: 有效期2, value: 3年, summary: TODO}
"""


def vocabulary() -> Vocabulary:
    """A few words of their own, so that the draft does not change with the installed ones."""
    here = Place("words.yaml")
    facts = {name: Fact(name, ("企业",), "year", "money", "元", (), 0, 0, "", "", "", "", here, "", "", "", here) for name in ("研发投入", "营业收入")}
    registers = {"高新技术企业": Register("高新技术企业", ("企业",), (), (), issuer="", definition="", question="", source="", first_day="", place=here)}
    matters = {name: Matter(name, "", here) for name in ("研发投入", "产业用地")}
    departments = {name: Department(name, "", "市") for name in ("市经信局", "市财政局")}
    return Vocabulary(facts=facts, registers=registers, matters=matters, departments=departments)


def test_an_invented_document() -> None:
    text = read_bytes(TEXT.encode(), "ships.txt", Names({"市经信局": "市经信局", "市财政局": "市财政局"})).policies[0]
    assert draft_policy(text, "draft-1", vocabulary()) == DRAFT


def faults(text: PolicyText, corpus: Corpus, folder: Path) -> list[str]:
    """Whatever is wrong with the draft of a text: it must load, name only what the vocabulary has, and hold every figure."""
    content = draft_policy(text, "draft-1", corpus.vocabulary)
    assert content == draft_policy(text, "draft-1", corpus.vocabulary)
    findings = Findings()
    policy = read_policy(read_yaml(content.encode(), "draft"), content.encode(), corpus.vocabulary, findings)
    measures = {m.id: (policy, clause, m) for clause in policy.clauses for m in clause.measures}
    check_drafts(Corpus(vocabulary=corpus.vocabulary, policies={policy.id: policy}, measures=measures), findings)
    file = folder / "policy.yaml"
    file.write_text(content, encoding="utf-8")
    pack = read_encoded(file)
    lock = read_lock(write_lock("draft-1", [text], pack.parameters, pack.general).encode(), "source.lock")
    return [str(x) for x in (*findings.items, *pack_faults(lock, pack.clauses, pack.parameters))]


@pytest.mark.parametrize(("name", "expected"), [("articles", []), ("brochure", ["window.from"]), ("gazette", ["window.from"])])
def test_drafts_of_unseen_styles_load_and_hold_every_figure(name: str, expected: list[str], corpus: Corpus, tmp_path: Path) -> None:
    """Where a text prints no first day, the draft's stand-in is the only parameter that no figure holds."""
    (text,) = read_file(Path(__file__).parent / "texts" / f"{name}.txt").policies
    found = faults(text, corpus, tmp_path)
    assert [path for path in expected if any(f"K004 参数 {path} " in fault for fault in found)] == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(("column", "least"), [("roles", 97), ("paid", 93), ("shapes", 75), ("kinds", 83), ("lead", 96), ("support", 90)])
def test_drafts_are_as_good_as_measured(column: str, least: int, shares: Counter[tuple[str, str]]) -> None:
    assert 100 * shares[column, "right"] >= least * shares[column, "all"] > 0


@pytest.fixture(scope="module")
def shares() -> Counter[tuple[str, str]]:
    assert official_texts()
    return sum(measured().values(), Counter())


def test_drafts_of_the_official_texts_load_and_hold_every_figure(corpus: Corpus, tmp_path: Path) -> None:
    texts = [text for file in official_texts() for text in read_file(file).policies]
    assert [faults(text, corpus, tmp_path) for text in texts] == [[]] * 13
