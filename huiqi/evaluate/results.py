"""The result of one measure for one subject and period, and its JSON form (design §7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from huiqi.evaluate.applicant import Record
from huiqi.packs.model import Clause, Measure, Policy

ELIGIBLE, INELIGIBLE, UNKNOWN, NOT_IN_FORCE = "eligible", "ineligible", "unknown", "not_in_force"


class Reason(NamedTuple):
    """One line of why: `holds` is True, False, None (not known) for a condition, and None with `kind` 'sum' for a step of the sum."""

    text: str
    holds: bool | None
    kind: str
    citation: str


WHOLE = 2 * 27_720  # parts of a share: half of it divides by 1 to 12


class Gap(NamedTuple):
    """A fact or list an undecided result still hangs on: its name as people see it, and whose it is (a subject, '' for the applicant).

    `share`: how likely its answer alone decides the result, in parts of `WHOLE`, if an open condition holds as often as it fails.
    """

    name: str
    of: str
    share: int


class Deduction(Struct, frozen=True):
    """`gross`: the amount with nothing taken off; `aid`: what aid takes off; `measures`: whose results of the same run are taken off. Money in 分."""

    gross: int
    aid: int
    measures: frozenset[str]


class Result(Struct):
    """Money in 分. `amount` is None while it is not decided; `high` is None where nothing but a fact's domain limits it.

    With the amount kind `none` (no money, or no printed standard) amounts stay 0 here and are null in the JSON.
    `aid_uncounted`: the list of aid is not complete, so `amount` does not deduct what may already have been received.
    `received`: support for the same measure, subject and period was already received; it stays and is not given again.
    `readings`: the readings the result rests on, with the choice in force.
    `unrecorded`: no record it could accrue to is given, and the list of records is not whole.
    `shown`: both ends of everything the reasons show, names and values, where they were asked for.
    `record`: the recognition it accrues to. `deduction`: what its award takes off for money given before.
    """

    policy: Policy
    clause: Clause
    measure: Measure
    subject_kind: str
    subject: str | None
    period: str
    status: str
    amount: int | None
    amount_kind: str
    low: int
    high: int | None
    limits: tuple[str, ...] = ()
    readings: Mapping[str, str] = {}
    record: Record | None = None
    unrecorded: bool = False
    amount_least: int | None = None
    aid_uncounted: bool = False
    received: bool = False
    gaps: list[Gap] = []
    reasons: list[Reason] = []
    shown: tuple[Sequence[str], Sequence[int]] = ((), ())
    deduction: Deduction | None = None

    @property
    def missing(self) -> list[str]:
        """Names of the facts and lists it still hangs on, each once, in the order its rule tests them."""
        return list(dict.fromkeys(gap.name for gap in self.gaps))

    @property
    def trace(self) -> dict[str, int]:
        """What the reasons show: both ends of a node of the rule, as `node.low` and `node.high`."""
        return dict(zip(*self.shown, strict=True))

    @property
    def remote(self) -> bool:
        """Whether it hangs on a subject or a record that the facts do not mention at all."""
        return self.subject is None or self.unrecorded

    @property
    def settled(self) -> bool:
        """Whether the recognition it accrues to exists, so that no selection is still to come."""
        return self.record is not None

    @property
    def citation(self) -> str:
        return self.policy.cite(self.clause)

    @property
    def key(self) -> tuple[str, str, str]:
        """(measure, subject, period)."""
        return (self.measure.id, self.subject or "", self.period)

    def as_json(self) -> dict[str, object]:
        """The object of the contract."""
        none = self.amount_kind == "none"
        return {
            "measure": self.measure.id,
            "clause": self.clause.id,
            "policy": self.policy.id,
            "title": self.measure.title,
            "subject": {"kind": self.subject_kind, "id": self.subject},
            "period": self.period,
            "payee": self.measure.payee or "申报主体",
            "status": self.status,
            "decision": self.measure.decision,
            "instrument": self.measure.instrument,
            "amount": None if none else yuan(self.amount),
            "amount_least": yuan(self.amount_least),
            "amount_kind": self.amount_kind,
            "bounds": [None, None] if none else [yuan(self.low), yuan(self.high)],
            "missing": self.missing,
            "reasons": [{"text": r.text, "holds": r.holds, "kind": r.kind, "citation": r.citation} for r in self.reasons],
            "limits": list(self.limits),
            "readings": [{"id": id_, "choice": choice} for id_, choice in self.readings.items()],
            "aid_uncounted": self.aid_uncounted,
            "received": self.received,
            "citation": self.citation,
        }


def yuan(fen: int | None) -> str | None:
    """分 → yuan as decimal text with two places; None stays None."""
    if fen is None:
        return None
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"
