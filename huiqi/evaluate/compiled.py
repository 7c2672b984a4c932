"""Rules with their functions, lowered and compiled when they are first needed, and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from huiqi.evaluate.compiler import Run, compile_program
from huiqi.evaluate.instances import Instance
from huiqi.evaluate.known import Known
from huiqi.evaluate.reasons import Story, Told
from huiqi.evaluate.resolve import Resolver, bound, own
from huiqi.packs.model import Corpus
from huiqi.packs.vocabulary import Vocabulary
from huiqi.rules.graph import INPUT
from huiqi.rules.inputs import AwardedInput, Input
from huiqi.rules.measure import Rule, lower_measure
from huiqi.rules.support import Support


class Ends(NamedTuple):
    """What a rule can still come to where it can pay at all; money in 分, `open` when nothing limits its high end."""

    must: bool
    low: int
    high: int
    open: bool
    up_to: bool
    least: int


_ENDS = ("eligible.low", "amount.low", "amount.high", "amount.open", "up_to.high", "least.low")
_GUARDS = ("eligible.high", "possible")


class Compiled:
    """One rule: its inputs in order, and its programs as functions of what is known of them."""

    def __init__(self, rule: Rule, vocabulary: Vocabulary):
        self.rule = rule
        self.nodes = {rule.graph.read(n): node for n, node in enumerate(rule.graph.nodes) if node.op == INPUT}
        self._inputs = [bound(read, node, rule.measure.id) for read, node in self.nodes.items()]
        self._own = {read: fact for read, node in self.nodes.items() if (fact := own(read, node, vocabulary))}
        self._other_reads = [read for read in self.nodes if read not in self._own]
        self._others = [reader for read, reader in zip(self.nodes, self._inputs, strict=True) if read not in self._own]
        self.reads = list(self.nodes)
        self.source = (rule.policy, rule.clause, rule.measure)
        self.pays, self.in_range = rule.measure.pays, rule.least is not None
        self.deducts = any(isinstance(read, AwardedInput) for read in self.reads)
        self.citation = rule.policy.cite(rule.clause)
        self.limits = tuple(x.id for x in rule.clause.limits if x.names(rule.measure.id))
        window = {rule.policy.applies_reading: rule.policy.applies_by} if rule.policy.applies_by != "application" else {}
        accrual = {id_: choice for (id_, choice), made in rule.measure.accrues_by.items() if made == rule.measure.accrues}
        self.readings = dict(sorted((rule.readings | window | accrual).items()))
        # A result whose amount is nothing has the kind its measure would have.
        self.kind = "none" if not rule.measure.pays else "up_to" if rule.graph[rule.up_to].least == 1 else "exact"

    def known(self, resolver: Resolver, instance: Instance) -> list[Known]:
        """What is known of each input for one instance."""
        return [read(resolver, instance) for read in self._inputs]

    def ends(self, known: list[Known]) -> Ends | None:
        """The ends of the result, or None where no completion of the facts makes it eligible."""
        values = self._pair_of_known(known)
        return None if values is None else tuple.__new__(Ends, values)

    def others(self, resolver: Resolver, instance: Instance) -> list[Known]:
        """What is known of the inputs that are not facts of the applicant itself; those the programs read directly."""
        return [read(resolver, instance) for read in self._others] if self._others else []

    def ends_for(self, resolver: Resolver, others: list[Known]) -> Ends | None:
        """The same as `ends`, without the detour over what is known of each fact."""
        values = self._pair(others, resolver.facts, resolver.claim)
        return None if values is None else tuple.__new__(Ends, values)

    def told(self, resolver: Resolver, instance: Instance, others: list[Known]) -> Told:
        """What its sentences are filled from, for one instance."""
        values = self._trace(others, resolver.facts, resolver.claim)
        assert values is not None  # nothing guards it
        return Told(values, others, resolver, instance)

    def hangs_on(self, told: Told, roots: list[int]) -> list[list[Input]]:
        """For each of the nodes `roots` the inputs that can still move it, in order."""
        values = self._every(told.others, told.resolver.facts, told.resolver.claim)
        assert values is not None  # nothing guards it
        sets = self._support.sets(values)
        return [self._support.inputs(sets[self._support.at[root]]) for root in roots]

    @cached_property
    def story(self) -> Story:
        """Its sentences, made ready."""
        return Story(self.rule, self.citation)

    @cached_property
    def _pair(self) -> Run:
        return compile_program(self.rule.pair, self._other_reads, _ENDS, _GUARDS, self._own)

    @cached_property
    def _pair_of_known(self) -> Run:
        return compile_program(self.rule.pair, self.reads, _ENDS, _GUARDS)

    @cached_property
    def _trace(self) -> Run:
        return compile_program(self.rule.trace, self._other_reads, self.story.names, own=self._own)

    @cached_property
    def _support(self) -> Support:
        """What each node below the conditions and the amount hangs on."""
        return Support(self.rule.graph, [self.rule.eligible, self.rule.amount])

    @cached_property
    def _every(self) -> Run:
        return compile_program(self._support.program, self._other_reads, self._support.outputs, own=self._own)


class Rules(Mapping[str, Compiled]):
    """The computed measures of a corpus by id, in the order of the documents. Asking for one raises `Problems` where it does not lower."""

    def __init__(self, corpus: Corpus, choices: dict[str, str]):
        self._corpus, self._choices = corpus, choices
        self._entries = {measure.id: (policy, clause, measure) for policy, clause, measure in corpus.computed()}
        self._made: dict[str, Compiled] = {}

    def __getitem__(self, measure: str) -> Compiled:
        found = self._made.get(measure)
        if found is None:
            found = self._made[measure] = Compiled(lower_measure(self._corpus, *self._entries[measure], self._choices), self._corpus.vocabulary)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
