"""Graph → plain programs. Missing facts are pairs: a number is (low, high), a condition is (must, may).

Every completion of the missing facts lies within the pair. `open` says that a high end has no other limit than a fact's
domain, so that people are shown "no limit known" and not an invented number. This is the only definition of what a
missing fact means; the interpreter and SQL both run its result.
"""

from __future__ import annotations

from typing import cast

from huiqi.rules import graph as g
from huiqi.rules.graph import Graph, Node
from huiqi.rules.inputs import Input
from huiqi.rules.narrow import Pair, conjuncts, narrowed
from huiqi.rules.program import BOOL, INT, End, Program


def exact_program(graph: Graph, outputs: dict[str, int]) -> Program:
    """The program for the case that every input is known: both ends are one."""
    program = Program()
    done: list[int | None] = [None] * len(graph.nodes)
    for number in needed(graph, list(outputs.values())):
        done[number] = _exact(program, graph[number], done)
    program.outputs = {name: _int(done[number]) for name, number in outputs.items()}
    return program


def pair_program(graph: Graph, outputs: dict[str, int], conditions: list[int] | None = None, amounts: tuple[str, ...] = ()) -> Program:
    """The program over both ends. Output `x` gives `x.low`, `x.high` and, where it can be open, `x.open`.

    The outputs named in `amounts` are taken where every condition holds: their inputs are narrowed by the conditions. The
    output `possible` tells whether any value is left for each input.
    """
    program = Program()
    plain: dict[int, Pair] = {}
    _walk(program, graph, [number for name, number in outputs.items() if name not in amounts], plain)
    narrow: dict[int, Pair] = {}
    possible = program.truth(True)
    if conditions is not None:
        lines = conjuncts(graph, conditions)
        inputs = sorted({n for line in lines for n, _ in line.terms})
        _walk(program, graph, inputs, plain)
        limited, possible = narrowed(program, lines, {n: plain[n] for n in inputs})
        narrow = dict(limited)
        _walk(program, graph, [outputs[name] for name in amounts], narrow)
        program.outputs["possible"] = possible
    for name, number in outputs.items():
        pair = narrow[number] if name in amounts else plain[number]
        program.outputs |= {f"{name}.low": pair.low, f"{name}.high": pair.high}
        if pair.open is not None:
            program.outputs[f"{name}.open"] = pair.open
    return program


def _walk(program: Program, graph: Graph, outputs: list[int], done: dict[int, Pair]) -> None:
    """Lower what `outputs` need and `done` does not hold yet."""
    for number in needed(graph, outputs):
        if number not in done:
            done[number] = _pair(program, graph[number], done)


def _int(value: int | None) -> int:
    assert value is not None
    return value


def needed(graph: Graph, outputs: list[int]) -> list[int]:
    """The nodes that some nodes are made of, and themselves, in order."""
    seen: set[int] = set()
    todo = list(outputs)
    while todo:
        number = todo.pop()
        if number not in seen:
            seen.add(number)
            todo.extend(graph[number].args)
    return sorted(seen)


def _exact(p: Program, node: Node, done: list[int | None]) -> int:
    args = [_int(done[a]) for a in node.args]
    boolean = node.dimension == "?"
    match node.op:
        case g.CONST:
            return p.truth(bool(node.data)) if boolean else p.const(node.least)
        case g.INPUT:
            return p.input(End(cast(Input, node.data), "value"), BOOL if boolean else INT, node.least, node.greatest)
        case g.ADD | g.SUB | g.MUL:
            return p.put(node.op, tuple(args), None, INT, node.least, node.greatest)
        case g.FLOOR | g.ROUND:
            return p.put(node.op, tuple(args), node.data, INT, node.least, node.greatest)
        case g.MIN:
            return p.min(*args)
        case g.MAX:
            return p.max(*args)
        case g.CLAMP:
            return args[0]
        case g.CASE:
            value = args[-1]
            for at in range(len(args) - 3, -1, -2):
                value = p.select(args[at], args[at + 1], value)
            return value
        case g.COMPARE:
            return p.compare(str(node.data), *args)
        case g.AND | g.OR:
            value = args[0]
            for other in args[1:]:
                value = p.both(value, other) if node.op == g.AND else p.either(value, other)
            return value
        case g.NOT:
            return p.inverse(args[0])
    raise AssertionError(node.op)


def _pair(p: Program, node: Node, done: dict[int, Pair]) -> Pair:
    args = [done[a] for a in node.args]
    match node.op:
        case g.CONST:
            one = p.truth(bool(node.data)) if node.dimension == "?" else p.const(node.least)
            return Pair(one, one)
        case g.INPUT:
            return _input(p, node)
        case g.ADD:
            return Pair(_plus(p, args[0].low, args[1].low), _plus(p, args[0].high, args[1].high), _either_open(p, args))
        case g.SUB:
            return Pair(_minus(p, args[0].low, args[1].high), _minus(p, args[0].high, args[1].low), args[0].open)
        case g.MUL:
            return _product(p, args[0], args[1])
        case g.FLOOR | g.ROUND:
            return Pair(_scaled(p, node, args[0].low), _scaled(p, node, args[0].high), args[0].open)
        case g.MIN:
            return Pair(p.min(args[0].low, args[1].low), p.min(args[0].high, args[1].high), _both_open(p, args))
        case g.MAX:
            return Pair(p.max(args[0].low, args[1].low), p.max(args[0].high, args[1].high), _either_open(p, args))
        case g.CLAMP:
            return _clamp(p, node, args[0])
        case g.CASE:
            return _case(p, args)
        case g.COMPARE:
            return _compare(p, str(node.data), args[0], args[1])
        case g.AND | g.OR:
            join = p.both if node.op == g.AND else p.either
            low, high = args[0].low, args[0].high
            for other in args[1:]:
                low, high = join(low, other.low), join(high, other.high)
            return Pair(low, high)
        case g.NOT:
            return Pair(p.inverse(args[0].high), p.inverse(args[0].low))
    raise AssertionError(node.op)


