"""Units and exact quantities.

A quantity is an integer number of the smallest step of its unit: 元 is kept in 分, % in millionths of one, so that no
float ever holds money or a rate. 万 and 亿 are powers of ten. `个百分点` adds to a rate but is not one.
"""

from __future__ import annotations

import re
from fractions import Fraction

from msgspec import Struct

from huiqi.language.diagnostics import Place, problem
from huiqi.language.text import fold


class Unit(Struct, frozen=True):
    """A unit as written: its dimension, its size in base units, and the steps kept per base unit for facts."""

    dimension: str
    size: Fraction
    scale: int


_COUNTS = "家 个 人 辆 项 种 台 套 款 件 次 名 户 批 位 张 条 期 座"
_LARGE = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
_MULTIPLIERS = _LARGE | {"千": 10**3, "百": 10**2, "": 1} | {few + many: size * n for few, n in (("千", 10**3), ("百", 10**2)) for many, size in _LARGE.items()}
MAX_DIGITS = 40
RATE_SCALE = 10**6

UNITS: dict[str, Unit] = {
    "元": Unit("元", Fraction(1), 100),
    "分": Unit("元", Fraction(1, 100), 100),
    "%": Unit("比率", Fraction(1, 100), RATE_SCALE),
    "‰": Unit("比率", Fraction(1, 1000), RATE_SCALE),
    "个百分点": Unit("百分点", Fraction(1, 100), RATE_SCALE),
    "瓦": Unit("瓦", Fraction(1), 1),
    "千瓦": Unit("瓦", Fraction(1000), 1),
    "兆瓦": Unit("瓦", Fraction(1000000), 1),
    "公斤": Unit("公斤", Fraction(1), 1000),
    "千克": Unit("公斤", Fraction(1), 1000),
    "吨": Unit("公斤", Fraction(1000), 1000),
    "平方米": Unit("平方米", Fraction(1), 100),
    "亩": Unit("亩", Fraction(1), 100),
    "月": Unit("月", Fraction(1), 1),
    "个月": Unit("月", Fraction(1), 1),
    "年": Unit("年", Fraction(1), 1),
    "日": Unit("日", Fraction(1), 1),
    "天": Unit("日", Fraction(1), 1),
    "个工作日": Unit("工作日", Fraction(1), 1),
} | {name: Unit(name, Fraction(1), 1) for name in _COUNTS.split()}

_NAMES = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_QUANTITY = re.compile(
    r"(?P<sign>-?)(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(?:\s*(?P<times>[千百]?(?:万亿|亿|万)|千(?!瓦|克)|百(?!分)))?"
    rf"(?:\s*(?P<unit>{_NAMES}))?(?:/(?P<per>{_NAMES}))?"
)


class Quantity(Struct, frozen=True):
    """An exact number in base units of `dimension` (元, 比率, 辆, 元/瓦, …; '' for a bare number)."""

    value: Fraction
    dimension: str


def quantity_at(text: str, start: int = 0) -> tuple[Quantity, int] | None:
    """The quantity that begins at `start` and where it ends, or None."""
    found = _QUANTITY.match(text, start)
    if not found or len(found["number"]) > MAX_DIGITS:
        return None
    value = Fraction(found["number"].replace(",", "")) * _MULTIPLIERS[found["times"] or ""]
    dimension = ""
    if found["unit"]:
        unit = UNITS[found["unit"]]
        value, dimension = value * unit.size, unit.dimension
    if found["per"]:
        per = UNITS[found["per"]]
        value, dimension = value / per.size, f"{dimension}/{per.dimension}"
    return Quantity(-value if found["sign"] else value, dimension), found.end()


def read_quantity(text: str, unit: str, place: Place) -> int:
    """Read `text` as a quantity of `unit`; the result counts the unit's smallest steps.

    `read_quantity("1.1亿元", "元", p)` is 11_000_000_000 分. Raises Q001–Q004.
    """
    want = UNITS[unit]
    example = _example(unit)
    clean = fold(text).strip()
    found = quantity_at(clean)
    if not found or found[1] != len(clean):
        raise problem("Q001", place, text=text, example=example)
    quantity = found[0]
    if quantity.dimension == "" and want.dimension not in {"年"}:
        raise problem("Q002", place, text=text, unit=unit, example=example)
    if quantity.dimension not in {want.dimension, ""}:
        raise problem("Q003", place, text=text, unit=unit, example=example)
    steps = quantity.value * want.scale
    if steps.denominator != 1:
        raise problem("Q004", place, text=text, step=format_steps(1, unit))
    return int(steps)


def _example(unit: str) -> str:
    return {"元": "1200万元", "%": "4.5%"}.get(unit, f"12{unit}")


# Every unit is a power of ten of its smallest steps: this many places stand after the point.
_PLACES = {name: len(str(unit.size * unit.scale)) - 1 for name, unit in UNITS.items()}
_SHARES = ("%", "‰")  # written out, never in 万


def format_steps(steps: int, unit: str) -> str:
    """Write `steps` smallest steps of `unit` for people: 12000000分 of 元 → `12万元`, exact, with 万 where short. `read_quantity` reads it back."""
    if unit == "元":
        return format_money(steps)
    places = _PLACES[unit]
    if unit not in _SHARES and abs(steps) >= 10 ** (places + 4) and steps % 10 ** (places + 2) == 0:
        return f"{_digits(steps, places + 4)}万{unit}"
    return f"{_digits(steps, places)}{unit}"


def format_money(fen: int) -> str:
    """分 → `1.1亿元`, `6,821.2208万元`, `12,345.67元`, `0.01元`: the shortest exact form with at most four decimals."""
    size = abs(fen)
    if size >= 10**6 and fen % 100 == 0:
        if size >= 10**10 and fen % 10**6 == 0:
            return f"{_digits(fen, 14)}万亿元" if size >= 10**14 and fen % 10**10 == 0 else f"{_digits(fen, 10)}亿元"
        return f"{_digits(fen, 6)}万元"
    return f"{_digits(fen, 2)}元"


def _digits(steps: int, places: int) -> str:
    """steps / 10^places as digits with thousands separators, without zeros at the end."""
    whole, rest = divmod(abs(steps), 10**places)
    sign = "-" if steps < 0 else ""
    return f"{sign}{whole:,}.{str(rest).zfill(places).rstrip('0')}" if rest else f"{sign}{whole:,}"
