"""YAML 1.2 failsafe text → a tree of places and text, in bounded time and memory.

Every scalar stays text. Anchors, aliases and tags are refused, so a small file cannot unfold into a large one;
the tree is built from parser events without recursion, so deep nesting cannot exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

import yaml

from huiqi.language.diagnostics import Place, Problems, problem

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 40

_Loader = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text. `quoted` tells an empty string from nothing at all."""

    text: str
    place: Place
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Seq:
    items: tuple[Node, ...]
    place: Place

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Map:
    """Keys in file order; `keys` has the place of each key."""

    entries: dict[str, Node]
    keys: dict[str, Place]
    place: Place


Node = Scalar | Seq | Map


def read_yaml(data: bytes, file: str) -> Node:
    """Read one YAML document. Raises `Problems` (Y001–Y007) with the place of the first fault."""
    if len(data) > MAX_BYTES:
        too_large(len(data), file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise problem("Y007", Place(file)) from None
    if not text.strip():
        raise problem("Y006", Place(file))
    try:
        return _build(text, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        raise problem("Y001", place, detail=error.problem or error.context or "?") from None
    except yaml.YAMLError as error:
        raise problem("Y001", Place(file), detail=str(error).splitlines()[0]) from None


def too_large(size: int, file: str) -> NoReturn:
    """Raise Y004 for a file of `size` bytes."""
    raise problem("Y004", Place(file), size=f"{size / 1048576:.1f} MB", limit=f"{MAX_BYTES // 1048576} MB")


class _Open:
    """A sequence or mapping that is still being read."""

    __slots__ = ("entries", "key", "keys", "place")

    def __init__(self, place: Place, mapping: bool):
        self.place = place
        self.entries: dict[str, Node] | list[Node] = {} if mapping else []
        self.keys: dict[str, Place] = {}
        self.key: str | None = None

    def put(self, node: Node) -> None:
        if isinstance(self.entries, list):
            self.entries.append(node)
        elif self.key is None:
            if not isinstance(node, Scalar):
                raise problem("Y008", node.place, want_zh="键（文字）", want_en="a key (text)")
            if node.text in self.keys:
                raise problem("Y005", node.place, key=node.text, line=self.keys[node.text].line)
            self.key = node.text
            self.keys[node.text] = node.place
        else:
            self.entries[self.key] = node
            self.key = None

    def close(self) -> Node:
        if isinstance(self.entries, list):
            return Seq(tuple(self.entries), self.place)
        return Map(self.entries, self.keys, self.place)


def _build(text: str, file: str) -> Node:
    stack: list[_Open] = []
    root: Node | None = None
    for event in yaml.parse(text, Loader=_Loader):
        kind = type(event)
        if kind is yaml.ScalarEvent or kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
            mark = event.start_mark
            place = Place(file, mark.line + 1, mark.column + 1)
            if event.anchor or event.tag:
                raise problem("Y002", place)
            if kind is not yaml.ScalarEvent:
                if len(stack) >= MAX_DEPTH:
                    raise problem("Y003", place, limit=MAX_DEPTH)
                stack.append(_Open(place, kind is yaml.MappingStartEvent))
                continue
            node: Node = Scalar(event.value, place, event.style is not None)
        elif kind is yaml.AliasEvent:
            mark = event.start_mark
            raise problem("Y002", Place(file, mark.line + 1, mark.column + 1))
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            node = stack.pop().close()
        elif kind is yaml.DocumentStartEvent and root is not None:
            mark = event.start_mark
            raise problem("Y001", Place(file, mark.line + 1, 1), detail="second document in one file")
        else:
            continue
        if stack:
            stack[-1].put(node)
        else:
            root = node
    if root is None:
        raise problem("Y006", Place(file))
    return root


def want_text(node: Node) -> Scalar:
    """The node as text, or Y008."""
    if not isinstance(node, Scalar):
        raise problem("Y008", node.place, want_zh="文字或数值", want_en="text or a value")
    return node


def want_map(node: Node) -> Map:
    """The node as a mapping, or Y008."""
    if not isinstance(node, Map):
        raise problem("Y008", node.place, want_zh="“键: 值”", want_en="key: value pairs")
    return node


def want_seq(node: Node) -> Seq:
    """The node as a list, or Y008."""
    if not isinstance(node, Seq):
        raise problem("Y008", node.place, want_zh="列表（- 开头）", want_en="a list (lines that begin with -)")
    return node


__all__ = ["MAX_BYTES", "Map", "Node", "Problems", "Scalar", "Seq", "read_yaml", "too_large", "want_map", "want_seq", "want_text"]
