"""`steps: {of: …, each: 1000万元, give: 50万元}` — whole steps only (每增加…给予…)."""

from __future__ import annotations

from huiqi.language.diagnostics import problem
from huiqi.language.yamltree import Map, want_map, want_text
from huiqi.rules.mechanisms.common import Award, Bench
from huiqi.rules.numbers import flat
from huiqi.rules.tell import Teller
from huiqi.rules.words import Line, Shown, compared


def lower(award: Map, bench: Bench) -> Award:
    """Whole steps of the base × the sum for each; at least one step must be reached."""
    form = want_map(award.entries["steps"])
    base, each, give = bench.number(form, "of"), bench.number(form, "each"), bench.money(form, "give")
    g = bench.g
    if g[base.node].dimension != g[each.node].dimension:
        wrong = want_text(bench.parameter(form, "each"))
        raise problem("X005", wrong.place, left=wrong.text, right=flat(base.words), action="比较", action_en="compared")
    count = g.floor(bench.floored(base.node), each.node)
    amount = g.mul(give.node, count, g[give.node].dimension)
    amount, lines = bench.capped(amount, ("每满 ", *each.words, " 给予 ", *give.words, "，共 ", Shown(count, ""), " 档"), bench.cap(award))
    enough = g.compare(">=", base.node, each.node)
    reached = Line(compared(enough, base.words, "≥", each.words), holds=enough)
    return Award(amount, bench.kind(award, bench.up_to), lines, [reached])


def say(award: Map, tell: Teller) -> str:
    """`销售额每满1000万元给50万元，最高500万元`"""
    form = want_map(award.entries["steps"])
    base, each, give = tell.value(form, "of"), tell.value(form, "each"), tell.value(form, "give")
    return tell.pick(f"{base}每满{each}给{give}", f"{give} for each whole {each} of {base}") + tell.capped(award)
