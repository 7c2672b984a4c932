"""Money for reading."""

import doctest

import pytest
from msgspec.structs import replace

from huiqi.cli.main import examples
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE, UNKNOWN
from huiqi.packs.model import Corpus
from huiqi.page import firms, money
from huiqi.page.money import Shown, shown


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


@pytest.mark.parametrize(
    ("status", "kind", "amount", "low", "high", "told"),
    [
        (ELIGIBLE, "exact", 500, 500, 500, Shown("exact", 500, 500)),
        (ELIGIBLE, "up_to", 0, 0, 0, Shown("up_to", 0, 0)),
        (ELIGIBLE, "up_to", 500, 100, None, Shown("up_to", 500, 500)),
        (ELIGIBLE, "exact", None, 80, 120, Shown("exact", 80, 120)),
        (ELIGIBLE, "exact", None, 80, None, Shown("at_least", 80, 80)),
        (UNKNOWN, "up_to", None, 0, 120, Shown("at_most", 120, 120)),
        (UNKNOWN, "up_to", 120, 0, 120, Shown("at_most", 120, 120)),
        (UNKNOWN, "exact", None, 0, None, Shown("open")),
        (UNKNOWN, "none", 0, 0, 0, Shown("gives_open")),
        (INELIGIBLE, "exact", 0, 0, 0, None),
        (NOT_IN_FORCE, "exact", 0, 0, 0, None),
    ],
)
def test_unknown_is_never_nothing(corpus: Corpus, status: str, kind: str, amount: int | None, low: int, high: int | None, told: Shown | None) -> None:
    applicant = firms.read_firms(examples(), corpus)["carmaker"].applicant
    result = Engine(corpus).results(applicant, Question("2026-06-30"))[0]
    assert shown(replace(result, status=status, amount_kind=kind, amount=amount, low=low, high=high)) == told
