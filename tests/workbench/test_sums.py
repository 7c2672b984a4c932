"""The calculator of sums: what it computes, what it finds wrong, what it leaves alone."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.workbench.sums import COMPUTED, STATED, UNVERIFIED, chains, examine, value


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("1000万元", 10_000_000),
        ("1.1亿元", 110_000_000),
        ("9,999,999.99元", Decimal("9999999.99")),
        ("（1000万元-800万元）×5%".replace("（", "(").replace("）", ")"), 100_000),
        ("90%-10个百分点", Decimal("0.8")),
        ("2步×50万元", 1_000_000),
        ("10万公斤×20元", 2_000_000),
        ("1亿元÷1000万元", 10),
        ("2+3×4-6÷2", 11),
    ],
)
def test_arithmetic(text: str, worth: Decimal) -> None:
    assert value(text) == worth


@pytest.mark.parametrize("text", ["", "(1元", "1元)", "1元×", "迁入", "1元 2元"])
def test_what_is_no_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        value(text)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("（1000万元-800万元）×5%=10万元，以上含本数，第2条", [["(1000万元-800万元)×5%", "10万元"]]),
        ("6400万元+3.6亿元×10%=6400万元+3600万元=1亿元", [["6400万元+3.6亿元×10%", "6400万元+3600万元", "1亿元"]]),
        ("只计300万元×4%=12万元", [["300万元×4%", "12万元"]]),
        ("3000万元-往年已获500万元=2500万元", [["3000万元-500万元", "2500万元"]]),
        ("3000万元-（M1已获500万元+本次700万元）=1800万元", [["3000万元-(500万元+700万元)", "1800万元"]]),
        ("2023年1.331亿元÷2020年1亿元=1.331", [["1.331亿元÷1亿元", "1.331"]]),
        ("3辆×（20万元至40万元）=60万元至120万元", [["3辆×(40万元)", "120万元"]]),
        ("1.331=1.1³，恰10%", []),
        ("投资不明，×5%=50万元", []),
        ("首次认定不超过20万元，第1条", []),
    ],
)
def test_chains_are_found_in_free_text(text: str, sides: list[list[str]]) -> None:
    assert chains(text) == sides


@pytest.mark.parametrize(
    ("text", "fen", "how"),
    [
        ("（1000万元-800万元）×5%=10万元", 10_000_000, COMPUTED),
        ("20,000,000.05元×30%=6,000,000.015元，四舍五入", 600_000_002, COMPUTED),
        ("7000万元×5%=350万元，限200万元", 200_000_000, STATED),
        ("首次认定不超过20万元", 20_000_000, STATED),
        ("首日有效", 20_000_000, UNVERIFIED),
    ],
)
def test_an_amount_is_proven(text: str, fen: int, how: str) -> None:
    assert examine(text, fen) == (how, [])


def test_a_wrong_equality_is_found() -> None:
    assert examine("2000万元×5%=10万元", 10_000_000)[1] == [("T004", {"text": "2000万元×5%=10万元", "want": "2000万元×5%=100万元"})]


def test_a_sum_that_comes_to_something_else_is_found() -> None:
    assert examine("2000万元×5%=100万元", 20_000_000) == (UNVERIFIED, [("T005", {"got": "100万元", "want": "20万元"})])


@given(st.integers(1, 10**6), st.integers(1, 100), st.integers(1, 10**4))
def test_true_products_are_accepted_and_false_ones_refused(wan: int, percent: int, off: int) -> None:
    fen = wan * 10**4 * percent
    yuan = Decimal(fen) / 100
    assert examine(f"{wan}万元×{percent}%={yuan}元", fen) == (COMPUTED, [])
    assert [code for code, _ in examine(f"{wan}万元×{percent}%={yuan + off}元", fen)[1]] == ["T004"]
