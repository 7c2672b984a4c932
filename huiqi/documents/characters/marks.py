"""Printed numbers of an outline: 第一章, 第二节, 第三条, 一、, （一）, 1., 1.2, （1）, ①."""

from __future__ import annotations

import re

from msgspec import Struct

from huiqi.documents.characters.numerals import NUMERALS, chinese_number

CHAPTER, PART, ARTICLE, SECTION, PAREN, DIGIT, NARROW, CIRCLED = "chapter", "part", "article", "section", "paren", "digit", "narrow", "circled"
HEADING, PARAGRAPH = "heading", "paragraph"
"""Headings and paragraphs that bear no number of their own and are counted."""
TOP = (CHAPTER, PART, SECTION, HEADING)
"""Styles of headings that hold others; an article or a bracketed number is a clause of its own."""

DECIMAL, FINE = "decimal", "fine"
"""1.2 and 1.2.3, printed with the numbers above them."""
UNITS = "元万亿千百倍个家项人年月日天吨公米平瓦兆克度折成级辆台套件"
"""What may follow a figure with a decimal point: then it is no outline number."""

_N = rf"([{NUMERALS}]{{1,5}})"
_NUMBER = rf"([{NUMERALS}]{{1,7}}|[0-9]{{1,3}})"
_STYLES = (
    (CHAPTER, re.compile(rf"第{_NUMBER}(?:章|篇|部分)")),
    (PART, re.compile(rf"第{_NUMBER}节")),
    (ARTICLE, re.compile(rf"第{_NUMBER}条[、：:.]?(?!第|款|和|与|及|由|规定|所|的)")),
    (SECTION, re.compile(rf"{_N}[、．.](?![{NUMERALS}]+(?:[、，等和至级类期次届]|$))")),  # not 一、二等奖
    (PAREN, re.compile(rf"（{_N}）[、.]?")),
    (FINE, re.compile(rf"[1-9][0-9]?\.[1-9][0-9]?\.([1-9][0-9]?)(?= ?[\u4e00-\u9fff“])(?! ?[{UNITS}])")),
    (DECIMAL, re.compile(rf"[1-9][0-9]?\.([1-9][0-9]?)(?= ?[\u4e00-\u9fff“])(?! ?[{UNITS}])")),
    (DIGIT, re.compile(rf"([0-9]{{1,3}})(?:[.．](?![0-9])|、(?![0-9])| (?=[\u4e00-\u9fff])(?! [{UNITS}]))")),  # 1 and a gap: the first cell of a row
    (NARROW, re.compile(r"（([0-9]{1,2})）")),
    (CIRCLED, re.compile(r"([①-⑳])")),
)


class Mark(Struct, frozen=True):
    """A number at the beginning of a line: its style, its value, how many characters it takes."""

    style: str
    number: int
    length: int


def read_mark(text: str) -> Mark | None:
    """The outline number that cleaned text begins with, if any."""
    for style, pattern in _STYLES:
        found = pattern.match(text)
        if found:
            number = _value(found.group(1))
            return Mark(style, number, found.end()) if number else None
    return None


def _value(text: str) -> int:
    if text.isascii():
        return int(text)
    return ord(text) - 0x245F if "①" <= text <= "⑳" else chinese_number(text) or 0
