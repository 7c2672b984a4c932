"""Conditions that are linear in a fact narrow what that fact can be, where the measure pays at all.

`研发投入 - 20% × 营业收入 > 0` with a known 研发投入 limits 营业收入 from above. One static pass: each conjunct bounds each of its
inputs by the ends of the others. The narrowed inputs give the bounds of the amount; an input left with no value at all
makes the measure ineligible.
"""

from __future__ import annotations

from msgspec import Struct

from huiqi.rules import graph as g
from huiqi.rules.graph import Graph
from huiqi.rules.program import INT, Program


class Pair(Struct, frozen=True):
    """Operations for both ends; `open` is None where the high end can never be open."""

    low: int
    high: int
    open: int | None = None


class Linear(Struct, frozen=True):
    """Σ coefficient × input + constant ≥ 0, in integers."""

    terms: tuple[tuple[int, int], ...]  # (input node, coefficient)
    constant: int


def conjuncts(graph: Graph, conditions: list[int]) -> list[Linear]:
    """The linear inequalities that must all hold where every condition holds."""
    found: list[Linear] = []
    todo = list(conditions)
    while todo:
        node = graph[todo.pop(0)]
        if node.op == g.AND:
            todo.extend(node.args)
        elif node.op == g.COMPARE:
            left, right = (_linear(graph, a) for a in node.args)
            if left is not None and right is not None:
                found += _inequalities(str(node.data), _plus(left, right, -1))
    return [line for line in found if line.terms]


def _inequalities(op: str, difference: Linear) -> list[Linear]:
    """`difference op 0` as inequalities ≥ 0; in integers, > 0 is ≥ 1."""
    up, down = difference, _plus(Linear((), 0), difference, -1)
    match op:
        case ">=":
            return [up]
        case ">":
            return [Linear(up.terms, up.constant - 1)]
        case "<=":
            return [down]
        case "<":
            return [Linear(down.terms, down.constant - 1)]
        case "=":
            return [up, down]
    return []


def _linear(graph: Graph, number: int) -> Linear | None:
    node = graph[number]
    match node.op:
        case g.CONST:
            return Linear((), node.least)
        case g.INPUT if node.dimension not in ("?", "选项") and node.least >= 0:
            return Linear(((number, 1),), 0)
        case g.ADD | g.SUB:
            left, right = (_linear(graph, a) for a in node.args)
            return None if left is None or right is None else _plus(left, right, 1 if node.op == g.ADD else -1)
        case g.MUL:
            for factor, other in (node.args, node.args[::-1]):
                if graph[factor].op == g.CONST and (inner := _linear(graph, other)) is not None:
                    return _plus(Linear((), 0), inner, graph[factor].least)
    return None


def _plus(a: Linear, b: Linear, times: int) -> Linear:
    terms = dict(a.terms)
    for number, coefficient in b.terms:
        terms[number] = terms.get(number, 0) + times * coefficient
    return Linear(tuple((n, c) for n, c in terms.items() if c), a.constant + times * b.constant)


def narrowed(p: Program, lines: list[Linear], known: dict[int, Pair]) -> tuple[dict[int, Pair], int]:
    """The narrowed pairs of the inputs the inequalities bound, and the condition that none of them is empty."""
    result = dict(known)
    possible = p.truth(True)
    for line in lines:
        for number, coefficient in line.terms:
            rest = [(n, c) for n, c in line.terms if n != number]
            result[number] = _bounded(p, result[number], coefficient, _most(p, rest, line.constant, known), _is_open(p, rest, known))
    for number in {n for line in lines for n, _ in line.terms}:
        possible = p.both(possible, p.compare("<=", result[number].low, result[number].high))
    return result, possible


def _most(p: Program, terms: list[tuple[int, int]], constant: int, known: dict[int, Pair]) -> int:
    """The greatest the rest of an inequality can be."""
    total = p.const(constant)
    for number, coefficient in terms:
        end = known[number].high if coefficient > 0 else known[number].low
        total = _add(p, total, _scale(p, end, coefficient))
    return total


def _is_open(p: Program, terms: list[tuple[int, int]], known: dict[int, Pair]) -> int | None:
    """Whether the rest rests on an end that is only the end of a domain."""
    result: int | None = None
    for number, coefficient in terms:
        open_ = known[number].open
        if coefficient > 0 and open_ is not None:
            result = open_ if result is None else p.either(result, open_)
    return result


def _bounded(p: Program, pair: Pair, coefficient: int, most: int, rest_open: int | None) -> Pair:
    """coefficient × x + most ≥ 0 solved for x, rounded inwards."""
    if coefficient > 0:  # x ≥ −most / coefficient
        need = p.max(_negative(p, most), p.const(0))
        least = _divide(p, _add(p, need, p.const(coefficient - 1)), coefficient)
        return Pair(p.max(pair.low, least), pair.high, pair.open)
    size = -coefficient
    room = _divide(p, p.max(most, p.const(0)), size)
    limit = p.select(p.compare("<", most, p.const(0)), p.const(-1), room)
    open_ = pair.open
    if open_ is not None:
        # The end is no longer only the domain's where the rest that limits it is closed and limits it.
        limits = p.compare("<", limit, pair.high)
        closed = limits if rest_open is None else p.both(limits, p.inverse(rest_open))
        open_ = p.both(open_, p.inverse(closed))
    return Pair(pair.low, p.min(pair.high, limit), open_)


def _add(p: Program, a: int, b: int) -> int:
    x, y = p.ops[a], p.ops[b]
    if x.name == y.name == "const":
        return p.const(x.least + y.least)
    return p.put("add", (a, b), None, INT, x.least + y.least, x.greatest + y.greatest)


def _scale(p: Program, a: int, by: int) -> int:
    x = p.ops[a]
    ends = (x.least * by, x.greatest * by)
    return a if by == 1 else p.put("mul", (a, p.const(by)), None, INT, min(ends), max(ends))


def _negative(p: Program, a: int) -> int:
    return _scale(p, a, -1) if p.ops[a].name != "const" else p.const(-p.ops[a].least)


def _divide(p: Program, a: int, by: int) -> int:
    x = p.ops[a]
    if by == 1:
        return a
    return p.const(x.least // by) if x.name == "const" else p.put("floor", (a,), by, INT, x.least // by, x.greatest // by)
