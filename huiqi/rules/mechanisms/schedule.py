"""`schedule: {by: nth_year(投保日), of: 保费, rates: [90%, 80%, 70%]}` — a rate for each year of a row, and then none."""

from __future__ import annotations

from huiqi.language.yamltree import Map, want_map, want_text
from huiqi.rules.mechanisms.common import Award, Bench
from huiqi.rules.tell import Teller
from huiqi.rules.words import Either, Line


def lower(award: Map, bench: Bench) -> Award:
    """The base at the rate of its ordinal year; before the first and after the last there is nothing."""
    form = want_map(award.entries["schedule"])
    g = bench.g
    ordinal, base = bench.number(form, "by"), bench.number(form, "of")
    items = [want_text(item) for item in bench.entries(form, "rates")]
    rates = [bench.low.share(bench.low.number_text(item), item.place) for item in items]
    branches, lines = [], []
    dimension = g[ordinal.node].dimension
    for at, rate in enumerate(rates, 1):
        this_year = g.compare("=", ordinal.node, g.const(at, dimension))
        amount = bench.floored(g.mul(base.node, rate.node, g[base.node].dimension))
        amount, told = bench.capped(amount, (f"第{at}年按 ", *rate.words, " × ", *base.words), bench.cap(award), this_year)
        branches.append((this_year, amount))
        lines += told
    first, last = g.const(1, dimension), g.const(len(rates), dimension)
    within = g.all([g.compare(">=", ordinal.node, first), g.compare("<=", ordinal.node, last)])
    span = f"第 1 至第 {len(rates)} 年之内"
    in_years = Line((*ordinal.words, Either(within, (f"，在{span}",), (f"，不在{span}",), (f"，应在{span}",))), holds=within)
    return Award(g.case(branches, bench.zero()), bench.kind(award, bench.up_to), lines, [in_years])


def say(award: Map, tell: Teller) -> str:
    """`保费的90%、80%、70%（第1至3年），最高300万元`"""
    form = want_map(award.entries["schedule"])
    rates, base = tell.words_of(form.entries["rates"]), tell.value(form, "of")
    zh = f"{base}的{'、'.join(rates)}（依次为第1至{len(rates)}年）"
    return tell.pick(zh, f"{', '.join(rates)} of {base} in years 1 to {len(rates)}") + tell.capped(award)
