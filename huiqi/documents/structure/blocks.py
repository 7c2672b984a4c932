"""Lines → blocks: one paragraph or heading each, however the printer broke its lines; outline numbers are recognised where they fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from huiqi.documents.characters.clean import clean
from huiqi.documents.characters.lines import Line
from huiqi.documents.characters.marks import TOP, Mark, read_mark
from huiqi.documents.structure.imprint import ends_as_title, is_day, is_number
from huiqi.documents.text import Traced, join

_STOP = re.compile(r"[。！？；：…](?:[”’》）\]】]*)$")
# A line that cannot be the end of a sentence or heading: an open mark, or after a few words one that leads on.
_OPEN = re.compile(r"(?:[，、（《“‘\[〔—]|.{6}[第的和与及对按在由为给不])$")
_INNER = re.compile(r"[，。；]|单位：")
_OFFICE = "(?:局|办|委|会|政府|公司|海关|院)"
_MARKS = re.compile(r"[，。；、：]")
_NOTE = re.compile(
    rf"(?:(?:单位|部门)：[^。]*|^[^。（\[]*{_OFFICE}|[（\[][^。（）]*{_OFFICE}|[^。]*政府|（此件[^）]*|（[^）]*[年月日][^）]*)[）\]】]$|^(?:牵头|责任|配合|主办)(?:单位|部门)：[^。；（]*{_OFFICE}$"
)
"""A note of offices, or a date or remark in brackets, ends its paragraph."""
_NOTE_LINE = re.compile(rf"[（\[](?:(?:牵头|责任|配合|主办)(?:单位|部门)：|[^。，；（）]*{_OFFICE}[）\]]$)")
NOTE_LINES = 6
"""A bracket closes within so many lines."""
LOOKS_BACK = re.compile(r"[^，。；0-9]{0,6}(?:上述|前述|前款|本条|以上(?:各|所|政策|措施|条款|重点|支持))")
CLOSING = re.compile(
    r"本(?:项|实施|若干|政策|暂行|指导|工作|行动|管理|专项){0,2}(?:措施|意见|政策|细则|办法|规定|方案|通知|条款|计划|规则|规程)(?:自|由|与|所列|所涉|有关|未|中|施行|执行|的解释)"
)
_DASH = re.compile(r"——|[•●■▪◆★※✓☆○◎➤▶✔]|【[^】]{1,20}】$|(?:问|Q)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})?[：:、.]")


class Block(Struct, frozen=True):
    """A paragraph or heading: cleaned text with its places, its outline number, whether it stands as a heading (no full stop)."""

    body: Traced
    mark: Mark | None

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def label(self) -> Traced:
        """The outline number as printed."""
        return self.body[: self.mark.length] if self.mark else self.body[:0]

    @property
    def rest(self) -> Traced:
        """What follows the outline number."""
        return self.body[self.mark.length if self.mark else 0 :].strip()

    @property
    def short(self) -> bool:
        """A line that is no sentence: a title, a heading, a date."""
        return len(self.text) <= 90 and "。" not in self.text and "；" not in self.text and not _STOP.search(self.text)


def width(text: str) -> float:
    """Width in ems: a Chinese character or a mark 1, a letter or digit one half."""
    return sum(1.0 if char > "\u2000" or char in ",:;()" else 0.5 for char in text)


def read_blocks(lines: list[Line]) -> list[Block]:
    """All lines, joined where one sentence runs on into the next."""
    margin = _margin(lines)
    numbers = Numbers()
    blocks: list[Block] = []
    open_: list[Line] = []
    for line in lines:
        mark = numbers.fits(line.text, not open_ or _ended(open_[-1], margin), len(open_) == 1)
        if open_ and (mark or not _continues(open_, line, margin)):
            blocks.append(_block(open_, numbers.last))
            open_ = []
        if mark:
            numbers.take(mark)
        elif not open_:
            numbers.last = None
        open_.append(line)
    return [*blocks, _block(open_, numbers.last)] if open_ else blocks


class Numbers:
    """The outline numbers seen so far: the styles that are open, the last number of each style."""

    def __init__(self) -> None:
        self.open: list[Mark] = []
        self.seen: dict[str, int] = {}
        self.last: Mark | None = None

    def fits(self, text: str, fresh: bool, after_heading: bool) -> Mark | None:
        """The number a line begins with, unless the line goes on with a sentence and the number is not one awaited there."""
        mark = read_mark(text)
        if mark is None or fresh:
            return mark
        awaited = {m.number + 1 for m in self.open if m.style == mark.style}
        if after_heading and self.last and self.last.style in TOP:  # a heading that fills its line: its first item, or the next of a running series
            awaited |= {1, self.seen.get(mark.style, 0) + 1}
        return mark if mark.number in awaited or (mark.number == 1 and mark.style in TOP) else None

    def take(self, mark: Mark) -> None:
        """Remember a number: it closes everything under the last one of its style."""
        styles = [m.style for m in self.open]
        if mark.style in styles:
            del self.open[styles.index(mark.style) :]
        self.open.append(mark)
        self.seen[mark.style] = mark.number
        self.last = mark


def _block(lines: list[Line], mark: Mark | None) -> Block:
    pieces: list[Traced] = []
    for line in lines:
        if pieces and pieces[-1].text[-1:].isascii() and pieces[-1].text[-1:].isalpha() and line.raw.text[:1].isascii() and line.raw.text[:1].isalpha():
            pieces.append(join([Traced(), Traced()], " "))
        pieces.append(line.raw)
    return Block(clean(join(pieces)), mark)


def _margin(lines: list[Line]) -> float:
    """The width at which lines were wrapped, or infinity where each line is a paragraph."""
    widths = sorted(width(line.raw.text) for line in lines if width(line.raw.text) >= 15)
    if len(widths) < 8:
        return float("inf")
    margin = widths[int(len(widths) * 0.9)]
    full = sum(margin - 4 <= w <= margin + 2 for w in widths)
    return margin if margin <= 70 and full * 2 >= len(widths) else float("inf")


def _full(line: Line, margin: float, room: float = 3) -> bool:
    """Whether a line leaves no more than so many ems of room."""
    return width(line.raw.text) >= margin - room


def _ended(line: Line, margin: float) -> bool:
    """Whether a sentence or heading ends with the line."""
    if _STOP.search(line.text) or _NOTE.search(line.text) or line.is_row:
        return True
    return not _OPEN.search(line.text) and not _full(line, margin) and not _INNER.search(line.text)


def _continues(open_: Sequence[Line], line: Line, margin: float) -> bool:
    """Whether `line` goes on with the paragraph that the lines before it belong to."""
    before = open_[-1]
    if _DASH.match(line.text) or is_day(line.text) or is_day(before.text) or is_number(line.text) or before.is_row:
        return False
    lately = "".join(each.text for each in open_[-NOTE_LINES:])
    if any(lately.rfind(opening) > lately.rfind(closing) for opening, closing in ("（）", "[]")):
        return True
    if ends_as_title(before.text) and not any(_MARKS.search(each.text) for each in open_):
        return False
    if _STOP.search(before.text) and _NOTE_LINE.match(line.text):
        return True
    if _STOP.search(before.text) or _NOTE.search(before.text):
        begins = CLOSING.match(line.text) or LOOKS_BACK.match(line.text) or not _MARKS.search(line.text) or line.indent >= before.indent + 2
        return margin != float("inf") and _full(before, margin, 1.5) and not begins
    full = _full(before, margin)
    if _OPEN.search(before.text) or full:
        return True
    mark = read_mark(before.text) if len(open_) == 1 else None
    if mark and mark.style in TOP and len(before.text) <= 40:
        return False
    return bool(_INNER.search(before.text)) or (mark is not None and "、" in before.text and len(before.text) >= 24)
