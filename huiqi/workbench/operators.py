"""The fixed list of operators: how a pack can be wrong in one place. Each works on the YAML tree and yields the edits it would make."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from huiqi.language.lexer import tokens
from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.vocabulary import Vocabulary
from huiqi.workbench.figures import day_changes, figure_changes, unit_changes
from huiqi.workbench.spots import Edits, maps, rows, scalars, spots, tables

_PAYS = ("fixed", "rate", "per", "cap", "kind")
_STRICT = {">=": ">", ">": ">=", "<=": "<", "<": "<="}
DISTRICT = "所在区县"


class Setting(Struct, frozen=True):
    """Where a measure stands: the vocabulary, and whether its policy makes every sum an upper bound."""

    words: Vocabulary
    all_up_to: bool


Operator = Callable[[Map, Setting], Iterator[Edits]]


def figures(measure: Map, _: Setting) -> Iterator[Edits]:
    """Each figure ± one step of its last digit and × 10; days ± 1."""
    for spot in spots(measure, "quantity", "date"):
        for text in (day_changes if spot.token.kind == "date" else figure_changes)(spot.token.text):
            yield spot.put(text)


def units(measure: Map, _: Setting) -> Iterator[Edits]:
    """万元 for 亿元 or 元 and the reverse, 个百分点 for %, 辆 for 家, a unit left out."""
    for spot in spots(measure, "quantity"):
        for text in unit_changes(spot.token.text):
            yield spot.put(text)


def strictness(measure: Map, _: Setting) -> Iterator[Edits]:
    """≥ for >, ≤ for <, and the reverse; `from` for `above` in rows."""
    for spot in spots(measure, "mark"):
        if spot.token.text in _STRICT:
            yield spot.put(_STRICT[spot.token.text])
    for keys, row in rows(measure):
        for key, other in (("from", "above"), ("above", "from")):
            if key in row.entries:
                yield (((*keys, key), None), ((*keys, other), row.entries[key]))


def rows_swapped(measure: Map, _: Setting) -> Iterator[Edits]:
    """What two neighbouring rows pay is exchanged, also two neighbouring rates of a schedule."""
    for keys, row in rows(measure):
        at = int(keys[-1])
        other = next((r for k, r in rows(measure) if k == (*keys[:-1], at + 1)), None)
        if other is not None:
            first, second = ({k: v for k, v in r.entries.items() if k in _PAYS} for r in (row, other))
            if {k: plain(v) for k, v in first.items()} != {k: plain(v) for k, v in second.items()}:
                yield ((keys, _with(row, first, second)), ((*keys[:-1], at + 1), _with(other, second, first)))
    for keys, node in maps(measure):
        rates = node.entries.get("rates")
        for at in range(len(rates.items) - 1 if isinstance(rates, Seq) else 0):
            assert isinstance(rates, Seq)
            if plain(rates.items[at]) != plain(rates.items[at + 1]):
                yield (((*keys, "rates", at), rates.items[at + 1]), ((*keys, "rates", at + 1), rates.items[at]))


def _with(row: Map, old: dict[str, Node], new: dict[str, Node]) -> Map:
    entries = {k: v for k, v in row.entries.items() if k not in old} | new
    return Map(entries, dict.fromkeys(entries, row.place), row.place)


def plain(node: Node) -> object:
    """A node without its places, to compare."""
    match node:
        case Scalar(text):
            return text
        case Seq(items):
            return [plain(x) for x in items]
    return {k: plain(v) for k, v in node.entries.items()}


def rows_dropped(measure: Map, _: Setting) -> Iterator[Edits]:
    """A row left out."""
    for keys, _row in rows(measure):
        yield ((keys, None),)


def other_labels(measure: Map, setting: Setting) -> Iterator[Edits]:
    """The next label of its list for each level, event or choice: of the facts and registers the expression or the accrual names."""
    accrual = measure.entries.get("accrues")
    accrued = {x.text for x in scalars(accrual)} if accrual else set()
    for spot in spots(measure, "text"):
        named = accrued | {t.text for t in tokens(spot.scalar.text, spot.scalar.place) if t.kind == "name"}
        facts = [f.values for f in setting.words.facts.values() if f.name in named]
        registers = [labels for r in setting.words.registers.values() if r.name in named for labels in (r.levels, r.events)]
        for labels in facts + registers:
            if spot.token.text in labels and len(labels) > 1:
                other = labels[(labels.index(spot.token.text) + 1) % len(labels)]
                yield spot.put(f"'{other}'")
                break


def and_or_or(measure: Map, _: Setting) -> Iterator[Edits]:
    """`or` for `and` and the reverse."""
    for spot in spots(measure, "word"):
        if spot.token.text in ("and", "or"):
            yield spot.put("or" if spot.token.text == "and" else "and")


def when_dropped(measure: Map, _: Setting) -> Iterator[Edits]:
    """Each condition of a measure or an exception dropped."""
    for keys, node in maps(measure):
        when = node.entries.get("when")
        for at in range(len(when.items) if isinstance(when, Seq) else 0):
            yield (((*keys, "when", at), None),)
        if isinstance(when, Scalar):
            yield (((*keys, "when"), None),)


def whole_or_marginal(measure: Map, _: Setting) -> Iterator[Edits]:
    """The whole base at one rate, or each part at its own."""
    for keys, table in tables(measure):
        own = [r for k, r in rows(measure) if k[:-2] == keys]
        mode = table.entries.get("mode")
        if "of" in table.entries and any("rate" in r.entries for r in own) and not isinstance(mode, Map):
            marginal = isinstance(mode, Scalar) and mode.text == "marginal"
            yield (((*keys, "mode"), Scalar("whole" if marginal else "marginal", table.place)),)


def year_before(measure: Map, setting: Setting) -> Iterator[Edits]:
    """Each yearly fact a year earlier; 前一年(x) as x."""
    for spot in spots(measure, "name"):
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
    for spot in spots(measure, "text"):
        for other in others.get(spot.token.text, [])[:1]:
            yield spot.put(f"'{other}'")
    for keys, node in maps(measure):
        event = node.entries.get("event") if keys == ("accrues",) else None
        if isinstance(event, Scalar):
            for other in others.get(event.text, [])[:1]:
                yield (((*keys, "event"), Scalar(other, event.place)),)
        if keys[-1:] == ("table",):
            yield from ((((*keys, key), None),) for key in ("first", "step_up") if key in node.entries)


def exact_or_up_to(measure: Map, setting: Setting) -> Iterator[Edits]:
    """定额 for 上限 and the reverse, on an award as a whole."""
    for keys, node in maps(measure):
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


OPERATORS: dict[str, Operator] = {
    "figure": figures,
    "unit": units,
    "rows swapped": rows_swapped,
    "row dropped": rows_dropped,
    "other label": other_labels,
    "and or or": and_or_or,
    "≥ or >": strictness,
    "condition dropped": when_dropped,
    "whole or marginal": whole_or_marginal,
    "t or 前一年": year_before,
    "首次 or 重新": first_or_again,
    "exact or up_to": exact_or_up_to,
    "instrument": instrument,
    "payee": payee,
}
