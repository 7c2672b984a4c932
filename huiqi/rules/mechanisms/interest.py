"""`interest: {of: 日均贷款额, paid: 贷款年利率, rate: 1%/年}` — interest paid on a loan, at a printed rate at most.

The average daily balance over the calendar year times a yearly rate is the interest of that year to the day.
"""

from __future__ import annotations

from huiqi.language.yamltree import Map, want_map
from huiqi.rules.mechanisms.common import Award, Bench
from huiqi.rules.tell import Teller
from huiqi.rules.words import Line


def lower(award: Map, bench: Bench) -> Award:
    """balance × the smaller of the rate paid and the printed rate."""
    form = want_map(award.entries["interest"])
    balance, paid, rate = bench.number(form, "of"), bench.share(form, "paid"), bench.share(form, "rate", "比率/年")
    g = bench.g
    printed = g.rate_of(rate.node)
    used = g.min(paid.node, printed)
    amount = bench.floored(g.mul(balance.node, used, g[balance.node].dimension))
    smaller = g.compare("<=", paid.node, printed)
    amount, lines = bench.capped(amount, (*balance.words, " × 年利率（", *paid.words, "，至多 ", *rate.words, "）"), bench.cap(award))
    lines.append(Line(("实际利率不高于贴息利率，按实际利率计",), given=g.all([smaller, g.compare("<", paid.node, printed)])))
    return Award(amount, bench.kind(award, bench.up_to), lines)


def say(award: Map, tell: Teller) -> str:
    """`日均贷款额按实付利率贴息，年利率至多1%/年，最高1000万元`"""
    form = want_map(award.entries["interest"])
    base, paid, rate = tell.value(form, "of"), tell.value(form, "paid"), tell.value(form, "rate")
    return tell.pick(f"{base} × 年利率（{paid}，至多{rate}）", f"{base} × yearly rate ({paid}, at most {rate})") + tell.capped(award)
