"""What a reader should know about a text that was not understood in full: missing and repeated numbers, no title, no numbers, tables, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huiqi.documents.characters.lines import Line
from huiqi.documents.characters.marks import read_mark
from huiqi.documents.structure.outline import ANNEX
from huiqi.documents.text import Traced
from huiqi.documents.tree import Document, Node, PolicyText
from huiqi.language.diagnostics import Diagnostic, Place, diagnostic

_AGAIN = re.compile(r"\.0[0-9]+$|^s[0-9]+0[2-9]$")


def find_unclear(document: Document, lines: Sequence[Line]) -> Iterator[Diagnostic]:
    """Everything worth a look, in the order of the text. Codes D010–D016."""
    for policy in document.policies:
        yield from _of_policy(policy)
    rows = [line.raw for line in lines if line.is_row]
    if len(rows) > 1:
        yield diagnostic("D014", document.source.place(rows[0].span[0]), count=len(rows))


def _of_policy(policy: PolicyText) -> Iterator[Diagnostic]:
    first = next((node for node in policy.walk()), None)
    place = policy.source.place(first.span[0]) if first else Place(policy.source.file)
    if not policy.metadata.title:
        yield diagnostic("D010", place)
    if first and not any(len(node.mark) for node in policy.walk()):
        paragraphs = any(node.at == "第1段" for node in policy.nodes)
        yield diagnostic("D011", place, how="段落" if paragraphs else "小标题", how_en="paragraphs" if paragraphs else "headings")
    yield from _numbers(policy)
    if not policy.metadata.first_day:
        yield diagnostic("D016", place)
    annex = next((piece for piece in policy.back if ANNEX.match(piece.text)), None)
    if annex is not None:
        yield diagnostic("D015", policy.source.place(annex.span[0]))


def _numbers(policy: PolicyText) -> Iterator[Diagnostic]:
    """Numbers that neither begin a series nor come next in it, and ids given to a number printed twice."""
    last: dict[tuple[int, str], int] = {}
    for node in policy.walk():
        mark = read_mark(f"{node.mark.text}　") if len(node.mark) else None
        if mark is None:
            continue
        series = (node.level, mark.style)
        if _AGAIN.search(node.id):
            yield diagnostic("D013", _place(node, policy), found=node.mark.text, id=node.id)
        elif mark.number not in (1, last.get(series, 0) + 1):
            yield diagnostic("D012", _place(node, policy), found=node.mark.text, awaited=last.get(series, 0) + 1)
        last[series] = mark.number


def _place(node: Node, policy: PolicyText) -> Place:
    piece: Traced = node.mark if len(node.mark) else node.body
    return policy.source.place(piece.span[0])
