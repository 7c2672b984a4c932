"""What must hold of packs before anything is computed from them."""

from __future__ import annotations

from huiqi.evaluate.engine import Engine, check_readings
from huiqi.language.diagnostics import Findings
from huiqi.packs.drafts import check_drafts
from huiqi.packs.model import Corpus
from huiqi.packs.references import check_references


def check_corpus(corpus: Corpus) -> None:
    """Every reference names something, every rule that is written parses, every computed measure lowers under every reading. Raises `Problems`."""
    findings = Findings()
    check_references(corpus, findings)
    check_drafts(corpus, findings)
    findings.stop()
    Engine(corpus)
    check_readings(corpus)
