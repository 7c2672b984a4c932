"""Rules with their functions, lowered and compiled when they are first needed, and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from huiqi.evaluate.compiler import Run, compile_program
from huiqi.evaluate.instances import Instance
from huiqi.evaluate.known import Known
from huiqi.evaluate.resolve import READERS, Resolver
from huiqi.packs.model import Corpus
from huiqi.rules.graph import INPUT
from huiqi.rules.measure import Rule, lower_measure


class Ends(NamedTuple):
    """What a rule can still come to where it can pay at all; money in 分, `open` when nothing limits its high end."""

    must: bool
    low: int
    high: int
    open: bool
    up_to: bool
    least: int


_ENDS = ("eligible.low", "amount.low", "amount.high", "amount.open", "up_to.high", "least.low")


class Compiled:
    """One rule: its inputs in order, and its programs as functions of what is known of them."""

    def __init__(self, rule: Rule):
        self.rule = rule
        self.nodes = {rule.graph.read(n): node for n, node in enumerate(rule.graph.nodes) if node.op == INPUT}
        self.inputs = [(READERS[type(read)], read, node) for read, node in self.nodes.items()]
        self.reads = list(self.nodes)
        self.citation = rule.policy.cite(rule.clause)
        self.limits = tuple(x.id for x in rule.clause.limits if x.names(rule.measure.id))
        self.readings = dict(sorted(rule.readings.items()))
        # A result whose amount is nothing has the kind its measure would have.
        self.kind = "none" if not rule.measure.pays else "up_to" if rule.graph[rule.up_to].least == 1 else "exact"

    def known(self, resolver: Resolver, instance: Instance) -> list[Known]:
        """What is known of each input for one instance."""
        measure = self.rule.measure.id
        return [read_it(resolver, read, node, instance, measure) for read_it, read, node in self.inputs]

    def ends(self, known: list[Known]) -> Ends | None:
        """The ends of the result, or None where no completion of the facts makes it eligible."""
        values = self._pair(known)
        return None if values is None else Ends(*values)  # type: ignore[arg-type]

    def amount(self, known: list[Known]) -> int:
        """The amount where every input is usable."""
        values = self._exact(known)
        assert values is not None  # nothing guards it
        return values[0]

    def trace(self, known: list[Known]) -> dict[str, int]:
        """Both ends of everything the reasons show, by `node.low` and `node.high`."""
        values = self._trace(known)
        assert values is not None
        return dict(zip(self.rule.trace.outputs, values, strict=True))

    @cached_property
    def _pair(self) -> Run:
        return compile_program(self.rule.pair, self.reads, _ENDS, ("eligible.high", "possible"))

    @cached_property
    def _exact(self) -> Run:
        return compile_program(self.rule.exact, self.reads, ("amount",))

    @cached_property
    def _trace(self) -> Run:
        return compile_program(self.rule.trace, self.reads, list(self.rule.trace.outputs))


class Rules(Mapping[str, Compiled]):
    """The computed measures of a corpus by id, in the order of the documents. Asking for one raises `Problems` where it does not lower."""

    def __init__(self, corpus: Corpus, choices: dict[str, str]):
        self._corpus, self._choices = corpus, choices
        self._entries = {measure.id: (policy, clause, measure) for policy, clause, measure in corpus.computed()}
        self._made: dict[str, Compiled] = {}

    def __getitem__(self, measure: str) -> Compiled:
        found = self._made.get(measure)
        if found is None:
            found = self._made[measure] = Compiled(lower_measure(self._corpus, *self._entries[measure], self._choices))
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
