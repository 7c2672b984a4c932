"""What is known of one applicant: facts, subjects, records, aid, and which lists are complete."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from huiqi.language.diagnostics import Place

APPLICANT = ""  # the id under which the applicant's own facts and records stand

EARLIER = 0  # the year under which the greatest value before the first year given stands

Values = dict[str, int | dict[int, int]]  # fact → steps, or year → steps


def in_year(facts: Values, fact: str, year: int) -> int | None:
    """The value of a yearly fact in one year, None where it is not given."""
    value = facts.get(fact)
    return value.get(year) if isinstance(value, dict) else None


class Record(Struct, frozen=True):
    """An entry of a register. Days are ISO text; an empty `last_day` means no end. `issuer`, in the file's own words, tells two alike of one day apart."""

    register: str
    event: str
    level: str
    of: str
    first_day: str
    last_day: str
    issuer: str = ""

    def holds_on(self, day: str) -> bool:
        return self.first_day <= day and (not self.last_day or day <= self.last_day)


class Aid(Struct, frozen=True):
    """Support already received, in 分. Either `measure` or `matter` names what it was for; `tier` is the level it was given for."""

    measure: str
    matter: str
    authority: str
    subject: str
    period: str
    amount: int
    tier: str = ""


class Subject(Struct):
    """Something of the applicant that a measure is about; `parent` is the id of what it belongs to ('' = the applicant)."""

    kind: str
    id: str
    parent: str
    facts: Values
    place: Place
    name: str = ""


class Applicant(Struct):
    """`claim` is the claim year when the file states one.

    `complete`: names of lists known to be whole: `records` or one register, `aid`, a kind of subject; `all` = every list.
    """

    kind: str
    name: str
    code: str
    district: str
    claim: int | None
    facts: Values = {}
    subjects: dict[str, Subject] = {}
    records: list[Record] = []
    aid: list[Aid] = []
    complete: set[str] = set()

    def is_complete(self, name: str) -> bool:
        """Whether a list (`records`, `aid`, or a kind of subject) is known to be whole."""
        return name in self.complete or "all" in self.complete

    def knows_registers(self, names: Iterable[str]) -> bool:
        """Whether every record of these registers is given."""
        return self.is_complete("records") or self.complete.issuperset(names)

    def holds(self, outer: str, inner: str) -> bool:
        """Whether a subject is the other or has it under it; the applicant has everything under it."""
        while inner not in (outer, APPLICANT):
            inner = self.subjects[inner].parent
        return inner == outer
