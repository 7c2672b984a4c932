"""How wide bounds are beside what is true: the exact curve where one number is missing, the hull of samples where up to three are.

Works on rules with random inputs, so that every measure is met often: each input is known except those set free.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from statistics import median

from msgspec import Struct, field

from huiqi.evaluate.compiled import Compiled
from huiqi.evaluate.compiler import compile_program
from huiqi.evaluate.engine import Engine
from huiqi.evaluate.known import Known, exactly
from huiqi.rules import graph as g
from huiqi.rules.inputs import ClaimYear, FactInput, Input
from huiqi.rules.narrow import conjuncts
from huiqi.rules.pieces import NotPiecewise, pieces
from tests.population.firms import Firms

NUMBERS = ("元", "比率", "")
Values = dict[Input, int]
Range = tuple[int, int]


class Widths(Struct):
    """Ratios of the width told to the true one by measure, how many cases could pay at all, and how many were exactly equal."""

    cases: int = 0
    paying: int = 0
    equal: int = 0
    ratios: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, measure: str, told: Range, true: Range) -> None:
        """Note one case; `true` lies within `told`."""
        self.cases += 1
        self.paying += true[1] > 0
        self.equal += told == true
        width, least = told[1] - told[0], max(true[1] - true[0], 1)
        if true[1] or told[1]:
            self.ratios[measure].append(1.0 if told == true else width / least)

    def median(self) -> float:
        return median(ratio for ratios in self.ratios.values() for ratio in ratios)

    def of(self, measure: str) -> float:
        return median(self.ratios[measure])

    def wide(self, limit: float) -> dict[str, float]:
        """Measures whose median ratio is above the limit."""
        found = {name: self.of(name) for name in self.ratios}
        return {name: ratio for name, ratio in sorted(found.items()) if ratio > limit}


class Cases:
    """Random inputs for the rules of an engine, on the edges of the figures they compare with."""

    def __init__(self, engine: Engine, claim: int, seed: int):
        self.random, self.claim = random.Random(seed), claim
        self.maker = Firms(engine, claim, seed)

    def values(self, compiled: Compiled) -> Values:
        return {read: self._value(read, node) for read, node in compiled.nodes.items()}

    def _value(self, read: Input, node: g.Node) -> int:
        r = self.random
        if isinstance(read, ClaimYear):
            return self.claim
        if node.dimension == "?":
            return int(r.random() < 0.98)
        if node.dimension == "选项":
            return r.randint(node.least, node.greatest)
        edges = sorted(self.maker.edges.get(getattr(read, "fact", ""), ())) or [max(node.least, 0)]
        value = r.choice(edges) * r.choice((1, 1, 2, 3)) + r.choice((0, 0, 1)) * r.randrange(10**9) + r.choice((-1, 0, 1))
        if getattr(read, "part", ""):
            value = r.randint(self.claim - 4, self.claim) if read.part != "day" else r.randint(737_000, 739_500)  # type: ignore[union-attr]
        return min(max(value, node.least), node.greatest)

    def samples(self, read: Input, node: g.Node) -> list[int]:
        """Values worth trying for a fact set free: its edges and beside them, its ends, some between."""
        edges = self.maker.edges.get(getattr(read, "fact", ""), set())
        found = {node.least, node.greatest, *(e + d for e in edges for d in (-1, 0, 1)), *(self._value(read, node) for _ in range(6))}
        return [x for x in found if node.least <= x <= node.greatest]


def numbers(compiled: Compiled) -> list[Input]:
    """The facts that can be set free: plain numbers."""
    return [read for read, node in compiled.nodes.items() if isinstance(read, FactInput) and not read.part and node.dimension not in ("?", "选项")]


def told(compiled: Compiled, values: Values, free: set[Input]) -> Range | None:
    """The bounds of the result with the facts in `free` not known; None where it cannot be eligible."""
    nodes = compiled.nodes
    ends = compiled.ends([Known(nodes[r].least, nodes[r].greatest, nodes[r].dimension != "?") if r in free else exactly(values[r]) for r in compiled.reads])
    return None if ends is None else (ends.low if ends.must else 0, ends.high)


def along(compiled: Compiled, values: Values, read: Input) -> Range | None:
    """The exact range along one fact from its curve, nothing where it is not eligible anywhere. Raises NotPiecewise."""
    program, node = compiled.rule.exact, compiled.nodes[read]
    ends = {end for _, end in program.inputs()}
    made = pieces(program, {end: values[end.read] for end in ends if end.read != read}, {end for end in ends if end.read == read}, node.least, node.greatest)
    starts = sorted({first for name in ("eligible", "amount") for first, _ in made[name]})
    found: list[int] = []
    somewhere = False
    for first, last in zip(starts, [*(s - 1 for s in starts[1:]), node.greatest], strict=True):
        holds, amount = (next(form for at, form in reversed(made[name]) if at <= first) for name in ("eligible", "amount"))
        somewhere = somewhere or bool(holds.at(first))
        found += [amount.at(x) if holds.at(first) else 0 for x in (first, last)]
    return (min(found), max(found)) if somewhere else None


def linear(compiled: Compiled, read: Input) -> bool:
    """Whether every condition that hangs on the fact is a plain inequality that is linear in it."""
    graph = compiled.rule.graph
    number = next(n for n, node in enumerate(graph.nodes) if node.data == read)
    hanging = [line.holds for line in compiled.rule.conditions if line.holds is not None and number in graph.inputs([line.holds])]
    parts: list[int] = []
    while hanging:
        node = hanging.pop()
        if graph[node].op == g.AND:
            hanging += graph[node].args
        elif number in graph.inputs([node]):
            parts.append(node)
    return all(any(number in dict(line.terms) for line in conjuncts(graph, [part])) for part in parts)


def one_missing(engine: Engine, claim: int, seed: int, rounds: int) -> tuple[Widths, Widths]:
    """Bounds beside the exact curve with one number missing: where the conditions are linear in it, and the rest."""
    cases, plain, rest = Cases(engine, claim, seed), Widths(), Widths()
    for name, compiled in engine.compiled.items():
        if compiled.pays and compiled.rule.least is None:
            for read in numbers(compiled):
                into = plain if linear(compiled, read) else rest
                for _ in range(rounds):
                    _one(name, compiled, cases.values(compiled), read, into)
    return plain, rest


def _one(name: str, compiled: Compiled, values: Values, read: Input, into: Widths) -> None:
    try:
        true = along(compiled, values, read)
    except NotPiecewise:
        return
    found = told(compiled, values, {read})
    if true is None:
        into.add(name, found or (0, 0), (0, 0))
        return
    assert found is not None and found[0] <= true[0] and true[1] <= found[1], (name, read, found, true)
    into.add(name, found, true)


def some_missing(engine: Engine, claim: int, seed: int, rounds: int) -> Widths:
    """Bounds beside the hull of samples with up to three facts of any type missing; cases that pay nothing anywhere are left out."""
    cases, widths = Cases(engine, claim, seed), Widths()
    r = cases.random
    for name, compiled in engine.compiled.items():
        able = [read for read in compiled.nodes if isinstance(read, FactInput) and not read.part]
        if able and compiled.pays and compiled.rule.least is None:
            run = compile_program(compiled.rule.exact, compiled.reads, ("eligible", "amount"))
            for _ in range(rounds):
                values = cases.values(compiled)
                free = r.sample(able, r.randint(1, min(3, len(able))))
                true = _hull(compiled, values, free, cases, run)
                found = told(compiled, values, set(free))
                if true[1]:
                    assert found is not None and found[0] <= true[0] and true[1] <= found[1], (name, free, found, true)
                    widths.add(name, found, true)
    return widths


def _hull(compiled: Compiled, values: Values, free: list[Input], cases: Cases, run: Callable[..., tuple[int, ...] | None]) -> Range:
    low, high = 10**30, 0
    for trial in _trials(compiled, values, free, cases):
        eligible, amount = run([exactly(trial[read]) for read in compiled.reads]) or (0, 0)
        paid = amount if eligible else 0
        low, high = min(low, paid), max(high, paid)
    return low, high


def _trials(compiled: Compiled, values: Values, free: list[Input], cases: Cases) -> Iterator[Values]:
    """Random combinations of samples, then along each fact through the best of them by its breakpoints."""
    samples = {read: cases.samples(read, compiled.nodes[read]) for read in free}
    for _ in range(300):
        trial = values | {read: cases.random.choice(samples[read]) for read in free}
        yield trial
        if cases.random.random() < 0.03:
            for read in set(free) & set(numbers(compiled)):
                yield from (trial | {read: x} for x in _breakpoints(compiled, trial, read))


def _breakpoints(compiled: Compiled, values: Values, read: Input) -> list[int]:
    program, node = compiled.rule.exact, compiled.nodes[read]
    ends = {end for _, end in program.inputs()}
    try:
        made = pieces(program, {e: values[e.read] for e in ends if e.read != read}, {e for e in ends if e.read == read}, node.least, node.greatest)
    except NotPiecewise:
        return []
    firsts = {first for forms in made.values() for first, _ in forms}
    return [x for first in firsts for x in (first - 1, first) if node.least <= x <= node.greatest]
