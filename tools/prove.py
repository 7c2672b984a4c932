"""The long proofs; their record is docs/proofs.md, where each run replaces its own section.

`python tools/prove.py` runs all of tools/proofs, `python tools/prove.py fuzz equivalence` only those.
"""

from __future__ import annotations

import datetime
import sys
import time
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from huiqi import __version__  # noqa: E402

RECORD = ROOT / "docs" / "proofs.md"
HEAD = "# Proofs\n\nWhat `make prove` found; each section says when it was run. A section is replaced when its proof is run again.\n"


def names() -> list[str]:
    """All proofs."""
    return sorted(path.stem for path in (ROOT / "tools" / "proofs").glob("*.py") if path.stem != "__init__")


def sections() -> dict[str, str]:
    """What the record holds, by title."""
    text = RECORD.read_text("utf-8") if RECORD.exists() else ""
    return {part.split("\n", 1)[0]: part.split("\n", 1)[1].strip() for part in text.split("\n## ")[1:]}


def main() -> int:
    asked = sys.argv[1:] or names()
    if unknown := set(asked) - set(names()):
        print(f"no proof {', '.join(sorted(unknown))}; there are {', '.join(names())}", file=sys.stderr)
        return 2
    failed = 0
    for name in asked:
        module = import_module(f"tools.proofs.{name}")
        start = time.time()
        proof = module.prove()
        failed += not proof.holds
        when = f"{datetime.date.today().isoformat()}, engine {__version__}, {time.time() - start:.0f} s{'' if proof.holds else ' — **does not hold**'}."
        record = sections() | {module.TITLE: f"{when} {proof.text}"}
        RECORD.write_text(HEAD + "".join(f"\n## {title}\n\n{text}\n" for title, text in sorted(record.items())), "utf-8")
        print(f"{name}: {'holds' if proof.holds else 'DOES NOT HOLD'}\n{proof.text}\n", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
