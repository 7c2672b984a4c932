"""L003: a cap below what a row pays, so that the printed figure of the row never counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from huiqi.language.diagnostics import Diagnostic, diagnostic
from huiqi.language.units import format_money, quantity_at
from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.model import Clause, Measure


def check(measure: Measure) -> Iterator[Diagnostic]:
    """Every row, sum or range of an award against the cap that holds for it."""
    if measure.award is not None:
        yield from _award(measure.award, None, measure)


def check_limits(clause: Clause, measures: Mapping[str, Measure]) -> Iterator[Diagnostic]:
    """Sums of money that a limit over single results cuts each time: the measure stands alone under it, and it is less than the least it pays."""
    for limit in clause.limits:
        measure = measures.get(limit.over[0]) if len(limit.over) == 1 else None
        most = _most(limit.body.entries.get("at_most"))
        if measure is None or measure.award is None or most is None:
            continue
        fixed = _most(measure.award.entries.get("fixed"))
        yield from _over(fixed, most, limit.body, measure)


def _award(node: Map, outer: Fraction | None, measure: Measure) -> Iterator[Diagnostic]:
    cap = _cap(node, outer)
    for key in ("fixed", "range", "give"):
        yield from _over(_most(node.entries.get(key)), cap, node, measure)
    key_value = _most(node.entries.get("from", node.entries.get("above")))
    rate = _most(node.entries.get("rate"))
    if key_value and rate:
        yield from _over(key_value * rate, cap, node, measure)
    for key, item in node.entries.items():
        if key not in ("exceptions", "award") and isinstance(item, Map) and "reading" not in item.entries:
            yield from _award(item, cap, measure)
        elif key in ("rows", "sum", "best") and isinstance(item, Seq):
            for x in item.items:
                if isinstance(x, Map):
                    # rows of another base than their key: the threshold is no money that is paid on
                    yield from _award(_without_key(x) if "base" in node.entries else x, cap, measure)
        elif key == "exceptions" and isinstance(item, Seq):
            for x in item.items:
                award = x.entries.get("award") if isinstance(x, Map) else None
                if isinstance(award, Map):
                    yield from _award(award, None, measure)


def _without_key(row: Map) -> Map:
    return Map({k: v for k, v in row.entries.items() if k not in ("from", "above")}, row.keys, row.place)


def _cap(node: Map, outer: Fraction | None) -> Fraction | None:
    cap = node.entries.get("cap")
    if isinstance(cap, Scalar) and cap.text == "none":
        return None
    return outer if cap is None else _most(cap)


def _most(node: Node | None) -> Fraction | None:
    """The greatest plain quantity a value can be, whatever the reading; None where it is worked out."""
    match node:
        case Scalar(text):
            found = quantity_at(text)
            return found[0].value if found and found[1] == len(text) else None
        case Seq(items):
            values = [_most(x) for x in items]
        case Map(entries):
            values = [_most(x) for key, x in entries.items() if key != "reading"]
        case None:
            return None
    known = [v for v in values if v is not None]
    return max(known) if known and len(known) == len(values) else None


def _over(amount: Fraction | None, cap: Fraction | None, node: Map, measure: Measure) -> Iterator[Diagnostic]:
    if amount is not None and cap is not None and amount > cap:
        yield diagnostic("L003", node.place, measure=measure.id, amount=format_money(int(amount * 100)), cap=format_money(int(cap * 100)))
