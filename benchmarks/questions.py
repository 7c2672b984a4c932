"""How many questions a firm must answer until every result of the computed measures in force is decided.

    python -m benchmarks.questions [--firms N] [--on DATE]

A random firm with all its facts answers questions, starting from nothing but its kind (`dialogue` says what counts as one). Ways to ask:
the question the engine puts first; the first missing fact in the order of the documents; everything that a measure in force reads.
Beside them two bounds that know the answers beforehand: what no order can leave out (some result stays open if only this is not
told), and a set of answers of which none can be left out any more. Money already received is asked last and not counted.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

from benchmarks.dialogue import Dialogue, Key, each_once, whole, without
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.questions import next_questions
from huiqi.evaluate.results import UNKNOWN, Gap
from huiqi.packs.registry import load_corpus
from tests.evaluate.completion import completed
from tests.population.firms import Firms

Ask = Callable[[Dialogue], list[Gap]]


def most_decisive(talk: Dialogue) -> list[Gap]:
    """The first question of the engine that was not asked yet, of everything it is asked of."""
    left = [gap for result in talk.open() for gap in talk.left(result)]
    names = {gap.name for gap in left}
    first = next(q.name for q in next_questions(talk.open(), talk.engine.corpus) if q.name in names)
    return [gap for gap in left if gap.name == first]


def in_document_order(talk: Dialogue) -> list[Gap]:
    """The first missing fact of the first open result."""
    return talk.left(talk.open()[0])[:1]


def held(engine: Engine, question: Question, full: Applicant, ask: Ask) -> Dialogue:
    """The dialogue until nothing is left to ask."""
    talk = Dialogue(engine, question, full)
    while talk.open():
        talk.ask(ask(talk))
    return talk


def needed(talk: Dialogue) -> set[Key]:
    """What no order can leave out: with all else told, a result stays open without it."""
    firm = whole(talk)
    settled = _undecided(talk, firm, None)
    asked = [key for key, answers in talk.asked.items() if answers]
    return each_once(key for key in asked if not _undecided(talk, without(firm, [key], talk), tuple(talk.moved[key[0]])) <= settled)


def enough(talk: Dialogue, kept: set[Key]) -> int:
    """How many of its answers suffice: what can be left out is, the latest first, and what is named in `kept` is not tried."""
    settled, left_out = _undecided(talk, talk.told, None), list[Key]()
    for key in reversed([key for key in talk.asked if talk.asked[key] and key not in kept]):
        if _undecided(talk, without(talk.told, [*left_out, key], talk), None) <= settled:
            left_out.append(key)
    return talk.answers - len(left_out)


def _undecided(talk: Dialogue, firm: Applicant, measures: tuple[str, ...] | None) -> set[tuple[str, str | None, str]]:
    """The results a firm leaves open, of some measures or all."""
    question = Question(talk.question.on, talk.question.claim, measures=measures or ())
    results = talk.engine.results(firm, question, with_reasons=False)
    return {(r.measure.id, r.subject, r.period) for r in results if not r.received and (r.status == UNKNOWN or r.amount is None)}


def everything(engine: Engine, question: Question, full: Applicant) -> int:
    """Every fact, list and register that a measure in force reads, for each holder the firm has."""
    words, count = engine.corpus.vocabulary, 0
    in_force = {r.measure.id for r in engine.results(full, question, False) if r.status != "not_in_force"}
    maker = Firms(engine, 0, 0, measures=in_force)
    for values, kind in [(full.facts, full.kind), *((s.facts, s.kind) for s in full.subjects.values())]:
        for name in maker.facts:
            value = values.get(name)
            if value is not None and words.applies(words.facts[name], kind):
                count += len(value) if isinstance(value, dict) else 1
    return count + len(maker.registers) + len(maker.kinds)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--firms", type=int, default=200)
    options.add_argument("--on", default="2025-12-30")
    args = options.parse_args()
    engine, start = Engine(load_corpus()), time.process_time()
    claim = int(args.on[:4]) - 1
    question = Question(args.on, claim)
    maker, r = Firms(engine, claim, 7), random.Random(7)
    orders: dict[str, Ask] = {"the engine's question first": most_decisive, "in the order of the documents": in_document_order}
    counts: dict[str, list[float]] = {}
    for _ in range(args.firms):
        full = completed(maker.one(), maker, r)
        talks = {name: held(engine, question, full, ask) for name, ask in orders.items()}
        found: dict[str, float] = {name: talk.answers for name, talk in talks.items()}
        found["everything that can be asked"] = everything(engine, question, full)
        kept = needed(talks["in the order of the documents"])
        found["no order can leave out"] = len(kept)
        found["enough, the answers known"] = enough(talks["the engine's question first"], kept)
        for name, talk in talks.items():
            waits = sorted(n for n in talk.decided.values() if n)
            found[f"a measure waits, {name}"] = statistics.mean(waits) if waits else 0
            found[f"half are decided after, {name}"] = statistics.median(waits) if waits else 0
        for name, number in found.items():
            counts.setdefault(name, []).append(number)
    print(f"{args.firms} firms, application {args.on}, {time.process_time() - start:.0f} s of one core; questions until every result is decided")
    for name, numbers in counts.items():
        print(f"  {name:60} mean {statistics.mean(numbers):7.1f}   median {statistics.median(numbers):5.0f}   most {max(numbers):5.0f}")


if __name__ == "__main__":
    main()
