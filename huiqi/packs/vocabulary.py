"""The words packs are written in: kinds, facts, registers, matters, departments, districts, dated series."""

from __future__ import annotations

from dataclasses import dataclass, field

from huiqi.language.diagnostics import Place
from huiqi.language.yamltree import Scalar


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of applicant or subject. `wider`: the kind whose facts apply too; `of`: kinds it can belong to."""

    name: str
    role: str
    wider: str
    of: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Fact:
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


@dataclass(frozen=True, slots=True)
class Register:
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


@dataclass(frozen=True, slots=True)
class Matter:
    """A thing paid for; `within` is the wider matter that contains it."""

    name: str
    within: str
    place: Place


@dataclass(frozen=True, slots=True)
class Department:
    name: str
    full_name: str
    level: str


@dataclass(frozen=True, slots=True)
class District:
    """A district of the city with the days its code had this meaning."""

    code: str
    name: str
    aka: tuple[str, ...]
    first_day: str
    last_day: str


@dataclass(slots=True)
class Vocabulary:
    """All tables by name."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    registers: dict[str, Register] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    districts: list[District] = field(default_factory=list)
    uses: list[tuple[str, Scalar]] = field(default_factory=list)  # names that entries use, by table

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
