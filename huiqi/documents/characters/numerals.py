"""Numbers written in Chinese: 两, 三十, 百亿, 二〇二三."""

from __future__ import annotations

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""Numerals as cheques write them, each for the plain one in `_PLAIN`."""
_PLAIN = str.maketrans(FORMAL, "一二三四五六七八九十百千")
NUMERALS = "〇○零一二两三四五六七八九十百千"


def chinese_number(text: str) -> int | None:
    """The number that `text` spells, or None: 三十六 → 36, 叁佰 → 300, 百亿 → 10**10, 二〇二三 → 2023 (digits in a row)."""
    text = text.translate(_PLAIN)
    if not text or any(c not in _DIGITS and c not in _SMALL and c not in _LARGE for c in text):
        return None
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, group, digit = 0, 0, None
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _SMALL:
            group += (1 if digit is None else digit) * _SMALL[c]
            digit = None
        else:
            group += digit or 0
            # 万亿: the 亿 multiplies all that stands before it.
            total = (total + group or 1) * _LARGE[c] if c == "亿" else total + (group or 1) * _LARGE[c]
            group, digit = 0, None
    return total + group + (digit or 0)


def multiplier(text: str) -> int:
    """The product of the powers of ten that stand after a number: 万 → 10**4, 千万亿 → 10**15, '' → 1."""
    size = 1
    for c in text:
        size *= (_SMALL | _LARGE)[c]
    return size
