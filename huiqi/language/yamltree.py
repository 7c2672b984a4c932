"""YAML 1.2 failsafe text → a tree of places and text, in bounded time and memory.

Every scalar stays text. Anchors, aliases and tags are refused, so a small file cannot unfold into a large one;
the tree is built from parser events without recursion, so deep nesting cannot exhaust the stack; size, number and length are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from msgspec import Struct

from huiqi.language.diagnostics import Place, Problems, problem
from huiqi.language.messages import YAML_FAULTS

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 40
MAX_VALUES = 100_000
MAX_TEXT = 10_000

_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

_END = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


class Scalar(Struct, frozen=True):
    """A piece of text; empty where nothing stands."""

    text: str
    place: Place


class Seq(Struct, frozen=True):
    items: tuple[Node, ...]
    place: Place

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


class Map(Struct, frozen=True):
    """Keys in file order; `keys` has the place of each key."""

    entries: dict[str, Node]
    keys: dict[str, Place]
    place: Place


Node = Scalar | Seq | Map


def read_yaml(data: bytes, file: str) -> Node:
    """Read one YAML document. Raises `Problems` (Y001–Y008, Y010, Y011) with the place of the first fault."""
    if len(data) > MAX_BYTES:
        raise problem("Y004", Place(file), limit=f"{MAX_BYTES // 1048576} MB")
    text = _text(data, file)
    if not text.strip():
        raise problem("Y006", Place(file))
    if control := _CONTROL.search(text):
        line_start = text.rfind("\n", 0, control.start()) + 1
        raise _broken("control characters are not allowed", Place(file, text.count("\n", 0, line_start) + 1, control.start() - line_start + 1))
    try:
        return _build(text, file)
    except yaml.MarkedYAMLError as error:
        # A key without its colon, or a quote that is not closed, is noticed further down: its own place says more.
        mark = error.context_mark if error.context in ("while scanning a simple key", "while scanning a quoted scalar") else error.problem_mark
        raise _broken(str(error.problem), _place(mark or error.context_mark, file)) from None


def _text(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line = before[before.rfind(b"\n") + 1 :]
        raise problem("Y007", Place(file, before.count(b"\n") + 1, len(line.decode("utf-8")) + 1)) from None


def _place(mark: yaml.error.Mark | yaml._yaml.Mark | None, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def _broken(fault: str, place: Place) -> Problems:
    zh, en = YAML_FAULTS.get(fault, (fault, fault))
    return problem("Y001", place, detail=zh, detail_en=en)


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
    loader = yaml.CLoader(text)
    stack: list[_Open] = []
    root: Node | None = None
    values = 0
    while (event := loader.get_event()) is not None:
        node: Node
        if isinstance(event, yaml.NodeEvent):
            place = _place(event.start_mark, file)
            values += 1
            if values > MAX_VALUES:
                raise problem("Y010", place, limit=MAX_VALUES)
            if event.anchor or getattr(event, "tag", None):
                raise problem("Y002", place)
            if not isinstance(event, yaml.ScalarEvent):
                if len(stack) >= MAX_DEPTH:
                    raise problem("Y003", place, limit=MAX_DEPTH)
                stack.append(_Open(place, isinstance(event, yaml.MappingStartEvent)))
                continue
            if len(event.value) > MAX_TEXT:
                raise problem("Y011", place, limit=MAX_TEXT)
            if event.style == '"' and _CONTROL.search(event.value):  # written as an escape
                raise _broken("control characters are not allowed", place)
            node = Scalar(event.value, place)
        elif isinstance(event, _END):
            node = stack.pop().close()
        elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise _broken("second document in one file", _place(event.start_mark, file))
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
        raise problem("Y008", node.place, want_zh="“键: 值”（半角冒号加空格）", want_en="key: value pairs (colon and blank)")
    return node


def want_seq(node: Node) -> Seq:
    """The node as a list, or Y008."""
    if not isinstance(node, Seq):
        raise problem("Y008", node.place, want_zh="列表（- 开头）", want_en="a list (lines that begin with -)")
    return node
