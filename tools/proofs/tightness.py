"""How wide bounds are beside what is true."""

from __future__ import annotations

from huiqi.evaluate.engine import Engine
from huiqi.packs.registry import load_corpus
from tests.evaluate.tightness import Widths, one_missing, some_missing
from tools.proofs import Proof

TITLE = "Width of bounds"
ONE, SOME = 60, 40


def prove() -> Proof:
    """One number missing: bounds equal the range of the curve; up to three facts: beside the hull of samples."""
    engine = Engine(load_corpus())
    linear, rest = one_missing(engine, 2025, 91, ONE)
    some = some_missing(engine, 2025, 92, SOME)
    text = (
        f"One number missing, the conditions linear in it: {linear.cases:,} random cases of {len(linear.ratios)} measures, {linear.paying:,} of which can pay; "
        f"bounds equal the range of the exact curve in {linear.equal:,}.\n\n"
        f"The conditions not linear in it: {rest.equal:,} of {rest.cases:,} equal.{_unequal(rest)}\n\n"
        f"Up to three facts of any type missing: {some.cases:,} cases of {len(some.ratios)} measures that can pay; bounds equal the hull of some 400 samples "
        f"in {some.equal:,}, median ratio of the widths {some.median():.3f}, {len(some.wide(1.5))} measures with a median above 1.5.{_unequal(some)}"
    )
    return Proof(text, linear.equal == linear.cases and some.median() <= 1.05)


def _unequal(widths: Widths) -> str:
    found = {name: [r for r in ratios if r > 1] for name, ratios in sorted(widths.ratios.items())}
    rows = [f"| {name} | {len(ratios)} of {len(widths.ratios[name])} | {widths.of(name):.2f} |" for name, ratios in found.items() if ratios]
    return "\n\n| measure | wider cases | median ratio |\n|---|---|---|\n" + "\n".join(rows) if rows else ""
