"""Cold start of `huiqi match`, beside a bare interpreter that loads the same YAML with the same library.

Prints medians of 10 runs of whole processes and their ratio.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 10
BARE = "import sys, yaml\nfor name in sys.argv[1:]:\n    with open(name, 'rb') as f:\n        yaml.load(f, yaml.CBaseLoader)\n"


def median(command: list[str]) -> float:
    """Median wall seconds of a command over RUNS runs, after one that warms the disk."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main() -> None:
    example = "examples/drug-maker.yaml"
    files = sorted(str(p) for p in (ROOT / "policies").rglob("*.yaml") if p.name != "tests.yaml")
    huiqi = median([str(Path(sys.executable).parent / "huiqi"), "match", example, "--on", "2026-06-30"])
    bare = median([sys.executable, "-c", BARE, example, *files])
    empty = median([sys.executable, "-c", "pass"])
    print(f"huiqi match, cold        {huiqi:6.3f} s   ×{huiqi / bare:.2f}")
    print(f"bare interpreter + YAML  {bare:6.3f} s   ×1.00   ({len(files)} files)")
    print(f"bare interpreter         {empty:6.3f} s   ×{empty / bare:.2f}")
    imported = subprocess.run([sys.executable, "-X", "importtime", "-m", "huiqi.cli.main", "match", example], capture_output=True, text=True, cwd=ROOT)
    heavy = [name for name in ("duckdb", "sqlglot") if f" {name}\n" in imported.stderr]
    print(f"duckdb or sqlglot imported by match: {', '.join(heavy) or 'no'}")


if __name__ == "__main__":
    main()
