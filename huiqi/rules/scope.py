"""Where a rule stands: which facts, registers and readings it can name."""

from __future__ import annotations

from msgspec import Struct

from huiqi.language.diagnostics import Place, did_you_mean, problem
from huiqi.language.yamltree import Map, Node, want_text
from huiqi.packs.model import Clause, Corpus, Measure, Policy
from huiqi.packs.vocabulary import Fact, Register


class Scope(Struct):
    """The surroundings of one measure while it is lowered. `choices` holds the readings asked for by the user."""

    corpus: Corpus
    policy: Policy
    clause: Clause
    measure: Measure
    choices: dict[str, str] = {}
    used_readings: dict[str, str] = {}
    bound: tuple[Register, ...] = ()

    def fact(self, name: str, place: Place) -> tuple[Fact, str]:
        """The fact and the kind it is read from ('' = the applicant). Raises X003, X007, X013."""
        facts = self.corpus.vocabulary.facts
        if name.startswith("上年"):
            raise problem("X007", place)
        fact = facts.get(name)
        if fact is None:
            raise problem("X003", place, name=name, **did_you_mean(name, facts))
        return fact, self._owner(fact, name, place)

    def register(self, name: str, place: Place) -> tuple[Register, str]:
        """The register and the kind whose records are asked. Raises X008, X013."""
        registers = self.corpus.vocabulary.registers
        register = registers.get(name)
        if register is None:
            raise problem("X008", place, name=name, **did_you_mean(name, registers))
        return register, self._owner(register, name, place)

    def _owner(self, entry: Fact | Register, name: str, place: Place) -> str:
        vocabulary = self.corpus.vocabulary
        for kind in self._line():
            if vocabulary.applies(entry, kind):
                return kind
        if any(vocabulary.applies(entry, kind) for kind in self.measure.applicant):
            return ""
        raise problem("X013", place, name=name, kind=list(entry.of))

    def _line(self) -> list[str]:
        """The subject's kind and the subject kinds above it, nearest first."""
        kinds = self.corpus.vocabulary.kinds
        line: list[str] = []
        todo = [self.measure.subject] if self.measure.subject else []
        while todo:
            kind = todo.pop(0)
            if kind in kinds and kind not in line and kinds[kind].role == "subject":
                line.append(kind)
                todo.extend(kinds[kind].of)
        return line

    def chosen(self, node: Node) -> Node:
        """The node itself, or, where it is written as a reading, what the choice in force says. Readings can nest."""
        while isinstance(node, Map) and "reading" in node.entries:
            named = want_text(node.entries["reading"])
            choice = self.reading(named.text, named.place)
            if choice not in node.entries:
                raise problem("P001", node.place, key=choice)
            node = node.entries[choice]
        return node

    def reading(self, id_: str, place: Place) -> str:
        """The choice in force for a reading named within this clause or in full. Raises P007, P015."""
        full = id_ if "/" in id_ else f"{self.clause.id}.{id_}"
        reading = self.corpus.readings.get(full)
        if reading is None:
            raise problem("P007", place, id=full, what="reading", **did_you_mean(full, self.corpus.readings))
        choice = self.choices.get(full, reading.taken)
        if choice not in reading.choices:
            raise problem("P015", place, id=full, choice=choice, values=list(reading.choices))
        self.used_readings[full] = choice
        return choice

    def measure_id(self, ref: str, place: Place) -> str:
        """A measure named inside an expression, as its full id. Raises P007."""
        full = ref if "/" in ref else f"{self.policy.id}/{ref}"
        if full not in self.corpus.measures:
            raise problem("P007", place, id=full, what="measure", **did_you_mean(full, self.corpus.measures))
        return full
