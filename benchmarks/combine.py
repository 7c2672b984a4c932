"""The best combination of 20 candidates, more than any firm has: our search beside OR-Tools CP-SAT on the same instances in one run.

CP-SAT is a development dependency; without it only our times are printed, and the page says so.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from huiqi.combine.solve import solve
from tests.combine.oracle import Instance, random_instance
from tests.combine.test_solve import problem_of

INSTANCES, CANDIDATES = 300, 20


def main() -> int:
    dice = random.Random(20)
    instances = [random_instance(dice, CANDIDATES, CANDIDATES) for _ in range(INSTANCES)]
    problems = [problem_of(i) for i in instances]
    ours = times(solve, problems)
    show("huiqi", ours)
    if find_spec("ortools") is None:
        print("CP-SAT is not installed; nothing to compare with")
        return 0
    from tests.combine import cpsat

    theirs = times(cpsat.best, instances)
    show("CP-SAT", theirs)
    print(f"p95 {at(ours, 95) / at(theirs, 95):.3f} of CP-SAT's")
    return 0 if at(ours, 95) <= at(theirs, 95) else 1


def times(call: Callable[[Instance], object], instances: list[Instance]) -> list[float]:
    """Seconds of each call, after one that warms it, from the least."""
    call(instances[0])
    found = []
    for one in instances:
        start = time.perf_counter()
        call(one)
        found.append(time.perf_counter() - start)
    return sorted(found)


def at(seconds: list[float], percent: int) -> float:
    return seconds[min(len(seconds) * percent // 100, len(seconds) - 1)]


def show(name: str, seconds: list[float]) -> None:
    print(f"{name:8} p50 {at(seconds, 50) * 1000:8.2f} ms   p95 {at(seconds, 95) * 1000:8.2f} ms   worst {seconds[-1] * 1000:8.2f} ms")


if __name__ == "__main__":
    sys.exit(main())
