"""The fixed list of operators: how a pack can be wrong in one place. Each works on the YAML tree and yields the edits it would make."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from huiqi.language.lexer import Token, tokens
from huiqi.language.text import is_date
from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.drafts import EXPRESSION_KEYS
from huiqi.packs.vocabulary import Vocabulary
from huiqi.workbench.tree import Keys

Edit = tuple[Keys, Node | None]  # the node put under the keys; None = dropped
Edits = tuple[Edit, ...]

_EXPRESSIONS = (*EXPRESSION_KEYS, "when", "range", "rates", "paid")
_PAYS = ("fixed", "rate", "per", "cap", "kind")
_STRICT = {">=": ">", ">": ">=", "<=": "<", "<": "<="}
DISTRICT = "所在区县"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a measure stands: the vocabulary, and whether its policy makes every sum an upper bound."""

    words: Vocabulary
    all_up_to: bool


Operator = Callable[[Map, Setting], Iterator[Edits]]


@dataclass(frozen=True, slots=True)
class Spot:
    """One token of an expression of a measure: where the expression is, and the token's span in its text."""

    keys: Keys
    scalar: Scalar
    token: Token
    before: str

    def put(self, text: str) -> Edits:
        """The edit that writes `text` for the token."""
        start = self.token.place.col - self.scalar.place.col
        end = start + len(self.token.text) + (2 if self.token.kind == "text" else 0)
        return (((self.keys), Scalar(self.scalar.text[:start] + text + self.scalar.text[end:], self.scalar.place)),)


def expressions(node: Node, keys: Keys = (), key: str = "") -> Iterator[tuple[Keys, Scalar]]:
    """The expressions of a measure with their paths, under every choice of its readings."""
    if isinstance(node, Scalar):
        if key in _EXPRESSIONS and node.text != "none":
            yield keys, node
    elif isinstance(node, Seq):
        for at, item in enumerate(node.items):
            yield from expressions(item, (*keys, at), key)
    else:
        same = "reading" in node.entries or all(k[:4].isdigit() for k in node.entries)
        for name, item in node.entries.items():
            if name != "reading":
                yield from expressions(item, (*keys, name), key if same else name)


def _spots(measure: Map, *kinds: str) -> Iterator[Spot]:
    for keys, scalar in expressions(measure):
        before = ""
        for token in tokens(scalar.text, scalar.place):
            if token.kind in kinds:
                yield Spot(keys, scalar, token, before)
            before = token.text


def _number(text: str) -> tuple[str, str]:
    """A quantity as its number and its unit."""
    end = next((at for at, c in enumerate(text) if not (c.isdigit() or c in ".,")), len(text))
    return text[:end].replace(",", ""), text[end:]


def figure_changes(text: str) -> Iterator[str]:
    """A quantity one step of its last digit up, one down, and times ten."""
    digits, unit = _number(text)
    number = Decimal(digits)
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    for changed in dict.fromkeys((number + step, number - step, number * 10)):
        if changed >= 0 and changed != number:
            yield f"{changed:f}{unit}"


_UNITS = {"元": "万元", "万元": "亿元", "亿元": "万元", "%": "个百分点", "个百分点": "%", "家": "辆", "辆": "家", "万辆": "辆"}


def unit_changes(text: str) -> Iterator[str]:
    """A quantity in the next unit people mistake it for, and without its unit. Nothing is nothing in every unit."""
    digits, unit = _number(text)
    first, slash, rest = unit.partition("/")
    if first in _UNITS and Decimal(digits):
        yield f"{digits}{_UNITS[first]}{slash}{rest}"
    if first == "万元" and Decimal(digits):
        yield f"{digits}元{slash}{rest}"
    if unit:
        yield digits


def day_changes(text: str) -> Iterator[str]:
    """A day one day later and one earlier."""
    for days in (1, -1):
        yield (datetime.date.fromisoformat(text) + datetime.timedelta(days)).isoformat()


def figures(measure: Map, _: Setting) -> Iterator[Edits]:
    """Each figure ± one step of its last digit and × 10; days ± 1."""
    for spot in _spots(measure, "quantity", "date"):
        for text in (day_changes if spot.token.kind == "date" else figure_changes)(spot.token.text):
            yield spot.put(text)


