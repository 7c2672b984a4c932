"""How a figure can be wrong by a little: a quantity, its unit, a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

_MONEY = {"元": 0, "万元": 4, "亿元": 8}  # powers of ten
_UNITS = {"元": "万元", "万元": "亿元", "亿元": "万元", "%": "个百分点", "个百分点": "%", "家": "辆", "辆": "家", "万辆": "辆"}


def _number(text: str) -> tuple[str, str]:
    """A quantity as its number and its unit."""
    end = next((at for at, c in enumerate(text) if not (c.isdigit() or c in ".,")), len(text))
    return text[:end].replace(",", ""), text[end:]


def figure_changes(text: str) -> Iterator[str]:
    """A quantity one unit up, one down, and times ten: money by 分, anything else by a step of its last digit."""
    digits, unit = _number(text)
    number = Decimal(digits)
    if number:
        yield f"{number * 10:f}{unit}"
    if unit in _MONEY:
        number, step, unit = number.scaleb(_MONEY[unit]), Decimal("0.01"), "元"
    else:
        step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    yield f"{number + step:f}{unit}"
    if number >= step:
        yield f"{number - step:f}{unit}"


def unit_changes(text: str) -> Iterator[str]:
    """A quantity in the next unit people mistake it for, and without its unit. Nothing is nothing in every unit."""
    digits, unit = _number(text)
    first, slash, rest = unit.partition("/")
    if first in _UNITS and Decimal(digits):
        yield f"{digits}{_UNITS[first]}{slash}{rest}"
    if first == "万元" and Decimal(digits):
        yield f"{digits}元{slash}{rest}"
    if unit:
        yield digits


def day_changes(text: str) -> Iterator[str]:
    """A day one day later and one earlier."""
    for days in (1, -1):
        yield (datetime.date.fromisoformat(text) + datetime.timedelta(days)).isoformat()
