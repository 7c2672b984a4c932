"""What must hold of every firm, on many random firms with missing facts."""

from __future__ import annotations

import random
from collections import Counter

from huiqi.evaluate.engine import Engine, Question
from huiqi.packs.registry import load_corpus
from tests.evaluate.properties import bounds_hold, more_facts_only_narrow, shuffled, shuffled_corpus, told
from tests.population.firms import Firms
from tools.proofs import Proof

TITLE = "Bounds, more facts, order"
COMPLETIONS, MORE, ORDERS = 10_000, 2_000, 500
DATES = ("2025-11-20", "2025-12-30")


def prove() -> Proof:
    """Completions within bounds; more facts only narrow; order changes nothing."""
    corpus = load_corpus()
    engine, other = Engine(corpus), Engine(shuffled_corpus(corpus, random.Random(5)))
    met: Counter[str] = Counter()
    for on in DATES:
        question = Question(on, int(on[:4]) - 1)
        maker = Firms(engine, int(on[:4]) - 1, 81)
        r = maker.random
        try:
            for count, check in ((COMPLETIONS, bounds_hold), (MORE, more_facts_only_narrow)):
                for _ in range(count // len(DATES)):
                    check(engine, question, maker.one(), maker, r, met)
            for _ in range(ORDERS // len(DATES)):
                firm = maker.one()
                expected = told(engine.results(firm, question))
                assert told(engine.results(shuffled(firm, r), question)) == expected
                assert told(other.results(shuffled(firm, r), question)) == expected
        except AssertionError as error:
            return Proof(f"Application {on}: {str(error)[:500]}", False)
    return Proof(_text(met), True)


def _text(met: Counter[str]) -> str:
    before = f"eligible {met['eligible']:,} times, ineligible {met['ineligible']:,}, unknown {met['unknown']:,}"
    return (
        f"{met['completions']:,} completions of random incomplete firms (dates {', '.join(DATES)}): every result lies within what was said before, which was "
        f"{before}; {met['not decided']:,} results stay undecided, being about something the firm does not have.\n\n"
        f"{MORE:,} firms given more of their missing facts and records: of {met['results']:,} results none has wider bounds than before, and none of the "
        f"{met['decided']:,} decided ones moved.\n\n"
        f"{ORDERS:,} firms with facts, records, subjects, aid and the measures in another order: every status, figure, reason and missing fact the same."
    )
