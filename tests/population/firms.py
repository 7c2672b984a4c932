"""Random applicants that sit on the edges: values at, just under and just over every constant a rule compares with."""

from __future__ import annotations

import datetime
import random

from huiqi.evaluate.applicant import Aid, Applicant, Record, Subject, Values
from huiqi.evaluate.engine import Engine
from huiqi.language.diagnostics import Place
from huiqi.packs.vocabulary import Fact, Vocabulary
from huiqi.rules.graph import CONST, INPUT
from huiqi.rules.inputs import AwardedInput, FactInput, RecordInput

HERE = Place("random")


class Firms:
    """Makes applicants that matter to the computed rules of an engine: their kinds, facts, registers, subjects."""

    def __init__(self, engine: Engine, claim: int, seed: int):
        self.random = random.Random(seed)
        self.words: Vocabulary = engine.corpus.vocabulary
        self.claim = claim
        self.facts: set[str] = set()
        self.edges: dict[str, set[int]] = {}
        self.registers: set[str] = set()
        self.kinds = {c.rule.measure.subject for c in engine.compiled.values()} - {""}
        self.measures = sorted({m for c in engine.compiled.values() for read in c.nodes if isinstance(read, AwardedInput) for m in read.measures})
        for compiled in engine.compiled.values():
            self._learn(compiled)

    def _learn(self, compiled) -> None:  # type: ignore[no-untyped-def]
        rule = compiled.rule
        edges: dict[str, set[int]] = {}
        for node in rule.graph.nodes:
            if node.op == CONST and node.dimension not in ("?", "", "选项", "比率"):
                edges.setdefault(node.dimension, set()).add(node.least * 100 // node.scale if node.dimension == "元" else node.least // node.scale)
        for node in rule.graph.nodes:
            if node.op == INPUT and isinstance(node.data, FactInput):
                self.facts.add(node.data.fact)
                self.edges.setdefault(node.data.fact, set()).update(edges.get(node.dimension, ()))
            if node.op == INPUT and isinstance(node.data, RecordInput):
                self.registers.add(node.data.register)
        if rule.measure.accrues.mode == "recognition":
            self.registers.update(rule.measure.accrues.names)

    def one(self) -> Applicant:
        """One applicant; about one fact in six is missing, and any list may be partial or absent."""
        r = self.random
        firm = Applicant("企业" if r.random() < 0.95 else "机构", "随机", "", "", None)
        firm.facts = self._values(firm.kind)
        lines = 0
        for kind in sorted(self.kinds):
            for _ in range(r.choice((0, 0, 1, 1, 2, 3))):
                id_ = f"{kind}{len(firm.subjects)}"
                parent = ""
                if kind == "车型" and lines and r.random() < 0.6:
                    parent = r.choice([s.id for s in firm.subjects.values() if s.kind == "生产线"])
                firm.subjects[id_] = Subject(kind, id_, parent, self._values(kind), HERE)
            lines = sum(s.kind == "生产线" for s in firm.subjects.values())
        if lines:
            for s in firm.subjects.values():
                if s.kind == "车型" and not s.parent and r.random() < 0.5:
                    s.parent = r.choice([x.id for x in firm.subjects.values() if x.kind == "生产线"])
        firm.records = [record for name in sorted(self.registers) for record in self._records(name, firm)]
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
        firm.complete = {name for name in ("records", "aid", *sorted(self.kinds)) if r.random() < 0.6}
        return firm

    def _values(self, kind: str) -> Values:
        values: Values = {}
        for name in sorted(self.facts):
            fact = self.words.facts[name]
            if not self.words.applies(fact, kind):
                continue
            if fact.by == "year":
                values[name] = {y: self._value(fact) for y in (self.claim - 1, self.claim) if self.random.random() > 0.17}
            elif self.random.random() > 0.17:
                values[name] = self._value(fact)
        return values

    def _value(self, fact: Fact) -> int:
        r = self.random
        if fact.type == "bool":
            return int(r.random() < 0.8)
        if fact.type == "choice":
            return r.randrange(len(fact.values))
        if fact.type == "date":
            return datetime.date(self.claim - r.choice((0, 1, 1, 1, 2, 3, 3, 4, 5)), *r.choice(((1, 1), (2, 28), (6, 30), (12, 31)))).toordinal()
        edges = sorted(self.edges.get(fact.name, ())) or [1]
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
                last = "" if r.random() < 0.4 else (first + datetime.timedelta(days=r.choice((10, 300, 1095)))).isoformat()
                level = r.choice(("", *register.levels)) if r.random() < 0.3 else r.choice(register.levels or ("",))
                event = r.choice(("", *register.events))
                found.append(Record(name, event, level, owner, first.isoformat(), last))
        unique = {(x.of, x.first_day): x for x in found}
        return list(unique.values())
