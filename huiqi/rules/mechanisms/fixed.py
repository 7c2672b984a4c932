"""`fixed: 30万元` — a sum."""

from __future__ import annotations

from huiqi.language.yamltree import Map
from huiqi.rules.mechanisms.common import Award, Bench
from huiqi.rules.tell import Teller
from huiqi.rules.words import Line


def lower(award: Map, bench: Bench) -> Award:
    """A printed sum of money, exact or an upper bound."""
    value = bench.money(award, "fixed")
    return Award(value.node, bench.kind(award, bench.up_to), [Line(("标准 ", *value.words))])


def say(award: Map, tell: Teller) -> str:
    """`30万元`"""
    return tell.value(award, "fixed")
