"""`huiqi document lint`: the wording of official texts that a fair-competition review asks about, clause by clause."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from huiqi.cli.document import read_documents
from huiqi.cli.output import as_json, wrap
from huiqi.documents.tree import Document
from huiqi.language.diagnostics import Diagnostic
from huiqi.workbench.lint.fair import Review, finding, hits, lint_text, load_review


def lint(args: argparse.Namespace) -> int:
    """Print every hit with its place, by policy. They are questions, not faults: exit 0."""
    review = load_review()
    found = [(title, d) for document in read_documents(args.files) for title, d in _findings(document, review)]
    if args.json:
        as_json([{"policy": title, "place": str(d.place), "zh": d.zh, "en": d.en} for title, d in found])
        return 0
    for title in dict.fromkeys(t for t, _ in found):
        print(f"{title}（{sum(t == title for t, _ in found)}）")
        for _, item in (x for x in found if x[0] == title):
            print("\n".join([f"  {item.place}", *wrap(item.zh, "    ")]))
    print(f"共 {len(found)} 处，请对照{review.source}审查。" if found else "没有需要对照公平竞争审查的用语。")
    return 0


def _findings(document: Document, review: Review) -> Iterator[tuple[str, Diagnostic]]:
    """Hits by the title of the policy; of a text in which no policy is recognised, by the name of its file."""
    for policy in document.policies:
        for clause in policy.clauses():
            for hit in hits(clause.text, review):
                yield policy.metadata.title, finding(hit, clause.place(hit.start), clause.at or clause.title or clause.id, review)
    if not document.policies:
        for item in lint_text(document.source.text, document.source.file, review):
            yield document.source.file, item
