"""`per: 0.2元/瓦` of a quantity — a sum for each unit; the rate may be dated, or lie between two printed ends."""

from __future__ import annotations

from huiqi.language.diagnostics import problem
from huiqi.language.yamltree import Map, Node, Scalar, Seq, want_text
from huiqi.rules.graph import MONEY
from huiqi.rules.inputs import ClaimYear
from huiqi.rules.mechanisms.common import TWO_ENDS, Award, Bench
from huiqi.rules.numbers import Value, flat
from huiqi.rules.tell import Teller
from huiqi.rules.words import Either, Line, Shown, YearOf


def lower(award: Map, bench: Bench) -> Award:
    """rate × quantity under a cap; a dated rate holds for the years it names and no others."""
    base = bench.number(award, "of")
    node = bench.parameter(award, "per")
    if isinstance(node, Map):
        return _dated(node, base, award, bench)
    if isinstance(node, Seq):
        least, most = (_rate(item, base, award, bench) for item in _two(node))
        lowest, _ = bench.capped(_times(least, base, bench), (), bench.cap(award))
        amount, lines = bench.capped(_times(most, base, bench), ("最高 ", *most.words, " × ", *base.words), bench.cap(award))
        lines.insert(0, Line(("最低 ", *least.words, " × ", *base.words, " = ", Shown(bench.g.round(lowest, 100), MONEY))))
        return Award(amount, bench.kind(award, bench.up_to), lines, least=lowest)
    rate = _rate(node, base, award, bench)
    amount, lines = bench.capped(_times(rate, base, bench), (*rate.words, " × ", *base.words), bench.cap(award))
    return Award(amount, bench.kind(award, bench.up_to), lines)


def _two(node: Seq) -> tuple[Node, ...]:
    if len(node.items) != 2:
        raise problem("Y008", node.place, **TWO_ENDS)
    return node.items


def _rate(node: Node, base: Value, award: Map, bench: Bench) -> Value:
    written = want_text(node)
    rate = bench.low.number_text(written)
    if bench.g[rate.node].dimension != f"{MONEY}/{bench.g[base.node].dimension}":
        raise problem("X005", written.place, left=written.text, right=flat(base.words), action="相乘", action_en="multiplied")
    return rate


def _times(rate: Value, base: Value, bench: Bench) -> int:
    return bench.floored(bench.g.mul(base.node, rate.node, MONEY))


def _dated(rates: Map, base: Value, award: Map, bench: Bench) -> Award:
    g = bench.g
    year = g.input(ClaimYear(), "年", 1, 2000, 2100)
    branches, lines, met = [], [], []
    for years, node in rates.entries.items():
        first, _, last = years.partition("..")
        if not (first.isdigit() and (last or first).isdigit() and isinstance(node, Scalar)):
            raise problem("P003", rates.keys.get(years, node.place), value=years, values=["2025", "2023..2024"])
        within = g.all([g.compare(">=", year, g.const(int(first), "年")), g.compare("<=", year, g.const(int(last or first), "年"))])
        rate = _rate(node, base, award, bench)
        amount, told = bench.capped(_times(rate, base, bench), (YearOf(0), "年度 ", *rate.words, " × ", *base.words), bench.cap(award), within)
        branches.append((within, amount))
        met.append(within)
        lines += told
    names = "、".join(years.replace("..", "—") for years in rates.entries)
    listed = g.any(met)
    found, missed = ((f"年度{word}标准所列年度（{names}）之内",) for word in ("在", "不在"))
    in_years = Line((YearOf(0), Either(listed, found, missed, found)), holds=listed)
    return Award(g.case(branches, bench.zero()), bench.kind(award, bench.up_to), lines, [in_years])


def say(award: Map, tell: Teller) -> str:
    """`并网容量每单位0.2元/瓦，最高500万元`"""
    node, base = tell.at(award, "per"), tell.value(award, "of")
    if isinstance(node, Map):
        each = tell.pick("，", ", ").join(f"{years.replace('..', '—')} {tell.words(rate)}" for years, rate in node.entries.items())
    else:
        each = tell.pick("至", " to ").join(tell.words_of(node))
    return tell.pick(f"{base} × {each}", f"{base} × {each}") + tell.capped(award)
