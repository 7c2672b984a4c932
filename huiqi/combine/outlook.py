"""With facts missing: which chosen results stay whatever the answers are, which results are still possible, the question expected to decide most of them."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from huiqi.combine.build import CASH, UNLIMITED, Builder, Model
from huiqi.combine.package import ENDS_NODES, Package, course_of, key, printed
from huiqi.combine.solve import solve
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.questions import NextQuestion, next_questions
from huiqi.evaluate.results import ELIGIBLE, UNKNOWN, Result, yuan


class Outlook(Struct, frozen=True):
    """`certain`: chosen and beyond the reach of any answer; `possible`: results whose answers could change the set.

    `gain`: the most the answers to `question` could add, in 分, None without limit; `loose`: a limit depends on a fact that is missing.
    """

    certain: list[Result]
    possible: list[Result]
    question: NextQuestion | None
    gain: int | None
    loose: bool

    @property
    def decided(self) -> bool:
        """Whether no answer can change the set."""
        return not self.possible and not self.loose

    def as_json(self) -> dict[str, object]:
        """The object `combination.outlook`."""
        asked = self.question
        return {
            "decided": self.decided,
            "certain": [key(r) for r in self.certain],
            "possible": [key(r) for r in self.possible],
            "question": None if asked is None else {"fact": asked.name, "question": asked.text, "gain": yuan(self.gain)},
        }


class Ahead(NamedTuple):
    """`open`: undecided results that may pay; `possible`: those of them whose answers could change the set; `firm`: what is sure to pay;
    `model`: all of them, each at its most."""

    open: list[Result]
    possible: list[Result]
    firm: list[Result]
    model: Model


def ahead(builder: Builder, results: list[Result]) -> Ahead:
    """What of some results can still change the best set; what aid already received bars cannot."""
    cash = [r for r in results if not r.received and r.measure.instrument in CASH]
    open_ = [r for r in cash if r.high != 0 and (r.status == UNKNOWN or (r.status == ELIGIBLE and r.amount is None))]
    firm = [r for r in cash if r.status == ELIGIBLE and r.amount]
    ids = {id(r) for r in (*open_, *firm)}
    model = builder.model([r for r in results if id(r) in ids], lambda r: r.high, "high")
    barred = {id(r) for r, _ in model.bars}
    return Ahead(open_, [r for r in open_ if id(r) not in barred], firm, model)


def outlook(engine: Engine, applicant: Applicant, question: Question, results: list[Result], package: Package) -> Outlook:
    """What is decided of a package, and what to ask next. `results` must carry what is missing."""
    builder = Builder(engine, applicant, question)
    open_, possible, firm, model = ahead(builder, results)
    chosen = [r for r in package.chosen if course_of(r) != "if_selected"]
    moving = {id(r) for r in open_}
    reached = {at for part in model.problem.components() if any(id(model.pool[at]) in moving for at in part) for at in part}
    unplaced = {limit for r in model.pool for limit in builder.unplaced(r)}
    touched = {id(model.pool[at]) for at in reached} | {id(r) for r in model.pool if unplaced & {rule.limit.id for rule, _ in builder.index.of(r)}}
    plain = builder.model([r for r in firm if course_of(r) != "if_selected"], printed)
    loose = {id(plain.pool[at]) for cap in plain.caps if not cap.sure for at in cap.members}
    certain = [r for r in chosen if id(r) not in touched | loose]
    asked = next(iter(next_questions(possible, engine.corpus)), None)
    if asked is None:
        return Outlook(certain, possible, None, None, bool(loose))
    gain = _gain(builder, firm, [r for r in possible if asked.name in r.missing])
    return Outlook(certain, possible, asked, None if gain >= UNLIMITED else gain, bool(loose))


def _gain(builder: Builder, firm: list[Result], more: list[Result]) -> int:
    """The most that some undecided results could add to the best set."""
    extra = {id(r) for r in more}
    both = builder.model([*firm, *more], lambda r: r.high if id(r) in extra else printed(r), "high")
    plain = builder.model(firm, printed, "high")
    sums = [solve(model.problem, nodes=ENDS_NODES, money_only=True) for model in (both, plain)]
    return sums[0].above - sum(sums[1].paid.values()) if sums[0] and sums[1] else 0
