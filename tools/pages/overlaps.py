"""docs/overlaps.md: every overlap of the corpus, matter by matter, with the dates both policies are in force."""

from __future__ import annotations

from huiqi.combine.report import Pair, between_policies, inside_policies
from huiqi.packs.model import Corpus

HEAD = """# Overlaps

Generated from the packs by `make docs`; do not edit. Where two measures pay one matter (事项) for one thing, only the better one is paid
(从优、就高、不重复): between different policies wherever the sentence of one reaches the other, inside one policy only where its text says so."""


def overlaps_page(corpus: Corpus) -> str:
    """The whole page."""
    between = between_policies(corpus)
    parts = [HEAD, "## Between policies"]
    for matter in dict.fromkeys(p.matter for p in between):
        within = corpus.vocabulary.matters[matter].within
        parts.append(f"### {matter}{f'（属{within}）' if within else ''}\n\n{_table([p for p in between if p.matter == matter])}")
    inside = [p for p in inside_policies(corpus) if p.decided]
    rows = "\n".join(f"| {p.matter} | {_name(p, 'a')} | {_name(p, 'b')} | `{p.decided}` |" for p in inside)
    parts.append(f"## Inside one policy, decided by its text\n\n| matter | measure | measure | rule |\n|---|---|---|---|\n{rows}")
    free = [p for p in inside_policies(corpus) if not p.decided]
    rows = "\n".join(f"| {p.matter} | {_name(p, 'a')} | {_name(p, 'b')} |" for p in free)
    parts.append(
        f"## Inside one policy, both paid\n\nThe text does not say that one excludes the other.\n\n| matter | measure | measure |\n|---|---|---|\n{rows}"
    )
    return "\n\n".join(parts) + "\n"


def _table(pairs: list[Pair]) -> str:
    """One row for each two policies, with all of their measures on the matter."""
    rows: dict[tuple[str, str], list[Pair]] = {}
    for p in pairs:
        rows.setdefault((p.a.id.partition("/")[0], p.b.id.partition("/")[0]), []).append(p)
    lines = ["| measures | measures | both in force | by the sentence of |", "|---|---|---|---|"]
    for found in rows.values():
        sides = ["<br>".join(dict.fromkeys(_name(p, side) for p in found)) for side in ("a", "b")]
        days = f"{found[0].first_day} – {found[0].last_day or 'open'}"
        lines.append(f"| {sides[0]} | {sides[1]} | {days} | `{found[0].decided}` |")
    return "\n".join(lines)


def _name(pair: Pair, side: str) -> str:
    measure = pair.a if side == "a" else pair.b
    return f"`{measure.id}` {measure.title}"
