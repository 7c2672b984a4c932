"""Outlines: every way of printing gives the same clauses, nothing is lost, what is unclear is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.documents.about.names import Names
from huiqi.documents.locks.figures import find_figures
from huiqi.documents.reader import read_bytes, read_file
from tests.documents.coverage import misplaced
from tests.documents.printing import CLOSING, OPENING, PRINTS, TITLE, Item, Print, policies, printed

TEXTS = Path(__file__).parent / "texts"
NAMES = Names({"市经信局": "市经信局"})
"""The sample of invented documents has offices of its own."""


def expected(items: list[Item]) -> dict[str, str]:
    found = {"preamble": OPENING}
    for item in items:
        if item.prose:
            title = f"{item.title}{'' if item.style in ('section', 'chapter') else '。'}" if item.title else ""
            found[item.id] = title + item.prose
    return {**found, "final": CLOSING}


@given(policies(), PRINTS)
@settings(max_examples=300, deadline=None)
def test_every_way_of_printing_gives_the_same_clauses(items: list[Item], way: Print) -> None:
    document = read_bytes(printed(items, way).encode(), "a.txt", NAMES)
    assert [policy.metadata.title for policy in document.policies] == [TITLE]
    found = {clause.id: clause.text.replace("\n", "").replace(" ", "") for clause in document.policies[0].clauses()}
    assert found == expected(items)
    assert misplaced(document) == []
    assert [str(finding) for finding in document.findings] == []


@given(st.lists(policies(), min_size=2, max_size=3), PRINTS)
@settings(max_examples=60, deadline=None)
def test_a_compendium_is_split_into_its_policies(several: list[list[Item]], way: Print) -> None:
    text = "\n".join(printed(items, way) for items in several)
    document = read_bytes(text.encode(), "a.txt", NAMES)
    assert [[clause.id for clause in policy.clauses()] for policy in document.policies] == [list(expected(items)) for items in several]
    assert misplaced(document) == []


OUTLINES = {
    "articles.txt": ["1", "2", "3", "4", "5", "6.1", "6.2", "6.2.1", "6.2.2", "6.3", "8", "9", "10"],
    "brochure.txt": ["s1", "s2", "3.1", "3.2", "3.3", "s4"],
    "gazette.txt": ["s1", "1", "2", "4", "5", "final"],
    "call.txt": ["preamble", "1.1", "1.2", "2", "3", "4"],
    "markdown.md": ["1.1", "1.2", "s2", "final"],
    "one_line.txt": ["1", "2", "3", "3.1", "3.2", "4"],
    "questions.txt": ["s1", "s2", "s3"],
    "decimals.txt": ["1.1", "1.2", "2.1", "2.2"],
    "notice.txt": ["1", "2", "3"],
    "standards.txt": ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "3.4"],
    "skipped.txt": ["preamble", "1", "2", "4", "s4", "4.5", "7"],
    "answers.txt": ["preamble", "s1", "s2", "s3", "s4", "s5", "s6", "s7"],
    "scanned.txt": ["preamble", "1", "2", "3", "4", "5", "6"],
}
UNCLEAR = {
    "articles.txt": [("D012", 37), ("D015", 41)],
    "brochure.txt": [("D016", 3), ("D014", 8)],
    "gazette.txt": [("D012", 18), ("D012", 21), ("D016", 5)],
    "call.txt": [("D016", 4), ("D015", 15)],
    "markdown.md": [],
    "one_line.txt": [],
    "questions.txt": [("D010", 1), ("D011", 1), ("D016", 1)],
    "decimals.txt": [("D010", 1), ("D016", 1)],
    "notice.txt": [],
    "standards.txt": [("D016", 4), ("D014", 4)],
    "skipped.txt": [("D012", 21), ("D012", 25), ("D012", 27), ("D012", 29), ("D015", 31)],
    "answers.txt": [("D010", 1), ("D011", 1), ("D016", 1)],
    "scanned.txt": [],
}


@pytest.mark.parametrize("name", OUTLINES)
def test_other_habits_of_outline(name: str) -> None:
    """Chapters and articles with one missing, a brochure with tables and restarting numbers, a gazette page cut in mid-sentence,
    a call for applications signed at its end, markdown, a text without line breaks,
    questions and answers, decimal numbers, a notice with a title alone as letterhead, a table of standards parted by tabs,
    a notice with numbers skipped and printed twice, answers numbered in three ways, a scan with torn figures and mixed brackets."""
    document = read_file(TEXTS / name, NAMES)
    (policy,) = document.policies
    assert [clause.id for clause in policy.clauses()] == OUTLINES[name]
    assert [(finding.code, finding.place.line) for finding in document.findings] == UNCLEAR[name]
    assert misplaced(document) == []


def test_a_number_printed_twice_keeps_both_clauses_apart() -> None:
    text = "关于支持产业的若干措施\n一、支持\n（一）给予5万元。\n（二）给予6万元。\n（二）给予7万元。\n二、附则\n自2024年1月1日起施行。\n"
    document = read_bytes(text.encode(), "a.txt", NAMES)
    assert {clause.id: clause.text for clause in document.policies[0].clauses()} == {
        **{"1.1": "给予5万元。", "1.2": "给予6万元。", "1.2.02": "给予7万元。", "final": "附则\n自2024年1月1日起施行。"},
    }
    assert [(finding.code, finding.place.line) for finding in document.findings] == [("D013", 5)]


def test_a_text_without_any_outline_counts_its_paragraphs() -> None:
    document = read_bytes("对首次认定的企业，给予奖励。\n对升级的企业，给予补差。\n".encode(), "a.txt", NAMES)
    assert [(clause.id, clause.at) for clause in document.policies[0].clauses()] == [("1", "第1段"), ("2", "第2段")]
    assert [finding.code for finding in document.findings] == ["D010", "D011", "D016"]


def test_a_number_in_mid_sentence_is_no_item() -> None:
    text = "关于支持产业的若干措施\n一、支持\n（一）按照本措施第\n（三）项的规定给予5万元。\n（二）给予6万元。\n本措施自2024年1月1日起施行。\n"
    document = read_bytes(text.encode(), "a.txt", NAMES)
    assert [clause.text for clause in document.policies[0].clauses()][:2] == ["按照本措施第（三）项的规定给予5万元。", "给予6万元。"]


def test_a_collection_with_a_plain_table_of_contents() -> None:
    document = read_file(TEXTS / "two_policies.txt", NAMES)
    assert [(p.metadata.title, p.metadata.first_day, [c.id for c in p.clauses()]) for p in document.policies] == [
        ("关于支持船舶工业的若干意见", "2024-01-01", ["1", "2", "final"]),
        ("关于支持绿色石化的若干意见", "2024-02-01", ["1", "2", "final"]),
    ]
    assert [piece.text for piece in document.outside] == ["东港区产业政策汇编"]
    assert misplaced(document) == []


def test_the_faults_of_a_scan_are_read_as_what_was_printed() -> None:
    """Torn and misread figures, brackets closed by another kind, a page number that lost its dashes inside a figure."""
    (policy,) = read_file(TEXTS / "scanned.txt", NAMES).policies
    found = {clause.id: [figure.value for figure in find_figures(clause.text)] for clause in policy.clauses()}
    assert found == {
        "preamble": [],
        "1": ["2000万元", "150万元", "2亿元", "600万元"],
        "2": ["800万元", "15%", "300万元"],
        "3": ["500公斤", "20%", "250万元", "35元/公斤", "2025年", "2026年", "12元/公斤", "8元/公斤"],
        "4": ["1万公里", "3000元", "9000元"],
        "5": ["10亿元", "40%"],
        "6": ["2025-05-01", "3年"],
    }
    assert (policy.metadata.first_day, policy.metadata.last_day, policy.offices["2"].lead) == ("2025-05-01", "2028-04-30", ("市科技局",))


def test_the_first_cells_of_rows_are_no_torn_figures() -> None:
    text = "项目\t标准\n1\t5万元\n2 3 000万元\n"
    values = [f.value for policy in read_bytes(text.encode(), "a.txt", NAMES).policies for c in policy.clauses() for f in find_figures(c.text)]
    assert values[:2] == ["1", "5万元"]
