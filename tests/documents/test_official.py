"""The twelve official documents: every clause of every pack is one clause of its text, metadata and offices are those of the packs."""

from __future__ import annotations

import pytest

from huiqi.documents.about.names import installed_names
from huiqi.documents.identify import pack_of
from huiqi.documents.reader import read_bytes, read_file
from huiqi.packs.model import Corpus
from tests.documents.coverage import misplaced
from tests.documents.official import official_texts
from tests.documents.printing import Print, retyped, typeset
from tools.measure_metadata import measure


def test_every_pack_clause_is_one_clause_of_its_text(corpus: Corpus) -> None:
    read = [policy for file in official_texts() for policy in read_file(file).policies]
    prints = [pack_of(policy.metadata, corpus.policies.values()) for policy in read]
    assert sorted(prints) == sorted([*corpus.policies, "hz-2023-equipment"])  # which is printed twice
    for id_, policy in zip(prints, read, strict=True):
        clauses = [(clause.id.removeprefix(f"{id_}/"), clause.at) for clause in corpus.policies[id_].clauses]
        assert [(clause.id, clause.at) for clause in policy.clauses()] == clauses


@pytest.mark.parametrize(("ems", "page", "narrow"), [(0, 0, True), (20, 0, False), (26, 9, True), (36, 0, False), (40, 9, False), (46, 0, True)])
def test_printed_in_another_way_every_document_reads_the_same(ems: int, page: int, narrow: bool) -> None:
    names = installed_names()
    way = Print(ems, page, narrow, False, False, "- {} -")
    for policy in (policy for file in official_texts() for policy in read_file(file, names).policies):
        (again,) = read_bytes(typeset(retyped(policy), way).encode(), "a.txt", names).policies
        assert [(c.id, c.text.replace("\n", "")) for c in again.clauses()] == [(c.id, c.text.replace("\n", "")) for c in policy.clauses()]
        assert again.offices == policy.offices
        assert (again.metadata.first_day, again.metadata.last_day) == (policy.metadata.first_day, policy.metadata.last_day)


def test_no_character_is_lost_and_nothing_is_unclear() -> None:
    for document in map(read_file, official_texts()):
        assert misplaced(document) == []
        assert [str(finding) for finding in document.findings] == []


def test_metadata_and_offices_are_those_of_the_packs() -> None:
    """What differs is known: offices that the packs take from looser prose, and the payers that follow from a procedure and from whose policy it is."""
    table = measure(official_texts())
    assert {fact for read, said in table.values() for fact in read - said} == {("clause lead", "hz-2025-integration/final 市经信局")}
    assert {fact for read, said in table.values() for fact in said - read} == {
        ("clause lead", "hz-2022-ic/4.3 市经信局"),
        ("clause support", "hz-2022-ic/4.3 市财政局"),
        ("clause lead", "hz-2023-equipment/8 市经信局"),
        ("funding at", "hz-2022-ic 四（二）"),
        ("funding by", "hz-2022-ic 市"),
        ("funding by", "hz-2022-ic 区县"),
        ("funding at", "hzbj-2023-supply 三"),
        ("funding by", "hzbj-2023-supply 区县"),
    }
