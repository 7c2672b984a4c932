"""What clauses, measures and limits point at must exist."""

from __future__ import annotations

from huiqi.language.diagnostics import Findings, Problems
from huiqi.language.units import read_quantity
from huiqi.language.yamltree import Node, Scalar, Seq
from huiqi.packs.model import Clause, Corpus, Limit, Policy


def check_references(corpus: Corpus, findings: Findings) -> None:
    """Report ids that name nothing (P006, P007)."""
    for policy in corpus.policies.values():
        for clause in policy.clauses:
            _see(clause, corpus, findings)
            for limit in clause.limits:
                _limit(limit, policy, corpus, findings)


def _see(clause: Clause, corpus: Corpus, findings: Findings) -> None:
    clauses = {c.id for p in corpus.policies.values() for c in p.clauses}
    for ref in clause.see:
        if not ref.startswith("《") and ref not in clauses and ref not in corpus.policies:
            findings.add("P007", clause.place, id=ref, what="clause")


def _limit(limit: Limit, policy: Policy, corpus: Corpus, findings: Findings) -> None:
    for name in limit.over:
        if not _names(name, policy, corpus):
            findings.add("P007", limit.place, id=name, what="measure")
    if limit.text("excess") == "cut" and (text := limit.text("at_most")) and not is_expression(text):
        try:
            read_quantity(text, "元", limit.place)
        except Problems as problems:
            findings.take(problems)
    listed = limit.body.entries.get("one_of", limit.body.entries.get("together"))
    for item in listed.items if isinstance(listed, Seq) else ():
        if isinstance(item, Scalar) and not _names(item.text if "/" in item.text else f"{policy.id}/{item.text}", policy, corpus):
            findings.add("P007", item.place, id=item.text, what="measure")
    for node in (limit.body.entries.get("over"), *(listed.items if isinstance(listed, Seq) else ())):
        matter = _matter(node)
        if matter is not None and matter.text not in corpus.vocabulary.matters:
            findings.add("P006", matter.place, name=matter.text, table="matters", hint="", hint_en="")


def is_expression(text: str) -> bool:
    """Whether a cap is worked out from facts (`30% * 项目总投入`) instead of being a sum of money."""
    return "*" in text


def _names(ref: str, policy: Policy, corpus: Corpus) -> bool:
    return ref in corpus.measures or ref == policy.id or any(c.id == ref for c in policy.clauses)


def _matter(node: Node | None) -> Scalar | None:
    entries = getattr(node, "entries", {})
    matter = entries.get("matter")
    return matter if isinstance(matter, Scalar) else None
