"""Lines of a file without what only the page prints: page numbers, running heads, marks of markdown, rules of tables."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from huiqi.documents.characters.clean import blank, clean
from huiqi.documents.characters.marks import read_mark
from huiqi.documents.characters.unfold import unfold
from huiqi.documents.text import Source, Traced, join, whole
from huiqi.documents.tree import Removed

_PAGE = re.compile(r"第[0-9]{1,4}页(?:[/，]?共[0-9]{1,4}页)?|[-—–―_·]+[0-9]{1,4}[-—–―_·]+|[0-9]{1,4}/[0-9]{1,4}|(?i:page)[0-9]{1,4}(?:of[0-9]{1,4})?")
_BARE = re.compile(r"[0-9]{1,4}")
_RULE = re.compile(r"[-=_*~|+:─━│┃┌┐└┘├┤┬┴┼═║\s]{3,}")
_PROSE = re.compile(r"[，。；]")
_MARKDOWN = re.compile(r"^(?:#{1,6} +|>+ +)|\*{2,}")
_GAP = re.compile(r"\S(?:\t+|[ \u3000]{3,}|\s*[|│┃]\s*)\S")
_BREAKS = re.compile("[\n\f\v\x1c-\x1e\x85\u2028\u2029]")
PAGE_LENGTH = 150
"""Two bare page numbers have at least this many characters between them."""


class Line(Struct, frozen=True):
    """A printed line: as it came (`raw`, without outer blanks), cleaned, how far indented, whether a blank line precedes it."""

    raw: Traced
    text: str
    indent: int
    after_blank: bool

    @property
    def is_row(self) -> bool:
        """Whether the line prints three cells of a table or more."""
        return len(_GAP.findall(self.raw.text)) >= 2


def read_lines(source: Source) -> tuple[list[Line], list[Removed]]:
    """The lines that print text, in order, and what was left out."""
    lines, removed = _markdown(_split(source))
    drop: dict[int, str] = {}
    _pages(lines, drop)
    _heads(lines, drop)
    for index, line in enumerate(lines):
        if index not in drop and _RULE.fullmatch(line.raw.text):
            drop[index] = "rule"
    removed += [Removed(what, *lines[index].raw.span) for index, what in drop.items()]
    return [line for index, line in enumerate(lines) if index not in drop], sorted(removed, key=lambda r: r.start)


def _split(source: Source) -> list[Line]:
    lines: list[Line] = []
    text, start, empty = whole(source.text), 0, False
    for end in [*(m.start() for m in _BREAKS.finditer(source.text)), len(source.text)]:
        piece = text[start:end]
        start = end + 1
        kept = [i for i, char in enumerate(piece.text) if not blank(char)]
        if not kept:
            empty = True
            continue
        indent = sum(2 if char == "\u3000" else 4 if char == "\t" else 1 for char in piece.text[: kept[0]])
        lines += [Line(raw, clean(raw).text, indent, empty) for raw in unfold(piece[kept[0] : kept[-1] + 1])]
        empty = False
    return lines


def _markdown(lines: list[Line]) -> tuple[list[Line], list[Removed]]:
    """Without the stars and hashes that a converter put around headings and bold words."""
    kept, removed = [], []
    for line in lines:
        marks = [] if _RULE.fullmatch(line.raw.text) else [m.span() for m in _MARKDOWN.finditer(line.raw.text)]
        if marks:
            removed += [Removed("mark", *line.raw[start:end].strip().span) for start, end in marks]
            ends = [0, *(end for _, end in marks)]
            pieces = [line.raw[end:start] for end, start in zip(ends, [*(start for start, _ in marks), len(line.raw)], strict=True)]
            raw = join(pieces).strip()
            line = replace(line, raw=raw, text=clean(raw).text)
        if line.text:
            kept.append(line)
    return kept, removed


def _pages(lines: list[Line], drop: dict[int, str]) -> None:
    """Page marks; a bare number beside one, or one of a rising series a page apart, is a page number too."""
    sizes = [0]
    for line in lines:
        sizes.append(sizes[-1] + len(line.raw))
    drop |= {i: "page" for i, line in enumerate(lines) if _PAGE.fullmatch(line.text)}
    bare = [i for i, line in enumerate(lines) if _BARE.fullmatch(line.text)]
    for i in bare:
        if any(j in drop and re.search(r"[0-9]+", lines[j].text).group() == lines[i].text for j in (i - 1, i + 1)):  # type: ignore[union-attr]
            drop[i] = "page"
    printed = sorted((i, int(re.search(r"[0-9]+", lines[i].text).group())) for i in drop)  # type: ignore[union-attr]
    for i in bare:  # a mark that lost its dashes stands between those of the pages before and after
        at = bisect.bisect(printed, (i,))
        if 0 < at < len(printed) and printed[at - 1][1] + 1 == int(lines[i].text) == printed[at][1] - 1:
            drop[i] = "page"
    for i, j in pairwise(bare):
        if int(lines[j].text) == int(lines[i].text) + 1 and sizes[j] - sizes[i] >= PAGE_LENGTH:
            drop[i] = drop[j] = "page"


def _heads(lines: list[Line], drop: dict[int, str]) -> None:
    """The same short line beside at least half of the page marks, and three of them, is a running head; a numbered line or one of prose is none."""
    beside = [i for i in range(len(lines)) if i not in drop and (i - 1 in drop or i + 1 in drop) and len(lines[i].text) <= 40]
    same = Counter(lines[i].text for i in beside if not read_mark(lines[i].text) and not _PROSE.search(lines[i].text))
    pages = sum(i - 1 not in drop for i in drop)
    drop |= {i: "head" for i in beside if same[lines[i].text] >= max(3, pages / 2)}
