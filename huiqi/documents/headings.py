"""Brochures and notes without section numbers: their unnumbered headings, or failing that their paragraphs, take the place of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from huiqi.documents.blocks import Block
from huiqi.documents.marks import ARTICLE, HEADING, PARAGRAPH, TOP, Mark
from huiqi.documents.split import is_day, is_number, is_office

LONGEST_HEADING = 24


def mark_headings(body: Sequence[Block]) -> list[Block]:
    """The body with a number given to each unnumbered heading where numbers alone do not make its outline; else as it is."""
    marks = [block.mark for block in body if block.mark]
    if marks and not _begins_anew(marks):
        return list(body)
    headings = {at for at, (block, after) in enumerate(pairwise(body)) if _heads(block, after)}
    if not headings and not marks:
        return _count(body, [at for at, _ in enumerate(body)], PARAGRAPH)
    return _count(body, sorted(headings), HEADING)


def _begins_anew(marks: Sequence[Mark]) -> bool:
    """Whether the outermost style begins again at one although no section parts its series."""
    style = marks[0].style
    return style not in (*TOP, ARTICLE) and sum(mark.style == style and mark.number == 1 for mark in marks) > 1


def _heads(block: Block, after: Block) -> bool:
    text = block.text
    if block.mark or not block.short or is_day(text) or is_number(text) or is_office(text):
        return False
    return len(text) <= LONGEST_HEADING and (after.mark is not None or not after.short)


def _count(body: Sequence[Block], chosen: Sequence[int], style: str) -> list[Block]:
    numbers = {at: n for n, at in enumerate(chosen, 1)}
    return [replace(block, mark=Mark(style, numbers[at], 0)) if at in numbers else block for at, block in enumerate(body)]
