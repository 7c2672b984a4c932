"""The rule inside an aggregate: a filter and a value about one subject, with a graph of its own."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from huiqi.rules.graph import Graph
from huiqi.rules.pairs import pair_program
from huiqi.rules.program import Program


class Inner(Struct, eq=False, dict=True):
    """`holds`: the filter; `value`: the number (≥ 0) that is summed or compared. Equal only to itself."""

    graph: Graph
    holds: int
    value: int

    @cached_property
    def pair(self) -> Program:
        return pair_program(self.graph, {"holds": self.holds, "value": self.value})

    @cached_property
    def inputs(self) -> list[int]:
        """The input nodes of filter and value."""
        return self.graph.inputs([self.holds, self.value])
