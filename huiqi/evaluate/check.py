"""What must hold of packs before anything is computed from them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from huiqi.evaluate.engine import Engine
from huiqi.language.diagnostics import Findings, Problems
from huiqi.language.yamltree import Map
from huiqi.packs.check_limit import dated, in_every_reading, is_expression
from huiqi.packs.drafts import check_drafts
from huiqi.packs.model import Accrual, Corpus
from huiqi.packs.references import check_references
from huiqi.rules.measure import lower_measure, prove_width


def check_corpus(corpus: Corpus) -> None:
    """Every reference names something, every rule that is written parses, every computed measure lowers, within its width, under every choice of
    every reading it uses. Raises `Problems` with all faults."""
    findings = Findings()
    check_references(corpus, findings)
    check_drafts(corpus, findings)
    findings.stop()
    for entry in corpus.computed():
        try:
            used = lower_measure(corpus, *entry).readings
            for choices in ({}, *_others(used, corpus)):
                prove_width(lower_measure(corpus, *entry, choices))
        except Problems as problems:
            findings.take(problems)
    _limits(corpus, findings)
    findings.stop()
    Engine(corpus)


def _limits(corpus: Corpus, findings: Findings) -> None:
    """What a limit works out from facts must lower to a sum of money, for the kind of subject it counts by."""
    kinds = corpus.vocabulary.kinds
    computed = [measure for _, _, measure in corpus.computed()]
    for policy, clause, written in ((p, c, x) for p in corpus.policies.values() for c in p.clauses for x in c.limits if computed):
        base = next((m for m in computed if written.names(m.id)), computed[0])
        for limit in in_every_reading(written, corpus):
            kind = next((per for per in limit.per if per in kinds and kinds[per].role == "subject"), "")
            for text in dated(limit.body.entries.get("at_most"), findings):
                if is_expression(text.text):
                    award = Map({"fixed": text}, {"fixed": text.place}, text.place)
                    try:
                        lower_measure(corpus, policy, clause, replace(base, subject=kind, accrues=Accrual("year"), when=(), award=award))
                    except Problems as problems:
                        findings.take(problems)


def _others(used: dict[str, str], corpus: Corpus) -> Iterator[dict[str, str]]:
    """Every other choice of each reading, one at a time."""
    for id_, taken in used.items():
        for choice in corpus.readings[id_].choices:
            if choice != taken:
                yield {id_: choice}
