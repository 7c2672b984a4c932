"""The one lowered graph: fifteen core nodes in an arena, each with its type and its static range.

A number is an integer of `1/scale` base units of its dimension, so nothing is ever a float. Equal nodes are one node.
Nodes are stored in an order in which arguments come first, so that every pass is a single loop.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import cast

from msgspec import Struct

from huiqi.rules.inputs import Input

MONEY = "元"
FEN = 100  # scale of money

CONST, INPUT, ADD, SUB, MUL, MIN, MAX, FLOOR, ROUND, CLAMP, CASE, COMPARE, AND, OR, NOT = [
    "const",
    "input",
    "add",
    "sub",
    "mul",
    "min",
    "max",
    "floor",
    "round",
    "clamp",
    "case",
    "compare",
    "and",
    "or",
    "not",
]


class Node(Struct, frozen=True):
    """One node. `dimension` is '?' for a condition. `least`/`greatest` are the static range in steps of 1/scale."""

    op: str
    args: tuple[int, ...]
    data: object
    dimension: str
    scale: int
    least: int
    greatest: int


class Graph:
    """Builds and holds the nodes of one measure. Methods return node numbers."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._known: dict[Node, int] = {}

    def _put(self, node: Node) -> int:
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = len(self.nodes)
            self.nodes.append(node)
        return found

    def __getitem__(self, number: int) -> Node:
        return self.nodes[number]

    def read(self, number: int) -> Input:
        """What an input node reads."""
        return cast(Input, self.nodes[number].data)

    # numbers

    def const(self, value: Fraction | int, dimension: str) -> int:
        """An exact constant in base units; its scale is its own denominator (5 % is 1/20)."""
        value = Fraction(value)
        return self.steps(value.numerator, dimension, value.denominator)

    def steps(self, steps: int, dimension: str, scale: int) -> int:
        """A constant given in steps of 1/scale."""
        return self._put(Node(CONST, (), steps, dimension, scale, steps, steps))

    def input(self, read: Input, dimension: str, scale: int, least: int, greatest: int) -> int:
        """A number or (dimension '?') a condition read from outside, within its domain."""
        return self._put(Node(INPUT, (), read, dimension, scale, least, greatest))

    def rate_of(self, a: int) -> int:
        """A constant yearly rate (比率/年) as the plain rate of one year."""
        node = self[a]
        return self.steps(node.least, "比率", node.scale)

    def rescale(self, a: int, scale: int) -> int:
        """The same number in finer steps; `scale` is a multiple of the present one."""
        node = self[a]
        if node.scale == scale:
            return a
        factor = scale // node.scale
        if node.op == CONST:
            return self.steps(node.least * factor, node.dimension, scale)
        return self._put(Node(MUL, (a, self.steps(factor, "", 1)), None, node.dimension, scale, node.least * factor, node.greatest * factor))

    def level(self, *numbers: int) -> tuple[int, ...]:
        """The numbers in common steps."""
        scale = math.lcm(*(self[n].scale for n in numbers))
        return tuple(self.rescale(n, scale) for n in numbers)

    def add(self, a: int, b: int) -> int:
        a, b = self.level(a, b)
        x, y = self[a], self[b]
        return self._put(Node(ADD, (a, b), None, x.dimension, x.scale, x.least + y.least, x.greatest + y.greatest))

    def sub(self, a: int, b: int) -> int:
        a, b = self.level(a, b)
        x, y = self[a], self[b]
        return self._put(Node(SUB, (a, b), None, x.dimension, x.scale, x.least - y.greatest, x.greatest - y.least))

    def mul(self, a: int, b: int, dimension: str) -> int:
        """The product, in steps of the product of both scales."""
        x, y = self[a], self[b]
        ends = [p * q for p in (x.least, x.greatest) for q in (y.least, y.greatest)]
        return self._put(Node(MUL, (a, b), None, dimension, x.scale * y.scale, min(ends), max(ends)))

    def min(self, a: int, b: int) -> int:
        a, b = self.level(a, b)
        x, y = self[a], self[b]
        return self._put(Node(MIN, (a, b), None, x.dimension, x.scale, min(x.least, y.least), min(x.greatest, y.greatest)))

    def max(self, a: int, b: int) -> int:
        a, b = self.level(a, b)
        x, y = self[a], self[b]
        return self._put(Node(MAX, (a, b), None, x.dimension, x.scale, max(x.least, y.least), max(x.greatest, y.greatest)))

    def floor(self, a: int, each: int) -> int:
        """How many whole `each` (a positive constant) fit into `a` ≥ 0; a bare number."""
        a, each = self.level(a, each)
        x, size = self[a], self[each].least
        return self._put(Node(FLOOR, (a,), size, "", 1, x.least // size, x.greatest // size))

    def round(self, a: int, scale: int) -> int:
        """`a` ≥ 0 rounded half up to steps of 1/scale: the one named rounding step."""
        x = self[a]
        factor = Fraction(scale, x.scale)
        if factor.denominator == 1:
            return self.rescale(a, scale)
        a = (
            self._put(
                Node(MUL, (a, self.steps(factor.numerator, "", 1)), None, x.dimension, x.scale, x.least * factor.numerator, x.greatest * factor.numerator)
            )
            if factor.numerator != 1
            else a
        )
        x, by = self[a], factor.denominator
        return self._put(Node(ROUND, (a,), by, x.dimension, scale, (2 * x.least + by) // (2 * by), (2 * x.greatest + by) // (2 * by)))

    def clamp(self, a: int, low: int | None, high: int | None) -> int:
        """`a` where it is known to lie within constants `low` and `high` (either may be missing); narrows pairs only."""
        x = self[a]
        low_steps = None if low is None else self[self.level(a, low)[1]].least
        high_steps = None if high is None else self[self.level(a, high)[1]].least
        least = x.least if low_steps is None else max(x.least, min(low_steps, x.greatest))
        greatest = x.greatest if high_steps is None else min(x.greatest, max(high_steps, x.least))
        return self._put(Node(CLAMP, (a,), (low_steps, high_steps), x.dimension, x.scale, least, greatest))

    def case(self, branches: list[tuple[int, int]], otherwise: int) -> int:
        """The value of the first condition that holds, else `otherwise`. Values all numbers, or all conditions."""
        values = [v for _, v in branches] + [otherwise]
        if self[otherwise].dimension != "?":
            values = list(self.level(*values))
        args = (*(n for (c, _), v in zip(branches, values, strict=False) for n in (c, v)), values[-1])
        first = self[values[0]]
        dimension = next((self[v].dimension for v in values if self[v].dimension), "")
        return self._put(Node(CASE, args, None, dimension, first.scale, min(self[v].least for v in values), max(self[v].greatest for v in values)))

    # conditions

    def compare(self, op: str, a: int, b: int) -> int:
        """`a op b`, op one of = != < <= > >=, in common steps."""
        a, b = self.level(a, b)
        return self._put(Node(COMPARE, (a, b), op, "?", 1, 0, 1))

    def true(self) -> int:
        return self._put(Node(CONST, (), 1, "?", 1, 1, 1))

    def false(self) -> int:
        return self._put(Node(CONST, (), 0, "?", 1, 0, 0))

    def all(self, items: list[int]) -> int:
        return self._logic(AND, items)

    def any(self, items: list[int]) -> int:
        """One holds. `(c and x) or (not c and y)` is a choice by c, so that a c that is not known leaves x or y, not neither."""
        choice = self._choice(*items) if len(items) == 2 else None
        return self._logic(OR, items) if choice is None else choice

    def _choice(self, a: int, b: int) -> int | None:
        parts, others = (list(self[n].args) if self[n].op == AND else [n] for n in (a, b))
        for condition in parts:
            if (opposite := self._known.get(Node(NOT, (condition,), None, "?", 1, 0, 1))) in others:
                yes, no = ([n for n in items if n not in (condition, opposite)] for items in (parts, others))
                return self.case([(condition, self.all(yes))], self.all(no))
        return self._choice(b, a) if any(self[n].op == NOT for n in parts) and not any(self[n].op == NOT for n in others) else None

    def _logic(self, op: str, items: list[int]) -> int:
        if not items:
            return self.true() if op == AND else self.false()
        return items[0] if len(items) == 1 else self._put(Node(op, tuple(items), None, "?", 1, 0, 1))

    def inverse(self, a: int) -> int:
        return self._put(Node(NOT, (a,), None, "?", 1, 0, 1))

    def inputs(self, of: list[int]) -> list[int]:
        """The input nodes that the nodes `of` depend on, in order."""
        seen: set[int] = set()
        todo = list(of)
        while todo:
            number = todo.pop()
            if number not in seen:
                seen.add(number)
                todo.extend(self[number].args)
        return sorted(n for n in seen if self[n].op == INPUT)
