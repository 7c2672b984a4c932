"""Each example firm through every computed measure in force, warm, with and without reasons; beside one firm of the twelve-clause workload.

    python -m benchmarks.one_firm

CPU milliseconds, medians. The ratio is to the workload run the same way, so that it can be compared between machines.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.workload.population import CLAIM, applicant, corpus, row
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.questions import next_questions
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.packs.registry import load_corpus

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ON = "2025-12-30"


def median(call: Callable[[], object], runs: int = 30) -> float:
    """Median CPU seconds of a call, after one that warms it."""
    call()
    times = []
    for _ in range(runs):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return statistics.median(times)


def workload(reasons: bool) -> float:
    """Seconds for one firm of the workload, the mean over a hundred."""
    engine, r = Engine(corpus()), random.Random(1)
    firms = [applicant(row(r, 0.15)) for _ in range(100)]
    return median(lambda: [engine.results(firm, Question("2025-06-30", CLAIM), reasons) for firm in firms], 5) / len(firms)


def main() -> None:
    words = load_corpus()
    engine, question = Engine(words), Question(ON)
    base = {reasons: workload(reasons) for reasons in (False, True)}
    for reasons, seconds in base.items():
        print(f"{'workload' + ' with reasons' * reasons:40} {seconds * 1e3:8.3f} ms  ×1.00")
    for path in sorted(EXAMPLES.glob("*.yaml")):
        firm = read_facts_file(str(path), words)
        for reasons, seconds in base.items():
            spent = median(partial(engine.results, firm, question, reasons))
            print(f"{path.stem + ' with reasons' * reasons:40} {spent * 1e3:8.3f} ms  ×{spent / seconds:.2f}")
        results = engine.results(firm, question)
        spent = median(partial(next_questions, results, words))
        print(f"{path.stem + ' next questions':40} {spent * 1e3:8.3f} ms  ({len(results)} results, {len(next_questions(results, words))} questions)")


if __name__ == "__main__":
    main()
