"""Days, months and terms as official texts print them → ISO text."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from huiqi.documents.characters.numerals import NUMERALS, chinese_number

_N = f"[0-9{NUMERALS}]"
DAY = rf"{_N}{{4}}年{_N}{{1,3}}月{_N}{{1,3}}日"
_DAY = re.compile(rf"({_N}{{4}})年({_N}{{1,3}})月(?:({_N}{{1,3}})日)?")


def read_day(text: str) -> str:
    """`2022年10月8日` → 2022-10-08, `二〇二三年九月` → 2023-09, `2027年底` → 2027-12-31; '' where it is none."""
    if end := re.search(r"([0-9]{4})年年?底", text):
        return f"{end.group(1)}-12-31"
    found = _DAY.search(text)
    if not found:
        return ""
    year, month, day = (_number(part) for part in found.groups())
    if found.group(3) is None:
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def last_day_of_term(first_day: str, years: int) -> str:
    """The last day of a term of whole years: three years from 2022-11-25 end on 2025-11-24; a year from the 29th of February ends on the 28th."""
    first = date.fromisoformat(first_day)
    year = first.year + years
    last = calendar.monthrange(year, first.month)[1]
    if first.day > last:
        return date(year, first.month, last).isoformat()
    return (date(year, first.month, first.day) - timedelta(days=1)).isoformat()


def later(day: str, days: int) -> str:
    """The day so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _number(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isascii() else chinese_number(text) or 0
