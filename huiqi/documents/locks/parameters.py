"""Every quantity a pack states, with its stable path: what the figures of a text are bound to.

Paths: `1.1a.rows.3.rate`, `1.1a.when.2` (`1.1a.when.2#2` the second quantity of one expression), `1.1.L1.at_most`, `4.1.terms.施行日`, `window.from`.
A choice of a reading adds its name: `1.1a.when.1.chain`. Rows and lists count from 1. Wrappers (`award`, `table`, `steps` …) leave no mark.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from huiqi.documents.locks.figures import DATE, RATIO, YEAR, find_figures
from huiqi.language.diagnostics import Place, Problems
from huiqi.language.lexer import Token, tokens
from huiqi.language.units import Quantity
from huiqi.language.yamltree import Map, Node, Scalar, Seq


class Parameter(Struct, frozen=True):
    """One quantity of a pack. `clause` is '' for the policy itself; `role` what its place says it is.

    `follows` names the parameter it follows from (80 % from 90 % less 10 points a year). `loose` ones need no figure, they only give one a hold:
    zero, the whole of a base (100 %), one of a kind, the key of a class, durations that a name holds.
    """

    path: str
    clause: str
    role: str
    quantity: Quantity | None
    text: str
    place: Place
    follows: str = ""
    loose: bool = False


_ROLES = {
    **dict.fromkeys(("from", "above", "when"), "threshold"),
    **dict.fromkeys(("of", "base", "paid", "floor", "is"), ""),
    **dict.fromkeys(("rate", "rates"), "rate"),
    **dict.fromkeys(("fixed", "give", "per", "range"), "amount"),
    **dict.fromkeys(("cap", "at_most"), "cap"),
    **dict.fromkeys(("within", "consecutive"), "years"),
    "each": "step",
    "count": "quota",
    "targets": "target",
    "year": "date",
}
_WRAPPERS = {"award", "table", "steps", "schedule", "interest", "limits", "measures"}
_WORDS = {
    *(
        "title",
        "summary",
        "about",
        "reason",
        "choices",
        "taken",
        "readings",
        "id",
        "clause",
        "at",
        "name",
        "kind",
        "over",
        "one_of",
        "together",
        "because",
        "lead",
        "support",
        "see",
    ),
    *("applicant", "subject", "payee", "matter", "instrument", "decision", "shape", "draft", "first", "mode", "excess", "reading", "department", "matches"),
    *("authority", "less", "step_up", "funding", "recognition", "completion", "by_whom", "who", "office"),
}
_SPAN = re.compile(r"\bt(?:\s*-\s*(\d+))?\s*\.\.\s*t(?:\s*-\s*(\d+))?")


def parameters(root: Node) -> tuple[Parameter, ...]:
    """All parameters of one policy.yaml, in the order of the file."""
    if not isinstance(root, Map):
        return ()
    found = list(_policy(root))
    clauses = root.entries.get("clauses")
    for clause in clauses.items if isinstance(clauses, Seq) else ():
        if isinstance(clause, Map):
            id_ = _text(clause, "clause")
            found += [replace(p, clause=id_) for p in _clause(clause, id_)]
    return tuple(found)


def _text(item: Map, key: str) -> str:
    node = item.entries.get(key)
    return node.text if isinstance(node, Scalar) else ""


def _policy(root: Map) -> Iterator[Parameter]:
    for key in ("number", "repeals"):
        node = root.entries.get(key)
        for n, item in enumerate(node.items if isinstance(node, Seq) else [node] if node else [], 1):
            if isinstance(item, Scalar):
                for figure in find_figures(item.text):
                    path = f"{key}.{n}" if isinstance(node, Seq) else key
                    yield Parameter(path, "", "number", None, figure.label, item.place, loose=True)
    issued = root.entries.get("issued")
    if isinstance(issued, Scalar):
        yield from _quantities(issued, "issued", "date")
    for key in ("window", "benefit_years"):
        node = root.entries.get(key)
        if isinstance(node, Map):
            yield from _window(node, key)


def _window(node: Map, key: str) -> Iterator[Parameter]:
    """First and last day; where the text prints a number of years, the last day follows from it."""
    first, last = _text(node, "from"), _text(node, "to")
    years = _years_between(first, last)
    if years:
        yield Parameter(f"{key}.years", "", "years", Quantity(Fraction(years), "年"), f"{years}年", node.keys["to"], loose=True)
    for end in ("from", "to"):
        item = node.entries.get(end)
        if isinstance(item, Scalar):
            for p in _quantities(item, f"{key}.{end}", "date"):
                year = p.quantity and not p.quantity.dimension and Quantity(p.quantity.value, YEAR)
                yield replace(p, quantity=year or p.quantity, follows=f"{key}.years" if end == "to" and years else "")


def _years_between(first: str, last: str) -> int:
    try:
        start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last) + datetime.timedelta(days=1)
    except ValueError:
        return 0
    return end.year - start.year if (end.month, end.day) == (start.month, start.day) else 0


def _clause(clause: Map, id_: str) -> Iterator[Parameter]:
    for key, node in clause.entries.items():
        if key in _WORDS:
            continue
        items = node.items if isinstance(node, Seq) else ()
        for n, item in enumerate(items, 1):
            if not isinstance(item, Map):
                yield from _walk(item, f"{id_}.{key}.{n}", key)
            elif key == "measures":
                yield from _walk(item, id_ + _text(item, "id"), "")
            elif key == "limits":
                yield from _limit(item, f"{id_}.{_text(item, 'id')}")
            else:
                yield from _named_value(item, f"{id_}.{key}.{_text(item, 'name') or _text(item, 'id') or n}", key)


def _limit(item: Map, path: str) -> Iterator[Parameter]:
    """Its figures; a count of years runs in years, a count of one is the word 首次, 一次性 or 一项 and needs no figure."""
    entries = {k: v for k, v in item.entries.items() if k != "per"}
    for p in _walk(Map(entries, item.keys, item.place), path, ""):
        role = "years" if p.role == "quota" and "consecutive" in entries else p.role
        yield replace(p, role=role, loose=p.loose or bool(role == "quota" and p.quantity and p.quantity.value == 1))


def _named_value(item: Map, path: str, key: str) -> Iterator[Parameter]:
    """A term, target or step: values as the text prints them, and the figures of its name (百亿级企业) as holds for the text's."""
    name = item.entries.get("name")
    for figure in find_figures(name.text) if isinstance(name, Scalar) else ():
        if figure.quantity:
            yield Parameter(f"{path}#name", "", "", figure.quantity, figure.value, item.place, loose=True)
    value = item.entries.get("value")
    printed = find_figures(value.text) if isinstance(value, Scalar) else ()
    plain = isinstance(value, Scalar) and bool(printed) and all(f.quantity for f in printed) and not re.search(r"[()<>=*]", value.text)
    if plain and isinstance(value, Scalar):
        for n, figure in enumerate(printed, 1):
            yield Parameter(path + (f"#{n}" if len(printed) > 1 else ""), "", _ROLES.get(key, ""), figure.quantity, figure.value, value.place)
    entries = {k: v for k, v in item.entries.items() if not (plain and k == "value")}
    yield from _walk(Map(entries, item.keys, item.place), path, key)


