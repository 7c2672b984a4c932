"""What must hold of packs before anything is computed from them."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.evaluate.engine import Engine
from huiqi.language.diagnostics import Findings, Problems
from huiqi.packs.drafts import check_drafts
from huiqi.packs.model import Corpus
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
    findings.stop()
    Engine(corpus)


def _others(used: dict[str, str], corpus: Corpus) -> Iterator[dict[str, str]]:
    """Every other choice of each reading, one at a time."""
    for id_, taken in used.items():
        for choice in corpus.readings[id_].choices:
            if choice != taken:
                yield {id_: choice}
