"""Mutation: every small way a pack could be wrong, and whether a hand-computed case would notice.

Only the measure that a mutant changes is lowered again, and only the cases that expect a result of it are run.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Container, Iterator
from copy import copy
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from huiqi.combine.report import undecided
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import Result
from huiqi.language.diagnostics import Findings, Problems
from huiqi.language.yamltree import Map, Node, read_yaml, want_map
from huiqi.packs.model import Clause, Corpus, Limit, Policy
from huiqi.packs.read_policy import read_clause, read_policy
from huiqi.packs.registry import ROOT
from huiqi.rules.measure import lower_measure
from huiqi.workbench.cases import Case, Expected
from huiqi.workbench.combination import check_combination
from huiqi.workbench.equivalent import load_equivalents, matched
from huiqi.workbench.mutants import DAYS, READING, Mutant, mutants
from huiqi.workbench.runner import Bench, Choices, differences, measures_of, with_deducted
from huiqi.workbench.tree import edited

KILLED, SURVIVED, REFUSED, PENDING, EQUIVALENT = "killed", "survived", "refused", "pending", "equivalent"
Told = dict[str, list[tuple[Case, tuple[Expected, ...]]]]


class Verdict(Struct, frozen=True):
    """What became of a mutant: noticed by a case, by nobody, refused by the checker, or waiting for the layer that enforces it."""

    mutant: Mutant
    outcome: str


class Report(Struct, frozen=True):
    """All verdicts on the mutants of one policy."""

    policy: str
    verdicts: tuple[Verdict, ...]

    def counts(self, operator: str = "") -> Counter[str]:
        """How many mutants came to which outcome."""
        return Counter(v.outcome for v in self.verdicts if operator in ("", v.mutant.operator))

    @property
    def share(self) -> float:
        """Killed out of killed and survived; refused, pending and equivalent ones count on neither side."""
        counts = self.counts()
        return counts[KILLED] / max(1, counts[KILLED] + counts[SURVIVED])

    def of(self, outcome: str) -> list[Mutant]:
        """The mutants with one outcome."""
        return [v.mutant for v in self.verdicts if v.outcome == outcome]


def mutate(bench: Bench, policy: str, cases: list[Case], root: Path = ROOT) -> Report:
    """Try every mutant of one policy on the cases. Raises `Problems` where the list of equivalent mutants is not as it should be."""
    folder = root / "hangzhou" / policy
    data = (folder / "policy.yaml").read_bytes()
    tree = want_map(read_yaml(data, str((folder / "policy.yaml").relative_to(root.parent))))
    trial = _Trial(bench, bench.corpus.policies[policy], tree, data, [c for c in cases if not c.pending])
    verdicts = [Verdict(m, trial.outcome(m)) for m in mutants(tree, policy, bench.corpus) if trial.applies(m)]
    alike = load_equivalents(folder / "equivalent.yaml", root)
    same = matched(alike, [v.mutant for v in verdicts if v.outcome == SURVIVED], len(verdicts))
    return Report(policy, tuple(Verdict(v.mutant, EQUIVALENT if v.mutant in same else v.outcome) for v in verdicts))


class _Trial:
    def __init__(self, bench: Bench, policy: Policy, root: Map, data: bytes, cases: list[Case]):
        self.bench, self.corpus, self.policy, self.root, self.data, self.cases = bench, bench.corpus, policy, root, data, cases
        self.told: Told = {}
        for case in cases:
            for measure in dict.fromkeys(e.measure for e in case.expected):
                self.told.setdefault(measure, []).append((case, tuple(e for e in case.expected if e.measure == measure)))
        own = [m for m, (p, _, x) in self.corpus.measures.items() if p.id == policy.id and x.computed]
        self.readings = {m: self._readings(m) for m in own}
        self.in_limits = {id_ for c in policy.clauses for limit in c.limits for id_ in limit.readings}

    def _readings(self, measure: str) -> set[str]:
        """The readings that a measure and those it deducts rest on."""
        return {r for m in with_deducted(measure, self.corpus) for r in lower_measure(self.corpus, *self.corpus.measures[m]).readings}

    def applies(self, mutant: Mutant) -> bool:
        """A reading no computed measure or limit rests on changes nothing that is computed; the lint names it."""
        return mutant.operator != READING or mutant.choices[0][0] in {self.policy.applies_reading, *self.in_limits}.union(*self.readings.values())

    def outcome(self, mutant: Mutant) -> str:
        try:
            if mutant.choices:
                return self._reading(mutant.choices)
            if mutant.operator == DAYS:
                noticed = self._days(mutant)
            elif mutant.limit:
                return self._limit(mutant)
            else:
                corpus, _ = self._changed(mutant)
                noticed = self._noticed(corpus, mutant.measure, ())
                if not noticed:
                    self._lowers(corpus, mutant.measure)
        except Problems:
            return REFUSED
        return KILLED if noticed else SURVIVED

    def _reading(self, switched: Choices) -> str:
        """A reading shows in the measures that rest on it, and in combinations where limits do; one of limits across applicants alone waits."""
        reading = switched[0][0]
        every = reading == self.policy.applies_reading
        measures = [m for m, used in self.readings.items() if every or reading in used]
        limits = [x for c in self.policy.clauses for x in c.limits if reading in x.readings]
        if any(self._noticed(self.corpus, m, switched) for m in measures) or self._combined(switched, limits):
            return KILLED
        return PENDING if limits and not measures and all(across_applicants(x, self.corpus) for x in limits) else SURVIVED

    def _changed(self, mutant: Mutant) -> tuple[Corpus, Clause]:
        """The corpus with the clause of the mutant read again."""
        assert mutant.clause is not None
        node: Node = self.root
        for keys, new in mutant.edits:
            node = edited(node, keys, new)
        findings = Findings()
        clause_node = want_map(node).entries["clauses"].items[mutant.clause]  # type: ignore[union-attr]
        clause = read_clause(want_map(clause_node), self.policy.id, self.corpus.vocabulary, findings)
        findings.stop()
        clauses = (*self.policy.clauses[: mutant.clause], clause, *self.policy.clauses[mutant.clause + 1 :])
        return _with_policy(self.corpus, replace(self.policy, clauses=clauses), {clause.id}), clause

    def _noticed(self, corpus: Corpus, measure: str, switched: Choices) -> bool:
        """Whether a case expects another result of the measure than the corpus gives."""
        needed = with_deducted(measure, corpus)
        small = _small(corpus, needed)
        used = self.readings[measure] | {id_ for id_, _ in switched}
        engines: dict[Choices, Engine] = {}
        for case, expected in self.told.get(measure, []):
            choices = tuple(sorted((dict(switched) | {k: v for k, v in case.choices if k in used}).items()))
            engine = engines.get(choices)
            if engine is None:
                engine = engines[choices] = Engine(small, dict(choices))
            results = engine.results(self.bench.applicant(case), Question(case.on, policies=case.policies), with_reasons=False)
            if any(differences(e, results) for e in expected):
                return True
        return False

    def _lowers(self, corpus: Corpus, measure: str) -> None:
        """What the checker does: lower the measure under every choice of its readings. Raises `Problems`."""
        lower_measure(corpus, *corpus.measures[measure])
        for id_ in self.readings[measure] & set(corpus.readings):
            for choice in corpus.readings[id_].choices:
                lower_measure(corpus, *corpus.measures[measure], {id_: choice})

    def _days(self, mutant: Mutant) -> bool:
        """Only cases on the days beside an end of the window, or any where benefit years change, can notice."""
        node: Node = self.root
        for keys, new in mutant.edits:
            node = edited(node, keys, new)
        findings = Findings()
        policy = read_policy(node, self.data, self.corpus.vocabulary, findings)
        findings.stop()
        corpus = _with_policy(self.corpus, policy, {c.id for c in policy.clauses})
        old, new_day = self.policy, policy
        ends = {(old.first_day, new_day.first_day), (old.last_day, new_day.last_day)}
        near = {day for a, b in ends if a != b for day in (a, b, *_beside(a), *_beside(b))}
        for case in self.cases:
            if case.policies == (self.policy.id,) and (not near or case.on in near):
                needed = measures_of(case, corpus)
                small = _small(corpus, needed)
                engine = Engine(small, dict(case.choices))
                results = engine.results(self.bench.applicant(case), Question(case.on, policies=case.policies), with_reasons=False)
                if any(differences(e, results) for e in case.expected):
                    return True
        return False

    def _limit(self, mutant: Mutant) -> str:
        """Limits show in combinations; what the combinations of one applicant cannot show of a limit over several waits for the population layer."""
        limit = next(x for c in self.policy.clauses for x in c.limits if x.id == mutant.limit)
        corpus, _ = self._changed(mutant)
        for case in self._combinations([limit]):
            engine = copy(self.bench.engine(measures_of(case, self.corpus), case.choices))
            engine.corpus = corpus  # only its limits differ: the rules it holds are the same
            if check_combination(case, self.bench.package_of(case, engine, self.bench.results(case))):
                return KILLED
        if len(undecided(corpus)) > len(undecided(self.corpus)):
            return REFUSED
        return PENDING if across_applicants(limit, self.corpus) or self._names_applicants(mutant.old) else SURVIVED

    def _names_applicants(self, key: str) -> bool:
        """Whether a key parts applicants: one applicant alone cannot tell that it is gone."""
        kind = self.corpus.vocabulary.kinds.get(key)
        return key in ("申报主体", "区县") or (kind is not None and kind.role == "applicant")

    def _combined(self, switched: Choices, limits: list[Limit]) -> bool:
        """Whether a combination under the limits changes where another reading is the default."""
        for case in self._combinations(limits):
            engine = Engine(_small(self.corpus, measures_of(case, self.corpus)), dict(switched) | dict(case.choices))
            results = engine.results(self.bench.applicant(case), Question(case.on, policies=case.policies), with_reasons=False)
            if check_combination(case, self.bench.package_of(case, engine, results)):
                return True
        return False

    def _combinations(self, limits: list[Limit]) -> list[Case]:
        """The cases with a combination in which one of the limits is over something that pays, or over a matter."""
        own = [c for c in self.cases if c.combination and (not c.policies or c.policies == (self.policy.id,))]
        return [c for c in own if any(_bears(limit, r) for limit in limits for r in self.bench.results(c))]


def _small(corpus: Corpus, measures: Container[str]) -> Corpus:
    return replace(corpus, measures={m: corpus.measures[m] for m in corpus.measures if m in measures})


def _bears(limit: Limit, result: Result) -> bool:
    return bool(result.amount) and (not limit.over or limit.names(result.measure.id))


def across_applicants(limit: Limit, corpus: Corpus) -> bool:
    """Whether a limit counts over several applicants: none of its keys is an applicant or something of one."""
    return not any(per in corpus.vocabulary.kinds or per == "申报主体" for per in limit.per)


def _with_policy(corpus: Corpus, policy: Policy, clauses: set[str]) -> Corpus:
    """The corpus with another version of one policy, whose clauses named differ."""
    changed = {m.id: (policy, c, m) for c in policy.clauses if c.id in clauses for m in c.measures}
    measures = {m: changed.get(m, (policy, entry[1], entry[2]) if entry[0].id == policy.id else entry) for m, entry in corpus.measures.items()}
    readings = {r.id: r for c in policy.clauses for r in c.readings}
    return replace(corpus, policies=corpus.policies | {policy.id: policy}, measures=measures, readings=corpus.readings | readings)


def _beside(day: str) -> Iterator[str]:
    if day:
        for days in (1, -1):
            yield (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()
