"""What must hold of every firm: bounds hold for every completion, more facts only narrow, order changes nothing."""

from __future__ import annotations

import random
from collections import Counter

from msgspec.structs import replace

from huiqi.evaluate.applicant import Applicant, Subject, Values
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import INELIGIBLE, UNKNOWN, Result
from huiqi.packs.model import Corpus
from tests.evaluate.completion import by_key, completed
from tests.population.firms import Firms


def bounds_hold(engine: Engine, question: Question, firm: Applicant, maker: Firms, r: random.Random, met: Counter[str]) -> None:
    """One completion of the firm lies within what is said of the firm; notes in `met` what was compared."""
    before = by_key(engine.results(firm, question, with_reasons=False))
    after = by_key(engine.results(completed(firm, maker, r), question, with_reasons=False))
    met["completions"] += 1
    for key, result in before.items():
        if key not in after:  # an unknown recognition became a dated one
            assert result.status in (UNKNOWN, INELIGIBLE)
            continue
        then = after[key]
        if then.status == UNKNOWN or then.amount is None:  # about something the firm does not have, as a loan outside any project
            met["not decided"] += 1
            continue
        met[result.status] += 1
        assert result.status in (UNKNOWN, then.status), (key, result, then)
        assert result.low <= then.amount, (key, result, then)
        assert result.high is None or then.amount <= result.high, (key, result, then)


def informed(firm: Applicant, maker: Firms, r: random.Random) -> Applicant:
    """The firm with some of its missing facts given, and in half of the cases records in the registers that are not known to be whole."""
    full = completed(firm, maker, r)
    there = {(x.of, x.first_day) for x in firm.records}
    more = [x for x in full.records if (x.of, x.first_day) not in there and not firm.knows_registers([x.register])]
    records = [*firm.records, *(more if r.random() < 0.5 else ())]
    subjects = {id_: Subject(s.kind, s.id, s.parent, _more(s.facts, full.subjects[id_].facts, r), s.place) for id_, s in firm.subjects.items()}
    return replace(firm, facts=_more(firm.facts, full.facts, r), subjects=subjects, records=records)


def _more(given: Values, full: Values, r: random.Random) -> Values:
    share = r.choice((0.05, 0.5, 1.0))
    result = dict(given)
    for name, value in full.items():
        mine = given.get(name)
        if isinstance(value, dict):
            old = mine if isinstance(mine, dict) else {}
            result[name] = old | {year: v for year, v in value.items() if year not in old and r.random() < share}
        elif mine is None and r.random() < share:
            result[name] = value
    return result


def more_facts_only_narrow(engine: Engine, question: Question, firm: Applicant, maker: Firms, r: random.Random, met: Counter[str]) -> None:
    """What was decided stays, but for amounts that say they leave out what was not told, where records are told; bounds only come closer."""
    told_more = informed(firm, maker, r)
    before, after = (by_key(engine.results(f, question, with_reasons=False)) for f in (firm, told_more))
    records = len(told_more.records) > len(firm.records)
    assert records or before.keys() == after.keys()
    for key, old in before.items():
        if old.unrecorded and key not in after:  # the record it waited for is there
            continue
        new = after[key]
        met["results"] += 1
        if old.status != UNKNOWN:
            assert new.status == old.status, (key, old, new)
            if old.amount is not None and not (records and old.aid_uncounted):
                met["decided"] += 1
                assert outcome(new) == outcome(old), (key, old, new)
        assert new.low >= old.low and (old.high is None or (new.high is not None and new.high <= old.high)), (key, old, new)


def shuffled(firm: Applicant, r: random.Random) -> Applicant:
    """The firm with everything in another order."""
    facts, subjects = ({key: values[key] for key in r.sample(list(values), len(values))} for values in (firm.facts, firm.subjects))
    return replace(firm, facts=facts, subjects=subjects, records=r.sample(firm.records, len(firm.records)), aid=r.sample(firm.aid, len(firm.aid)))


def shuffled_corpus(corpus: Corpus, r: random.Random) -> Corpus:
    """The corpus with its measures in another order."""
    return replace(corpus, measures={key: corpus.measures[key] for key in r.sample(list(corpus.measures), len(corpus.measures))})


def outcome(result: Result) -> tuple[object, ...]:
    """What a result says in figures."""
    return (result.status, result.amount, result.amount_kind, result.low, result.high, result.received)


def told(results: list[Result]) -> dict[tuple[str, str, str], tuple[object, ...]]:
    """All that results say, by their key."""
    return {r.key: (*outcome(r), tuple(r.reasons), sorted(r.missing)) for r in results}
