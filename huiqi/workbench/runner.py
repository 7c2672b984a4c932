"""Runs cases and says where a result is not what was worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from huiqi.combine.package import Package, best_package
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import NOT_IN_FORCE, Reason, Result
from huiqi.language.diagnostics import Diagnostic, diagnostic
from huiqi.language.units import format_money
from huiqi.packs.model import Corpus
from huiqi.rules.measure import Rule, deducted
from huiqi.workbench.across import check_across
from huiqi.workbench.cases import Case, Expected
from huiqi.workbench.combination import check_combination

Choices = tuple[tuple[str, str], ...]


class Fault(Struct, frozen=True):
    """A case that does not come out: what is wrong and where it is asked, the sum of the case, the reasons of the result found."""

    case: str
    finding: Diagnostic
    sum: str = ""
    reasons: tuple[Reason, ...] = ()


class Bench(Struct):
    """A corpus with its engines: one for each set of measures and of readings, made when it is first asked for, and the firms of the cases."""

    corpus: Corpus
    _engines: dict[tuple[frozenset[str], Choices], Engine] = {}
    _firms: dict[int, Applicant] = {}  # by the identity of the case, which the caller keeps
    _results: dict[int, list[Result]] = {}
    _packages: dict[int, Package] = {}

    def engine(self, measures: frozenset[str], choices: Choices) -> Engine:
        """An engine of some measures under `choices`."""
        found = self._engines.get((measures, choices))
        if found is None:
            found = self._engines[measures, choices] = Engine(only(self.corpus, measures), dict(choices))
        return found

    def applicant(self, case: Case) -> Applicant:
        """The firm of a case, read once."""
        found = self._firms.get(id(case))
        if found is None:
            found = self._firms[id(case)] = case.applicant(self.corpus)
        return found

    def results(self, case: Case) -> list[Result]:
        """What the engine gives, with reasons, for the measures a case is about: those it names, or all of its policies for a combination."""
        found = self._results.get(id(case))
        if found is None:
            engine = self.engine(measures_of(case, self.corpus), case.choices)
            found = self._results[id(case)] = engine.results(self.applicant(case), Question(case.on, policies=case.policies))
        return found

    def rule(self, case: Case, measure: str) -> Rule:
        """The lowered rule a case ran."""
        return self.engine(measures_of(case, self.corpus), case.choices).compiled[measure].rule

    def package(self, case: Case) -> Package:
        """The best combination of the results of a case."""
        found = self._packages.get(id(case))
        if found is None:
            engine = self.engine(measures_of(case, self.corpus), case.choices)
            found = self._packages[id(case)] = self.package_of(case, engine, self.results(case))
        return found

    def package_of(self, case: Case, engine: Engine, results: list[Result]) -> Package:
        """The best combination of results under the limits of another engine's corpus."""
        return best_package(engine, self.applicant(case), Question(case.on, policies=case.policies), results)


def only(corpus: Corpus, measures: frozenset[str]) -> Corpus:
    """The corpus with some of its measures."""
    return replace(corpus, measures={m: entry for m, entry in corpus.measures.items() if m in measures})


def measures_of(case: Case, corpus: Corpus) -> frozenset[str]:
    """The measures a case needs: those it names with those they deduct, or all of its policies for a combination."""
    if case.combination:
        return frozenset(m for m, entry in corpus.measures.items() if not case.policies or entry[0].id in case.policies)
    return frozenset(m for e in case.expected for m in with_deducted(e.measure, corpus))


def with_deducted(measure: str, corpus: Corpus) -> set[str]:
    """A measure and every measure whose money it deducts, under any reading."""
    found: set[str] = set()
    todo = [measure]
    while todo:
        here = todo.pop()
        if here in corpus.measures and here not in found:
            found.add(here)
            policy, _, body = corpus.measures[here]
            todo += deducted(policy, body)
    return found


def run(bench: Bench, cases: Iterable[Case]) -> list[Fault]:
    """Every fault of the cases; of those that wait for another layer only what several applicants come to under a limit.

    Raises `Problems` where a case cannot be read.
    """
    faults: list[Fault] = []
    for case in cases:
        if case.pending:
            faults += [Fault(case.name, finding) for finding in check_across(case, bench.corpus)]
            continue
        results = bench.results(case)
        for e in case.expected:
            reasons = tuple(r for x in matching(e, results) for r in x.reasons)
            faults += [Fault(case.name, finding, e.sum, reasons) for finding in differences(e, results)]
        if case.combination:
            faults += [Fault(case.name, finding) for finding in check_combination(case, bench.package(case))]
    return faults


def matching(expected: Expected, results: list[Result]) -> list[Result]:
    """The results an expectation is about; where two recognitions share a key, the last stands for both."""
    return list({r.key: r for r in results if _is_about(expected, r)}.values())


def _is_about(expected: Expected, result: Result) -> bool:
    """A measure that is not in force has one result, which stands for every subject and period."""
    if result.measure.id != expected.measure or result.status == NOT_IN_FORCE:
        return result.measure.id == expected.measure
    return (result.subject or "") == expected.subject and expected.period in ("", result.period)


def differences(expected: Expected, results: list[Result]) -> list[Diagnostic]:
    """Where the results differ from one expectation."""
    found = matching(expected, results)
    if len(found) != 1:
        what = " ".join(x for x in (expected.measure, expected.subject, expected.period) if x)
        keys = "、".join(" ".join(x for x in r.key[1:] if x) for r in results if r.measure.id == expected.measure) or "—"
        return [diagnostic("T002", expected.place, what=what, count=len(found), values=keys)]
    result = found[0]
    has: dict[str, str | int | None] = {
        "status": result.status,
        "kind": result.amount_kind,
        "payee": result.measure.payee or "申报主体",
        "instrument": result.measure.instrument,
        "amount": result.amount,
        "low": result.low,
        "high": result.high,
    }
    return [
        diagnostic("T001", expected.places[key], measure=expected.measure, what=key, want=_told(want), got=_told(has[key]))
        for key, want in (expected.words | expected.money).items()
        if has[key] != want
    ]


def _told(value: str | int | None) -> str:
    return value if isinstance(value, str) else "none" if value is None else format_money(value)
