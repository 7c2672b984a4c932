"""Quantities: exact both ways, and as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.language.diagnostics import Place, Problems
from huiqi.language.text import fold
from huiqi.language.units import UNITS, format_money, format_steps, read_quantity

HERE = Place("x", 1, 1)
WIDE = str.maketrans({chr(0x21 + at): chr(0xFF01 + at) for at in range(94)} | {" ": "\u3000"})


@given(st.sampled_from(sorted(UNITS)), st.integers(-(10**20), 10**20))
def test_what_is_written_is_read_back(unit: str, steps: int) -> None:
    assert read_quantity(format_steps(steps, unit), unit, HERE) == steps


@given(st.sampled_from(["元", "%", "辆", "公斤"]), st.integers(-(10**9), 10**9))
def test_round_figures_are_read_back(unit: str, round_steps: int) -> None:
    for steps in (round_steps * 10**power for power in range(12)):
        assert read_quantity(format_steps(steps, unit), unit, HERE) == steps


@given(st.integers(-(10**20), 10**20))
def test_money_is_read_back_in_full_width_too(fen: int) -> None:
    assert read_quantity(format_money(fen).translate(WIDE), "元", HERE) == fen


@given(st.text(max_size=300), st.sampled_from(sorted(UNITS)))
def test_any_text_is_a_quantity_or_a_problem(text: str, unit: str) -> None:
    try:
        assert type(read_quantity(text, unit, HERE)) is int
    except Problems as problems:
        assert [d.code in ("Q001", "Q002", "Q003", "Q004") for d in problems.diagnostics] == [True]


@given(st.text(max_size=300))
def test_folding_keeps_the_columns(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "unit", "steps"),
    [
        ("1.1亿元", "元", 11_000_000_000),
        ("1,234.5万元", "元", 1_234_500_000),
        ("８０００万元", "元", 8_000_000_000),
        ("1，200　万元", "元", 1_200_000_000),
        ("3千万元", "元", 3_000_000_000),
        ("1.1 亿 元", "元", 11_000_000_000),
        ("5百亿元", "元", 5_000_000_000_000),
        ("2万亿元", "元", 200_000_000_000_000),
        ("−5元", "元", -500),
        ("3分", "元", 3),
        ("4.35％", "%", 43_500),
        ("15‰", "%", 15_000),
        ("10个百分点", "个百分点", 100_000),
        ("30万辆", "辆", 300_000),
        ("1.5吨", "公斤", 1_500_000),
        ("2千克", "公斤", 2_000),
        ("6兆瓦", "千瓦", 6_000_000),
        ("3", "年", 3),
    ],
)
def test_spellings(text: str, unit: str, steps: int) -> None:
    assert read_quantity(text, unit, HERE) == steps


@pytest.mark.parametrize(
    ("steps", "unit", "text"),
    [
        (0, "元", "0元"),
        (1, "元", "0.01元"),
        (-1, "元", "-0.01元"),
        (6_821_220_800, "元", "6,821.2208万元"),
        (1_234_567, "元", "12,345.67元"),
        (3_500_000_000, "元", "3,500万元"),
        (11_000_000_000, "元", "1.1亿元"),
        (100_000_000_000_000, "元", "1万亿元"),
        (43_500, "%", "4.35%"),
        (100_000, "个百分点", "10个百分点"),
        (300_000, "辆", "30万辆"),
        (12_345, "辆", "12,345辆"),
        (1_500_000, "公斤", "1,500公斤"),
        (1_500_000, "吨", "1.5吨"),
    ],
)
def test_written_for_people(steps: int, unit: str, text: str) -> None:
    assert format_steps(steps, unit) == text


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("", "元", "Q001"),
        ("元", "元", "Q001"),
        ("1,23元", "元", "Q001"),
        ("1.元", "元", "Q001"),
        ("--1元", "元", "Q001"),
        ("1元2角", "元", "Q001"),
        ("٣元", "元", "Q001"),
        ("5²元", "元", "Q001"),
        ("9" * 41 + "元", "元", "Q001"),
        ("1亿", "元", "Q002"),
        ("5", "%", "Q002"),
        ("5%", "个百分点", "Q003"),
        ("5元/瓦", "元", "Q003"),
        ("0.1分", "元", "Q004"),
        ("0.00001%", "%", "Q004"),
    ],
)
def test_faults(text: str, unit: str, code: str) -> None:
    with pytest.raises(Problems) as caught:
        read_quantity(text, unit, HERE)
    assert [d.code for d in caught.value.diagnostics] == [code]
