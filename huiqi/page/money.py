"""Money for reading: 分 → figures in 万元 with thousands separators, and the exact sum in 元."""

from __future__ import annotations

from msgspec import Struct

from huiqi.evaluate.results import ELIGIBLE, UNKNOWN, Result

_WAN = 1_000_000  # 分 in one 万元


def wan(fen: int) -> str:
    """Figures in 万元, at most two decimals (half up), without trailing zeros.

    >>> wan(1_950_000_000), wan(22_650_000), wan(6_821_220_808), wan(0)
    ('1,950', '22.65', '6,821.22', '0')
    """
    whole, rest = divmod((fen * 100 + _WAN // 2) // _WAN, 100)
    return f"{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")


def is_rounded(fen: int) -> bool:
    """Whether `wan` shows less than the exact sum."""
    return fen * 100 % _WAN != 0


def exact(fen: int) -> str:
    """The exact sum in 元, with thousands separators.

    >>> exact(1_950_000_000), exact(1_234_505)
    ('19,500,000', '12,345.05')
    """
    whole, rest = divmod(fen, 100)
    return f"{whole:,}" + (f".{rest:02d}" if rest else "")


def plain(fen: int) -> str:
    """The exact sum in 元 for machines: two decimals, no separators."""
    return f"{fen // 100}.{fen % 100:02d}"


class Shown(Struct, frozen=True):
    """How an amount is shown: a word (a key of `texts`) and one or two sums; no sum means that it cannot be told yet."""

    word: str
    low: int | None = None
    high: int | None = None


def shown(result: Result) -> Shown | None:
    """The amount of a result in words and sums; None where there is none to show."""
    if result.status not in (ELIGIBLE, UNKNOWN):
        return None
    if result.amount_kind == "none":
        return Shown("gives_nothing" if result.measure.shape == "none" else "gives_open")
    if result.status == ELIGIBLE and result.amount is not None:
        return Shown(result.amount_kind, result.amount, result.amount)
    if result.low and result.high is not None:
        return Shown(result.amount_kind, result.low, result.high)
    if result.low:
        return Shown("at_least", result.low, result.low)
    return Shown("open") if result.high is None else Shown("at_most", result.high, result.high)
