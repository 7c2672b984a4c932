"""Which policy a text is: by its document number, else by its title without its issuer."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from huiqi.documents.tree import Metadata, PolicyText
from huiqi.packs.model import Policy

ALIKE = 0.88
"""Titles whose cores are at least this alike name one policy."""


def core(title: str) -> str:
    """A title without spaces, quotation marks and the office it begins with."""
    plain = re.sub(r"[\s“”\"‘’《》]", "", title)
    return re.sub(r"^.{2,30}?(?:人民政府|办公厅|政府|委员会|管委会|局)+(?:印发)?关于", "", plain).removeprefix("关于")


def likeness(number: str, title: str, other_number: str, other_title: str) -> float:
    """How surely two policies are one: 1 for the same number, 0 for different ones, else the likeness of the titles."""
    if number and other_number:
        return float(number == other_number)
    return difflib.SequenceMatcher(None, core(title), core(other_title), autojunk=False).ratio()


def pack_of(metadata: Metadata, policies: Iterable[Policy]) -> str:
    """The id of the installed policy a text is a print of, '' where there is none."""
    ranked = [(likeness(metadata.number, metadata.title, p.number, p.title), p.id) for p in policies]
    best, id_ = max(ranked, default=(0.0, ""))
    return id_ if best >= ALIKE else ""


def pairs(left: Sequence[PolicyText], right: Sequence[PolicyText]) -> list[tuple[PolicyText, PolicyText]]:
    """The policies that stand in both documents, each once, the likest first."""
    every = [
        (likeness(a.metadata.number, a.metadata.title, b.metadata.number, b.metadata.title), i, j) for i, a in enumerate(left) for j, b in enumerate(right)
    ]
    found: list[tuple[int, int]] = []
    for like, i, j in sorted(every, key=lambda x: (-x[0], x[1], x[2])):
        if like >= ALIKE and all(i != a and j != b for a, b in found):
            found.append((i, j))
    return [(left[i], right[j]) for i, j in sorted(found)]
