"""Which other choice of a reading would change a result, and to what."""

from __future__ import annotations

from msgspec import Struct

from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, UNKNOWN, Result
from huiqi.packs.model import Reading

Key = tuple[str, str | None, str]


class Swing(Struct, frozen=True):
    """Under `choice` of `reading` the results `now` become `then`; None where there is no such result."""

    reading: Reading
    choice: str
    changes: list[tuple[Result | None, Result | None]]


def looked_at(results: list[Result]) -> list[Result]:
    """The results whose amount a reader looks at: they may pay, and the facts mention what they are about."""
    return [r for r in results if r.measure.pays and r.status in (ELIGIBLE, UNKNOWN) and not r.remote and not r.received]


def swings(engine: Engine, applicant: Applicant, question: Question, results: list[Result], shown: list[Result]) -> list[Swing]:
    """The choices not in force that change a result of a measure among `shown`; readings asked for by name are left as asked.

    `results` are all that the engine gave for `question`.
    """
    resting: dict[str, set[str]] = {}
    for result in shown:
        for id_ in result.readings:
            if id_ not in engine.choices:
                resting.setdefault(id_, set()).add(result.measure.id)
    found = []
    for id_, measures in resting.items():
        reading = engine.corpus.readings[id_]
        now = {_key(r): r for r in results if r.measure.id in measures}
        asked = Question(question.on, question.claim, question.policies, tuple(measures))
        for choice in reading.choices:
            if choice != reading.taken:
                then = {_key(r): r for r in engine.under({id_: choice}).results(applicant, asked, with_reasons=False)}
                pairs = [(now.get(key), then.get(key)) for key in dict.fromkeys((*now, *then))]
                changes = [(a, b) for a, b in pairs if _said(a) != _said(b) and (_hopes(a) or _hopes(b))]
                if changes:
                    found.append(Swing(reading, choice, changes))
    return found


def _key(result: Result) -> Key:
    return (result.measure.id, result.subject, result.period)


def _hopes(result: Result | None) -> bool:
    return result is not None and result.status in (ELIGIBLE, UNKNOWN)


def _said(result: Result | None) -> tuple[object, ...] | None:
    """What people would notice of a result."""
    return None if result is None else (result.status, result.amount, result.amount_kind, result.low, result.high)
