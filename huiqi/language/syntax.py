"""The tree of an expression: frozen nodes with places. See docs/grammar.md."""

from __future__ import annotations

from dataclasses import dataclass

from huiqi.language.diagnostics import Place
from huiqi.language.units import Quantity


@dataclass(frozen=True, slots=True)
class Literal:
    value: Quantity
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Text:
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class DateLiteral:
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Name:
    """`营业收入`, `企业.营业收入`, `认定.等级`, `t`."""

    path: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class MeasureRef:
    """`16a`, `hz-2022-software/1a`."""

    ref: str
    place: Place


@dataclass(frozen=True, slots=True)
class Span:
    """`t-2..t`: a run of years."""

    first: Expr
    last: Expr
    place: Place


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    args: tuple[Expr, ...]
    named: tuple[tuple[str, Expr], ...]
    where: Expr | None
    place: Place


@dataclass(frozen=True, slots=True)
class Negative:
    operand: Expr
    place: Place


@dataclass(frozen=True, slots=True)
class Arithmetic:
    op: str  # + - * /
    left: Expr
    right: Expr
    place: Place


@dataclass(frozen=True, slots=True)
class Comparison:
    op: str  # = != < <= > >=
    left: Expr
    right: Expr
    place: Place


@dataclass(frozen=True, slots=True)
class Between:
    operand: Expr
    low: Expr
    high: Expr
    place: Place


@dataclass(frozen=True, slots=True)
class Within:
    """`x in ('甲', '乙')`."""

    operand: Expr
    choices: tuple[Expr, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Logic:
    op: str  # and, or
    items: tuple[Expr, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Inverse:
    operand: Expr
    place: Place


@dataclass(frozen=True, slots=True)
class Quantified:
    """`some 产品 satisfies …`, `every 产品 satisfies …`."""

    every: bool
    kind: str
    condition: Expr
    place: Place


Expr = Literal | Text | DateLiteral | Name | MeasureRef | Span | Call | Negative | Arithmetic | Comparison | Between | Within | Logic | Inverse | Quantified
