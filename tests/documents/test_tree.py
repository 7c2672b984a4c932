"""Outlines: every way of printing gives the same clauses, nothing is lost, what is unclear is named."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.documents.names import Names
from huiqi.documents.reader import read_bytes
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
