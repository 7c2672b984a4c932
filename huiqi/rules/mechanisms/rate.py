"""`rate: 5%` of a base, under a cap."""

from __future__ import annotations

from huiqi.language.yamltree import Map
from huiqi.rules.mechanisms.common import Award, Bench
from huiqi.rules.tell import Teller


def lower(award: Map, bench: Bench) -> Award:
    """rate × base, not below zero, at most the cap."""
    rate, base = bench.share(award, "rate"), bench.number(award, "of")
    amount = bench.floored(bench.g.mul(base.node, rate.node, bench.g[base.node].dimension))
    amount, lines = bench.capped(amount, ("按 ", *rate.words, " × ", *base.words), bench.cap(award))
    return Award(amount, bench.kind(award, bench.up_to), lines)


def say(award: Map, tell: Teller) -> str:
    """`研发投入的5%，最高200万元`"""
    rate, base = tell.value(award, "rate"), tell.value(award, "of")
    if " － " in base or " ＋ " in base:
        base = f"（{base}）"
    return tell.pick(f"{base}的{rate}", f"{rate} of {base}") + tell.capped(award)
