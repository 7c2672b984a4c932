"""What a rule reads from outside: the leaves of the graph. Frozen, so that equal reads are one read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactInput:
    """A fact of the subject or of one it belongs to.

    `owner`: the subject kind the fact is read from, '' for the applicant. `years_back`: 0 = claim year t, 1 = t−1; None = not by year.
    `part`: for dates, `year` (calendar year of the date), `full_year` (first whole calendar year from it), `day` (the day itself);
    `plus_years` moves a `day` by whole years.
    """

    fact: str
    owner: str
    years_back: int | None = None
    part: str = ""
    plus_years: int = 0


@dataclass(frozen=True, slots=True)
class RecordInput:
    """Whether the applicant or subject holds a record ('' = any event or level): on the day of application, or, where
    `years_back` is given, on any day of the year t − years_back."""

    register: str
    owner: str
    event: str = ""
    level: str = ""
    years_back: int | None = None


@dataclass(frozen=True, slots=True)
class BoundInput:
    """An attribute of the record a recognition accrues to: `level`, as a position in the register's ladder."""

    attribute: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwardedInput:
    """Money already given under the named measures for the same subject or those under it, in 分."""

    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimYear:
    """t, the year claimed for."""


Input = FactInput | RecordInput | BoundInput | AwardedInput | ClaimYear
