"""`range: [20万元, 40万元]` — a sum between two printed ends; the office sets it."""

from __future__ import annotations

from huiqi.language.diagnostics import problem
from huiqi.language.yamltree import Map, want_seq, want_text
from huiqi.rules.mechanisms.common import TWO_ENDS, Award, Bench
from huiqi.rules.tell import Teller
from huiqi.rules.words import Line


def lower(award: Map, bench: Bench) -> Award:
    """The high end is the amount, the low end what it is at least."""
    ends = want_seq(bench.parameter(award, "range")).items
    if len(ends) != 2:
        raise problem("Y008", award.entries["range"].place, **TWO_ENDS)
    least, most = (bench.low.number_text(want_text(end)) for end in ends)
    line = Line(("标准 ", *least.words, " 至 ", *most.words))
    return Award(most.node, bench.kind(award, bench.up_to), [line], least=least.node)


def say(award: Map, tell: Teller) -> str:
    """`20万元至40万元`"""
    return tell.pick("至", " to ").join(tell.words_of(award.entries["range"]))
