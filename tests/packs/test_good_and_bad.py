"""What is said of bad packs, word for word; and near misses that must be accepted."""

from pathlib import Path

import pytest

from huiqi.language.diagnostics import Findings
from huiqi.language.messages import MESSAGES
from huiqi.language.yamltree import read_yaml
from huiqi.packs.model import Corpus
from huiqi.packs.read_vocabulary import check_vocabulary, read_facts, read_matters
from huiqi.packs.vocabulary import Vocabulary
from tests.packs.bad_packs import BAD, HERE, split, told

GOOD = sorted((HERE / "good").glob("*.yaml"))
FACT = "- {fact: 甲, of: 企业, by: year, type: money, unit: 元, least: 0元, greatest: 1元, definition: 甲, certifier: 甲, question: 甲？}\n"
ELSEWHERE = {"P012", "P014", "P016"}  # of the vocabulary (below) and of the folder (tests/cli)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_every_fault_is_told(lab: Corpus, path: Path) -> None:
    expected, pack = split(path)
    assert expected != ""
    assert told(lab, pack) == expected


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_near_misses_are_accepted(lab: Corpus, path: Path) -> None:
    assert told(lab, path.read_text(encoding="utf-8")) == ""


def test_every_code_of_packs_and_expressions_has_a_file() -> None:
    codes = {line.split()[-1] for path in BAD for line in split(path)[0].splitlines() if line.startswith("# EXPECT")}
    assert codes >= {code for code in MESSAGES if code[0] in "XQP"} - ELSEWHERE


def words_told(facts: str = "", matters: str = "") -> list[str]:
    findings, vocabulary = Findings(), Vocabulary()
    for text, read in ((facts, read_facts), (matters, read_matters)):
        if text:
            read(read_yaml(text.encode(), "words.yaml"), vocabulary, findings)
    check_vocabulary(vocabulary, findings)
    return [f"{d.code} {d.zh} | {d.en}" for d in findings.items if d.code in ELSEWHERE]


def test_a_fact_defined_twice() -> None:
    assert words_told(facts=FACT + FACT) == ['P012 指标“甲”在两处定义，另一处在 words.yaml:1:3 | the fact "甲" is defined twice, also at words.yaml:1:3']


def test_matters_in_a_circle() -> None:
    circle = "- {matter: 甲, in: 乙}\n- {matter: 乙, in: 甲}\n"
    assert words_told(matters=circle)[0] == "P014 事项的包含关系成环：甲 → 乙 → 甲 | the matters contain each other in a circle: 甲 → 乙 → 甲"
