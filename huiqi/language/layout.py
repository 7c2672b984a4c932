"""A YAML tree → its one canonical layout: two blanks a level, lists flush with their key, short mappings in one line, comments kept."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable

import yaml
from msgspec import Struct
from yaml.emitter import Emitter

from huiqi.language.yamltree import Map, Node, Scalar, Seq

COLUMNS = 160
Order = Callable[[tuple[str, ...], Map], list[str]]
Spelling = Callable[[Scalar], str]


class Beside(Struct):
    """What stands around an entry in the source: comment lines before it, a comment at its end, a blank line above."""

    before: list[str] = []
    after: str = ""
    gap: bool = False


def laid_out(text: str, root: Node, order: Order, spelling: Spelling, blocks: frozenset[str]) -> str:
    """The canonical text of a document.

    `order` gives the keys of a mapping (by its path of keys) as they are to stand; `spelling` the text of a scalar; lists under a key of `blocks` have
    one line for each item or key, however short. The tree must have been read from `text`.
    """
    writer = _Writer(order, spelling, blocks, *_comments(text, root))
    writer.node(root, (), "")
    return "\n".join([*writer.lines, *writer.last]).rstrip("\n") + "\n"


class _Writer:
    def __init__(self, order: Order, spelling: Spelling, blocks: frozenset[str], beside: dict[tuple[int, int], Beside], last: list[str]):
        self.order, self.spelling, self.blocks, self.beside, self.last = order, spelling, blocks, beside, last
        self.lines: list[str] = []

    def node(self, node: Node, path: tuple[str, ...], indent: str) -> None:
        """A node in block form, each line with the indent."""
        match node:
            case Map():
                for key in self.order(path, node):
                    self.entry(f"{_plain(key, flow=False)}:", node.entries[key], (*path, key), indent, node.keys[key])
            case Seq(items):
                # The items of a list look alike: each in one line, or none of the mappings is.
                short = not (path and path[-1] in self.blocks) and all(self.short("-", item, path, indent) is not None for item in items)
                for item in items:
                    self.entry("-", item, path, indent, item.place, short)
            case Scalar():
                self.lines.append(indent + self.scalar(node, flow=False))

    def entry(self, head: str, value: Node, path: tuple[str, ...], indent: str, place: object, may_be_short: bool = True) -> None:
        """`key:` or `-` with what belongs to it, in one line where that is allowed and fits."""
        # Taken out, because the first key of an item stands at the item's own place.
        beside = self.beside.pop(_at(place), _NOTHING)
        if beside.gap and self.lines and self.lines[-1]:
            self.lines.append("")
        self.lines += [indent + comment if comment else "" for comment in beside.before]
        first = len(self.lines)
        line = self.short(head, value, path, indent)
        if line is not None and (may_be_short or isinstance(value, Scalar)):
            self.lines.append(line)
        elif head == "-":
            self.node(value, path, indent + "  ")
            # The first line of a block item carries the dash; what stands above its first key goes before it.
            if not self.lines[first]:
                del self.lines[first]
            while not self.lines[first] or self.lines[first].lstrip().startswith("#"):
                self.lines[first] = (indent + self.lines[first].lstrip()).rstrip()
                first += 1
            self.lines[first] = f"{indent}- {self.lines[first].lstrip()}"
        else:
            self.lines.append(indent + head)
            self.node(value, path, indent if isinstance(value, Seq) else indent + "  ")
        if beside.after:
            self.lines[first] += f"  {beside.after}"

    def short(self, head: str, value: Node, path: tuple[str, ...], indent: str) -> str | None:
        """The entry in one line, or None where it needs more."""
        if isinstance(value, Scalar):
            return f"{indent}{head} {self.scalar(value, flow=False)}".rstrip()
        if not value.entries if isinstance(value, Map) else not value.items:
            return f"{indent}{head} {'{}' if isinstance(value, Map) else '[]'}"
        in_block = head != "-" and path[-1] in self.blocks
        if in_block or not self.may_flow(value, 3 if head == "-" else 1):
            return None
        line = f"{indent}{head} {self.flow(value, path)}"
        return line if width(line) <= COLUMNS else None

    def may_flow(self, value: Map | Seq, levels: int) -> bool:
        """Whether it may stand in one line: nothing commented inside, lists of texts only, mappings at most so many levels deep."""
        children: list[tuple[object, Node]] = (
            [(value.keys[key], node) for key, node in value.entries.items()] if isinstance(value, Map) else [(node.place, node) for node in value.items]
        )
        for place, child in children:
            if _at(place) in self.beside:
                return False
            if isinstance(child, Scalar):
                if "," in self.spelling(child) and _is_call(self.spelling(child)):
                    return False
            elif isinstance(value, Seq) or (isinstance(child, Map) and levels == 1) or not self.may_flow(child, levels - 1):
                return False
        return True

    def flow(self, node: Node, path: tuple[str, ...]) -> str:
        match node:
            case Map():
                return "{" + ", ".join(f"{_plain(k, flow=True)}: {self.flow(node.entries[k], (*path, k))}".rstrip() for k in self.order(path, node)) + "}"
            case Seq(items):
                return "[" + ", ".join(self.flow(item, path) for item in items) + "]"
            case Scalar():
                return self.scalar(node, flow=True)

    def scalar(self, node: Scalar, flow: bool) -> str:
        return _plain(self.spelling(node), flow)


_NOTHING = Beside()
_CALL = re.compile(r"[A-Za-z_\u4e00-\u9fff]\(")


def _is_call(text: str) -> bool:
    """Whether it reads as an expression, which stands on a line of its own where it has a comma."""
    return _CALL.search(text) is not None


def width(text: str) -> int:
    """Columns: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _plain(text: str, flow: bool) -> str:
    """A scalar without quotes where YAML allows, else in double quotes, or in single ones where that saves escapes."""
    if not text:
        return "" if not flow else "''"
    emitter = Emitter(io.StringIO())
    emitter.allow_unicode = True
    analysis = emitter.analyze_scalar(text)
    if not analysis.multiline and (analysis.allow_flow_plain if flow else analysis.allow_block_plain):
        return text
    if ('"' in text or "\\" in text) and analysis.allow_single_quoted:
        return "'" + text.replace("'", "''") + "'"
    written: str = yaml.dump(text, default_style='"', allow_unicode=True, width=10**9)
    return written.removesuffix("\n")


