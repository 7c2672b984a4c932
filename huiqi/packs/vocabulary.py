"""The words packs are written in: kinds, facts, registers, matters, departments, districts, dated series."""

from __future__ import annotations

from msgspec import Struct

from huiqi.language.diagnostics import Place
from huiqi.language.yamltree import Scalar


class Kind(Struct, frozen=True):
    """A kind of applicant or subject. `wider`: the kind whose facts apply too; `of`: kinds it can belong to."""

    name: str
    role: str
    wider: str
    of: tuple[str, ...]
    place: Place


class Fact(Struct, frozen=True):
    """A typed datum. `least`/`greatest` count the unit's smallest steps (money: 分); `formula` makes it derived, from `first_day` on where a rule says it.

    `series`: the national classes (`Corpus.sizes`) that say the value of a choice where none is given.
    `first_of`: the registers whose first record says the day where none is given.
    """

    name: str
    of: tuple[str, ...]
    by: str
    type: str
    unit: str
    values: tuple[str, ...]
    least: int
    greatest: int
    definition: str
    certifier: str
    question: str
    formula: str
    formula_place: Place
    source: str
    first_day: str
    series: str
    place: Place
    first_of: tuple[str, ...] = ()


class Register(Struct, frozen=True):
    """A list of titles, selections or states that records belong to; `levels` from low to high; `source` the rule it rests on, in force from `first_day`."""

    name: str
    of: tuple[str, ...]
    levels: tuple[str, ...]
    events: tuple[str, ...]
    issuer: str
    definition: str
    question: str
    source: str
    first_day: str
    place: Place


class Matter(Struct, frozen=True):
    """A thing paid for; `within` is the wider matter that contains it."""

    name: str
    within: str
    place: Place


class Department(Struct, frozen=True):
    name: str
    full_name: str
    level: str


class District(Struct, frozen=True):
    """A district of the city with the days its code had this meaning."""

    code: str
    name: str
    aka: tuple[str, ...]
    first_day: str
    last_day: str


class Vocabulary(Struct):
    """All tables by name."""

    kinds: dict[str, Kind] = {}
    facts: dict[str, Fact] = {}
    registers: dict[str, Register] = {}
    matters: dict[str, Matter] = {}
    departments: dict[str, Department] = {}
    districts: list[District] = []
    uses: list[tuple[str, Scalar]] = []  # names that entries use, by table

    def family(self, kind: str) -> tuple[str, ...]:
        """The kind and every wider kind, nearest first; facts of any of them apply."""
        names: list[str] = []
        while kind and kind not in names:
            names.append(kind)
            kind = self.kinds[kind].wider if kind in self.kinds else ""
        return tuple(names)

    def applies(self, fact: Fact | Register, kind: str) -> bool:
        """Whether a fact or register can be given for this kind."""
        return any(name in fact.of for name in self.family(kind))
