"""Reading a mapping with a fixed set of keys: every fault becomes a diagnostic with its place, and reading goes on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import TypeVar

from huiqi.language.diagnostics import Findings, Place, Problems, did_you_mean
from huiqi.language.text import fold, is_date
from huiqi.language.yamltree import Map, Node, Scalar, want_map, want_seq, want_text

__all__ = ["Fields", "is_date", "unique"]

T = TypeVar("T")
_CODES = {"P": ("P001", "P002", "P003"), "F": ("F012", "F013", "F011")}


class Fields:
    """The keys of one mapping. Unknown keys are reported when it is made, missing ones when they are asked for; a key with nothing after it is absent."""

    def __init__(self, node: Map, allowed: Collection[str], findings: Findings, prefix: str = "P"):
        self.node, self.findings = node, findings
        self._missing, unknown, self._no_value = _CODES[prefix]
        for key, place in node.keys.items():
            if key not in allowed:
                value = node.entries.get(key)
                torn = ")" in key and isinstance(value, Scalar) and not value.text  # {of: min(a, b)}: the comma parts it
                findings.add("P019" if torn else unknown, place, key=key, **did_you_mean(key, allowed))

    def __contains__(self, key: str) -> bool:
        return key in self.node.entries

    def place(self, key: str) -> Place:
        node = self.node.entries.get(key)
        return node.place if node else self.node.place

    def get(self, key: str) -> Node | None:
        node = self.node.entries.get(key)
        return None if isinstance(node, Scalar) and not node.text.strip() else node

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a key; without a default it must be there."""
        node = self.get(key)
        if node is None:
            if default is None:
                self.findings.add(self._missing, self.place(key), key=key)
            return default or ""
        return self._safely(lambda: want_text(node).text, "")

    def one_of(self, key: str, values: Collection[str], default: str | None = None) -> str:
        """The text of a key, one of `values`."""
        text = self.text(key, default)
        if text and text not in values:
            self.findings.add(self._no_value, self.place(key), value=text, name=key, values=list(values))
        return text

    def date(self, key: str, default: str | None = None) -> str:
        """A day as ISO text, '' when it is none."""
        text = self.text(key, default)
        day = fold(text).strip()
        if is_date(day):
            return day
        if text:
            self.findings.add("Q005", self.place(key), text=text)
        return ""

    def flag(self, key: str) -> bool:
        """true or absent."""
        return self.one_of(key, ("true", "false"), "false") == "true"

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text alone; absent is empty."""
        return tuple(item.text for item in self.scalars(key))

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """A list of texts with their places, or one text alone; absent is empty."""
        node = self.get(key)
        if node is None:
            return ()
        if isinstance(node, Scalar):
            return (node,)
        return tuple(x for item in self._items(node) if (x := self._safely(partial(want_text, item), None)))

    def maps(self, key: str) -> Iterator[Map]:
        """A list of mappings; absent is empty."""
        node = self.get(key)
        for item in () if node is None else self._items(node):
            if mapping := self._safely(partial(want_map, item), None):
                yield mapping

    def map(self, key: str) -> Map | None:
        """A mapping, or None when absent."""
        node = self.get(key)
        return None if node is None else self._safely(lambda: want_map(node), None)

    def _items(self, node: Node) -> tuple[Node, ...]:
        return self._safely(lambda: want_seq(node).items, ())

    def _safely(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Problems as problems:
            self.findings.take(problems)
            return otherwise


def unique(items: Iterable[tuple[str, Place]], findings: Findings) -> None:
    """Report ids that stand twice (P004)."""
    seen: set[str] = set()
    for name, place in items:
        if name in seen:
            findings.add("P004", place, id=name)
        seen.add(name)
