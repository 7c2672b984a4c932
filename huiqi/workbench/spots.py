"""Where in the YAML tree of a measure an operator can work: expressions and their tokens, mappings, tables and their rows."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from huiqi.language.lexer import Token, tokens
from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.drafts import EXPRESSION_KEYS
from huiqi.workbench.tree import Keys

Edit = tuple[Keys, Node | None]  # the node put under the keys; None = dropped
Edits = tuple[Edit, ...]

_EXPRESSIONS = (*EXPRESSION_KEYS, "when", "range", "rates", "paid")


class Spot(Struct, frozen=True):
    """One token of an expression of a measure: where the expression is, and the token's span in its text."""

    keys: Keys
    scalar: Scalar
    token: Token
    before: str

    def put(self, text: str) -> Edits:
        """The edit that writes `text` for the token."""
        start = self.token.place.col - self.scalar.place.col
        # quotes are no part of a text's token; a full-width mark or word is one character of the source
        length = len(self.token.text) + (2 if self.token.kind == "text" else 0)
        end = start + (1 if self.scalar.text[start] in "且或非≥≤≠…" else length)
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


def spots(measure: Map, *kinds: str) -> Iterator[Spot]:
    for keys, scalar in expressions(measure):
        before = ""
        for token in tokens(scalar.text, scalar.place):
            if token.kind in kinds:
                yield Spot(keys, scalar, token, before)
            before = token.text


def maps(node: Node, keys: Keys = ()) -> Iterator[tuple[Keys, Map]]:
    if isinstance(node, Map):
        yield keys, node
        for key, item in node.entries.items():
            yield from maps(item, (*keys, key))
    elif isinstance(node, Seq):
        for at, item in enumerate(node.items):
            yield from maps(item, (*keys, at))


def tables(measure: Map) -> Iterator[tuple[Keys, Map]]:
    for keys, node in maps(measure):
        if keys[-1:] == ("table",) and isinstance(node.entries.get("rows"), Seq):
            yield keys, node


def rows(measure: Map) -> Iterator[tuple[Keys, Map]]:
    for keys, table in tables(measure):
        rows = table.entries["rows"]
        for at, row in enumerate(rows.items if isinstance(rows, Seq) else ()):
            if isinstance(row, Map):
                yield (*keys, "rows", at), row


def scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    for item in node.items if isinstance(node, Seq) else node.entries.values() if isinstance(node, Map) else ():
        yield from scalars(item)
