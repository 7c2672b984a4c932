"""A day that the records say already is not asked for again: that of the first record, where every record is given."""

from __future__ import annotations

from datetime import date

from huiqi.evaluate.applicant import APPLICANT, Applicant
from huiqi.packs.vocabulary import Vocabulary


def fill_first_days(applicant: Applicant, vocabulary: Vocabulary, since: str) -> None:
    """Give the applicant and its subjects each missing fact with `first_of` from their first record of those registers, if not before `since`."""
    for fact in vocabulary.facts.values():
        if not fact.first_of or not applicant.knows_registers(fact.first_of):
            continue
        for record in sorted(applicant.records, key=lambda r: r.first_day):
            holder = applicant if record.of == APPLICANT else applicant.subjects[record.of]
            if record.register in fact.first_of and record.first_day >= since and vocabulary.applies(fact, holder.kind):
                holder.facts.setdefault(fact.name, date.fromisoformat(record.first_day).toordinal())