def _walk(node: Node, path: str, key: str) -> Iterator[Parameter]:
    """Quantities below a node; `key` is the last key that gives a role."""
    if isinstance(node, Scalar):
        yield from _quantities(node, path, _ROLES.get(key, ""))
    elif isinstance(node, Seq):
        if key == "rates":
            yield from _schedule(node, path)
            return
        for n, item in enumerate(node.items, 1):
            yield from _walk(item, path if key in _WRAPPERS else f"{path}.{n}", key)
    else:
        choices = "reading" in node.entries
        for name, item in node.entries.items():
            if name == "reading" or (name in _WORDS and not choices):
                continue
            inner = name if name in _ROLES and not choices else key
            step = "" if name in _WRAPPERS or (name == "value" and key in ("terms", "targets")) else f".{name}"
            if re.fullmatch(r"\d{4}(\.\.\d{4})?", name):
                for n, year in enumerate(name.split(".."), 1):
                    yield Parameter(f"{path}.{name}.year{n}", "", "date", Quantity(Fraction(int(year)), YEAR), year, node.keys[name])
            yield from _walk(item, path + step, inner)


def _schedule(node: Seq, path: str) -> Iterator[Parameter]:
    """Rates by ordinal year: their number is a number of years, an even fall is a step, and all but the first follow from it."""
    rates = [p for n, item in enumerate(node.items, 1) for p in _walk(item, f"{path}.{n}", "rate")]
    values = [p.quantity.value for p in rates if p.quantity]
    falls = {a - b for a, b in itertools.pairwise(values)}
    yield Parameter(f"{path}.count", "", "years", Quantity(Fraction(len(values)), "年"), f"{len(values)}年", node.place, loose=True)
    if len(falls) == 1 and len(values) > 1 and 0 not in falls:
        fall = abs(falls.pop())
        yield Parameter(f"{path}.step", "", "step", Quantity(fall, "百分点"), f"{fall}", node.place, loose=True)
        rates[1:] = [replace(p, follows=f"{path}.step") for p in rates[1:]]
    elif falls == {Fraction(0)}:
        rates[1:] = [replace(p, follows=rates[0].path) for p in rates[1:]]
    yield from rates


