"""Random and mutated input to lexer, parser, typer and readers."""

from __future__ import annotations

from huiqi.packs.registry import ROOT, load_corpus
from tests.language.fuzz import SECONDS, Fuzz
from tools.proofs import Proof

TITLE = "Fuzzed input"
COUNT, SEED = 1_000_000, 20_261_122


def prove() -> Proof:
    """No input crashes, hangs or recurses without end."""
    broken = Fuzz(load_corpus(), ROOT.parent, SEED).run(COUNT)
    head = f"{COUNT:,} expressions, packs and facts files, random and mutated: {len(broken)} gave anything but a value or diagnostics within {SECONDS} s."
    return Proof("\n\n".join([head, *(f"    {line}" for line in broken[:10])]), not broken)
