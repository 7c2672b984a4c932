"""One figure altered anywhere in an official text is found, and the report names its clause."""

from __future__ import annotations

from collections import Counter

from huiqi.documents.alter import prove_alterations
from huiqi.documents.locks.encoded import encoded_policies
from huiqi.packs.registry import load_corpus
from tests.documents.official import official_texts
from tools.proofs import Proof

TITLE = "Altered figures"
COUNT, SEED = 300, 20_261_122


def prove() -> Proof:
    """Random single alterations of the official texts against the locks."""
    outcomes = list(prove_alterations(official_texts(), encoded_policies(), list(load_corpus().policies.values()), COUNT, SEED))
    missed = [o for o in outcomes if not o.found]
    ways = ", ".join(f"{way} {n}" for way, n in sorted(Counter(o.alteration.way for o in outcomes).items()))
    lines = [f"- not found: {o.alteration.policy}/{o.alteration.clause}, {o.alteration.way} of {o.alteration.figure}" for o in missed]
    head = f"{COUNT} random alterations of one figure ({ways}) in the twelve documents: {COUNT - len(missed)} reports name the clause."
    return Proof("\n\n".join([head, *(["\n".join(lines)] if lines else [])]), not missed)
