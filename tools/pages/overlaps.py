"""docs/overlaps.md: every overlap of the corpus, matter by matter, with the dates both policies are in force."""

from __future__ import annotations

from huiqi.combine.report import CONTRARY, Pair, between_policies, inside_policies
from huiqi.language.yamltree import Seq
from huiqi.packs.model import Corpus

HEAD = """# Overlaps

Generated from the packs by `make docs`; do not edit. Where two measures pay one matter (事项) for one thing, only the better one is paid
(从优、就高、不重复): between different policies wherever the sentence of one reaches the other, inside one policy only where its text says so.
Every pair has a rule; `huiqi check` refuses a pack that leaves one open (L007). What a limit says stands in [limits.md](limits.md)."""


def overlaps_page(corpus: Corpus) -> str:
    """The whole page."""
    between = between_policies(corpus)
    parts = [HEAD, "## Between policies"]
    for matter in dict.fromkeys(p.matter for p in between):
        within = corpus.vocabulary.matters[matter].within
        parts.append(f"### {matter}{f'（属{within}）' if within else ''}\n\n{_table([p for p in between if p.matter == matter])}")
    rows = "\n".join(f"| {p.matter} | {_name(p, 'a')} | {_name(p, 'b')} | {_rule(p, corpus)} |" for p in inside_policies(corpus))
    parts.append(f"## Inside one policy\n\n| matter | measure | measure | rule |\n|---|---|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"


def _rule(pair: Pair, corpus: Corpus) -> str:
    """The rule that decides: one only, both, or both within a count or a sum; the reading taken where the text is silent."""
    if pair.decided == CONTRARY:
        return "never both: their conditions exclude each other"
    found = {x.id: x for p in corpus.policies.values() for c in p.clauses for x in c.limits}.get(pair.decided)
    if found is None:
        return f"the difference: `{pair.decided}`"
    if "together" in found.written.entries:
        return f"`{found.id}` both: {found.text('because')}"
    readings = "".join(f", reading `{id_}` taken as {choice}" for id_, choice in found.readings.items())
    if "one_of" in found.written.entries:
        node = found.body.entries["one_of"]
        return f"`{found.id}` {'one' if isinstance(node, Seq) and node.items else 'both'}{readings}"
    return f"`{found.id}` both, within the limit{readings}"


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
