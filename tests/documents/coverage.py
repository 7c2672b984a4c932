"""Where each character of a source went: every one that prints belongs to one node, to what stands around the policies, or to what was removed."""

from __future__ import annotations

from collections import Counter

from huiqi.documents.characters.clean import blank
from huiqi.documents.text import ADDED
from huiqi.documents.tree import Document


def misplaced(document: Document) -> list[int]:
    """Offsets of printed characters that were lost or stand in two places, and of anything kept that the source does not print."""
    text = document.source.text
    pieces = list(document.outside)
    for policy in document.policies:
        pieces += [*policy.front, *policy.back]
        for node in policy.walk():
            pieces += [node.mark, node.body]
    placed = Counter(at for piece in pieces for at in piece.at if at != ADDED)
    placed.update(at for gone in document.removed for at in range(gone.start, gone.end) if not blank(text[at]))
    printed = {at for at, char in enumerate(text) if not blank(char)}
    return sorted(at for at in printed | placed.keys() if placed[at] != (at in printed))
