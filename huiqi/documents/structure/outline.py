"""The blocks of one policy → parts under parts as they are numbered, with the prose that stands at each; no ids yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from huiqi.documents.characters.marks import TOP, Mark
from huiqi.documents.structure.blocks import CLOSING, LOOKS_BACK, Block
from huiqi.documents.structure.headings import mark_headings
from huiqi.documents.structure.imprint import is_day, is_office

_LATER = re.compile(r"施行|实施之日|有效期|同时废止|负责解释|同类政策|为准|(?:政策|规定)执行")
_BACK = re.compile(r"(?:抄送|主送|附件|附表|附注|联系人|联系电话|咨询电话|信息公开|发布时间|来源|责任编辑)[：:0-9（一二三]|.*印发$")
ANNEX = re.compile(r"附(?:件|表|录)?[0-9一二三四五]{0,2}[：:]|附(?:件|表|录)[0-9一二三四五]{0,2}$")
_NOTED = re.compile(r"(?:单位|部门)：[^。]*[）\]】]$|[（\[][^。（）]*(?:局|办|委|政府)[）\]]$")


class Part(Struct):
    """A numbered part while the outline grows: its number, its own blocks in order (the numbered one first), the parts under it."""

    mark: Mark
    blocks: list[Block] = []
    parts: list[Part] = []

    def walk(self) -> Iterator[Part]:
        yield self
        for part in self.parts:
            yield from part.walk()


class Outline(Struct):
    """One policy: opening words, numbered parts, closing provisions, what comes after them."""

    opening: list[Block]
    parts: list[Part]
    closing: list[Block]
    back: list[Block]

    def walk(self) -> Iterator[Part]:
        for part in self.parts:
            yield from part.walk()


def read_outline(blocks: Sequence[Block]) -> Outline:
    """Build the outline of one policy from its blocks, the opening words first."""
    numbered = next((at for at, block in enumerate(blocks) if block.mark), 0)
    annex = next((at for at, block in enumerate(blocks) if at > numbered and block.short and ANNEX.match(block.text)), len(blocks))
    body = mark_headings(blocks[:annex])
    marked = [at for at, block in enumerate(body) if block.mark]
    first, last = (marked[0], marked[-1]) if marked else (len(body), len(body))
    end = _closing(body, last + (2 if marked and body[last].short else 1))
    outline = Outline(list(body[:first]), [], [], [])
    open_: list[Part] = []
    for block in body[first:end]:
        if block.mark:
            _open(outline, open_, Part(block.mark, [block]))
        else:
            open_[-1].blocks.append(block)
    for part in outline.walk():
        _give_back(part)
    for block in body[end:]:
        (outline.back if outline.back or not _closes(block) else outline.closing).append(block)
    outline.back += blocks[annex:]
    return outline


def _closing(body: Sequence[Block], start: int) -> int:
    """Where the prose after the last number stops belonging to it."""
    for at in range(start, len(body)):
        block = body[at]
        if CLOSING.match(block.text) or _BACK.match(block.text) or (block.short and (is_day(block.text) or is_office(block.text) or at + 1 == len(body))):
            return at
        if at > start and (block.short or _closes(block)) and any(_BACK.match(b.text) for b in body[at:]):
            return at
    return len(body)


def _closes(block: Block) -> bool:
    """Whether a paragraph reads like a closing provision."""
    return not _BACK.match(block.text) and not block.short and bool(CLOSING.match(block.text) or _LATER.search(block.text))


def _open(outline: Outline, open_: list[Part], part: Part) -> None:
    """Put a numbered part where it belongs: beside the last one of its style, else under the last one."""
    styles = [other.mark.style for other in open_]
    del open_[styles.index(part.mark.style) if part.mark.style in styles else len(open_) :]
    (open_[-1].parts if open_ else outline.parts).append(part)
    open_.append(part)


def _give_back(part: Part) -> None:
    """A paragraph after the last of a part's one-paragraph items belongs to the part when it looks back on them all, or names offices as none of them does."""
    if len(part.parts) < 2 or part.mark.style not in TOP:
        return
    last, before = part.parts[-1], part.parts[:-1]
    if last.parts or len(last.blocks) < 2 or any(len(p.blocks) > 1 or p.parts for p in before):
        return
    after = last.blocks[1]
    if after.text[0] in "（[【":  # a note alone is the last item's
        return
    noted = any(_NOTED.search(block.text) for p in part.parts for block in p.blocks[:1])
    if LOOKS_BACK.match(after.text) or (_NOTED.search(after.text) and not noted):
        part.blocks += last.blocks[1:]
        del last.blocks[1:]
