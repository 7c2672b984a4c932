"""Text whose line breaks were lost: a long line that holds a whole outline is cut at its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from huiqi.documents.characters.clean import clean
from huiqi.documents.characters.marks import ARTICLE, CHAPTER, PAREN, SECTION, Mark, read_mark
from huiqi.documents.text import Traced

LONG = 100
"""Only lines of more characters than this are looked at."""
FEWEST = 3
"""A line with fewer outline numbers than this is prose that counts something."""
_BEFORE = re.compile(r"(?:[。；：]\s*|\s+)(?=[（(]?[第一二三四五六七八九十]|[（(])")
_STYLES = (CHAPTER, ARTICLE, SECTION, PAREN)


def unfold(raw: Traced) -> list[Traced]:
    """The lines that a long line once was, the line itself where it holds no outline."""
    if len(raw) <= LONG:
        return [raw]
    cuts = [at for at, _ in _in_order(list(_candidates(raw)))]
    if len(cuts) < FEWEST:
        return [raw]
    bounds = [0, *cuts, len(raw)]
    return [piece for start, end in pairwise(bounds) if len(piece := raw[start:end].strip())]


def _candidates(raw: Traced) -> Iterator[tuple[int, Mark]]:
    """Places after a sentence or a blank where an outline number stands."""
    for before in _BEFORE.finditer(raw.text):
        mark = read_mark(clean(raw[before.end() : before.end() + 12]).text)
        if mark and mark.style in _STYLES:
            yield before.end(), mark


def _in_order(found: list[tuple[int, Mark]]) -> list[tuple[int, Mark]]:
    """Those that begin a series or come next in one; a one without a two is no series."""
    styles = {mark.style for _, mark in found if mark.number == 2}
    last: dict[str, int] = {}
    kept = []
    for at, mark in found:
        if mark.style in styles and mark.number in (1, last.get(mark.style, 0) + 1):
            last[mark.style] = mark.number
            kept.append((at, mark))
    return kept
