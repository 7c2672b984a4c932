"""`table:` — tiers by an amount (`from` 达到, `above` 超过) or by a class (`is`), each with a rate or a sum."""

from __future__ import annotations

from msgspec import Struct

from huiqi.language.diagnostics import problem
from huiqi.language.yamltree import Map, want_map, want_text
from huiqi.rules.graph import FEN, MONEY
from huiqi.rules.mechanisms.common import Award, Bench, rows_of
from huiqi.rules.numbers import Value, flat
from huiqi.rules.tell import Teller
from huiqi.rules.words import Either, Line, Shown, Words, compared


class _Row(Struct, frozen=True):
    """A row with the condition that its own key is met; `bound` is its threshold."""

    body: Map
    met: int
    words: Words
    bound: int | None


def lower(award: Map, bench: Bench) -> Award:
    """The highest tier reached sets the rate or sum for the whole base (`whole`), or each part its own (`marginal`)."""
    form = want_map(award.entries["table"])
    mode = bench.text(form, "mode", "whole")
    if mode not in ("whole", "marginal"):
        raise problem("P003", form.entries["mode"].place, value=mode, values=["whole", "marginal"])
    by_class = "by" in form.entries
    key = bench.number(form, "by" if by_class else "of")
    rows = [_row(body, key, by_class, bench) for body in rows_of(form, "rows")]
    if not by_class:
        _rising(rows, bench)
    inherited = bench.g[bench.kind(form, bench.g[bench.kind(award, bench.up_to)].least == 1)].least == 1
    result = Award(bench.zero(), bench.g.false())
    order = rows if by_class else rows[::-1]
    branches: list[tuple[int, int]] = []
    kinds: list[tuple[int, int]] = []
    for at, row in enumerate(order):
        higher = [] if by_class else [bench.g.inverse(other.met) for other in order[:at]]
        given = bench.g.all([row.met, *higher])
        amount, lines = _amount(row, rows, key, form, mode, given, bench)
        branches.append((row.met, amount))
        kinds.append((row.met, bench.kind(row.body, inherited)))
        result.lines.extend(lines)
    every_class = by_class and {want_text(row.body.entries["is"]).text for row in rows} == set(key.labels)
    result.amount = bench.g.case(branches[:-1], branches[-1][1]) if every_class else bench.g.case(branches, bench.zero())
    constant = len({node for _, node in kinds}) == 1
    result.up_to = kinds[0][1] if constant else bench.g.case(kinds, bench.g.false())
    lowest = rows[0]
    reached = bench.g.true() if every_class else bench.g.any([row.met for row in rows]) if by_class else lowest.met
    names = [want_text(row.body.entries["is"]).text for row in rows] if by_class else []
    listed = "、".join(names[:3]) + (f"等{len(names)}类" if len(names) > 3 else "")
    if by_class:
        failed, open_ = ((*key.words, words) for words in (f"，不在 {listed} 之列", f"（应为 {listed} 之一）"))
        result.conditions.append(Line((Either(reached, key.words, failed, open_),), holds=reached))
    else:
        sign, *bound = lowest.words[:-1]
        result.conditions.append(Line(compared(reached, key.words, str(sign).strip(), tuple(bound)), holds=reached))
    if bench.text(form, "first", "false") == "true":
        result.conditions.append(_first_time(rows, form, bench))
    if bench.text(form, "step_up", "false") == "true":
        _step_up(result, rows, form, bench)
    return result


def _step_up(result: Award, rows: list[_Row], form: Map, bench: Bench) -> None:
    """进档差额 by the printed sums: less that of the tier reached in an earlier year, whether or not it was paid."""
    g = bench.g
    before = bench.low.highest_before(want_text(bench.parameter(form, "of")))
    passed = [
        (g.compare(">=" if "from" in row.body.entries else ">", before.node, row.bound), bench.money(row.body, "fixed").node)
        for row in rows[::-1]
        if row.bound is not None
    ]
    earlier = g.case(passed, bench.zero())
    rest = bench.floored(g.sub(result.amount, earlier))
    shown = ("，已达档次的标准 ", Shown(g.round(earlier, FEN), MONEY), "，只补差额 ", Shown(g.round(rest, FEN), MONEY))
    result.lines.append(Line((*before.words, *shown), given=g.compare(">", earlier, bench.zero())))
    result.amount = rest


def _first_time(rows: list[_Row], form: Map, bench: Bench) -> Line:
    """首次达到: the tier reached now is higher than any reached in an earlier year."""
    g = bench.g
    before = bench.low.highest_before(want_text(bench.parameter(form, "of")))
    higher = [g.all([row.met, g.compare("<" if "from" in row.body.entries else "<=", before.node, row.bound)]) for row in rows if row.bound is not None]
    rises = g.any(higher)
    up, not_up, open_ = (f"，本年{word}首次达到更高档次" for word in ("", "没有", "应"))
    return Line((*before.words, Either(rises, (up,), (not_up,), (open_,))), holds=rises)


