"""How good drafts are: each of the twelve packs against the draft of its own text, made without the names that only this pack uses
(`--whole`: with the whole vocabulary).

Roles: a figure's role in its sentence against that of the parameter that holds it. Shapes: awards in printed order (longest common run of pieces).
The rules of drafting read no pack; they were written with these twelve texts at hand, so the figures say how well they fit, not how a new city will do.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from huiqi.documents.drafts.draft import draft_policy  # noqa: E402
from huiqi.documents.identify import pack_of  # noqa: E402
from huiqi.documents.locks.encoded import Encoded, encoded_policies  # noqa: E402
from huiqi.documents.reader import read_file  # noqa: E402
from huiqi.documents.tree import PolicyText  # noqa: E402
from huiqi.language.diagnostics import Findings  # noqa: E402
from huiqi.language.yamltree import Map, Scalar, read_yaml  # noqa: E402
from huiqi.packs.model import Corpus, Measure, Policy  # noqa: E402
from huiqi.packs.read_policy import read_policy  # noqa: E402
from huiqi.packs.registry import load_corpus  # noqa: E402

COLUMNS = (("roles", "角色"), ("paid", "金额形式"), ("shapes", "全部形式"), ("kinds", "条款类型"), ("lead", "牵头"), ("support", "配合"), ("bases", "基数"))


def main(whole: bool) -> int:
    print(f"{'':22}" + "".join(f"{zh:>12}" for _, zh in COLUMNS))
    rows = measured(whole)
    for id_, row in rows.items():
        print(f"{id_:22}" + _cells(row))
    print(f"{'合计':20}" + _cells(sum(rows.values(), Counter())))
    return 0


def measured(whole: bool = False) -> dict[str, Counter[tuple[str, str]]]:
    """Counts of (column, right | all) for each policy."""
    corpus, packs = load_corpus(), encoded_policies()
    texts: dict[str, PolicyText] = {}
    for path in sorted((ROOT.parent / "shared" / "seeds").glob("*.txt")):
        for text in read_file(path).policies:
            texts[pack_of(text.metadata, corpus.policies.values())] = text
    without = {id_: frozenset() if whole else _own_names(id_, packs, corpus) for id_ in texts}
    return {id_: measure(text, corpus.policies[id_], packs[id_], corpus, without[id_]) for id_, text in sorted(texts.items())}


def measure(text: PolicyText, pack: Policy, encoded: Encoded, corpus: Corpus, without: frozenset[str]) -> Counter[tuple[str, str]]:
    """Counts of (column, right | all) for one policy."""
    findings = Findings()
    data = draft_policy(text, pack.id, corpus.vocabulary, without).encode()
    drafted = read_policy(read_yaml(data, "draft"), data, corpus.vocabulary, findings)
    findings.stop()
    row: Counter[tuple[str, str]] = Counter()
    said = {p.path: p.role for p in encoded.parameters}
    for figure in (f for clause in encoded.lock().clauses.values() for f in clause.figures):
        if any(said[path] for path in figure.paths):
            row["roles", "all"] += 1
            row["roles", "right"] += figure.role in {said[path] for path in figure.paths}
    made = {clause.id: clause for clause in drafted.clauses}
    for clause in pack.clauses:
        other = made[clause.id]
        row["kinds", "all"] += 1
        row["kinds", "right"] += clause.kind == other.kind
        for key, mine, theirs in (("lead", clause.lead, other.lead), ("support", clause.support, other.support)):
            row[key, "all"] += len(mine)
            row[key, "right"] += len(set(mine) & set(theirs))
        _shapes(clause.measures, other.measures, row)
    return row


def _shapes(mine: tuple[Measure, ...], theirs: tuple[Measure, ...], row: Counter[tuple[str, str]]) -> None:
    paid = [[m for m in side if m.shape not in ("none", "open")] for side in (mine, theirs)]
    for key, a, b in (("shapes", mine, theirs), ("paid", *paid)):
        blocks = SequenceMatcher(None, [m.shape for m in a], [m.shape for m in b], autojunk=False).get_matching_blocks()
        row[key, "all"] += len(a)
        row[key, "right"] += sum(block.size for block in blocks)
        if key == "paid":
            for first, second in ((a[x.a + n], b[x.b + n]) for x in blocks for n in range(x.size)):
                if first.award and _bases(first.award):
                    row["bases", "all"] += 1
                    row["bases", "right"] += bool(second.award and _bases(first.award) & _bases(second.award))


def _bases(award: Map) -> set[str]:
    """The names an award counts on."""
    found: set[str] = set()
    for key, node in award.entries.items():
        if isinstance(node, Map):
            found |= _bases(node) if key != "of" else {word for n in node.entries.values() if isinstance(n, Scalar) for word in _words(n.text)}
        elif key in ("of", "base") and isinstance(node, Scalar):
            found |= _words(node.text)
    return found


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\u4e00-\u9fff]{2,}", text)) - {"增量", "增速", "前一年"}


def _own_names(id_: str, packs: dict[str, Encoded], corpus: Corpus) -> frozenset[str]:
    """Facts and registers that no other pack uses."""
    names = {*corpus.vocabulary.facts, *corpus.vocabulary.registers}
    elsewhere: set[str] = set()
    for other, pack in packs.items():
        if other != id_:
            elsewhere |= set(re.findall(r"[\u4e00-\u9fffA-Za-z0-9_]+", (pack.folder / "policy.yaml").read_text(encoding="utf-8")))
    return frozenset(names - elsewhere)


def _cells(row: Counter[tuple[str, str]]) -> str:
    return "".join(f"{row[key, 'right']:>6}/{row[key, 'all']:<4}{'':1}" for key, _ in COLUMNS)


if __name__ == "__main__":
    sys.exit(main("--whole" in sys.argv))
