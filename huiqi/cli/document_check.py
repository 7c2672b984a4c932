"""`huiqi document lock|check`: what official texts print against what the packs state."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from huiqi.cli.main import tell
from huiqi.cli.output import as_json
from huiqi.documents.identify import pack_of
from huiqi.documents.locks.encoded import Encoded, encoded_policies, shown_path
from huiqi.documents.locks.lock import Lock, write_lock
from huiqi.documents.locks.proof import text_faults
from huiqi.documents.reader import read_file
from huiqi.documents.tree import PolicyText
from huiqi.language.diagnostics import Diagnostic, Place, Problems, diagnostic, in_order
from huiqi.packs.registry import load_corpus

REASONS = {"number": "文号", "date": "落款日期", "name": "名称", "reference": "条款引用", "outline": "序号", "page": "页码"}


def lock(args: argparse.Namespace) -> int:
    """Write the lock of every pack whose text is among the files."""
    prints, unknown = _prints(args.files)
    tell(unknown)
    packs = encoded_policies()
    written = {id_: write_lock(id_, texts, packs[id_].parameters, packs[id_].general) for id_, texts in sorted(prints.items())}
    for id_, content in written.items():
        packs[id_].lock_file.write_text(content, encoding="utf-8")
    if args.json:
        as_json({id_: len(prints[id_]) for id_ in written})
        return 1 if unknown else 0
    for id_ in written:
        print(f"{shown_path(packs[id_].lock_file)}  印本 {len(prints[id_])}")
    return 1 if unknown else 0


def check(args: argparse.Namespace) -> int:
    """Pack against lock, and text against lock for the files; a line a policy, then every fault (exit 1)."""
    prints, faults = _prints(args.files)
    rows = []
    for id_, pack in encoded_policies().items():
        if args.files and id_ not in prints:
            continue
        found = list(pack.faults())
        try:
            lock = pack.lock()
        except Problems:
            faults += found
            continue
        found += [fault for text in prints.get(id_, ()) for fault in text_faults(lock, text, pack.parameters)]
        rows.append(_row(pack, lock, len(prints.get(id_, ())), found))
        faults += found
    if args.json:
        as_json({"policies": rows, "faults": [{"code": f.code, "place": str(f.place), "zh": f.zh, "en": f.en} for f in faults]})
    else:
        _print(rows)
        tell(in_order(faults))
    return 1 if faults else 0


def _prints(files: Sequence[str]) -> tuple[dict[str, list[PolicyText]], list[Diagnostic]]:
    """The policies of the files by pack; those no pack is known for become K008."""
    packs = load_corpus().policies.values() if files else ()
    found: dict[str, list[PolicyText]] = {}
    unknown = []
    for name in files:
        for text in read_file(Path(name)).policies:
            id_ = pack_of(text.metadata, packs)
            if id_:
                found.setdefault(id_, []).append(text)
            else:
                unknown.append(diagnostic("K008", Place(name), title=text.metadata.title))
    return found, unknown


def _row(pack: Encoded, lock: Lock, prints: int, faults: Sequence[Diagnostic]) -> dict[str, object]:
    figures = [figure for clause in lock.clauses.values() for figure in clause.figures]
    reasons = Counter(figure.reason for figure in figures if not figure.paths and figure.reason)
    held = sum(bool(figure.paths) for figure in figures)
    return {
        "policy": pack.id,
        "clauses": len(lock.clauses),
        "figures": len(figures),
        "held": held,
        "reasons": dict(sorted(reasons.items())),
        "unheld": len(figures) - held - reasons.total(),
        "parameters": sum(not p.loose for p in pack.parameters),
        "prints": prints,
        "faults": len(faults),
    }


def _print(rows: Sequence[dict[str, object]]) -> None:
    for row in rows:
        reasons = row["reasons"]
        told = " ".join(f"{REASONS[key]} {count}" for key, count in reasons.items()) if isinstance(reasons, dict) else ""
        counts = f"条款 {row['clauses']:>3}  数 {row['figures']:>3}  由参数对应 {row['held']:>3}  未对应 {row['unheld']:>2}  参数 {row['parameters']:>3}"
        line = f"{row['policy']:22} {counts}  原文 {row['prints'] or '—'}  问题 {row['faults']:>2}  {told and '不设参数：' + told}"
        print(line.rstrip())
    total = {key: sum(int(str(row[key])) for row in rows) for key in ("clauses", "figures", "held", "unheld", "parameters", "faults")}
    print(
        f"合计：条款 {total['clauses']}，数 {total['figures']}，由参数对应 {total['held']}，不设参数 {total['figures'] - total['held'] - total['unheld']}，"
        f"未对应 {total['unheld']}，参数 {total['parameters']}，问题 {total['faults']}"
    )
