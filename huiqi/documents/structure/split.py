"""Blocks → policies: where each begins, its title, the opening words, what stands before it (letterhead, notice)."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct

from huiqi.documents.characters.marks import TOP
from huiqi.documents.structure.blocks import Block
from huiqi.documents.structure.imprint import ends_as_title, is_day, is_edition, is_number, is_office, is_remark, is_salutation

_POLICY = re.compile(r"关于|若干|实施|印发|管理|暂行|细则")
LINES = 4
"""A title runs over at most so many lines."""


class Portion(Struct, frozen=True):
    """One policy's blocks: letterhead, notice and title lines (`front`), the title's own lines within them, and everything from the opening words on."""

    front: tuple[Block, ...]
    title: tuple[Block, ...]
    body: tuple[Block, ...]


def split(blocks: list[Block]) -> tuple[list[Portion], list[Block]]:
    """The policies of a file, and the blocks in front of the first that belong to none (the cover of a compendium)."""
    openings = _openings(blocks)
    starts = [0, *(_start(blocks, before, opening) for before, opening in pairwise(openings))]
    if len(openings) > 1:
        starts[0] = _first_start(blocks, openings[0])
    ends = [*starts[1:], len(blocks)]
    portions = [_portion(blocks, start, opening, end) for start, opening, end in zip(starts, openings, ends, strict=True)]
    return portions, blocks[: starts[0]]


def titles(blocks: list[Block], start: int, end: int) -> list[range]:
    """The runs of lines between two blocks that read like the title of a policy, in order."""
    found = []
    for last in range(start, end):
        if _title_line(blocks[last]) and ends_as_title(blocks[last].text):
            first = last
            while first > start and last - first < LINES - 1 and _goes_before(blocks[first - 1], blocks[first]):
                first -= 1
            found.append(range(first, last + 1 + bool(last + 1 < end and is_edition(blocks[last + 1].text))))
    return found


def _title_line(block: Block) -> bool:
    return block.mark is None and block.short and len(block.text) <= 60 and not is_day(block.text) and not is_number(block.text)


def _goes_before(block: Block, after: Block) -> bool:
    """Whether a line is the beginning of the title that goes on in the next line."""
    text = block.text
    if not _title_line(block) or is_remark(text) or text.endswith("文件") or ends_as_title(text):
        return False
    begun = after.text.startswith(("关于", "印发"))
    return begun == (is_office(text) or text.endswith(("印发", "转发", "批转")))


def _openings(blocks: list[Block]) -> list[int]:
    """The first number of each policy: a number one with a title between it and the numbers before it."""
    found: list[int] = []
    numbered = -1
    style = ""
    for at, block in enumerate(blocks):
        if block.mark is None:
            continue
        if not found:
            style = block.mark.style
        anew = block.mark.number == 1 and block.mark.style in (style, *TOP)
        if not found or (anew and _titled(blocks, numbered + 1, at)):
            found.append(at)
        numbered = at
    return found or [len(blocks)]


def _titled(blocks: list[Block], start: int, end: int) -> bool:
    """Whether the title of a policy stands between two blocks."""
    return any(_POLICY.search("".join(block.text for block in blocks[run.start : run.stop])) for run in titles(blocks, start, end))


def _start(blocks: list[Block], before: int, opening: int) -> int:
    """Where the front of a policy begins: at its letterhead, else at its first title line."""
    numbered = max(at for at in range(before, opening) if blocks[at].mark)
    return min([titles(blocks, numbered + 1, opening)[0].start, *_letterhead(blocks, numbered + 1, opening)])


def _first_start(blocks: list[Block], opening: int) -> int:
    """In a compendium the cover is not the front of the first policy: that begins with its letterhead and notice, else with its title."""
    runs = titles(blocks, 0, opening)
    head = _letterhead(blocks, 0, opening)
    if not head:
        return runs[-1].start if runs else 0
    return min([*head, *(run.start for run in runs)])


def _letterhead(blocks: list[Block], start: int, end: int) -> list[int]:
    """The lines of a document's number and letterhead, with the offices over them."""
    heads = [at for at in range(start, end) if blocks[at].short and (blocks[at].text.endswith("文件") or is_number(blocks[at].text))]
    while heads and heads[0] - 1 >= start and is_office(blocks[heads[0] - 1].text):
        heads.insert(0, heads[0] - 1)
    return heads


def _portion(blocks: list[Block], start: int, opening: int, end: int) -> Portion:
    """The body begins after the title and the lines of date, number and office under it; without a title it begins at once."""
    runs = titles(blocks, start, opening)
    title = runs[-1] if runs else range(start, start)
    first = title.stop
    while first < opening and _imprint(blocks[first]):
        first += 1
    return Portion(tuple(blocks[start:first]), tuple(blocks[title.start : title.stop]), tuple(blocks[first:end]))


def _imprint(block: Block) -> bool:
    text = block.text
    return is_salutation(text) or (block.short and (is_day(text) or is_number(text) or is_office(text) or is_remark(text)))
