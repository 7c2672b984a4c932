"""`huiqi document tree|import|diff`: official texts as outlines, as data, side by side."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path

from huiqi.cli.document_output import change_json, metadata_changes, policy_json, print_change, print_tree
from huiqi.cli.main import tell
from huiqi.cli.output import as_json
from huiqi.documents.diff import Change, compare
from huiqi.documents.identify import pack_of, pairs
from huiqi.documents.reader import read_file
from huiqi.documents.tree import Document, PolicyText
from huiqi.language.diagnostics import Findings, Place, Problems, in_order, problem, system_fault
from huiqi.packs.registry import load_corpus


def tree(args: argparse.Namespace) -> int:
    """The outline and metadata of every policy in the files."""
    policies = [policy for document in read_documents(args.files) for policy in document.policies]
    if args.json:
        as_json([policy_json(policy) for policy in policies])
        return 0
    for policy in policies:
        print_tree(policy)
    return 0


def import_texts(args: argparse.Namespace) -> int:
    """Each policy of the files as one JSON file: its metadata and its clauses in their own wording."""
    documents = read_documents(args.files)
    packs = load_corpus().policies.values()
    rows: dict[Path, dict[str, object]] = {}
    for policy in (policy for document in documents for policy in document.policies):
        id_ = pack_of(policy.metadata, packs)
        path = _free(Path(args.output), id_ or policy.metadata.number or policy.metadata.title or Path(policy.source.file).stem, rows)
        rows[path] = {"policy": id_ or None, **policy_json(policy)}
        _write(path, rows[path])
    if args.json:
        as_json([{"file": str(path), "policy": row["policy"], "title": row["title"]} for path, row in rows.items()])
        return 0
    for path, row in rows.items():
        print(f"{path}  {row['policy'] or '没有对应的政策包'}  {row['title']}")
    return 0


def diff(args: argparse.Namespace) -> int:
    """What differs between the policies that stand in both files, clause by clause: wording and figures apart."""
    left, right = read_documents([args.left, args.right])
    both = pairs(left.policies, right.policies)
    if not both:
        raise problem("D006", Place(args.right), other=args.left)
    compared = [(a, b, compare(a, b)) for a, b in both]
    if args.json:
        as_json([_diff_json(a, b, changes) for a, b, changes in compared])
        return 0
    for a, b, changes in compared:
        _print_diff(a, b, changes)
    return 0


def read_documents(files: Sequence[str]) -> list[Document]:
    """The documents of all files; what was not understood goes to stderr. Raises `Problems` with every file that is no text."""
    documents, findings = [], Findings()
    for file in files:
        try:
            documents.append(read_file(Path(file)))
        except Problems as problems:
            findings.take(problems)
    findings.stop()
    tell(in_order(finding for document in documents for finding in document.findings))
    return documents


def _free(folder: Path, name: str, taken: dict[Path, dict[str, object]]) -> Path:
    """A file name that no other policy of this run has."""
    stem = re.sub(r'[\s/\\:*?"<>|.]+', "-", name)[:80]
    paths = (folder / f"{stem}{suffix}.json" for suffix in ("", *(f"-{n}" for n in range(2, len(taken) + 3))))
    return next(path for path in paths if path not in taken)


def _write(path: Path, row: dict[str, object]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(row, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as fault:
        raise problem("D007", Place(str(path)), **system_fault(fault)) from None


def _diff_json(a: PolicyText, b: PolicyText, changes: Sequence[Change]) -> dict[str, object]:
    metadata = [{"field": field, "left": left, "right": right} for field, left, right in metadata_changes(a.metadata, b.metadata)]
    return {"left": a.metadata.title, "right": b.metadata.title, "metadata": metadata, "clauses": [change_json(c) for c in changes if c.kind != "same"]}


def _print_diff(a: PolicyText, b: PolicyText, changes: Sequence[Change]) -> None:
    print(f"A {a.metadata.title}  {a.source.file}\nB {b.metadata.title}  {b.source.file}")
    for field, left, right in metadata_changes(a.metadata, b.metadata):
        print(f"  {field}  A {left or '未载'}  B {right or '未载'}")
    for change in changes:
        if change.kind != "same":
            print_change(change)
    same = sum(change.kind == "same" for change in changes)
    wording, figures = (sum(len(getattr(change, which)) for change in changes) for which in ("wording", "figures"))
    print(f"条款 {len(changes)}，相同 {same}；措辞不同 {wording} 处，数字不同 {figures} 处\n")
