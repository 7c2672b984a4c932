"""Random applicants that sit on the edges: values at, just under and just over every constant a rule compares with."""

from __future__ import annotations

import datetime
import random
from collections.abc import Collection
from typing import cast

from huiqi.evaluate.applicant import EARLIER, Aid, Applicant, Record, Subject, Values
from huiqi.evaluate.classes import class_ends
from huiqi.evaluate.engine import Engine
from huiqi.language.diagnostics import Place
from huiqi.packs.vocabulary import Fact, Vocabulary
from huiqi.rules.graph import CONST, INPUT, Graph
from huiqi.rules.inner import Inner
from huiqi.rules.inputs import AggregateInput, AwardedInput, ClassInput, FactInput, FirstInput, HistoryInput, RecordInput, SeriesInput, SpanInput

HERE = Place("random")
SCALES = {"元": 100, "比率": 1_000_000, "公斤": 1000, "平方米": 100}


class Firms:
    """Makes applicants that matter to the computed rules of an engine: their kinds, facts, registers, subjects."""

    def __init__(self, engine: Engine, claim: int, seed: int, one_a_day: bool = True, measures: Collection[str] = ()):
        self.random = random.Random(seed)
        self.words: Vocabulary = engine.corpus.vocabulary
        self.sizes = engine.corpus.sizes
        self.claim = claim
        self.one_a_day = one_a_day  # recognitions of one holder never share a day
        self.facts: set[str] = set()
        self.edges: dict[str, set[int]] = {}
        self.registers: set[str] = set()
        rules = [c for id_, c in engine.compiled.items() if not measures or id_ in measures]
        self.kinds = {c.rule.measure.subject for c in rules} - {""}
        self.applicants = sorted({kind for c in rules for kind in c.rule.measure.applicant})
        self.measures = sorted({m for c in rules for read in c.nodes if isinstance(read, AwardedInput) for m in read.measures})
        self._sorted: dict[str, list[int]] = {}
        self._by_kind: dict[str, list[Fact]] = {}
        self.years = (EARLIER, *range(claim - 4, claim + 1))
        for compiled in rules:
            self._learn(compiled.rule.graph)
            accrual = compiled.rule.measure.accrues
            if accrual.mode == "recognition":
                self.registers.update(accrual.names)
            elif accrual.mode == "stage":
                self.facts.update(set(accrual.names) & set(self.words.facts))

    def _learn(self, graph: Graph) -> None:
        """Facts, their edges, registers and kinds a graph reads, with the graphs inside its aggregates."""
        edges: dict[str, set[int]] = {}
        for node in graph.nodes:
            if node.op == CONST and node.dimension not in ("?", "", "选项", "年"):
                edges.setdefault(node.dimension, set()).add(node.least * SCALES.get(node.dimension, 1) // node.scale)
        for node in graph.nodes:
            read = node.data if node.op == INPUT else None
            match read:
                case FactInput(fact) | HistoryInput(fact):
                    self.facts.add(fact)
                    self.edges.setdefault(fact, set()).update(edges.get(node.dimension, ()))
                case SeriesInput(_, _, day_fact, _, term_fact):
                    self.facts.update({day_fact, term_fact} - {""})
                case ClassInput(series, fact):
                    sizes = self.sizes[series]
                    self.facts.update((fact, sizes.by, *sizes.facts))
                    for rows in sizes.bounds.values():
                        for name, least in ((n, v) for row in rows.values() for n, v in row.items()):
                            self.edges.setdefault(name, set()).add(least)
                case RecordInput(register) | FirstInput(register):
                    self.registers.add(register)
                case SpanInput(fact, _, day_fact):
                    self.facts.update((fact, day_fact))
                    self.edges.setdefault(fact, set()).update(edges.get(node.dimension, ()))
                case AggregateInput(kind=kind, inner=inner):
                    self.kinds.add(kind)
                    self._learn(cast(Inner, inner).graph)

    def one(self) -> Applicant:
        """One applicant; about one fact in six is missing, and any list may be partial or absent."""
        r = self.random
        firm = Applicant("企业" if r.random() < 0.8 else r.choice(self.applicants), "随机", "", "", None)
        firm.facts = self._values(firm.kind)
        for kind in self._outer_first():
            for _ in range(r.choice((0, 0, 0, 1, 1, 2))):
                parents = self._parents(kind, firm)
                if parents:
                    id_ = f"{kind}{len(firm.subjects)}"
                    firm.subjects[id_] = Subject(kind, id_, r.choice(parents), self._values(kind), HERE)
        records = [record for name in sorted(self.registers) for record in self._records(name, firm)]
        firm.records = list({(x.of, x.first_day): x for x in records}.values()) if self.one_a_day else records
        for _ in range(r.choice((0, 0, 1, 2))):
            subject = r.choice(["", *firm.subjects])
            firm.aid.append(
                Aid(
                    r.choice(self.measures),
                    "",
                    "市",
                    subject,
                    r.choice((str(self.claim - 1), str(self.claim), "done")),
                    r.choice((1, 8000_0000, 500_0000_00, 1200_0000_00)),
                )
            )
        firm.complete = {name for name in ("records", "aid", *self._outer_first()) if r.random() < 0.6}
        firm.complete |= {name for name in sorted(self.registers) if r.random() < 0.15}
        return firm

    def _outer_first(self) -> list[str]:
        """Kinds of subject, what others belong to first."""
        wanted = set(self.kinds)
        for kind in list(wanted):
            wanted |= {p for p in self.words.kinds[kind].of if self.words.kinds[p].role == "subject"}
        return sorted(wanted, key=lambda k: (sum(p in wanted for p in self.words.kinds[k].of), k))

    def _parents(self, kind: str, firm: Applicant) -> list[str]:
        """Ids a new subject can belong to ('' = the firm)."""
        of = set(self.words.kinds[kind].of)
        found = [""] if any(self.words.kinds[k].role == "applicant" for k in of) else []
        return found + [s.id for s in firm.subjects.values() if of & set(self.words.family(s.kind))]

    def _values(self, kind: str) -> Values:
        values: Values = {}
        for fact in self._facts_of(kind):
            name = fact.name
            if fact.series:
                continue
            if fact.by == "year":
                values[name] = {y: self._value(fact) for y in self.years if self.random.random() > 0.12}
            elif self.random.random() > 0.17:
                values[name] = self._value(fact)
        return values | {fact.name: found for fact in self._facts_of(kind) if fact.series and (found := self._classes(values, fact))}

    def _classes(self, values: Values, fact: Fact) -> dict[int, int]:
        """A class for some years that nothing else given rules out: not the industry, the figures, nor what `earlier` says of the years before them."""
        sizes, found = self.sizes[fact.series], {}
        industry = self._value(self.words.facts[sizes.by])
        figures = [given for name in sizes.facts if isinstance(given := values.get(name), dict) and EARLIER in given]
        since = max((min((y for y in given if y != EARLIER), default=self.claim) for given in figures), default=1)
        for year in (y for y in self.years if y >= since and self.random.random() < 0.4):
            low, high = class_ends({sizes.by: industry} | values, sizes, year, self.words)
            found[year] = self.random.randint(low, high)
        return found

    def _facts_of(self, kind: str) -> list[Fact]:
        found = self._by_kind.get(kind)
        if found is None:
            facts = [self.words.facts[name] for name in sorted(self.facts)]
            found = self._by_kind[kind] = [fact for fact in facts if self.words.applies(fact, kind)]
        return found

    def _value(self, fact: Fact) -> int:
        r = self.random
        if fact.type == "bool":
            return int(r.random() < 0.8)
        if fact.type == "choice":
            return r.randrange(len(fact.values)) if r.random() < 0.5 else 0
        if fact.type == "rate":
            rate = r.choice((0, 9999, 10_000, 10_001, 31_000, 33_500, 34_500, 34_501, 42_000, 54_500, 1_000_000, r.randrange(1_000_000)))
            return min(max(rate, fact.least), fact.greatest)
        if fact.type == "date":
            return datetime.date(self.claim - r.choice((0, 1, 1, 1, 2, 3, 3, 4, 5)), *r.choice(((1, 1), (2, 28), (6, 30), (12, 31)))).toordinal()
        edges = self._sorted.get(fact.name) or self._sorted.setdefault(fact.name, sorted(self.edges.get(fact.name, ())) or [1])
        pick = r.random()
        if pick < 0.35:
            value = r.choice(edges) + r.choice((-1, 0, 1))
        elif pick < 0.5:
            value = r.choice(edges) + r.choice(edges)
        elif pick < 0.55:
            value = r.choice((fact.least, fact.greatest))
        else:
            value = int(r.choice(edges) * r.random() * 10)
        return min(max(value, fact.least), fact.greatest)

    def _records(self, name: str, firm: Applicant) -> list[Record]:
        r = self.random
        register = self.words.registers[name]
        owners = [""] if self.words.applies(register, firm.kind) else [s.id for s in firm.subjects.values() if self.words.applies(register, s.kind)]
        found = []
        for owner in owners:
            for _ in range(r.choice((0, 1, 1, 1, 2)) if r.random() < 0.9 else 0):
                first = datetime.date(self.claim - r.choice((-1, 0, 0, 0, 1, 2)), r.randint(1, 12), r.randint(1, 28))
                first = first if self.one_a_day or r.random() < 0.7 else datetime.date(self.claim, 6, 15)
                last = "" if r.random() < 0.4 else (first + datetime.timedelta(days=r.choice((10, 300, 1095)))).isoformat()
                level = r.choice(("", *register.levels)) if r.random() < 0.3 else r.choice(register.levels or ("",))
                event = r.choice(("", *register.events))
                found.append(Record(name, event, level, owner, first.isoformat(), last))
        unique = {(x.of, x.first_day) if self.one_a_day else x: x for x in found}
        return list(unique.values())
