"""Cases with several applicants: what they come to together under a limit that reaches across them.

Which of them gives way is for the layer that sees all applicants; that they exceed the limit, and by how much, is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_applicant
from huiqi.evaluate.results import ELIGIBLE, Result
from huiqi.language.diagnostics import Diagnostic, diagnostic
from huiqi.language.units import format_money
from huiqi.language.yamltree import Map, Node, Scalar
from huiqi.packs.model import Corpus, Limit
from huiqi.packs.read_limit import limit_in_force
from huiqi.workbench.cases import Case, number_of


def check_across(case: Case, corpus: Corpus) -> Iterator[Diagnostic]:
    """T012 where the applicants of a case come to something else under a limit, or the limit leaves something else, than the case says."""
    limits = {limit.id: limit for policy in corpus.policies.values() for clause in policy.clauses for limit in clause.limits}
    for across in case.across:
        limit = limit_in_force(limits[across.limit], corpus, dict(case.choices))
        money = "at_most" in limit.body.entries
        results = [(r, times) for r, times in _results(case, corpus, limit) if across.level in ("", r.record.level if r.record else "")]
        before = sum(times * ((r.amount or 0) if money else 1) for r, times in results)
        at_most = _stated(limit.body.entries.get("at_most", limit.body.entries.get("count")), across.level)
        for key, want, got in (("before", across.before, before), ("at_most", across.at_most, at_most)):
            if want != got:
                told = ["—" if x is None else format_money(x) if money else str(x) for x in (want, got)]
                yield diagnostic("T012", across.place, limit=across.limit, what=key, want=told[0], got=told[1])


def _results(case: Case, corpus: Corpus, limit: Limit) -> Iterator[tuple[Result, int]]:
    """The eligible results the limit is over, of each applicant with how many there are of its like."""
    wanted = {m for m, (_, clause, _) in corpus.measures.items() if m in limit.over or clause.id in limit.over}
    engine = Engine(replace(corpus, measures={m: corpus.measures[m] for m in corpus.measures if m in wanted}), dict(case.choices))
    for party in case.parties:
        for result in engine.results(read_applicant(party.firm, corpus), Question(case.on), with_reasons=False):
            if result.status == ELIGIBLE and result.measure.id in wanted and not result.received:
                yield result, party.times


def _stated(node: Node | None, level: str) -> int | None:
    """The number a limit prints, for a level where it prints several: money in 分, or a count."""
    if isinstance(node, Map):
        node = node.entries.get(level)
    return number_of(node.text) if isinstance(node, Scalar) else None
