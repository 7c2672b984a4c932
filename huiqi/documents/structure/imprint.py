"""Lines that stand around a text: titles, dates, document numbers, names of offices, remarks, salutations."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[〔\[（【][12][0-9]{3}[〕\]）】]第?[0-9]+号$")
_DAY = re.compile(r"[（(]?[0-9〇○零一二三四五六七八九十]{2,4}年[0-9〇○零一二三四五六七八九十]{1,3}月(?:[0-9〇○零一二三四五六七八九十]{1,3}日)?[）)]?$")
_REMARK = re.compile(r"（此件[^）]*）|附件[0-9一二三四五六七八九十]*[：:]?")
_OFFICE = re.compile(r"[^，。；《》]{2,40}(?:局|办公厅|办公室|委员会|管委会|政府|委|厅)")
_ADDRESSED = re.compile(r"[^。]{0,10}(?:各|有关)[^。]{1,60}：$")

_KIND = "措施|举措|意见|政策|细则|办法|规定|方案|通知|计划|规划|条例|指南|公告|决定|规程|要点|扶持条款|指引|手册|问答|一本通|标准表?"
_EDITION = re.compile(r"[（〔](?:试行|暂行|修订|修正|草案|征求意见稿|[0-9—-]*年?(?:版|修订|修正)?)[）〕]")
_TITLE = re.compile(rf"(?:{_KIND})(?:{_EDITION.pattern})?$")


def is_day(text: str) -> bool:
    """Whether a line is a date or a month, with or without brackets."""
    return bool(_DAY.fullmatch(text))


def is_number(text: str) -> bool:
    """Whether a line ends with the number of a document, 〔2022〕65号."""
    return bool(_NUMBER.search(text)) and len(text) <= 40


def is_office(text: str) -> bool:
    """Whether a line is the name of an office."""
    return bool(_OFFICE.fullmatch(text))


def is_remark(text: str) -> bool:
    """Whether a line is a remark on publication or the bare word for an annex."""
    return bool(_REMARK.fullmatch(text))


def is_salutation(text: str) -> bool:
    """Whether a line says to whom a notice goes."""
    return bool(_ADDRESSED.match(text))


def ends_as_title(text: str) -> bool:
    """Whether a line ends with the word for a kind of document."""
    return bool(_TITLE.search(text))


def is_edition(text: str) -> bool:
    """Whether a line is the bracket after a title: （试行）, （2024年修订）."""
    return bool(_EDITION.fullmatch(text))
