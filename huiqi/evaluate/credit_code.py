"""Unified social credit codes (统一社会信用代码, GB 32100-2015): the check character and the organisation's own check."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [pow(3, i, 31) for i in range(17)]
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


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
    total = sum(ALPHABET.index(c) * w for c, w in zip(code, _WEIGHTS, strict=False))
    right = ALPHABET[(31 - total % 31) % 31]
    if code[17] != right:
        return "校验位不符，请核对各位字符", "the check character does not match; compare every character"
    return None


def organisation_check(body: str) -> str:
    """The check character of an eight-character organisation number (GB 11714)."""
    total = sum(ALPHABET_ORG.index(c) * w for c, w in zip(body, _ORG_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


ALPHABET_ORG = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def complete(first17: str) -> str:
    """The code with its check character, for making examples."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(first17, _WEIGHTS, strict=True))
    return first17 + ALPHABET[(31 - total % 31) % 31]
