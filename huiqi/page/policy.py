"""What the page of a policy shows: in force, for whom, how much at most; then every clause with its rules, limits and references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from huiqi.evaluate.engine import Engine
from huiqi.packs.about import about, funding_line, linked
from huiqi.packs.evidence import evidence
from huiqi.packs.model import Clause, Corpus, Policy
from huiqi.packs.say import limit_reach, limit_words
from huiqi.page.ceilings import ceilings
from huiqi.page.views import policy_line
from huiqi.rules.say import award, conditions

SAID = ("applies_by", "earlier", "all_up_to", "lead", "overlap", "funding")  # notes shown as they are, besides number, days and repeals


class Reference(NamedTuple):
    """What a clause refers to: a policy on file with the clauses meant, or a `text` that is not on file."""

    policy: Policy | None
    clauses: tuple[Clause, ...]
    text: str


def policy_page(engine: Engine, policy: Policy, corpus: Corpus, on: str, lang: str) -> dict[str, object]:
    """One policy on one day; `rules` has, for each measure that is computed, its conditions and what it gives, in words.

    `said`: what the policy says of itself; `paid`: who pays what a clause parts off from the rest; `most`: what each measure comes to at most,
    `greatest`: the measure with the largest such sum, `best`: the largest of each clause, in 分.
    """
    rules = {
        m.id: (conditions(corpus, policy, clause, m, lang), award(corpus, policy, clause, m, lang))
        for clause in policy.clauses
        for m in clause.measures
        if m.computed
    }
    most = ceilings(engine, policy, on)
    sums = {id_: high for id_, high in most.items() if high}
    return {
        "policy": policy,
        "line": policy_line(policy, on),
        "applicants": [kind for kind, _ in Counter(kind for c in policy.clauses for m in c.measures for kind in m.applicant).most_common()],
        "most": most,
        "greatest": next(((c, m) for c in policy.clauses for m in c.measures if m.id == max(sums, key=sums.__getitem__)), None) if sums else None,
        "best": {c.id: max(sums.get(m.id, 0) for m in c.measures) for c in policy.clauses if c.measures},
        "rules": rules,
        "said": [note for note in about(corpus, policy) if note.key in SAID],
        "paid": {clause.id: [funding_line(rule, corpus) for rule in clause.funding] for clause in policy.clauses},
        "refs": partial(references, corpus),
        "evidence": {m.id: evidence(m, corpus.vocabulary) for c in policy.clauses for m in c.measures},
        "links": references(corpus, (ref for clause in policy.clauses for ref in clause.see)),
        "linked": references(corpus, linked(corpus, policy)),
        "limit_words": limit_words,
        "limit_reach": limit_reach,
    }


def references(corpus: Corpus, refs: Iterable[str]) -> list[Reference]:
    """The things referred to, each policy once, in the order they are first named."""
    found: dict[str, Reference] = {}
    for ref in refs:
        policy = corpus.policies.get(ref.partition("/")[0])
        if policy is None:
            found[ref] = Reference(None, (), ref)
        else:
            before = found.get(policy.id, Reference(policy, (), ""))
            found[policy.id] = before._replace(clauses=(*before.clauses, *(c for c in policy.clauses if c.id == ref)))
    return list(found.values())