def units(measure: Map, _: Setting) -> Iterator[Edits]:
    """万元 for 亿元 or 元 and the reverse, 个百分点 for %, 辆 for 家, a unit left out."""
    for spot in _spots(measure, "quantity"):
        for text in unit_changes(spot.token.text):
            yield spot.put(text)


def strictness(measure: Map, _: Setting) -> Iterator[Edits]:
    """≥ for >, ≤ for <, and the reverse; `from` for `above` in rows."""
    for spot in _spots(measure, "mark"):
        if spot.token.text in _STRICT:
            yield spot.put(_STRICT[spot.token.text])
    for keys, row in _rows(measure):
        for key, other in (("from", "above"), ("above", "from")):
            if key in row.entries:
                yield (((*keys, key), None), ((*keys, other), row.entries[key]))


def _maps(node: Node, keys: Keys = ()) -> Iterator[tuple[Keys, Map]]:
    if isinstance(node, Map):
        yield keys, node
        for key, item in node.entries.items():
            yield from _maps(item, (*keys, key))
    elif isinstance(node, Seq):
        for at, item in enumerate(node.items):
            yield from _maps(item, (*keys, at))


def _tables(measure: Map) -> Iterator[tuple[Keys, Map]]:
    for keys, node in _maps(measure):
        if keys[-1:] == ("table",) and isinstance(node.entries.get("rows"), Seq):
            yield keys, node


def _rows(measure: Map) -> Iterator[tuple[Keys, Map]]:
    for keys, table in _tables(measure):
        rows = table.entries["rows"]
        for at, row in enumerate(rows.items if isinstance(rows, Seq) else ()):
            if isinstance(row, Map):
                yield (*keys, "rows", at), row


def rows_swapped(measure: Map, _: Setting) -> Iterator[Edits]:
    """What two neighbouring rows pay is exchanged, also two neighbouring rates of a schedule."""
    for keys, row in _rows(measure):
        at = int(keys[-1])
        other = next((r for k, r in _rows(measure) if k == (*keys[:-1], at + 1)), None)
        if other is not None:
            first, second = ({k: v for k, v in r.entries.items() if k in _PAYS} for r in (row, other))
            if {k: _plain(v) for k, v in first.items()} != {k: _plain(v) for k, v in second.items()}:
                yield ((keys, _with(row, first, second)), ((*keys[:-1], at + 1), _with(other, second, first)))
    for keys, node in _maps(measure):
        rates = node.entries.get("rates")
        for at in range(len(rates.items) - 1 if isinstance(rates, Seq) else 0):
            assert isinstance(rates, Seq)
            if _plain(rates.items[at]) != _plain(rates.items[at + 1]):
                yield (((*keys, "rates", at), rates.items[at + 1]), ((*keys, "rates", at + 1), rates.items[at]))


def _with(row: Map, old: dict[str, Node], new: dict[str, Node]) -> Map:
    entries = {k: v for k, v in row.entries.items() if k not in old} | new
    return Map(entries, dict.fromkeys(entries, row.place), row.place)


def _plain(node: Node) -> object:
    """A node without its places, to compare."""
    match node:
        case Scalar(text):
            return text
        case Seq(items):
            return [_plain(x) for x in items]
    return {k: _plain(v) for k, v in node.entries.items()}


def when_dropped(measure: Map, _: Setting) -> Iterator[Edits]:
    """Each condition of a measure or an exception dropped."""
    for keys, node in _maps(measure):
        when = node.entries.get("when")
        for at in range(len(when.items) if isinstance(when, Seq) else 0):
            yield (((*keys, "when", at), None),)
        if isinstance(when, Scalar):
            yield (((*keys, "when"), None),)


def whole_or_marginal(measure: Map, _: Setting) -> Iterator[Edits]:
    """The whole base at one rate, or each part at its own."""
    for keys, table in _tables(measure):
        rows = [r for k, r in _rows(measure) if k[:-2] == keys]
        mode = table.entries.get("mode")
        if "of" in table.entries and any("rate" in r.entries for r in rows) and not isinstance(mode, Map):
            marginal = isinstance(mode, Scalar) and mode.text == "marginal"
            yield (((*keys, "mode"), Scalar("whole" if marginal else "marginal", table.place)),)