def _at(place: object) -> tuple[int, int]:
    return (place.line, place.col)  # type: ignore[attr-defined]


def _entries(node: Node, found: list[tuple[int, int]]) -> None:
    match node:
        case Map(entries, keys):
            for key, child in entries.items():
                found.append(_at(keys[key]))
                _entries(child, found)
        case Seq(items):
            for item in items:
                found.append(_at(item.place))
                _entries(item, found)


def _comments(text: str, root: Node) -> tuple[dict[tuple[int, int], Beside], list[str]]:
    """What stands beside each entry (by line and column), and the comments after the last one."""
    entries: list[tuple[int, int]] = []
    _entries(root, entries)
    lines = text.splitlines()
    marks = _comment_columns(text)
    beside: dict[tuple[int, int], Beside] = {}
    first_on: dict[int, tuple[int, int]] = {}
    for at in sorted(entries):
        first_on.setdefault(at[0], at)
    starts = sorted(first_on)
    waiting: list[str] = []
    gap = False
    for number, line in enumerate(lines, 1):
        column = marks.get(number)
        own_line = column is not None and not line[:column].strip()
        if number in first_on:
            if waiting or gap:
                entry = beside.setdefault(first_on[number], Beside())
                entry.before += waiting
                entry.gap = gap
            waiting, gap = [], False
            if column is not None:
                beside.setdefault(first_on[number], Beside()).after = line[column:].rstrip()
        elif column is not None and (own_line or not starts or number < starts[0]):
            waiting.append(line[column:].rstrip())
        elif column is not None:  # at the end of a line that continues an entry
            home = first_on[max(n for n in starts if n < number)]
            beside.setdefault(home, Beside()).before.append(line[column:].rstrip())
        elif not line.strip() and waiting:
            waiting.append("")
        elif not line.strip():
            gap = True
    return beside, ([""] if gap and waiting else []) + waiting


def _comment_columns(text: str) -> dict[int, int]:
    """The column (from 0) at which the comment of a line (from 1) begins."""
    covered: list[tuple[int, int]] = []
    for token in yaml.scan(text, Loader=yaml.CLoader):
        if isinstance(token, yaml.ScalarToken):
            covered.append((token.start_mark.index, token.end_mark.index))
    found: dict[int, int] = {}
    offset = at = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        for match in re.finditer(r"(?:^|(?<=\s))#", line):
            index = offset + match.start()
            while at < len(covered) and covered[at][1] <= index:
                at += 1
            if at == len(covered) or not covered[at][0] <= index < covered[at][1]:
                found[number] = match.start()
                break
        offset += len(line)
    return found
