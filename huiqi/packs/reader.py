"""Reading a mapping with a fixed set of keys: every fault becomes a diagnostic with its place, and reading goes on."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from huiqi.language.diagnostics import Findings, Place, Problems, did_you_mean
from huiqi.language.yamltree import Map, Node, Scalar, want_map, want_seq, want_text

T = TypeVar("T")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Fields:
    """The keys of one mapping. Unknown keys are reported when it is made, missing ones when they are asked for."""

    def __init__(self, node: Map, allowed: Collection[str], findings: Findings, prefix: str = "P"):
        self.node, self.findings = node, findings
        self._missing, unknown = (f"{prefix}001", f"{prefix}002") if prefix == "P" else ("F012", "F013")
        for key, place in node.keys.items():
            if key not in allowed:
                findings.add(unknown, place, key=key, **did_you_mean(key, allowed))

    def __contains__(self, key: str) -> bool:
        return key in self.node.entries

    def place(self, key: str) -> Place:
        node = self.node.entries.get(key)
        return node.place if node else self.node.place

    def get(self, key: str) -> Node | None:
        return self.node.entries.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a key; without a default it must be there."""
        node = self.node.entries.get(key)
        if node is None:
            if default is None:
                self.findings.add(self._missing, self.node.place, key=key)
            return default or ""
        return self._safely(lambda: want_text(node).text, "")

    def one_of(self, key: str, values: Collection[str], default: str | None = None) -> str:
        """The text of a key, one of `values`."""
        text = self.text(key, default)
        if text and text not in values:
            self.findings.add("P003", self.place(key), value=text, values="、".join(values))
        return text

    def date(self, key: str, default: str | None = None) -> str:
        """A day as ISO text."""
        text = self.text(key, default)
        if text and not is_date(text):
            self.findings.add("Q005", self.place(key), text=text)
        return text

    def flag(self, key: str) -> bool:
        """true or absent."""
        return self.one_of(key, ("true", "false"), "false") == "true"

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text alone; absent is empty."""
        return tuple(item.text for item in self.scalars(key))

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """A list of texts with their places, or one text alone; absent is empty."""
        node = self.node.entries.get(key)
        if node is None or (isinstance(node, Scalar) and not node.text and not node.quoted):
            return ()
        if isinstance(node, Scalar):
            return (node,)
        return self._safely(lambda: tuple(want_text(item) for item in want_seq(node)), ())

    def maps(self, key: str) -> Iterator[Map]:
        """A list of mappings; absent is empty."""
        node = self.node.entries.get(key)
        if node is None:
            return
        for item in self._safely(lambda: want_seq(node).items, ()):
            try:
                yield want_map(item)
            except Problems as problems:
                self.findings.take(problems)

    def map(self, key: str) -> Map | None:
        """A mapping, or None when absent."""
        node = self.node.entries.get(key)
        return None if node is None else self._safely(lambda: want_map(node), None)

    def _safely(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Problems as problems:
            self.findings.take(problems)
            return otherwise


def is_date(text: str) -> bool:
    """Whether `text` is a day of the calendar, written YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def unique(items: Iterable[tuple[str, Place]], findings: Findings) -> None:
    """Report ids that stand twice (P004)."""
    seen: set[str] = set()
    for name, place in items:
        if name in seen:
            findings.add("P004", place, id=name)
        seen.add(name)
