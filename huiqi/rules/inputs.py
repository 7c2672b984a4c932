"""What a rule reads from outside: the leaves of the graph. Frozen, so that equal reads are one read."""

from __future__ import annotations

from msgspec import Struct


class FactInput(Struct, frozen=True):
    """A fact of the subject or of one it belongs to.

    `owner`: the subject kind the fact is read from, '' for the applicant. `years_back`: 0 = claim year t, 1 = t−1; None = not by year.
    `part`: for dates, `year` (calendar year of the date), `full_year` (first whole calendar year from it), `day` (the day itself);
    `plus_years` moves a `day` by whole years. Of any fact, `given`: whether there is a value, which is always known.
    """

    fact: str
    owner: str
    years_back: int | None = None
    part: str = ""
    plus_years: int = 0


class RecordInput(Struct, frozen=True):
    """Whether the applicant or subject holds a record ('' = any event or level).

    On the day of application; where `years_back` is given, on any day of the year t − years_back; where `at_recognition`, on
    the day of the record the result accrues to.
    """

    register: str
    owner: str
    event: str = ""
    level: str = ""
    years_back: int | None = None
    at_recognition: bool = False


class FirstInput(Struct, frozen=True):
    """Whether a record (with this event and level, '' = any) is there and none was before.

    Before the claim year; where `at_recognition`, before the day of the record the result accrues to.
    """

    register: str
    owner: str
    event: str = ""
    level: str = ""
    at_recognition: bool = False


class SpanInput(Struct, frozen=True):
    """The sum of a yearly fact over `years` calendar years from the year of a day on, as far as the claim year."""

    fact: str
    owner: str
    day_fact: str
    years: int


class BoundInput(Struct, frozen=True):
    """An attribute of the record a recognition accrues to (`level`, `event`, `register`), as a position among its labels."""

    attribute: str
    labels: tuple[str, ...]


class RecognitionDay(Struct, frozen=True):
    """The day of the record a recognition accrues to."""


class HistoryInput(Struct, frozen=True):
    """The greatest value of a yearly fact in any year before t − years_back."""

    fact: str
    owner: str
    years_back: int


class SeriesInput(Struct, frozen=True):
    """The value of a dated series on the day a fact gives: `term` is a fixed term, or `term_fact` the choice fact that names it."""

    series: str
    owner: str
    day_fact: str
    term: str
    term_fact: str


class ClassInput(Struct, frozen=True):
    """The class of a firm by size classes of the nation in one year: the fact where it is given, else by industry and figures."""

    series: str
    fact: str
    owner: str
    years_back: int


class AggregateInput(Struct, frozen=True, eq=False):
    """`op` (sum, count, max, some, every) over the subjects of a kind: those that belong to the instance (`within_subject`), or all of the applicant.

    `text` is the expression and makes two reads equal; `inner` is its rule (`rules.inner.Inner`).
    """

    op: str
    kind: str
    text: str
    within_subject: bool
    inner: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AggregateInput) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[str, str, str, bool]:
        return self.op, self.kind, self.text, self.within_subject


class AwardedInput(Struct, frozen=True):
    """Money already given under the named measures for the same subject or those under it, in 分."""

    measures: tuple[str, ...]


class ClaimYear(Struct, frozen=True):
    """t, the year claimed for."""


class ApplicationDay(Struct, frozen=True):
    """The day of application."""


Input = (
    FactInput
    | RecordInput
    | FirstInput
    | BoundInput
    | RecognitionDay
    | HistoryInput
    | SpanInput
    | SeriesInput
    | ClassInput
    | AggregateInput
    | AwardedInput
    | ClaimYear
    | ApplicationDay
)
