"""Which inputs can still move a value: the support of what is undecided, not of what is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from huiqi.rules import graph as g
from huiqi.rules.graph import Graph
from huiqi.rules.inputs import Input
from huiqi.rules.pairs import needed, pair_program
from huiqi.rules.program import Program


def conjuncts(graph: Graph, node: int) -> list[int]:
    """The conditions that must all hold for a condition to hold: any one of them ends it."""
    if graph[node].op != g.AND:
        return [node]
    return [one for a in graph[node].args for one in conjuncts(graph, a)]


class Support:
    """The nodes at and below `roots`, in order, made ready to say what each still hangs on. A set of inputs is a number with a bit for each."""

    def __init__(self, graph: Graph, roots: list[int]):
        self._graph, self.nodes = graph, needed(graph, roots)
        self.at = {node: at for at, node in enumerate(self.nodes)}
        self._reads = [graph.read(n) for n in self.nodes if graph[n].op == g.INPUT]
        self._steps = [(graph[n].op, tuple(self.at[a] for a in graph[n].args)) for n in self.nodes]
        self._named: dict[int, list[Input]] = {0: []}

    @cached_property
    def program(self) -> Program:
        """The pair program of all nodes."""
        return pair_program(self._graph, {str(n): n for n in self.nodes})

    @property
    def outputs(self) -> list[str]:
        """The outputs of the program in the order `sets` takes their values: both ends of each node."""
        return [f"{n}.{end}" for n in self.nodes for end in ("low", "high")]

    def sets(self, ends: Sequence[int]) -> list[int]:
        """For each node the set of inputs that can still move it.

        A node whose ends are equal hangs on nothing; of a choice only the branches that can still be reached count.
        """
        found: list[int] = []
        bit = 1
        for (op, args), low, high in zip(self._steps, ends[::2], ends[1::2], strict=True):
            one = 0
            if op == g.INPUT:
                one, bit = bit, 2 * bit
            elif low != high:
                for a in _reached(args, ends) if op == g.CASE else args:
                    one |= found[a]
            found.append(one if low != high else 0)
        return found

    def inputs(self, set_: int) -> list[Input]:
        """The inputs of a set, in order."""
        named = self._named.get(set_)
        if named is None:
            named = self._named[set_] = [read for at, read in enumerate(self._reads) if set_ >> at & 1]
        return named


def _reached(args: tuple[int, ...], ends: Sequence[int]) -> list[int]:
    """Conditions and values of the branches that can be reached."""
    reached: list[int] = []
    for condition, value in zip(args[:-1:2], args[1:-1:2], strict=True):
        if ends[2 * condition + 1]:
            reached += (condition, value)
        if ends[2 * condition]:
            return reached
    return [*reached, args[-1]]
