"""`huiqi fmt`: the canonical spelling of packs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from huiqi.cli.output import as_json
from huiqi.language.diagnostics import Findings, Place, Problems, problem
from huiqi.packs.fmt import formatted
from huiqi.packs.registry import ROOT


def fmt(args: argparse.Namespace) -> int:
    """Rewrite the files that are not in canonical spelling; with `--check` only name them (exit 1)."""
    findings = Findings()
    changed = []
    for path in [p for name in args.paths or [str(ROOT)] for p in _files(Path(name))]:
        try:
            data = path.read_bytes()
            text = formatted(data, str(path))
        except Problems as problems:
            findings.take(problems)
            continue
        if text.encode() != data:
            changed.append(str(path))
            if not args.check:
                path.write_text(text, encoding="utf-8")
    findings.stop()
    if args.json:
        as_json({"changed": changed, "written": not args.check})
    else:
        for name in changed:
            print(f"{'待整理 not canonical' if args.check else '已整理 rewritten'}  {name}", file=sys.stderr if args.check else sys.stdout)
    return 1 if args.check and changed else 0


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.rglob("*.yaml"))
    if not path.is_file():
        raise problem("P016", Place(str(path)), path=path)
    return [path]
