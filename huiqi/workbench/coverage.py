"""What the cases of a pack reach: clauses, measures, conditions both ways, rows and other steps of a sum, readings, limits.

A condition or step is known by its sentence, so that it is one under every reading. Only results a case expects count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from huiqi.combine.package import Package
from huiqi.evaluate.applicant import Aid
from huiqi.evaluate.results import ELIGIBLE, Result
from huiqi.packs.model import Corpus
from huiqi.rules.graph import CONST
from huiqi.rules.measure import Rule, lower_measure
from huiqi.rules.words import Either, Line, Shown, Words, YearOf
from huiqi.workbench.cases import Case
from huiqi.workbench.runner import Bench, matching

CLAUSE, MEASURE, CONDITION, STEP, READING, LIMIT = "clause", "measure", "condition", "step", "reading", "limit"
Point = tuple[str, str, str]  # kind, id of the clause, measure, reading or limit, and what of it


class Coverage(Struct):
    """The points of one policy that should be reached, and those that are; `pending` ones wait for another layer and have a case that does too."""

    policy: str
    wanted: dict[Point, None] = {}
    reached: set[Point] = set()
    pending: set[Point] = set()

    def count(self, kind: str) -> tuple[int, int]:
        """Points reached (or pending with a case) and wanted of one kind."""
        wanted = [p for p in self.wanted if p[0] == kind]
        return sum(p in self.reached or p in self.pending for p in wanted), len(wanted)

    def holes(self) -> list[Point]:
        """What no case reaches."""
        return [p for p in self.wanted if p not in self.reached and p not in self.pending]


def cover(bench: Bench, cases: list[Case]) -> dict[str, Coverage]:
    """The coverage of every policy with cases."""
    found = {policy: Coverage(policy) for case in cases for policy in case.policies}
    for policy, coverage in found.items():
        coverage.wanted = dict.fromkeys(_wanted(bench.corpus, policy))
    for case in cases:
        if case.pending:
            for coverage in found.values():
                coverage.pending |= {p for p in coverage.wanted if p[0] == LIMIT and p[1] in case.limits}
            continue
        results = bench.results(case)
        for expected in case.expected:
            for result in matching(expected, results):
                if result.policy.id in found:
                    found[result.policy.id].reached |= _reached(bench, case, result)
        if case.combination:
            limits = _limits_bound(bench.package(case), bench.applicant(case).aid, bench.corpus)
            for coverage in found.values():
                coverage.reached |= {p for p in coverage.wanted if p[0] == LIMIT and p[1] in limits}
    for coverage in found.values():
        _clauses(bench.corpus, coverage)
    return found


def _wanted(corpus: Corpus, policy: str) -> Iterator[Point]:
    for clause in corpus.policies[policy].clauses:
        computed = [m for m in clause.measures if m.computed]
        if computed:
            yield CLAUSE, clause.id, "符合的结果"
        for measure in computed:
            yield MEASURE, measure.id, "符合"
            yield MEASURE, measure.id, "不符合"
            entry = corpus.measures[measure.id]
            rule = lower_measure(corpus, *entry)
            yield from _points(rule)
            for id_ in rule.readings:
                for choice in corpus.readings[id_].choices:
                    yield READING, id_, f"{choice}（{measure.id}）"
                    yield from _points(lower_measure(corpus, *entry, {id_: choice}))
        for limit in clause.limits:
            named = [m for m in corpus.measures if limit.names(m)]
            if not named or any(corpus.measures[m][2].computed for m in named):
                yield LIMIT, limit.id, "起作用"


def _points(rule: Rule) -> Iterator[Point]:
    for line in rule.conditions:
        if line.holds is not None and rule.graph[line.holds].op != CONST:
            yield CONDITION, rule.measure.id, f"{line_text(line)}：成立"
            yield CONDITION, rule.measure.id, f"{line_text(line)}：不成立"
    for line in rule.lines:
        if line.given is not None and rule.graph[line.given].op != CONST:
            yield STEP, rule.measure.id, line_text(line)


def _reached(bench: Bench, case: Case, result: Result) -> set[Point]:
    measure = result.measure.id
    found = {(MEASURE, measure, "符合" if result.status == ELIGIBLE else "不符合")} if result.status != "unknown" else set()
    found |= {(READING, id_, f"{choice}（{measure}）") for id_, choice in result.readings.items()}
    if not result.trace:
        return found
    rule = bench.rule(case, measure)
    for line in rule.conditions:
        if line.holds is not None:
            low, high = result.trace[f"{line.holds}.low"], result.trace[f"{line.holds}.high"]
            if low or not high:
                found.add((CONDITION, measure, f"{line_text(line)}：{'成立' if low else '不成立'}"))
    if result.status == ELIGIBLE:
        found |= {(STEP, measure, line_text(line)) for line in rule.lines if line.given is not None and result.trace[f"{line.given}.low"]}
    return found


def _limits_bound(package: Package, aid: Iterable[Aid], corpus: Corpus) -> set[str]:
    """The limits that changed a combination, or by which a measure of it is paid beside another one, or beside what was received."""
    bound = {bound.limit for bound in package.bounds if bound.applied} | {dropped.rule for dropped in package.dropped}
    chosen = {r.measure.id for r in package.chosen}
    received = {a.measure for a in aid}
    limits = (x for p in corpus.policies.values() for c in p.clauses for x in c.limits if "together" in x.body.entries)
    return bound | {x.id for x in limits if any(map(x.names, chosen)) and sum(map(x.names, chosen | received)) > 1}


def _clauses(corpus: Corpus, coverage: Coverage) -> None:
    """A clause is reached when every computed measure of it has an eligible case."""
    for clause in corpus.policies[coverage.policy].clauses:
        if all((MEASURE, m.id, "符合") in coverage.reached for m in clause.measures if m.computed):
            coverage.reached.add((CLAUSE, clause.id, "符合的结果"))


def line_text(line: Line) -> str:
    """A sentence with its blanks left open."""
    return _text(line.words)


def _text(words: Words) -> str:
    parts = []
    for part in words:
        match part:
            case str():
                parts.append(part)
            case YearOf(back):
                parts.append(f"t-{back}" if back else "t")
            case Shown():
                parts.append("…")
            case Either():
                parts.append(_text(part.open))
    return " ".join("".join(parts).split())
