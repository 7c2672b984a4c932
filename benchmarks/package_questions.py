"""How many questions until the best package of a random firm is decided, against all twelve policies.

    python -m benchmarks.package_questions [--firms N] [--on DATE]

The lists of records, aid and subjects are known, as an office's databases give them; every fact has to be asked for, one fact of one
holder and year at a time. Ways to ask: the question the outlook puts first; the first missing fact in the order of the documents among
those that can still change the set; every fact that is missing of any result, whether it matters or not. Beside them the facts no order
can leave out: with all else told, the set can still change.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

from msgspec.structs import replace

from benchmarks.dialogue import Dialogue, each_once, whole, without
from huiqi.combine.build import Builder
from huiqi.combine.outlook import ahead
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.questions import next_questions
from huiqi.evaluate.results import Gap, Result
from huiqi.packs.registry import load_corpus
from tests.evaluate.completion import completed
from tests.population.firms import Firms

Pick = Callable[[Dialogue, list[Result]], list[Gap]]


def asked_until_decided(talk: Dialogue, pick: Pick) -> int:
    """The number of answers before no further one can change the set."""
    while possible := [r for r in ahead(Builder(talk.engine, talk.told, talk.question), talk.results).possible if talk.left(r)]:
        talk.ask(pick(talk, possible))
    return talk.answers


def from_outlook(talk: Dialogue, possible: list[Result]) -> list[Gap]:
    """The question of the outlook, of everything it is asked of."""
    left = [gap for result in possible for gap in talk.left(result)]
    names = {gap.name for gap in left}
    first = next(q.name for q in next_questions(possible, talk.engine.corpus) if q.name in names)
    return [gap for gap in left if gap.name == first]


def first_named(talk: Dialogue, possible: list[Result]) -> list[Gap]:
    """The first fact of the first result that is possible."""
    return talk.left(possible[0])[:1]


def every_fact(talk: Dialogue) -> int:
    """Every fact any result hangs on, until none hangs on any."""
    while left := talk.open():
        talk.ask(gap for result in left for gap in talk.left(result))
    return talk.answers


def needed(talk: Dialogue) -> int:
    """How many of the facts asked no order can leave out."""
    firm = whole(talk)
    settled = {r.measure.id: list[Result]() for r in talk.results}
    for result in talk.engine.results(firm, talk.question, with_reasons=False):
        settled[result.measure.id].append(result)
    base = _possible(talk, firm, settled)
    found = []
    for key in talk.asked:
        less, moved = without(firm, [key], talk), talk.moved[key[0]]
        results = talk.engine.results(less, replace(talk.question, measures=tuple(moved)), with_reasons=False)
        if not _possible(talk, less, settled | {m: [r for r in results if r.measure.id == m] for m in moved}) <= base:
            found.append(key)
    return len(each_once(found))


def _possible(talk: Dialogue, firm: Applicant, by_measure: dict[str, list[Result]]) -> set[tuple[str, str, str]]:
    results = [r for found in by_measure.values() for r in found]
    return {r.key for r in ahead(Builder(talk.engine, firm, talk.question), results).possible}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--firms", type=int, default=200)
    options.add_argument("--on", default="2025-12-30")
    args = options.parse_args()
    engine, start, claim = Engine(load_corpus()), time.process_time(), int(args.on[:4]) - 1
    question = Question(args.on, claim)
    maker, dice = Firms(engine, claim, 200), random.Random(200)
    found: dict[str, list[int]] = {"question of the outlook": [], "order of the documents": [], "every fact": [], "no order can leave out": []}
    for _ in range(args.firms):
        full = completed(maker.one(), maker, dice)
        talks = [Dialogue(engine, question, full, with_lists=True) for _ in range(3)]
        found["question of the outlook"].append(asked_until_decided(talks[0], from_outlook))
        found["order of the documents"].append(asked_until_decided(talks[1], first_named))
        found["every fact"].append(every_fact(talks[2]))
        found["no order can leave out"].append(needed(talks[0]))
    print(f"{args.firms} firms, application {args.on}, {time.process_time() - start:.0f} s of one core; facts asked until the best package is decided")
    for name, numbers in found.items():
        print(f"  {name:24} mean {statistics.mean(numbers):6.1f}   median {statistics.median(numbers):5.1f}   most {max(numbers)}")


if __name__ == "__main__":
    main()
