"""The tree of an expression: frozen nodes with places. See docs/grammar.md."""

from __future__ import annotations

from msgspec import Struct

from huiqi.language.diagnostics import Place
from huiqi.language.units import Quantity


class Literal(Struct, frozen=True):
    value: Quantity
    text: str
    place: Place


class Text(Struct, frozen=True):
    value: str
    place: Place


class DateLiteral(Struct, frozen=True):
    value: str
    place: Place


class Name(Struct, frozen=True):
    """`营业收入`, `企业.营业收入`, `认定.等级`, `t`."""

    path: tuple[str, ...]
    place: Place


class MeasureRef(Struct, frozen=True):
    """`16a`, `hz-2022-software/1a`."""

    ref: str
    place: Place


class Span(Struct, frozen=True):
    """`t-2..t`: a run of years."""

    first: Expr
    last: Expr
    place: Place


class Call(Struct, frozen=True):
    function: str
    args: tuple[Expr, ...]
    named: tuple[tuple[str, Expr], ...]
    where: Expr | None
    place: Place


class Negative(Struct, frozen=True):
    operand: Expr
    place: Place


class Arithmetic(Struct, frozen=True):
    op: str  # + - * /
    left: Expr
    right: Expr
    place: Place


class Comparison(Struct, frozen=True):
    op: str  # = != < <= > >=
    left: Expr
    right: Expr
    place: Place


class Between(Struct, frozen=True):
    operand: Expr
    low: Expr
    high: Expr
    place: Place


class Within(Struct, frozen=True):
    """`x in ('甲', '乙')`."""

    operand: Expr
    choices: tuple[Expr, ...]
    place: Place


class Logic(Struct, frozen=True):
    op: str  # and, or
    items: tuple[Expr, ...]
    place: Place


class Inverse(Struct, frozen=True):
    operand: Expr
    place: Place


class Quantified(Struct, frozen=True):
    """`some 产品 satisfies …`, `every 产品 satisfies …`."""

    every: bool
    kind: str
    condition: Expr
    place: Place


Expr = Literal | Text | DateLiteral | Name | MeasureRef | Span | Call | Negative | Arithmetic | Comparison | Between | Within | Logic | Inverse | Quantified
