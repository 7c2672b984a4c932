"""What clauses, measures and limits point at must exist."""

from __future__ import annotations

from huiqi.language.diagnostics import Findings, did_you_mean
from huiqi.language.yamltree import Node, Scalar, Seq
from huiqi.packs.check_limit import check_values, in_every_reading
from huiqi.packs.model import Clause, Corpus, Limit, Policy
from huiqi.packs.read_limit import FORMS


def check_references(corpus: Corpus, findings: Findings) -> None:
    """Report ids that name nothing (P006, P007)."""
    for policy in corpus.policies.values():
        for clause in policy.clauses:
            _see(clause, corpus, findings)
            for written in clause.limits:
                for limit in in_every_reading(written, corpus):
                    check_values(limit, corpus, findings)
                    _limit(limit, policy, corpus, findings)


def _see(clause: Clause, corpus: Corpus, findings: Findings) -> None:
    clauses = {c.id for p in corpus.policies.values() for c in p.clauses}
    for ref in clause.see:
        if not ref.startswith("《") and ref not in clauses and ref not in corpus.policies:
            findings.add("P007", clause.place, id=ref, what="clause", **did_you_mean(ref, clauses, corpus.policies))


def _limit(limit: Limit, policy: Policy, corpus: Corpus, findings: Findings) -> None:
    for item in (item for key in FORMS for item in _items(limit.body.entries.get(key))):
        matter = _matter(item)
        if matter is not None and matter.text not in corpus.vocabulary.matters:
            findings.add("P006", matter.place, name=matter.text, table="matters", **did_you_mean(matter.text, corpus.vocabulary.matters))
        if isinstance(item, Scalar):
            id_ = item.text if "/" in item.text else f"{policy.id}/{item.text}"
            if not _names(id_, policy, corpus):
                findings.add("P007", item.place, id=id_, what="measure", **did_you_mean(id_, corpus.measures))


def _items(node: Node | None) -> tuple[Node, ...]:
    """The entries of a list, or one alone."""
    return node.items if isinstance(node, Seq) else () if node is None else (node,)


def _names(ref: str, policy: Policy, corpus: Corpus) -> bool:
    return ref in corpus.measures or ref == policy.id or any(c.id == ref for c in policy.clauses)


def _matter(node: Node | None) -> Scalar | None:
    entries = getattr(node, "entries", {})
    matter = entries.get("matter")
    return matter if isinstance(matter, Scalar) else None