def _quantities(item: Scalar, path: str, role: str) -> Iterator[Parameter]:
    """The quantities of one value or expression, and the durations that its names hold (前三年(x), t-2..t, 三年累计产量)."""
    found = [(text, quantity, False) for text, quantity in _literals(item)] + [(text, quantity, True) for text, quantity in _named(item.text)]
    for n, (text, quantity, loose) in enumerate(found, 1):
        mark = f"#{n}" if len(found) > 1 else ""
        said = "years" if quantity.dimension in ("年", "月", "") and role == "threshold" else "date" if quantity.dimension in (DATE, YEAR) else role
        whole = quantity.value == 0 or (quantity.value == 1 and quantity.dimension == "比率") or (path.endswith(".is") and not quantity.dimension)
        yield Parameter(path + mark, "", said, quantity, text, item.place, loose=loose or whole)


def _literals(item: Scalar) -> Iterator[tuple[str, Quantity]]:
    text = _SPAN.sub("t", item.text)
    if ratio := re.fullmatch(r"\s*(\d+)\s*[:：]\s*(\d+)\s*", text):
        yield item.text, Quantity(Fraction(int(ratio[1]), int(ratio[2])), RATIO)
        return
    try:
        found = tokens(text, item.place)
    except Problems:
        found = []
    for token in found:
        if token.kind == "quantity" and isinstance(token.value, Quantity):
            year = token.value.dimension == "年" and token.value.value >= 1900
            yield token.text, Quantity(token.value.value, YEAR) if year else token.value
        elif token.kind == "date":
            yield token.text, Quantity(Fraction(int(token.text.replace("-", ""))), DATE)
        elif token.kind == "text":
            yield from _inside(token)


def _inside(token: Token) -> Iterator[tuple[str, Quantity]]:
    return ((token.text, f.quantity) for f in find_figures(token.text) if f.quantity and f.quantity.dimension == YEAR)


def _named(text: str) -> Iterator[tuple[str, Quantity]]:
    for span in _SPAN.finditer(text):
        years = int(span[1] or 0) - int(span[2] or 0) + 1
        yield span[0], Quantity(Fraction(years), "年")
    for word in re.findall(r"[\u4e00-\u9fffA-Za-z0-9_]+(?:\()?", re.sub(r"'[^']*'", "", text)):
        for figure in find_figures(word):
            if figure.quantity and not word[0].isdigit():
                yield word, figure.quantity
