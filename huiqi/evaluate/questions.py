"""Which fact to ask for next: the one whose answer can still decide most money.

Never a fact outside the support of an undecided result; for a list that is absent the first question is whether there is any.
"""

from __future__ import annotations

from dataclasses import dataclass

from huiqi.evaluate.results import UNKNOWN, Result
from huiqi.packs.model import Corpus


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A fact or list to ask for: how it is named in `missing`, the question, the results it can decide, and the most they can differ by.

    `at_most` is in 分, None where a result has no known limit.
    """

    name: str
    text: str
    measures: tuple[str, ...]
    at_most: int | None


def next_questions(results: list[Result], corpus: Corpus) -> list[NextQuestion]:
    """The questions worth asking, the one that can decide most first."""
    open_results = [r for r in results if not r.received and (r.status == UNKNOWN or r.amount is None)]
    names = dict.fromkeys(name for r in open_results for name in r.missing if name != "已获支持")
    found = [_question(name, [r for r in open_results if name in r.missing], corpus) for name in names]
    # What a rule tests first is asked first: it can settle the rule before its amount matters.
    place = {name: min(r.missing.index(name) for r in open_results if name in r.missing) for name in names}
    found.sort(key=lambda q: (-(q.at_most if q.at_most is not None else 10**18), place[q.name], -len(q.measures), q.name))
    return found


def _question(name: str, results: list[Result], corpus: Corpus) -> NextQuestion:
    widths = [None if r.high is None else r.high - r.low for r in results]
    at_most = None if any(w is None for w in widths) else max(w or 0 for w in widths)
    measures = tuple(dict.fromkeys(r.measure.id for r in results))
    words = corpus.vocabulary
    plain, _, year = name.removesuffix("）").partition("（")
    if name.startswith("名册："):
        register = words.registers.get(name.removeprefix("名册："))
        text = register.question if register else name
    elif plain in words.facts:
        question = words.facts[plain].question
        text = f"{year}：{question}" if year else question
    elif name in words.kinds:
        text = f"有没有{name}？有几个？"
    else:
        text = f"{name}是什么？"
    return NextQuestion(name, text, measures, at_most)
