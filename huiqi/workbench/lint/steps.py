"""L002: rows and exceptions nobody can reach; L009: conditions that cannot hold together.

The pair program is run with nothing known: what it cannot reach then, no firm can. Choices are tried one by one, since a pair over
several labels would let each of them through.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from huiqi.language.diagnostics import Diagnostic, diagnostic
from huiqi.rules.graph import CONST, INPUT, Graph
from huiqi.rules.inputs import Input
from huiqi.rules.measure import Rule
from huiqi.rules.pairs import pair_program
from huiqi.rules.pieces import pieces
from huiqi.rules.program import End, Program
from huiqi.workbench.coverage import line_text

CHOICE = "选项"
_MOST = 300  # combinations of choices that are tried


def check(rule: Rule) -> Iterator[Diagnostic]:
    """Steps of a sum and whole measures that nothing reaches."""
    measure = rule.measure
    holds = [line.holds for line in rule.conditions if line.holds is not None]
    if not _reachable(rule.graph, holds, rule.graph.true()):
        yield diagnostic("L009", measure.place, measure=measure.id)
        return
    steps = {line.given for line in rule.lines if line.given is not None and rule.graph[line.given].op != CONST}
    for line in rule.lines:
        # What happens within a step (a cap that bites) is no step of its own.
        if line.given in steps and not steps & set(rule.graph[line.given].args) and not _reachable(rule.graph, holds, line.given):
            yield diagnostic("L002", measure.place, measure=measure.id, step=line_text(line))


def _reachable(graph: Graph, conditions: list[int], given: int) -> bool:
    """Whether the conditions and `given` can hold together, as far as the pair program can tell."""
    together = graph.all([*conditions, given])
    program = pair_program(graph, {"all": together, "given": given}, [*conditions, given], ("given",))
    ends = choice_ends(graph)
    return any(_holds(program, dict(zip(ends, labels, strict=True))) for labels in islice(product(*ends.values()), _MOST))


def choice_ends(graph: Graph) -> dict[Input, range]:
    """The inputs that are one of several labels, with their positions."""
    nodes = [(graph.read(n), node) for n, node in enumerate(graph.nodes) if node.op == INPUT]
    return {read: range(node.least, node.greatest + 1) for read, node in nodes if node.dimension == CHOICE}


def _holds(program: Program, labels: dict[Input, int]) -> bool:
    values: dict[End, int] = {}
    for number, end in program.inputs():
        op = program.ops[number]
        whole = {"low": op.least, "high": op.greatest, "open": 0}
        values[end] = labels[end.read] if end.read in labels and end.end in ("low", "high") else whole[end.end]
    made = pieces(program, values, set(), 0, 0)
    return all(made[name][0][1].at(0) for name in ("all.high", "given.high", "possible"))
