"""`huiqi document draft`: the skeleton of a pack from an official text."""

from __future__ import annotations

import argparse
from pathlib import Path

from huiqi.cli.output import as_json
from huiqi.documents.drafts.draft import draft_policy
from huiqi.documents.reader import read_file
from huiqi.language.diagnostics import Place, problem, system_fault
from huiqi.packs.registry import load_corpus


def draft(args: argparse.Namespace) -> int:
    """Write DIR/draft-N/policy.yaml for each policy of the file, or for the Nth."""
    policies = read_file(Path(args.file)).policies
    if args.policy is not None and not 1 <= args.policy <= len(policies):
        raise problem("K017", Place(args.file), number=args.policy, count=len(policies))
    if not policies:
        raise problem("K017", Place(args.file), number=args.policy or 1, count=0)
    vocabulary = load_corpus().vocabulary
    rows = []
    for number, text in enumerate(policies, 1):
        if args.policy not in (None, number):
            continue
        content = draft_policy(text, f"draft-{number}", vocabulary)
        file = Path(args.output) / f"draft-{number}" / "policy.yaml"
        _write(file, content)
        rows.append({"file": str(file), "title": text.metadata.title, "clauses": len(list(text.clauses())), "todo": content.count("TODO")})
    if args.json:
        as_json(rows)
        return 0
    for row in rows:
        print(f"{row['file']}  条款 {row['clauses']}  待补写 {row['todo']} 处  {row['title']}")
    return 0


def _write(file: Path, content: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    except OSError as error:
        raise problem("D007", Place(str(file)), **system_fault(error)) from None
