"""Money for reading."""

import doctest

import pytest

from huiqi.page import firms, money


def test_examples_in_the_docstrings() -> None:
    assert [doctest.testmod(m).failed for m in (money, firms)] == [0, 0]


@pytest.mark.parametrize(
    ("fen", "wan", "exact", "plain", "rounded"),
    [
        (0, "0", "0", "0.00", False),
        (1, "0", "0.01", "0.01", True),
        (499_999, "0.5", "4,999.99", "4999.99", True),
        (1_000_000, "1", "10,000", "10000.00", False),
        (10_000, "0.01", "100", "100.00", False),
        (5_000, "0.01", "50", "50.00", True),
        (123_456_789_012, "123,456.79", "1,234,567,890.12", "1234567890.12", True),
        (999_995_000, "1,000", "9,999,950", "9999950.00", True),
        (80_500_000, "80.5", "805,000", "805000.00", False),
    ],
)
def test_figures(fen: int, wan: str, exact: str, plain: str, rounded: bool) -> None:
    assert (money.wan(fen), money.exact(fen), money.plain(fen), money.is_rounded(fen)) == (wan, exact, plain, rounded)
