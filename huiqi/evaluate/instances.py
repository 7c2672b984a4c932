"""Which results a measure can have for an applicant: one for each (subject, period) it accrues to."""

from __future__ import annotations

from typing import NamedTuple

from huiqi.evaluate.applicant import APPLICANT, Applicant, Record, Values
from huiqi.packs.model import Accrual, Measure, Policy
from huiqi.packs.vocabulary import Fact, Vocabulary


class Instance(NamedTuple):
    """One possible result. `subject` is '' for the applicant, None where a subject is not known to exist.

    `record` is the recognition the result belongs to; `unrecorded` tells why there is none: `absent` (the list of records is
    whole and holds none) or `unknown`.
    """

    subject: str | None
    period: str
    record: Record | None = None
    unrecorded: str = ""


def instances(policy: Policy, measure: Measure, applicant: Applicant, on: str, claim: int, vocabulary: Vocabulary) -> list[Instance]:
    """The instances of a measure in claim year `claim` on the day of application `on`; about subjects of which none is known: one, unknown or empty."""
    if not measure.subject:
        return _periods(policy, measure, applicant, APPLICANT, applicant.facts, on, claim, vocabulary)
    subjects = [s for s in applicant.subjects.values() if measure.subject in vocabulary.family(s.kind)]
    if not subjects:
        return [] if applicant.is_complete(measure.subject) else [Instance(None, plain_period(measure, claim))]
    return [instance for s in subjects for instance in _periods(policy, measure, applicant, s.id, s.facts, on, claim, vocabulary)]


def recognition_days(policy: Policy, accrual: Accrual, on: str, claim: int) -> tuple[str, str]:
    """The first and last day on which a record can be claimed for, none after the application; with `applies_by: event` the day lies in the window too."""
    first, last = f"{claim - accrual.years + 1}-01-01", min(f"{claim}-12-31", on)
    if policy.applies_by == "event":
        first = first if policy.admits_earlier else max(first, policy.first_day)
        last = min(last, policy.last_day or last)
    return first, last


def plain_instances(measure: Measure, claim: int) -> list[Instance]:
    """The instances of a measure that are the same for every applicant; none where they hang on its subjects, records or facts."""
    plain = not measure.subject and measure.accrues.mode not in ("recognition", "stage")
    return [Instance(APPLICANT, plain_period(measure, claim))] if plain else []


def plain_period(measure: Measure, claim: int) -> str:
    """The period of a result that does not accrue to a record: the year, `done`, or the stage's name."""
    if measure.accrues.mode == "stage":
        return measure.accrues.names[0]
    return "done" if measure.accrues.mode in ("once", "completion") else str(claim)


def stage_fact(measure: Measure, vocabulary: Vocabulary) -> Fact | None:
    """The choice fact of the subject whose value is the stage a result accrues to; None where the stage is a fixed name."""
    fact = vocabulary.facts.get(measure.accrues.names[0]) if measure.accrues.mode == "stage" else None
    return fact if fact is not None and fact.type == "choice" else None


def _periods(
    policy: Policy, measure: Measure, applicant: Applicant, subject: str, facts: Values, on: str, claim: int, vocabulary: Vocabulary
) -> list[Instance]:
    """In the order of their days, on one day by register and from the lowest level up; on one day the second is `2024-12-01#2`."""
    accrual = measure.accrues
    if stage := stage_fact(measure, vocabulary):
        value = facts.get(stage.name)
        return [Instance(subject, stage.values[value]) if isinstance(value, int) else Instance(subject, stage.name, None, "unknown")]
    if accrual.mode != "recognition":
        return [Instance(subject, plain_period(measure, claim))]
    first, last = recognition_days(policy, accrual, on, claim)
    found = [
        r
        for r in applicant.records
        if r.register in accrual.names and r.of == subject and first <= r.first_day <= last and (not accrual.events or r.event in ("", *accrual.events))
    ]
    if not found:
        return [Instance(subject, str(claim), None, "absent" if applicant.knows_registers(accrual.names) else "unknown")]
    on_day: dict[str, int] = {}
    made = []
    for record in sorted(found, key=lambda r: _order(r, vocabulary)):
        at = on_day[record.first_day] = on_day.get(record.first_day, 0) + 1
        made.append(Instance(subject, record.first_day if at == 1 else f"{record.first_day}#{at}", record))
    return made


def _order(record: Record, vocabulary: Vocabulary) -> tuple[str, str, int, str, str]:
    levels = vocabulary.registers[record.register].levels
    level = levels.index(record.level) if record.level in levels else -1
    return (record.first_day, record.register, level, record.event, record.last_day)
