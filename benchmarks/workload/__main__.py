"""One firm through the twelve clauses: the engine beside hand-written integers, decimals and ZEN, in one run.

    python -m benchmarks.workload [--zen PYTHON]

PYTHON is the interpreter of an environment that has `zen-engine`. All answers must be equal (where ZEN differs by rounding of binary
fractions it is counted). Times are CPU microseconds a firm, the least of five rounds that take turns.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.workload.by_decimal import decimals
from benchmarks.workload.by_hand import MEASURES, bounded, exact
from benchmarks.workload.population import CLAIM, FLAGS, MONEY, Row, applicant, corpus, row
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, Result

FIRMS, ROUNDS, MISSING = 1000, 5, 0.15
QUESTION = Question("2025-06-30", CLAIM)
AT_MOST = {"without reasons": 10, "with reasons": 40}


def each(function: Callable[[Any], Any], rows: list[Any]) -> list[Any]:
    """The function of every row."""
    return [function(x) for x in rows]


def times(calls: dict[str, Callable[[], Any]], firms: int) -> dict[str, float]:
    """The least CPU seconds a firm of each call, over rounds in which they take turns."""
    best = dict.fromkeys(calls, 1e9)
    for _ in range(ROUNDS):
        for name, call in calls.items():
            start = time.process_time()
            call()
            best[name] = min(best[name], (time.process_time() - start) / firms)
    return best


def told(results: list[Result]) -> list[tuple[str, int | None, int, int | None]]:
    """What is compared of the engine's results."""
    assert [r.measure.id for r in results] == [f"bench/{m}" for m in MEASURES]
    return [(r.status, r.amount, r.low, r.high) for r in results]


def in_yuan(values: Row) -> dict[str, Any]:
    """A row as other engines take it: money in 元, flags as truth."""
    return {n: v / 100 if n in MONEY else bool(v) if n in FLAGS else v for n, v in values.items()}


def zen(python: str, rows: list[Row]) -> tuple[float, int]:
    """Seconds a firm and the number of answers that differ from the hand-written ones."""
    lines = "\n".join(json.dumps(in_yuan(r)) for r in rows)
    done = subprocess.run([python, str(Path(__file__).with_name("by_zen.py"))], input=lines, capture_output=True, text=True, check=True)
    first, *answers = done.stdout.splitlines()
    wanted = [[[bool(ok), amount] for ok, amount in exact(r)] for r in rows]
    return float(first), sum(a != b for mine, theirs in zip(wanted, map(json.loads, answers), strict=True) for a, b in zip(mine, theirs, strict=True))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--zen", metavar="PYTHON", help="interpreter of an environment with zen-engine")
    args = options.parse_args()
    engine, r = Engine(corpus()), random.Random(20251227)
    whole, gaps = ([row(r, missing) for _ in range(FIRMS)] for missing in (0, MISSING))
    wrong = 0
    for name, rows in (("every fact known", whole), (f"{MISSING:.0%} of the facts missing", gaps)):
        firms = [applicant(x) for x in rows]
        mine, hand = [told(engine.results(f, QUESTION, False)) for f in firms], [bounded(x) for x in rows]
        wrong += sum(a != b for x, y in zip(mine, hand, strict=True) for a, b in zip(x, y, strict=True))
        calls: dict[str, Callable[[], Any]] = {
            "integers by hand, with bounds": partial(each, bounded, rows),
            "engine, without reasons": partial(each, partial(engine.results, question=QUESTION, with_reasons=False), firms),
            "engine, with reasons": partial(each, partial(engine.results, question=QUESTION), firms),
        }
        if rows is whole:
            money = [{n: Decimal(v) / 100 if n in MONEY else Decimal(v) for n, v in x.items()} for x in rows]
            plain = [[(bool(ok), amount) for ok, amount in exact(x)] for x in rows]
            wrong += sum(a != [(ok, int(v * 100)) for ok, v in decimals(x)] for a, x in zip(plain, money, strict=True))
            wrong += sum(a != [(s == ELIGIBLE, v) for s, v, _, _ in x] for a, x in zip(plain, mine, strict=True))
            calls |= {"integers by hand, no bounds": partial(each, exact, rows), "decimals, no bounds": partial(each, decimals, money)}
        found = times(calls, FIRMS)
        if rows is whole and args.zen:
            found["ZEN, one expression, no bounds"], differ = zen(args.zen, rows)
        base = found["integers by hand, with bounds"]
        print(f"{FIRMS} firms, {name}")
        for label, seconds in found.items():
            ratio = seconds / base
            limit = next((f"   aim ×{most}" for end, most in AT_MOST.items() if label.endswith(end)), "")
            print(f"  {label:32} {seconds * 1e6:8.1f} µs   ×{ratio:.2f}{limit}")
        if rows is whole:
            print(
                f"  ZEN: {differ} of {FIRMS * len(MEASURES)} answers differ" if args.zen else "  ZEN left out (--zen PYTHON names an environment that has it)"
            )
    print(f"answers of the engine, the integers and the decimals that differ: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