def _input(p: Program, node: Node) -> Pair:
    type_ = BOOL if node.dimension == "?" else INT
    low, high = (p.input(End(cast(Input, node.data), end), type_, node.least, node.greatest) for end in ("low", "high"))
    if type_ == BOOL:
        return Pair(low, high)
    return Pair(low, high, p.input(End(cast(Input, node.data), "open"), BOOL, 0, 1))


def _plus(p: Program, a: int, b: int) -> int:
    x, y = p.ops[a], p.ops[b]
    return p.put("add", (a, b), None, INT, x.least + y.least, x.greatest + y.greatest)


def _minus(p: Program, a: int, b: int) -> int:
    x, y = p.ops[a], p.ops[b]
    return p.put("sub", (a, b), None, INT, x.least - y.greatest, x.greatest - y.least)


def _times(p: Program, a: int, b: int) -> int:
    x, y = p.ops[a], p.ops[b]
    ends = [m * n for m in (x.least, x.greatest) for n in (y.least, y.greatest)]
    return p.put("mul", (a, b), None, INT, min(ends), max(ends))


def _product(p: Program, a: Pair, b: Pair) -> Pair:
    open_ = _either_open(p, [a, b])
    if p.ops[a.low].least >= 0 and p.ops[b.low].least >= 0:
        return Pair(_times(p, a.low, b.low), _times(p, a.high, b.high), open_)
    if b.low == b.high and p.ops[b.low].least >= 0:
        return Pair(_times(p, a.low, b.low), _times(p, a.high, b.low), open_)
    ends = [_times(p, m, n) for m in (a.low, a.high) for n in (b.low, b.high)]
    low, high = ends[0], ends[0]
    for end in ends[1:]:
        low, high = p.min(low, end), p.max(high, end)
    return Pair(low, high, open_)


def _scaled(p: Program, node: Node, a: int) -> int:
    by = node.data
    assert isinstance(by, int)
    x = p.ops[a]
    least, greatest = (n // by if node.op == g.FLOOR else (2 * n + by) // (2 * by) for n in (x.least, x.greatest))
    return p.put(node.op, (a,), by, INT, least, greatest)


def _clamp(p: Program, node: Node, a: Pair) -> Pair:
    low_limit, high_limit = cast("tuple[int | None, int | None]", node.data)
    low, high, open_ = a.low, a.high, a.open
    if low_limit is not None:
        low, high = p.max(low, p.const(low_limit)), p.max(high, p.const(low_limit))
    if high_limit is not None:
        low, high, open_ = p.min(low, p.const(high_limit)), p.min(high, p.const(high_limit)), None
    return Pair(low, high, open_)


def _case(p: Program, args: list[Pair]) -> Pair:
    """The hull over the branches that can still be reached; a branch that must hold hides those after it."""
    result = args[-1]
    boolean = p.ops[result.low].type == BOOL
    least, most = (p.both, p.either) if boolean else (p.min, p.max)
    for at in range(len(args) - 3, -1, -2):
        condition, value = args[at], args[at + 1]
        low = p.select(condition.low, value.low, p.select(condition.high, least(value.low, result.low), result.low))
        high = p.select(condition.low, value.high, p.select(condition.high, most(value.high, result.high), result.high))
        result = Pair(low, high, _case_open(p, condition, value, result))
    return result


def _case_open(p: Program, condition: Pair, value: Pair, rest: Pair) -> int | None:
    if value.open is None and rest.open is None:
        return None
    no = p.truth(False)
    here = p.both(condition.high, no if value.open is None else value.open)
    there = p.both(p.inverse(condition.low), no if rest.open is None else rest.open)
    return p.either(here, there)


def _compare(p: Program, op: str, a: Pair, b: Pair) -> Pair:
    match op:
        case ">" | ">=":
            return Pair(p.compare(op, a.low, b.high), p.compare(op, a.high, b.low))
        case "<" | "<=":
            return Pair(p.compare(op, a.high, b.low), p.compare(op, a.low, b.high))
    apart = p.either(p.compare("<", a.high, b.low), p.compare(">", a.low, b.high))
    same = p.both(p.both(p.compare("=", a.low, a.high), p.compare("=", b.low, b.high)), p.compare("=", a.low, b.low))
    return Pair(same, p.inverse(apart)) if op == "=" else Pair(apart, p.inverse(same))


def _either_open(p: Program, args: list[Pair]) -> int | None:
    opens = [a.open for a in args if a.open is not None]
    if not opens:
        return None
    result = opens[0]
    for other in opens[1:]:
        result = p.either(result, other)
    return result


def _both_open(p: Program, args: list[Pair]) -> int | None:
    if any(a.open is None for a in args):
        return None
    return p.both(args[0].open, args[1].open)  # type: ignore[arg-type]
