"""Writing for a terminal: JSON, widths of Chinese text, marks for a status."""

from __future__ import annotations

import json
import re
import shutil
import sys
import unicodedata

from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE, UNKNOWN, Result
from huiqi.language.units import format_money

STATUS = {ELIGIBLE: "✔ 符合", INELIGIBLE: "✘ 不符合", UNKNOWN: "？待补充", NOT_IN_FORCE: "－ 不在有效期"}
DECISION = {"automatic": "", "review": "需评审", "selection": "需评选", "unspecified": "标准待定"}
KIND = {"exact": "定额", "up_to": "上限", "range": "区间"}


def as_json(value: object) -> None:
    """Print one JSON document."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    print()


def width(text: str) -> int:
    """Columns a text takes on a terminal: Chinese characters take two."""
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """Text padded on the right to a number of columns."""
    return text + " " * max(0, columns - width(text))


_PIECES = re.compile(r"[（“《]*(?:(?:[≥≤＞＜＝×] )?[0-9A-Za-z-][0-9A-Za-z.,%/=_-]*[万亿]*[元%]?|.)[，。；：、）”》]*(?: [✓✗？]）*)?")


def wrap(text: str, indent: str, columns: int | None = None) -> list[str]:
    """Text in lines of the terminal's width, each indented; figures and their units are not split, no line begins with a mark."""
    room = (columns or min(shutil.get_terminal_size((100, 20)).columns, 110)) - width(indent)
    lines, line, used = [], "", 0
    for piece in _PIECES.findall(text):
        wide = width(piece)
        if line and used + wide > room:
            lines.append(indent + line.rstrip())
            line, used, piece = "", 0, piece.lstrip()
            wide = width(piece)
        line, used = line + piece, used + wide
    return [*lines, indent + line]


def amount_text(result: Result) -> str:
    """`定额 50万元`, `上限 200万元`, `待补充（0元至500万元）`."""
    if result.status in (INELIGIBLE, NOT_IN_FORCE):
        return ""
    if result.amount_kind == "none":
        return "不涉及金额" if result.measure.shape == "none" else "文件未载明标准"
    if result.amount is not None:
        listed = result.deduction is not None and result.deduction.aid > 0
        note = f"（未计入{'未登记的' if listed else ''}已获支持）" if result.aid_uncounted else ""
        return f"{KIND[result.amount_kind]} {format_money(result.amount)}{note}"
    if result.high is None:
        return f"金额待定（至少 {format_money(result.low)}）" if result.low else "金额待定"
    return f"金额待定（{format_money(result.low)} 至 {format_money(result.high)}）" if result.low else f"金额待定（至多 {format_money(result.high)}）"
