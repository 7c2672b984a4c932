"""Brochures and notes without section numbers: their unnumbered headings, or failing that their paragraphs, take the place of numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from huiqi.documents.characters.marks import ARTICLE, HEADING, PARAGRAPH, TOP, Mark
from huiqi.documents.structure.blocks import Block
from huiqi.documents.structure.imprint import is_day, is_number, is_office

LONGEST_HEADING = 24
_ASKS = re.compile(r"(?:问|Q)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})?[：:、.]")
SIGNS = "★☆◆◇■□▪●○•·※✓✔➤▶→-—【】[]：:"
"""Signs around a heading that are no words of it."""
_BULLETS = "●•·▪-—○✓✔➤▶"


def mark_headings(body: Sequence[Block]) -> list[Block]:
    """The body with a number given to each unnumbered heading where sections do not make its outline; without any outline each paragraph is counted."""
    marks = [block.mark for block in body if block.mark]
    if marks and marks[0].style in (*TOP, ARTICLE):
        return list(body)
    headings = [at for at, (block, after) in enumerate(pairwise(body)) if _heads(block, after)]
    signs = Counter(body[at].text[0] for at in headings if not body[at].text[0].isalnum())
    if signs and max(signs.values()) > 1:  # where headings bear a sign, every line with that sign is one
        headings = [at for at, block in enumerate(body) if block.short and signs[block.text[0]] > 1]
    if len(headings) > 1 or (headings and not marks) or _begins_anew(marks):
        return _count(body, headings, HEADING)
    return list(body) if marks else _count(body, range(len(body)), PARAGRAPH)


def _begins_anew(marks: Sequence[Mark]) -> bool:
    """Whether the outermost numbers begin again at one."""
    return sum(mark.style == marks[0].style and mark.number == 1 for mark in marks) > 1


def _heads(block: Block, after: Block) -> bool:
    text = block.text
    if block.mark is None and _ASKS.match(text):
        return True
    if block.mark or not block.short or is_day(text) or is_number(text) or is_office(text) or text[0] in _BULLETS:
        return False
    return len(text) <= LONGEST_HEADING and (after.mark is not None or not after.short)


def _count(body: Sequence[Block], chosen: Sequence[int], style: str) -> list[Block]:
    numbers = {at: n for n, at in enumerate(chosen, 1)}
    return [replace(block, mark=Mark(style, numbers[at], 0)) if at in numbers else block for at, block in enumerate(body)]
