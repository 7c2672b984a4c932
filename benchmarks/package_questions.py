"""How many questions until the best package of a random firm is decided, against all twelve policies.

The lists of records, aid and subjects are known, as an office's databases give them; every fact has to be asked for, one fact of one
year at a time, for all subjects that have it. Compared: the question the outlook puts first, the order of the documents among
the facts that still matter, and asking everything.

`python benchmarks/package_questions.py [FIRMS]`
"""

from __future__ import annotations

import random
import re
import statistics
import sys
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from huiqi.combine.outlook import Outlook, outlook
from huiqi.combine.package import best_package
from huiqi.evaluate.applicant import EARLIER, Applicant, Values
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import Result
from huiqi.packs.registry import load_corpus
from tests.evaluate.completion import completed
from tests.population.firms import Firms

ASKED = Question("2025-12-30", 2024)
FIRMS = 200
_NAME = re.compile(r"(?P<fact>[^（]+)（(?P<year>\d{4})年(?P<before>以前最高)?）")
Pick = Callable[[Outlook, list[str]], str]


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FIRMS
    engine = Engine(load_corpus())
    maker, dice = Firms(engine, 2024, 200), random.Random(200)
    found: dict[str, list[int]] = {"question of the outlook": [], "order of the documents": [], "everything": []}
    for _ in range(count):
        full = completed(maker.one(), maker, dice)
        for name, pick in (("question of the outlook", from_outlook), ("order of the documents", first_named)):
            found[name].append(asked_until_decided(engine, full, pick))
        found["everything"].append(len(names(engine.results(bare(full), ASKED))))
    print(f"{count} firms, facts asked until the best package is decided")
    for name, numbers in found.items():
        print(f"{name:24} mean {statistics.mean(numbers):6.1f}   median {statistics.median(numbers):5.1f}   most {max(numbers)}")
    return 0


def asked_until_decided(engine: Engine, full: Applicant, pick: Pick) -> int:
    """The number of facts asked before no answer can change the set."""
    firm, asked, silent = bare(full), 0, set[str]()
    while True:
        results = engine.results(firm, ASKED)
        ahead = outlook(engine, firm, ASKED, results, best_package(engine, firm, ASKED, results))
        left = [n for n in names(ahead.possible) if n not in silent]
        if not left:
            return asked
        name = pick(ahead, left)
        if not revealed(firm, full, name, engine):
            silent.add(name)  # no answer: a loan that belongs to no project
        else:
            asked += 1


def from_outlook(ahead: Outlook, left: list[str]) -> str:
    return ahead.question.name if ahead.question and ahead.question.name in left else left[0]


def first_named(ahead: Outlook, left: list[str]) -> str:
    return left[0]


def names(results: list[Result]) -> list[str]:
    """What is missing, in the order of the documents."""
    return list(dict.fromkeys(name for r in results for name in r.missing))


def bare(full: Applicant) -> Applicant:
    """The firm with its lists and without any fact."""
    firm = copy(full)
    firm.facts, firm.subjects = {}, {id_: replace(s, facts={}) for id_, s in full.subjects.items()}
    return firm


def revealed(firm: Applicant, full: Applicant, name: str, engine: Engine) -> bool:
    """Answer a question for the firm and each subject; whether anything was learnt."""
    if name in engine.corpus.vocabulary.kinds:
        kinds = [s for s in full.subjects.values() if name in engine.corpus.vocabulary.family(s.kind)]
        before = sum(len(firm.subjects[s.id].facts) for s in kinds)
        for subject in kinds:
            firm.subjects[subject.id].facts = dict(subject.facts)
        return sum(len(firm.subjects[s.id].facts) for s in kinds) > before
    match = _NAME.fullmatch(name)
    fact = match["fact"] if match else name
    learnt = [_learn(firm.facts, full.facts, fact, match)]
    learnt += [_learn(firm.subjects[id_].facts, s.facts, fact, match) for id_, s in full.subjects.items()]
    return any(learnt)


def _learn(into: Values, source: Values, fact: str, match: re.Match[str] | None) -> bool:
    value = source.get(fact)
    if value is None or fact not in source:
        return False
    if not isinstance(value, dict):
        new: int | dict[int, int] = value
    else:
        years = {y for y in value if match and (y == int(match["year"]) or (match["before"] and (y == EARLIER or y < int(match["year"]))))}
        old = into.get(fact)
        new = {**(old if isinstance(old, dict) else {}), **{y: value[y] for y in years or set(value)}}
    changed = into.get(fact) != new
    into[fact] = new
    return changed


if __name__ == "__main__":
    sys.exit(main())
