"""Which results a measure can have for an applicant: one for each (subject, period) it accrues to."""

from __future__ import annotations

from typing import NamedTuple

from huiqi.evaluate.applicant import APPLICANT, Applicant, Record
from huiqi.packs.model import Measure
from huiqi.packs.vocabulary import Vocabulary


class Instance(NamedTuple):
    """One possible result. `subject` is '' for the applicant, None where a subject is not known to exist.

    `record` is the recognition the result belongs to; `unrecorded` tells why there is none: `absent` (the list of records is
    whole and holds none) or `unknown`.
    """

    subject: str | None
    period: str
    record: Record | None = None
    unrecorded: str = ""


def instances(measure: Measure, applicant: Applicant, claim: int, vocabulary: Vocabulary) -> list[Instance]:
    """The instances of a measure in claim year `claim`; a measure about subjects of which none is known has one, unknown or empty."""
    if not measure.subject:
        return _periods(measure, applicant, APPLICANT, claim, vocabulary)
    subjects = [s for s in applicant.subjects.values() if measure.subject in vocabulary.family(s.kind)]
    if not subjects:
        return [] if applicant.is_complete(measure.subject) else [Instance(None, plain_period(measure, claim))]
    return [instance for s in subjects for instance in _periods(measure, applicant, s.id, claim, vocabulary)]


def plain_instances(measure: Measure, claim: int) -> list[Instance]:
    """The instances of a measure that are the same for every applicant; none where they hang on its subjects, records or facts."""
    plain = not measure.subject and measure.accrues.mode not in ("recognition", "stage")
    return [Instance(APPLICANT, plain_period(measure, claim))] if plain else []


def plain_period(measure: Measure, claim: int) -> str:
    """The period of a result that does not accrue to a record: the year, `done`, or the stage's name."""
    if measure.accrues.mode == "stage":
        return measure.accrues.names[0]
    return "done" if measure.accrues.mode in ("once", "completion") else str(claim)


def _periods(measure: Measure, applicant: Applicant, subject: str, claim: int, vocabulary: Vocabulary) -> list[Instance]:
    """In the order of their days, on one day by register and from the lowest level up."""
    accrual = measure.accrues
    if accrual.mode != "recognition":
        return [Instance(subject, plain_period(measure, claim))]
    year = str(claim)
    found = [
        r
        for r in applicant.records
        if r.register in accrual.names and r.of == subject and r.first_day[:4] == year and (not accrual.events or r.event in ("", *accrual.events))
    ]
    if found:
        return [Instance(subject, r.first_day, r) for r in sorted(found, key=lambda r: _order(r, vocabulary))]
    return [Instance(subject, year, None, "absent" if applicant.is_complete("records") else "unknown")]


def _order(record: Record, vocabulary: Vocabulary) -> tuple[str, str, int]:
    levels = vocabulary.registers[record.register].levels
    return (record.first_day, record.register, levels.index(record.level) if record.level in levels else -1)
