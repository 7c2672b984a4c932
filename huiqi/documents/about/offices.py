"""Who carries out each clause: notes in brackets (牵头、配合、责任单位), what a note says for all clauses after it, and what the prose assigns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huiqi.documents.about.names import OFFICE, OFFICES, Names
from huiqi.documents.characters.numerals import NUMERALS, chinese_number
from huiqi.documents.text import sentences
from huiqi.documents.tree import Node, Offices

_LABEL = re.compile(r"(牵头|责任|主办|负责|实施|落实|配合|协办|支持|协同)(?:单位|部门)?：")
_SUPPORT = ("配合", "协办", "支持", "协同")
_DEFAULT = re.compile(r"以下(?:条款)?(?:均|都)(?:需|由)(.+?)(?:负责)?(?:落实|配合|实施)，不再列出|以下(?:均|都)(?:需|由)([^，。]+?)(?:负责)?(?:落实|配合|实施)")
_FIRST_LEADS = re.compile(r"列第一位的为牵头单位")
_ASSIGNED = re.compile(rf"第((?:（[{NUMERALS}]+）)+|[0-9]+(?:、[0-9]+)*)条由({OFFICES})(?:负责)?(?:牵头)?组织实施")
_CARRIES = re.compile(rf"由({OFFICES})(?:会同({OFFICES}))?(?:共同)?(?:负责)?(?:牵头)?组织")
_SHARED = re.compile(rf"({OFFICE}(?:、{OFFICE})+)等(?:有关)?部门(?:依据|按照|按|根据)?(?:各自)?职责分工")
_DISTRICTS = "区县（市）"
_LISTED = re.compile(rf"{OFFICE}(?:（[^（）]*）)?|[^、，；。]{{2,12}}[区县]|(?:各|有关|相关)?{re.escape(_DISTRICTS)}(?:人民)?(?:政府)?|各[镇街道乡、]{{1,6}}")
LONGEST_NOTE = 600
_PAIRS = {"）": "（", "]": "[", "】": "【"}


def read_offices(nodes: Sequence[Node], names: Names) -> dict[str, Offices]:
    """The offices of each clause that has some, by clause id."""
    clauses = [node for top in nodes for node in top.walk() if node.is_clause]
    found: dict[str, Offices] = {}
    everywhere: tuple[str, ...] = ()
    for clause in clauses:
        note = next(_notes(clause.text), "")
        if note:
            own = _from_note(note, names)
            found[clause.id] = Offices(own.lead, _with(own, everywhere))
            everywhere = everywhere or _default(note, names)
        elif prose := _from_prose(clause.text, names):
            found[clause.id] = prose
    for clause in clauses:
        found |= _assigned(clause, clauses, names, found)
    return found


def _notes(text: str) -> Iterator[str]:
    """The brackets at the end of a paragraph that name offices, without the brackets; the last paragraph first."""
    for paragraph in reversed(text.split("\n")):
        tail = paragraph[-LONGEST_NOTE:]
        closing = tail[-1:]
        if closing in _PAIRS:
            start = _opening(tail, closing)
            inner = tail[start + 1 : -1]
            if start >= 0 and (_LABEL.search(inner) or all(_LISTED.fullmatch(piece) for piece in _pieces(inner))):
                yield inner


def _pieces(note: str) -> list[str]:
    said = note.split("。")[0].replace("区、县（市）", _DISTRICTS)
    return re.split("[、，]", said)


def _opening(text: str, closing: str) -> int:
    """Where the bracket that ends a text begins."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == closing) - (text[at] == _PAIRS[closing])
        if depth == 0:
            return at
    return -1


def _from_note(note: str, names: Names) -> Offices:
    """`牵头单位：甲，配合单位：乙`; where but one list is given, its first office leads."""
    said = note.split("。")[0]
    labels = list(_LABEL.finditer(said))
    if not labels:
        offices = names.listed(said)
        return Offices(offices[:1], offices[1:])
    lead: list[str] = []
    support: list[str] = []
    for label, end in zip(labels, [*(m.start() for m in labels[1:]), len(said)], strict=True):
        offices = names.listed(said[label.end() : end])
        if label.group(1) in _SUPPORT:
            support += offices
        elif label.group(1) == "牵头":
            lead += offices
        else:
            lead += offices[: 0 if lead else 1]
            support += offices[0 if len(labels) > 1 and len(lead) > 1 else 1 :]
    return Offices(tuple(dict.fromkeys(lead)), tuple(dict.fromkeys(support)))


def _default(note: str, names: Names) -> tuple[str, ...]:
    """The offices a note names for all clauses after it."""
    found = _DEFAULT.search(note)
    return names.listed(found.group(1) or found.group(2)) if found else ()


def _with(own: Offices, everywhere: tuple[str, ...]) -> tuple[str, ...]:
    """Support with what goes without saying, unless the clause lists districts of its own."""
    if any(office.endswith(("区政府", "县政府")) for office in (*own.lead, *own.support)):
        return own.support
    return tuple(dict.fromkeys((*own.support, *everywhere)))


def _from_prose(text: str, names: Names) -> Offices | None:
    for sentence in sentences(text):
        for m in _CARRIES.finditer(sentence):
            if names.known(names.proper(m.group(1).split("、")[0])):
                return Offices(names.listed(m.group(1)), names.listed(m.group(2) or ""))
    shared = next((found for sentence in sentences(text) if (found := _SHARED.search(sentence))), None)
    return Offices((), names.listed(shared.group(1))) if shared else None


def _assigned(clause: Node, clauses: Sequence[Node], names: Names, found: dict[str, Offices]) -> dict[str, Offices]:
    """`第（一）（三）条由市经信局负责牵头组织实施` gives offices to other clauses: those of the section that has all numbers named."""
    told = [(_numbers(m.group(1)), names.listed(m.group(2))) for sentence in sentences(clause.text) for m in _ASSIGNED.finditer(sentence)]
    if not told:
        return {}
    wanted = {number for numbers, _ in told for number in numbers}
    sections = dict.fromkeys(c.id.rpartition(".")[0] for c in clauses)
    having = [s for s in sections if wanted <= {_last(c.id) for c in clauses if c.id.rpartition(".")[0] == s}]
    if not having:
        return {}
    ids = {_last(c.id): c.id for c in clauses if c.id.rpartition(".")[0] == having[0]}
    return {ids[number]: Offices(offices) for numbers, offices in told for number in numbers if ids[number] not in found}


def _numbers(text: str) -> list[int]:
    if text[0].isdigit():
        return [int(number) for number in text.split("、")]
    return [chinese_number(number) or 0 for number in re.findall(rf"[{NUMERALS}]+", text)]


def _last(id_: str) -> int:
    tail = id_.rpartition(".")[2]
    return int(tail) if tail.isdigit() else -1
