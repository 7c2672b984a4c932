"""The long proofs; their record goes to docs/proofs.md.

Interpreter ≡ DuckDB on many random firms, for several dates, seeds and every choice of every reading the computed measures use.
"""

from __future__ import annotations

import datetime
import sys
import time
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from huiqi import __version__  # noqa: E402
from huiqi.evaluate.engine import Engine  # noqa: E402
from huiqi.packs.registry import load_corpus  # noqa: E402
from tests.population.compare import both  # noqa: E402

FIRMS = 10_000
DATES = ("2023-06-30", "2025-11-20", "2025-12-30", "2026-06-30")


def main() -> int:
    corpus = load_corpus()
    used = {id_: corpus.readings[id_] for c in Engine(corpus).compiled.values() for id_ in c.rule.readings}
    runs: list[dict[str, str]] = [{}] + [{id_: choice} for id_, r in used.items() for choice in r.choices if choice != r.taken]
    lines, wrong, firms, start = [], 0, 0, time.time()
    for (at, choices), on in product(enumerate(runs), DATES):
        count = FIRMS if not choices else FIRMS // 10
        by_sql, by_python = both(Engine(corpus, choices), on, int(on[:4]) - 1, count, 1000 + at)
        different = len(set(by_sql) ^ set(by_python))
        wrong, firms = wrong + different, firms + count
        name = ", ".join(f"{k}={v}" for k, v in choices.items()) or "as taken"
        lines.append(f"| {on} | {name} | {count:,} | {len(by_python):,} | {different} |")
        print(lines[-1], flush=True)
    head = [
        "# Proofs",
        "Written by `make prove`.",
        "## Interpreter and DuckDB",
        f"{datetime.date.today().isoformat()}, engine {__version__}: {firms:,} random firms with missing facts, "
        f"{wrong} differences in status, amount or bounds, {time.time() - start:.0f} s.",
        "| application | readings | firms | results compared | differences |\n|---|---|---|---|---|\n" + "\n".join(lines),
    ]
    (ROOT / "docs" / "proofs.md").write_text("\n\n".join(head) + "\n", "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