def year_before(measure: Map, setting: Setting) -> Iterator[Edits]:
    """Each yearly fact a year earlier; 前一年(x) as x."""
    for spot in _spots(measure, "name"):
        fact = setting.words.facts.get(spot.token.text)
        if spot.token.text == "前一年":
            yield spot.put("本期")
        elif fact and fact.by == "year" and not fact.formula and spot.before != ".":
            yield spot.put(f"前一年({spot.token.text})")


def first_or_again(measure: Map, setting: Setting) -> Iterator[Edits]:
    """Another event of the register for 首次… and 重新…; 首次达到 dropped."""
    others = {
        event: [x for x in r.events if x != event]
        for r in setting.words.registers.values()
        if len(r.events) > 1
        for event in r.events
        if event[:2] in ("首次", "重新")
    }
    for spot in _spots(measure, "text"):
        for other in others.get(spot.token.text, [])[:1]:
            yield spot.put(f"'{other}'")
    for keys, node in _maps(measure):
        event = node.entries.get("event") if keys == ("accrues",) else None
        if isinstance(event, Scalar):
            for other in others.get(event.text, [])[:1]:
                yield (((*keys, "event"), Scalar(other, event.place)),)
        if "first" in node.entries and keys[-1:] == ("table",):
            yield (((*keys, "first"), None),)


def exact_or_up_to(measure: Map, setting: Setting) -> Iterator[Edits]:
    """定额 for 上限 and the reverse, on an award as a whole."""
    for keys, node in _maps(measure):
        kind = node.entries.get("kind")
        if keys[-1:] == ("award",) and not isinstance(kind, Map):
            up_to = kind.text == "up_to" if isinstance(kind, Scalar) else setting.all_up_to
            yield (((*keys, "kind"), Scalar("exact" if up_to else "up_to", node.place)),)


def instrument(measure: Map, _: Setting) -> Iterator[Edits]:
    """A grant as interest, anything else as a grant."""
    node = measure.entries["instrument"]
    other = "interest" if isinstance(node, Scalar) and node.text == "grant" else "grant"
    yield ((("instrument",), Scalar(other, node.place)),)


def payee(measure: Map, _: Setting) -> Iterator[Edits]:
    """The district paid instead of the applicant; another payee dropped."""
    has = "payee" in measure.entries
    yield ((("payee",), None if has else Scalar(DISTRICT, measure.place)),)


def limits(limit: Map) -> Iterator[tuple[str, Edits]]:
    """A limit dropped, one of its keys dropped, the year added to them, its figures changed."""
    yield "limit", (((), None),)
    for keys, per in _below(limit, "per"):
        if isinstance(per, Seq):
            for at in range(len(per.items)):
                yield "limit key", (((*keys, at), None),)
            if not any(isinstance(x, Scalar) and x.text == "年度" for x in per.items):
                yield "limit key", ((keys, Seq((*per.items, Scalar("年度", per.place)), per.place)),)
    for key in ("at_most", "count", "within"):
        for keys, item in _below(limit, key):
            if isinstance(item, Scalar) and keys[-1] != "reading" and item.text[:1].isdigit():
                for text in figure_changes(item.text):
                    yield "figure", ((keys, Scalar(text, item.place)),)


def _below(owner: Map, key: str) -> Iterator[tuple[Keys, Node]]:
    """The value of a key, or its values by level or choice of a reading."""
    node = owner.entries.get(key)
    if isinstance(node, Map):
        yield from (((key, name), item) for name, item in node.entries.items() if name != "reading")
    elif node is not None:
        yield (key,), node


def policy_days(root: Map) -> Iterator[Edits]:
    """The window a day longer and shorter at each end, benefit years a year."""
    for key in ("window", "benefit_years"):
        node = root.entries.get(key)
        for end, item in node.entries.items() if isinstance(node, Map) else ():
            if isinstance(item, Scalar):
                for text in day_changes(item.text) if is_date(item.text) else [str(int(item.text) + 1), str(int(item.text) - 1)]:
                    yield (((key, end), Scalar(text, item.place)),)


OPERATORS: dict[str, Operator] = {
    "figure": figures,
    "unit": units,
    "rows swapped": rows_swapped,
    "≥ or >": strictness,
    "condition dropped": when_dropped,
    "whole or marginal": whole_or_marginal,
    "t or 前一年": year_before,
    "首次 or 重新": first_or_again,
    "exact or up_to": exact_or_up_to,
    "instrument": instrument,
    "payee": payee,
}
