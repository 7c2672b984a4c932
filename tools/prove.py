"""The long proofs; their record goes to docs/proofs.md.

Interpreter ≡ DuckDB on many random firms, on two dates that between them have every policy in force, with the readings as taken and
with every other choice of every reading the computed measures use.
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

FIRMS, OTHERS = 10_000, 2_000
DATES = ("2025-11-20", "2025-12-30")


def main() -> int:
    corpus = load_corpus()
    used = {id_: corpus.readings[id_] for c in Engine(corpus).compiled.values() for id_ in c.rule.readings}
    runs: list[tuple[str, dict[str, str], int]] = [("as taken", {}, FIRMS)]
    for at in range(max(len(r.choices) for r in used.values()) - 1):
        others = {id_: [c for c in r.choices if c != r.taken] for id_, r in used.items()}
        choices = {id_: rest[at] for id_, rest in others.items() if at < len(rest)}
        runs.append((f"alternative {at + 1} of {len(choices)} readings", choices, OTHERS))
    lines, wrong, firms, start = [], 0, 0, time.time()
    for (at, (name, choices, count)), on in product(enumerate(runs), DATES):
        by_sql, by_python = both(Engine(corpus, choices), on, int(on[:4]) - 1, count, 1000 + at)
        different = len(set(by_sql) ^ set(by_python))
        wrong, firms = wrong + different, firms + count
        lines.append(f"| {on} | {name} | {count:,} | {len(by_python):,} | {different} |")
        print(lines[-1], flush=True)
    head = [
        "# Proofs",
        "Written by `make prove`.",
        "## Interpreter and DuckDB",
        f"{datetime.date.today().isoformat()}, engine {__version__}: {firms:,} random firms with missing facts through {len(Engine(corpus).order)} measures, "
        f"{wrong} differences in status, amount or bounds, {time.time() - start:.0f} s.",
        "| application | readings | firms | results compared | differences |\n|---|---|---|---|---|\n" + "\n".join(lines),
    ]
    (ROOT / "docs" / "proofs.md").write_text("\n\n".join(head) + "\n", "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
