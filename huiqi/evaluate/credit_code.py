"""Unified social credit codes (统一社会信用代码, GB 32100-2015)."""

from huiqi.language.text import fold

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [pow(3, i, 31) for i in range(17)]


def tidy(code: str) -> str:
    """The code as the standard writes it: without blanks, in plain capitals."""
    return "".join(fold(code).split()).upper()


def fault(code: str) -> tuple[str, str] | None:
    """Why the code is wrong, in Chinese and English; None when it is right.

    >>> fault("91350100M000100Y43") is None
    True
    """
    if len(code) != 18:
        return f"应为18位，实为{len(code)}位", f"18 characters expected, {len(code)} found"
    for at, char in enumerate(code, 1):
        if char not in ALPHABET:
            return (
                f"第{at}位“{char}”不是可用字符（数字和除 I O S V Z 外的大写字母）",
                f'character {at}, "{char}", is not allowed (digits and capitals without I O S V Z)',
            )
    if code != complete(code[:17]):
        return "校验位不符，请核对各位字符", "the check character does not match; compare every character"
    return None


def complete(first17: str) -> str:
    """The code with its check character: the weighted sum of all eighteen is a multiple of 31."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(first17, _WEIGHTS, strict=True))
    return first17 + ALPHABET[-total % 31]
