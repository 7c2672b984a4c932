"""A policy pack as read: frozen, with places, rules still as text. `rules` lowers what is computed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct, field

from huiqi.language.diagnostics import Place
from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.national import EMPTY_CALENDAR, Calendar, Series, SizeClasses
from huiqi.packs.vocabulary import Vocabulary


class Reading(Struct, frozen=True):
    """A choice between two meanings of a wording (口径). `id` is full: `hz-2022-iot/1.1.R1`."""

    id: str
    about: str
    choices: dict[str, str]
    taken: str
    reason: str
    place: Place


class Limit(Struct, frozen=True):
    """A limit across results (限额), with the keys it was written with; `over` are full measure ids where they name measures.

    `body` has the readings' choices in place of the readings, `written` the readings themselves, `readings` the choices made.
    """

    id: str
    over: tuple[str, ...]
    per: tuple[str, ...]
    body: Map
    place: Place
    written: Map
    readings: dict[str, str]

    def names(self, measure: str) -> bool:
        """Whether the limit is over the measure or its clause, or says how it stands beside others."""
        node = self.body.entries.get("one_of", self.body.entries.get("together"))
        policy = self.id.partition("/")[0]
        listed = [x.text if "/" in x.text else f"{policy}/{x.text}" for x in node.items if isinstance(x, Scalar)] if isinstance(node, Seq) else []
        return not {measure, measure[:-1]}.isdisjoint((*self.over, *listed))

    def text(self, key: str) -> str:
        """The value of a key written as plain text, '' when it is absent or has structure."""
        node = self.body.entries.get(key)
        return node.text if isinstance(node, Scalar) else ""


class Overlap(Struct, frozen=True):
    """The sentence 从优、就高、不重复: where it stands, and whether it reaches the city and its districts (市) or every level (各级)."""

    at: str
    reach: str


PAYERS = ("国家", "省", "市", "区县", "园区")


class Part(Struct, frozen=True):
    """What one payer bears of a sum, between both ends; equal ends where the text prints a ratio."""

    payer: str
    least: Fraction
    greatest: Fraction


class Funding(Struct, frozen=True):
    """Who pays (资金): where the text says it, the payers (of `PAYERS`), each one's part in their order; no parts where no ratio is printed."""

    at: str
    by: tuple[str, ...]
    parts: tuple[Part, ...]
    summary: str


class FundingRule(Struct, frozen=True):
    """Who pays the measures `over` (full ids), or all of the clause or policy it stands in, there without the clauses `but`.

    `choices`: by the choice of the reading (full id); without a reading the one entry ''.
    """

    over: tuple[str, ...]
    but: tuple[str, ...]
    reading: str
    choices: Mapping[str, Funding]
    place: Place


class Term(Struct, frozen=True):
    """A named figure that binds but awards nothing."""

    name: str
    value: str
    summary: str


class Target(Struct, frozen=True):
    """A goal of the city: what, how much (a quantity with its unit), by which year or in which years, who answers for it."""

    name: str
    value: str
    year: str
    summary: str
    lead: tuple[str, ...]
    place: Place


class Step(Struct, frozen=True):
    """A step of a procedure as the document states it: the stage, who acts, with whom, within which time."""

    id: str
    stage: str
    by: tuple[str, ...]
    support: tuple[str, ...]
    within: str
    summary: str
    place: Place


class Accrual(Struct, frozen=True):
    """What one result belongs to: `year`, `once`, or a recognition, completion or stage with its name; `events` of the recognition.

    `years`: in how many years up to the claim year the recognition may lie. The name of a stage is a choice fact, whose value is then the stage.
    """

    mode: str
    names: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    years: int = 1


class Measure(Struct, frozen=True):
    """The smallest thing that can be granted (措施). `id` is full: `hz-2022-iot/1.1a`.

    `accrues_by`: where a reading decides what a result accrues to, the accrual by (reading, choice); `accrues` is the one in force.
    """

    id: str
    title: str
    summary: str
    applicant: tuple[str, ...]
    subject: str
    payee: str
    matter: str
    instrument: str
    decision: str
    shape: str
    accrues: Accrual
    draft: bool
    when: tuple[Node, ...]
    award: Map | None
    place: Place
    accrues_by: Mapping[tuple[str, str], Accrual] = {}

    @property
    def computed(self) -> bool:
        """Whether the program answers it: an award, or conditions alone, is written and proven."""
        return (self.pays or bool(self.when)) and not self.draft

    @property
    def pays(self) -> bool:
        """Whether a sum is worked out; without an award only the status is (no money, or no printed standard)."""
        return self.award is not None


class Clause(Struct, frozen=True):
    """An article or paragraph by its printed path (条款)."""

    id: str
    at: str
    title: str
    kind: str
    summary: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    see: tuple[str, ...]
    measures: tuple[Measure, ...]
    limits: tuple[Limit, ...]
    terms: tuple[Term, ...]
    targets: tuple[Target, ...]
    steps: tuple[Step, ...]
    readings: tuple[Reading, ...]
    funding: tuple[FundingRule, ...]
    place: Place


class Policy(Struct, frozen=True):
    """A policy document (政策). Days are ISO text; an empty `last_day` means no end is printed.

    `applies_by`: what the window is tested against (`application`, `event`, `fact_year`), by the reading `applies_reading`.
    """

    id: str
    title: str
    number: str
    issuers: tuple[str, ...]
    issued: str
    first_day: str
    last_day: str
    benefit_from: str
    benefit_to: str
    admits_earlier: bool
    all_up_to: bool
    lead: str
    summary: str
    repeals: tuple[str, ...]
    overlap: Overlap | None
    funding: tuple[FundingRule, ...]
    clauses: tuple[Clause, ...]
    applies_by: str
    applies_reading: str
    version: str
    place: Place

    def cite(self, clause: Clause) -> str:
        """`杭经信联电子〔2022〕65号 一（三）`, or the title where no number is printed."""
        return f"{self.number or f'《{self.title}》'} {clause.at}".strip()


class Corpus(Struct):
    """Everything installed: the vocabulary, national series, size classes and holidays, the policies, with indexes by id."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    policies: dict[str, Policy] = {}
    measures: dict[str, tuple[Policy, Clause, Measure]] = {}
    readings: dict[str, Reading] = {}
    series: dict[str, Series] = {}
    sizes: dict[str, SizeClasses] = {}
    calendar: Calendar = EMPTY_CALENDAR

    def computed(self) -> list[tuple[Policy, Clause, Measure]]:
        """Measures the program computes, in the order of the documents."""
        return [entry for entry in self.measures.values() if entry[2].computed]
