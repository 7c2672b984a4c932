"""One firm through every computed measure, warm: without reasons, with reasons; beside the same clauses on a fixed yardstick.

The yardstick is a loop of Fraction arithmetic of fixed length in the same process, so that the ratio can be compared
between machines; the twelve-clause workload replaces it when the language covers it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path

from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.packs.registry import load_corpus

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def yardstick() -> Fraction:
    """A thousand exact multiplications and additions."""
    total = Fraction(0)
    for n in range(1, 1001):
        total += Fraction(n, 100) * 5
    return total


def median(call: Callable[[], object], runs: int = 30) -> float:
    """Median seconds of a call, after one that warms it."""
    call()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    corpus = load_corpus()
    engine = Engine(corpus)
    base = median(yardstick)
    print(f"{'yardstick':28} {base * 1e3:8.3f} ms  ×1.00")
    for path in sorted(EXAMPLES.glob("*.yaml")):
        firm = read_facts_file(str(path), corpus)
        question = Question("2025-12-30")
        for name, reasons in (("", False), (" with reasons", True)):
            spent = median(partial(engine.results, firm, question, reasons))
            print(f"{path.stem + name:28} {spent * 1e3:8.3f} ms  ×{spent / base:.2f}")


if __name__ == "__main__":
    main()
