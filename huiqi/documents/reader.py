"""A file → its document: the passes one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from huiqi.documents.about.metadata import read_metadata
from huiqi.documents.about.names import Names, installed_names
from huiqi.documents.about.offices import read_offices
from huiqi.documents.characters.contents import drop_contents
from huiqi.documents.characters.decode import decode, read_source
from huiqi.documents.characters.lines import read_lines
from huiqi.documents.structure.blocks import Block, read_blocks
from huiqi.documents.structure.findings import find_unclear
from huiqi.documents.structure.naming import name_parts
from huiqi.documents.structure.outline import read_outline
from huiqi.documents.structure.split import Portion, split
from huiqi.documents.text import Source, Traced
from huiqi.documents.tree import Document, PolicyText


def read_file(path: Path, names: Names | None = None) -> Document:
    """Read one official text. Raises `Problems` (D001–D005) where it is no text; what is not understood is in `findings`."""
    return read_document(read_source(path), names)


def read_bytes(data: bytes, file: str, names: Names | None = None) -> Document:
    """The same for a file's bytes under a name."""
    return read_document(decode(data, file), names)


def read_document(source: Source, names: Names | None = None) -> Document:
    """The policies of a decoded text; offices are spelt as `names` does, by default as the installed vocabulary does."""
    names = names or installed_names()
    lines, removed = read_lines(source)
    lines, contents = drop_contents(lines)
    portions, outside = split(read_blocks(lines))
    policies = tuple(_policy(portion, source, names) for portion in portions)
    document = Document(source, policies, _bodies(outside), tuple(sorted([*removed, *contents], key=lambda r: r.start)))
    return replace(document, findings=tuple(find_unclear(document, lines)))


def _policy(portion: Portion, source: Source, names: Names) -> PolicyText:
    outline = read_outline(portion.body)
    nodes = tuple(name_parts(outline))
    offices = read_offices(nodes, names)
    metadata = read_metadata(portion, outline.back, nodes, offices, names)
    return PolicyText(metadata, nodes, _bodies(portion.front), _bodies(outline.back), offices, source)


def _bodies(blocks: Sequence[Block]) -> tuple[Traced, ...]:
    return tuple(block.body for block in blocks)
