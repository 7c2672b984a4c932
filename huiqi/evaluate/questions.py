"""Which fact to ask for next: the one whose answer is expected to decide most.

Each undecided result lends its weight to what it hangs on, by how likely an answer alone decides it (`missing.gaps`): all of it to the
one thing missing, half to a fact that is a condition by itself, less to one fact of several in a condition, nothing to what only the
amount needs while conditions are open. The question with the largest sum for each answer it takes comes first; so titles, lists and
facts that many measures test go before amounts, and a condition that fails spares all that stands behind it. A result that can pay
weighs twice as much as one that cannot. Nothing is asked that no undecided result hangs on; of a list that is absent the first
question is whether there is any; support already received is asked last, since it moves no condition.
"""

from __future__ import annotations

from msgspec import Struct

from huiqi.evaluate.applicant import APPLICANT
from huiqi.evaluate.missing import AID, BOUND, REGISTER
from huiqi.evaluate.results import UNKNOWN, Result
from huiqi.packs.model import Corpus
from huiqi.packs.vocabulary import Vocabulary

_YEAR_WORDS = {"该年度": "度", "这一年度": "度", "该年末": "末"}
_FILLED_IN = {"money": "金额", "date": "日期"}
_UNLIMITED = 10**18
_BOUND_TEXTS = dict(zip(BOUND.values(), ("认定的是哪一级？", "是哪一类认定（首次、重新等）？", "列入的是哪个名册？"), strict=True))
_TEXTS = _BOUND_TEXTS | {"认定日期": "何时认定的？", "申报年度": "申报的是哪一年度？", AID: "国家、省、市、区此前给过哪些支持，各多少？"}


class NextQuestion(Struct, frozen=True):
    """A fact or list to ask for: how it is named in `missing`, the question, the results it can decide, and the most one of them can differ by.

    `at_most` is in 分, None where a result has no known limit. `of`: the subjects it is asked of, none for the applicant itself.
    `answers`: what can be answered, where it is a choice, or what is filled in; `certifier`: who certifies it, '' where nobody is said to.
    `decides`: how many results an answer is expected to decide, in parts of `results.WHOLE`, one that can pay counted twice.
    """

    name: str
    text: str
    measures: tuple[str, ...]
    at_most: int | None
    of: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    certifier: str = ""
    decides: int = 0


def next_questions(results: list[Result], corpus: Corpus) -> list[NextQuestion]:
    """The questions worth asking, the most decisive first; between equals what decides most money, then what a rule tests first."""
    hanging: dict[str, list[Result]] = {}
    weights: dict[str, dict[str, int]] = {}
    place: dict[str, int] = {}
    for result in results:
        if result.received or not (result.status == UNKNOWN or result.amount is None or result.aid_uncounted):
            continue
        for at, (name, of, share) in enumerate(result.gaps):
            if not (asked := hanging.setdefault(name, [])) or asked[-1] is not result:
                asked.append(result)
            place[name] = min(at, place.get(name, at))
            weight = weights.setdefault(name, {})
            weight[of] = weight.get(of, 0) + share * (1 + result.measure.pays)
    found = [_question(name, asked, weights[name], corpus.vocabulary) for name, asked in hanging.items()]
    found.sort(key=lambda q: (q.name == AID, -q.decides, -(_UNLIMITED if q.at_most is None else q.at_most), place[q.name], q.name))
    return found


def _question(name: str, results: list[Result], weights: dict[str, int], words: Vocabulary) -> NextQuestion:
    widths = [None if r.high is None else r.high - r.low for r in results]
    at_most = None if any(w is None for w in widths) else max(w or 0 for w in widths)
    measures = tuple(dict.fromkeys(r.measure.id for r in results))
    of = tuple(id_ for id_ in weights if id_ != APPLICANT)
    # A list is answered at once; a fact once for each it is asked of.
    answers = 1 if name.startswith(REGISTER) or name in words.kinds else len(weights)
    text, can_be, certifier = _words(name, words)
    return NextQuestion(name, text, measures, at_most, of, can_be, certifier, sum(weights.values()) // answers)


def _words(name: str, words: Vocabulary) -> tuple[str, tuple[str, ...], str]:
    """The question as a person asks it, what can be answered, who certifies it."""
    if name.startswith(REGISTER):
        register = words.registers[name.removeprefix(REGISTER)]
        return register.question, register.levels or register.events, register.issuer
    if name in words.kinds:
        return f"有没有{name}？有几个？", (), ""
    plain, _, year = name.removesuffix("）").partition("（")
    if plain not in words.facts:
        return _TEXTS[name], (), ""
    fact = words.facts[plain]
    answers = ("是", "否") if fact.type == "bool" else fact.values or (_FILLED_IN.get(fact.type, fact.unit),)
    return _in_year(fact.question, year) if year else fact.question, tuple(filter(None, answers)), fact.certifier


def _in_year(question: str, year: str) -> str:
    """The question with the year in the place of what stands for it, or before it. `year`: `2024年`, `2020年以前最高`."""
    for word, end in _YEAR_WORDS.items():
        if word in question:
            return question.replace(word, f"{year}{end}" if year.endswith("年") else f"{year}的年{end}", 1)
    return f"{year}，{question}"
