"""What an official text is read into: a document of policies, each with its metadata and its outline of nodes.

A node's `text` is all that is printed at it, without its number and its children: the title as printed, then its prose. Paragraphs of one node
are parted by a line break. A node with prose of its own is a clause; a heading that only holds other nodes is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from huiqi.documents.text import Source, Traced
from huiqi.language.diagnostics import Diagnostic, Place


class Clause(Struct, frozen=True):
    """One clause of a policy as printed: `id` as in a pack, `at` the printed path, `text` title and prose, `prose` where the prose begins in it."""

    id: str
    at: str
    title: str
    body: Traced
    prose: int
    source: Source

    @property
    def text(self) -> str:
        """Title and prose, normalised; paragraphs parted by a line break."""
        return self.body.text

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the first character and of the one after the last in the source; pieces of other clauses may lie between."""
        return self.body.span

    def place(self, index: int) -> Place:
        """Where the character `text[index]` is printed: file, line, column."""
        return self.source.place(self.body.offset(index))


class Node(Struct, frozen=True):
    """A numbered part, a stretch of prose, or a heading. `mark` is its printed number; `level` counts from 1."""

    id: str
    at: str
    title: str
    level: int
    mark: Traced
    body: Traced
    prose: int
    children: tuple[Node, ...] = ()

    @property
    def text(self) -> str:
        """The node's own text without its number and its children."""
        return self.body.text

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the node's own text in the source, from its number on."""
        spans = [piece.span for piece in (self.mark, self.body) if len(piece)]
        return (spans[0][0], spans[-1][1]) if spans else (0, 0)

    @property
    def is_clause(self) -> bool:
        """Whether it says something itself, beyond a heading."""
        return self.prose < len(self.body)

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in printed order of their beginnings."""
        yield self
        for child in self.children:
            yield from child.walk()


class Offices(Struct, frozen=True):
    """Who carries a clause out, as packs spell it: who leads, who supports."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()


class Metadata(Struct, frozen=True):
    """What a policy says about itself; empty where it does not. Days are ISO text, `issued_month` is the month printed under a title.

    `overlap` is 市 or 各级, `funding` who pays in the words of a pack and `funding_share` the ratio where one is printed, `lead` who carries
    the whole policy out; `…_at` is the printed path.
    """

    title: str = ""
    number: str = ""
    issuers: tuple[str, ...] = ()
    issued: str = ""
    issued_month: str = ""
    first_day: str = ""
    last_day: str = ""
    benefit_from: str = ""
    benefit_to: str = ""
    admits_earlier: bool = False
    all_up_to: bool = False
    overlap: str = ""
    overlap_at: str = ""
    funding: tuple[str, ...] = ()
    funding_at: str = ""
    funding_share: str = ""
    repeals: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()


class PolicyText(Struct, frozen=True):
    """One policy as printed. `front` is what stands before its text (letterhead, notice, title), `back` what follows it (copies, imprint)."""

    metadata: Metadata
    nodes: tuple[Node, ...]
    front: tuple[Traced, ...]
    back: tuple[Traced, ...]
    offices: dict[str, Offices]
    source: Source

    def walk(self) -> Iterator[Node]:
        """Every node in printed order."""
        for node in self.nodes:
            yield from node.walk()

    def clauses(self) -> Iterator[Clause]:
        """Every clause in printed order of its beginning."""
        return (Clause(n.id, n.at, n.title, n.body, n.prose, self.source) for n in self.walk() if n.is_clause)


class Removed(Struct, frozen=True):
    """Characters that are no text of the document: `what` is page, head, mark, rule or contents."""

    what: str
    start: int
    end: int


class Document(Struct, frozen=True):
    """A file as read: its policies, what belongs to none of them, what was left out, and what could not be understood."""

    source: Source
    policies: tuple[PolicyText, ...]
    outside: tuple[Traced, ...]
    removed: tuple[Removed, ...]
    findings: tuple[Diagnostic, ...] = ()
