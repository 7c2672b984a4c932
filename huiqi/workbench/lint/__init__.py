"""The lint of packs: what loads and computes, and is still likely to be wrong or harmful. Warnings, each with its place and what to do; L007 refuses."""

from __future__ import annotations

from pathlib import Path

from huiqi.language.diagnostics import Diagnostic
from huiqi.packs.model import Corpus
from huiqi.packs.registry import ROOT
from huiqi.rules.measure import lower_measure
from huiqi.workbench.lint import caps, cliffs, fair, overlaps, steps, words


def lint(corpus: Corpus, policies: tuple[str, ...] = (), root: Path = ROOT) -> list[Diagnostic]:
    """Every warning on the named policies (empty = all) and the vocabulary, by code, in the order of the files. Measures must lower."""
    policies = policies or tuple(corpus.policies)
    found: list[Diagnostic] = []
    for policy, clause, measure in corpus.computed():
        if policy.id in policies:
            rule = lower_measure(corpus, policy, clause, measure)
            found += cliffs.check(rule, corpus)
            found += steps.check(rule)
            found += caps.check(measure)
    measures = {measure.id: measure for _, _, measure in corpus.computed()}
    for policy_id in policies:
        for clause in corpus.policies[policy_id].clauses:
            found += caps.check_limits(clause, measures)
    used = words.used_words(corpus)
    found += [*words.certifiers(corpus, used), *words.unused(corpus, used), *words.readings(corpus, policies, root)]
    found += fair.check(corpus, policies, fair.load_review(root))
    return sorted(found, key=lambda d: d.code)


def refused(corpus: Corpus, policies: tuple[str, ...] = ()) -> list[Diagnostic]:
    """What no pack may leave open: two measures on one matter that no rule decides between (L007). Measures must lower."""
    return list(overlaps.check(corpus, policies or tuple(corpus.policies)))
