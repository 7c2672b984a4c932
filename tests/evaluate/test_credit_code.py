"""Unified social credit codes: what the check character promises to find, it finds."""

from hypothesis import given
from hypothesis import strategies as st

from huiqi.evaluate.credit_code import ALPHABET, complete, fault, tidy

CODE = "91350100M000100Y43"  # the example of the standard
CHECK = ("校验位不符，请核对各位字符", "the check character does not match; compare every character")
codes = st.text(ALPHABET, min_size=17, max_size=17).map(complete)


def test_the_example() -> None:
    assert fault(CODE) is None
    assert fault("91350100M000100Y4Z") == (
        "第18位“Z”不是可用字符（数字和除 I O S V Z 外的大写字母）",
        'character 18, "Z", is not allowed (digits and capitals without I O S V Z)',
    )
    assert fault(CODE[:-1]) == ("应为18位，实为17位", "18 characters expected, 17 found")


def test_letters_that_look_like_digits() -> None:
    assert [fault("9" + char + CODE[2:]) is None for char in "IOSVZ"] == [False] * 5


def test_every_change_of_one_character() -> None:
    changed = [CODE[:at] + char + CODE[at + 1 :] for at in range(18) for char in ALPHABET if char != CODE[at]]
    assert [fault(code) for code in changed] == [CHECK] * (18 * 30)


def test_every_swap_of_two_neighbours() -> None:
    swapped = [CODE[:at] + CODE[at + 1] + CODE[at] + CODE[at + 2 :] for at in range(17) if CODE[at] != CODE[at + 1]]
    assert [fault(code) for code in swapped] == [CHECK] * len(swapped)


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_a_change_of_any_code(code: str, at: int, char: str) -> None:
    assert (fault(code[:at] + char + code[at + 1 :]) is None) == (char == code[at])


@given(codes, st.integers(0, 16))
def test_a_swap_in_any_code(code: str, at: int) -> None:
    assert (fault(code[:at] + code[at + 1] + code[at] + code[at + 2 :]) is None) == (code[at] == code[at + 1])


@given(st.text(max_size=40))
def test_any_text_is_judged(text: str) -> None:
    assert type(fault(tidy(text))) in (tuple, type(None))


def test_tidy() -> None:
    assert tidy(" ９１３50100 m000100y43 ") == CODE
