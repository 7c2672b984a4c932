"""Exactness: no float anywhere, one rounding step, the same answer by hand, by program and by DuckDB."""

from fractions import Fraction

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from huiqi.evaluate.compiler import compile_program
from huiqi.evaluate.known import exactly
from huiqi.population.program_sql import ProgramSql
from huiqi.rules.graph import FEN, MONEY, Graph
from huiqi.rules.inputs import ClaimYear
from huiqi.rules.pairs import exact_program
from huiqi.rules.program import Program

TRILLION = 10**12 * FEN


def share(rate: Fraction) -> Program:
    """rate × an amount of money, rounded half up to the 分."""
    g = Graph()
    base = g.input(ClaimYear(), MONEY, FEN, 0, TRILLION)
    return exact_program(g, {"amount": g.round(g.mul(base, g.const(rate, "比率"), MONEY), FEN)})


def values(program: Program, *inputs: int) -> tuple[int, ...] | None:
    reads = [end.read for _, end in program.inputs()]
    return compile_program(program, reads, list(program.outputs))([exactly(x) for x in inputs])


def by_sql(program: Program, fen: int) -> int:
    chain = ProgramSql(program, "p")
    query = exp.select(exp.alias_(exp.cast(exp.Literal.number(fen), "BIGINT"), "p0"))
    last = "i"
    select = exp.Select().with_("i", as_=query)
    for level in range(len(chain.levels)):
        select = select.with_(f"l{level}", as_=exp.select("*", *chain.steps(level)).from_(last))
        last = f"l{level}"
    row = duckdb.execute(select.select(chain.column(program.outputs["amount"])).from_(last).sql("duckdb")).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize(
    ("fen", "rate", "expected"),
    [
        (68_212_208_00, Fraction(15, 100), 10_231_831_20),  # 68,212,208元 × 15 % = 10,231,831.20元
        (100, Fraction(1, 3), 33),  # 1元 / 3 = 0.333…元
        (200, Fraction(1, 3), 67),
        (50, Fraction(1, 100), 1),  # half a 分 goes up
        (49, Fraction(1, 100), 0),
        (TRILLION, Fraction(15, 100), 15 * 10**12),  # 1万亿元 × 15 %
        (TRILLION - 1, Fraction(1, 3), (TRILLION - 1) // 3),
        (TRILLION, Fraction(55, 1000), 55 * 10**11),
    ],
)
def test_a_share_is_exact(fen: int, rate: Fraction, expected: int) -> None:
    program = share(rate)
    assert values(program, fen) == (expected,)
    assert by_sql(program, fen) == expected


@given(st.integers(0, TRILLION), st.fractions(0, 1, max_denominator=10**6))
def test_rounding_is_half_up(fen: int, rate: Fraction) -> None:
    exact = fen * rate
    whole = exact.numerator // exact.denominator
    assert values(share(rate), fen) == (whole + (exact - whole >= Fraction(1, 2)),)


@given(st.integers(0, TRILLION), st.integers(0, TRILLION), st.fractions(0, 2, max_denominator=1000))
def test_a_ratio_is_compared_without_dividing(top: int, bottom: int, rate: Fraction) -> None:
    g = Graph()
    condition = g.compare(">", g.steps(top, MONEY, FEN), g.mul(g.steps(bottom, MONEY, FEN), g.const(rate, "比率"), MONEY))
    assert values(exact_program(g, {"holds": condition})) == (top > bottom * rate,)


def test_no_computed_rule_holds_a_float(corpus) -> None:  # type: ignore[no-untyped-def]
    from huiqi.evaluate.engine import Engine

    for compiled in Engine(corpus).compiled.values():
        for program in (compiled.rule.exact, compiled.rule.pair):
            assert {type(x) for op in program.ops for x in (op.least, op.greatest)} == {int}
            assert program.widest() <= 127
