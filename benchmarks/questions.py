"""How many questions a firm must answer until every result of the computed measures in force is decided.

    python -m benchmarks.questions [--firms N] [--on DATE]

A random firm with all its facts answers questions, starting from nothing but its kind. Three ways to ask are compared: the question the
engine puts first, the first missing fact in the order of the documents, and everything that any measure in force could ask. A list or
register, and each fact of each holder and year, is one question. Money already received is asked last in practice and not counted.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

from huiqi.evaluate.applicant import EARLIER, Applicant, Subject, Values
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.questions import next_questions
from huiqi.evaluate.results import UNKNOWN, Result
from huiqi.packs.registry import load_corpus
from tests.evaluate.completion import completed
from tests.population.firms import Firms

Ask = Callable[[list[Result]], str]
HISTORY = "年以前最高"


def undecided(results: list[Result]) -> list[Result]:
    """Results whose status or amount is still open for want of a fact that can be asked."""
    return [r for r in results if (r.status == UNKNOWN or r.amount is None) and any(name != "已获支持" for name in r.missing)]


def in_document_order(results: list[Result]) -> str:
    """The first missing fact of the first open result."""
    return next(name for name in undecided(results)[0].missing if name != "已获支持")


class Firm:
    """A firm that knows everything and has told some of it."""

    def __init__(self, full: Applicant):
        self.full = full
        self.told = Applicant(full.kind, "", "", "", full.claim, complete={"aid"})
        self.told.aid = full.aid

    def answer(self, name: str, engine: Engine) -> int:
        """Tell what a question asks for; how many answers that took."""
        words = engine.corpus.vocabulary
        if name.startswith("名册："):
            return self._register(name.removeprefix("名册："))
        if name in words.kinds:
            return self._list(name, engine)
        plain, _, year = name.removesuffix("）").partition("（")
        if plain in words.facts:
            return self._fact(plain, year)
        raise AssertionError(f"no answer to {name}")

    def _register(self, name: str) -> int:
        self.told.records += [x for x in self.full.records if x.register == name and x not in self.told.records]
        self.told.complete.add(name)
        # A record of something not mentioned yet mentions it.
        for record in self.told.records:
            self._mention(record.of)
        return 1

    def _mention(self, id_: str) -> None:
        while id_ and id_ not in self.told.subjects:
            subject = self.full.subjects[id_]
            self.told.subjects[id_] = Subject(subject.kind, id_, subject.parent, {}, subject.place)
            id_ = subject.parent

    def _list(self, kind: str, engine: Engine) -> int:
        for subject in self.full.subjects.values():
            if kind in engine.corpus.vocabulary.family(subject.kind):
                self._mention(subject.id)
        self.told.complete.add(kind)
        return 1

    def _fact(self, name: str, year: str) -> int:
        """The fact of every holder that was mentioned, one answer each."""
        holders: list[tuple[Values, Values]] = [(self.told.facts, self.full.facts)]
        holders += [(s.facts, self.full.subjects[s.id].facts) for s in self.told.subjects.values()]
        return sum(_tell(told, full, name, year) for told, full in holders)


def _tell(told: Values, full: Values, name: str, year: str) -> int:
    value = full.get(name)
    if value is None:
        return 0
    if not isinstance(value, dict):
        known = name in told
        told[name] = value
        return int(not known)
    mine = told.setdefault(name, {})
    assert isinstance(mine, dict)
    end = int(year[:4])
    wanted = [y for y in value if y == EARLIER or y < end] if year.endswith(HISTORY) else [end] if end in value else []
    new = [y for y in wanted if y not in mine]
    mine.update({y: value[y] for y in new})
    return int(bool(new))


def asked(engine: Engine, question: Question, full: Applicant, ask: Ask) -> int:
    """The number of answers until all is decided."""
    firm, count = Firm(full), 0
    done: set[str] = set()
    while left := undecided(results := engine.results(firm.told, question)):
        name = ask(results)
        if name in done:  # what is left hangs on something this firm cannot tell
            left = [r for r in left if not set(r.missing) <= done | {"已获支持"}]
            if not left:
                break
            name = next(n for r in left for n in r.missing if n not in done and n != "已获支持")
        done.add(name)
        count += firm.answer(name, engine)
    return count


def everything(engine: Engine, question: Question, full: Applicant) -> int:
    """Every fact, list and register that a measure in force reads, for each holder the firm has."""
    firm, count = Firm(full), 0
    words = engine.corpus.vocabulary
    firm.told.complete |= {"all"}
    maker_facts, registers, kinds = _read(engine, question, full)
    for values, kind in [(full.facts, full.kind), *((s.facts, s.kind) for s in full.subjects.values())]:
        for name in maker_facts:
            value = values.get(name)
            if value is not None and words.applies(words.facts[name], kind):
                count += len(value) if isinstance(value, dict) else 1
    return count + len(registers) + len(kinds)


def _read(engine: Engine, question: Question, full: Applicant) -> tuple[set[str], set[str], set[str]]:
    in_force = {r.measure.id for r in engine.results(full, question, False) if r.status != "not_in_force"}
    maker = Firms(engine, 0, 0, measures=in_force)
    return maker.facts, maker.registers, maker.kinds


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--firms", type=int, default=200)
    options.add_argument("--on", default="2025-12-30")
    args = options.parse_args()
    engine, start = Engine(load_corpus()), time.time()
    claim = int(args.on[:4]) - 1
    question = Question(args.on, claim)
    maker, r = Firms(engine, claim, 7), random.Random(7)
    counts: dict[str, list[int]] = {"the engine's question first": [], "in the order of the documents": [], "everything that can be asked": []}
    for _ in range(args.firms):
        full = completed(maker.one(), maker, r)
        best: Ask = lambda results: next_questions(results, engine.corpus)[0].name  # noqa: E731
        for found, ask in zip(counts.values(), (best, in_document_order, None), strict=True):
            found.append(everything(engine, question, full) if ask is None else asked(engine, question, full, ask))
    print(f"{args.firms} firms, application {args.on}, {time.time() - start:.0f} s; questions until every result is decided")
    for name, found in counts.items():
        print(f"  {name:32} mean {statistics.mean(found):7.1f}   median {statistics.median(found):5.0f}   most {max(found)}")


if __name__ == "__main__":
    main()
