"""Which inputs can still move a value: the support of what is undecided, not of what is written."""

from __future__ import annotations

from collections.abc import Mapping

from huiqi.rules import graph as g
from huiqi.rules.graph import Graph


def conjuncts(graph: Graph, node: int) -> list[int]:
    """The conditions that must all hold for a condition to hold: any one of them ends it."""
    if graph[node].op != g.AND:
        return [node]
    return [one for a in graph[node].args for one in conjuncts(graph, a)]


def support(graph: Graph, roots: list[int], ends: Mapping[int, tuple[int, int]]) -> list[int]:
    """The input nodes that the roots still hang on, in order. `ends` holds both ends of every node below the roots.

    A node whose ends are equal hangs on nothing; of a choice only the branches that can still be reached count.
    """
    found: set[int] = set()
    seen: set[int] = set()
    todo = list(roots)
    while todo:
        number = todo.pop()
        if number in seen or ends[number][0] == ends[number][1]:
            continue
        seen.add(number)
        node = graph[number]
        if node.op == g.INPUT:
            found.add(number)
        elif node.op == g.CASE:
            todo += _branches(node.args, ends)
        else:
            todo += node.args
    return sorted(found)


def _branches(args: tuple[int, ...], ends: Mapping[int, tuple[int, int]]) -> list[int]:
    """Conditions and values of the branches that can be reached."""
    reached: list[int] = []
    for condition, value in zip(args[:-1:2], args[1:-1:2], strict=True):
        low, high = ends[condition]
        if high:
            reached += (condition, value)
        if low:
            return reached
    return [*reached, args[-1]]