def _row(body: Map, key: Value, by_class: bool, bench: Bench) -> _Row:
    g = bench.g
    if by_class:
        name = want_text(bench.parameter(body, "is"))
        if name.text not in key.labels:
            raise problem("X009", name.place, value=name.text, name=flat(key.words), values=list(key.labels))
        met = g.compare("=", key.node, g.const(key.labels.index(name.text), "选项"))
        return _Row(body, met, (f"“{name.text}”档",), None)
    word, op, sign = ("above", ">", "＞") if "above" in body.entries else ("from", ">=", "≥")
    bound = bench.number(body, word)
    if g[bound.node].dimension != g[key.node].dimension:
        wrong = want_text(bench.parameter(body, word))
        raise problem("X005", wrong.place, left=wrong.text, right=flat(key.words), action="比较", action_en="compared")
    return _Row(body, g.compare(op, key.node, bound.node), (f"{sign} ", *bound.words, " 档"), bound.node)


def _rising(rows: list[_Row], bench: Bench) -> None:
    bounds = [bench.g[row.bound] for row in rows if row.bound is not None]
    for a, b, row in zip(bounds, bounds[1:], rows[1:], strict=False):
        if a.least * b.scale >= b.least * a.scale:
            raise problem("P013", row.body.entries["above" if "above" in row.body.entries else "from"].place)


def _amount(row: _Row, rows: list[_Row], key: Value, form: Map, mode: str, given: int, bench: Bench) -> tuple[int, list[Line]]:
    cap = bench.cap(row.body) if "cap" in row.body.entries else bench.cap(form)
    if "fixed" in row.body.entries:
        value = bench.money(row.body, "fixed")
        return bench.capped(value.node, (*row.words, "，标准 ", *value.words), cap, given)
    if mode == "marginal":
        return _marginal(row, rows, key, cap, given, bench)
    rate = bench.share(row.body, "rate")
    base = bench.number(form, "base") if "base" in form.entries else _within(row, rows, key, bench)
    amount = bench.floored(bench.g.mul(base.node, rate.node, bench.g[base.node].dimension))
    return bench.capped(amount, (*row.words, "，按 ", *rate.words, " × ", *base.words), cap, given)


def _within(row: _Row, rows: list[_Row], key: Value, bench: Bench) -> Value:
    """The base narrowed to the row's band, so that a missing fact keeps the row's bounds tight."""
    if row.bound is None:
        return key
    after = rows.index(row) + 1
    upper = rows[after].bound if after < len(rows) else None
    return Value(bench.g.clamp(key.node, row.bound, upper), key.words, key.unit)


def _marginal(row: _Row, rows: list[_Row], key: Value, cap: Value | None, given: int, bench: Bench) -> tuple[int, list[Line]]:
    """Each part of the base at the rate of its own tier, up to and with this row."""
    g = bench.g
    total, words = bench.zero(), list(row.words)
    for at, part in enumerate(rows[: rows.index(row) + 1]):
        if "rate" not in part.body.entries or part.bound is None:
            continue
        rate = bench.share(part.body, "rate")
        upper = rows[at + 1].bound if part is not row and at + 1 < len(rows) else None
        top = key.node if upper is None else g.min(key.node, upper)
        share = g.mul(bench.floored(g.sub(top, part.bound)), rate.node, g[key.node].dimension)
        total = g.add(total, share)
        words += [
            "，" if at == 0 else " + ",
            "超过 ",
            *bench.number(part.body, "above" if "above" in part.body.entries else "from").words,
            " 部分按 ",
            *rate.words,
        ]
    return bench.capped(total, tuple(words), cap, given)


def say(award: Map, tell: Teller) -> str:
    """`按订单增量：≥ 1亿元 2%；≥ 5亿元 3%，最高5000万元`"""
    form = want_map(award.entries["table"])
    key = tell.value(form, "by" if "by" in form.entries else "of")
    base = tell.pick(f"{tell.value(form, 'base')}的", f" of {tell.value(form, 'base')}") if "base" in form.entries else ""
    marginal = "mode" in form.entries and want_text(tell.at(form, "mode")).text == "marginal"
    rows = [_say_row(row, base, tell) for row in rows_of(form, "rows")]
    cap = tell.capped(form)
    if cap and any("cap" in row.entries for row in rows_of(form, "rows")):
        cap = tell.pick("；其余各档", "; the other tiers ") + cap.lstrip("，, ")
    note = tell.pick("（分段计算）", " (each part at its own rate)") if marginal else ""
    step_up = "step_up" in form.entries and want_text(tell.at(form, "step_up")).text == "true"
    rest = tell.pick("；只补与往年已达档次的差额", "; less the sum of the tier reached before") if step_up else ""
    return f"{tell.pick('按', 'by ')}{key}{note}{tell.pick('：', ': ')}{tell.pick('；', '; ').join(rows)}{cap}{rest}"


def _say_row(row: Map, base: str, tell: Teller) -> str:
    if "is" in row.entries:
        key = f"“{want_text(tell.at(row, 'is')).text}”"
    else:
        key = f"＞ {tell.value(row, 'above')}" if "above" in row.entries else f"≥ {tell.value(row, 'from')}"
    if "fixed" in row.entries:
        given = tell.value(row, "fixed")
    else:
        rate = tell.value(row, "rate")
        given = tell.pick(f"{base}{rate}", f"{rate}{base}")
    if "kind" in row.entries and tell.up_to(row):
        given = tell.pick(f"不超过{given}", f"up to {given}")
    free = "cap" in row.entries and not tell.capped(row)
    return f"{key} {given}{tell.capped(row)}{tell.pick('（不受封顶额限制）', ' (not capped)') if free else ''}"
