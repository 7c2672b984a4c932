"""A claimed set checked: what of it stands, what falls and why, and what would be better."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from huiqi.combine.build import CASH, Builder
from huiqi.combine.explain import explain
from huiqi.combine.package import COURSES, Package, best_package, course_of, key, printed
from huiqi.combine.solve import solve
from huiqi.evaluate.applicant import APPLICANT, Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, UNKNOWN, Result, yuan
from huiqi.language.diagnostics import Findings, Place, Problems, did_you_mean, problem, system_fault
from huiqi.language.units import format_money, read_quantity
from huiqi.language.yamltree import MAX_BYTES, Map, read_yaml, want_map, want_seq
from huiqi.packs.model import Corpus
from huiqi.packs.reader import Fields

STANDS, REDUCED, FALLS, OPEN = "stands", "reduced", "falls", "open"


class Claimed(Struct, frozen=True):
    """One entry of a claim; `period` '' = whichever the result has, `amount` in 分, None = whatever it comes to."""

    measure: str
    subject: str
    period: str
    amount: int | None
    place: Place


class Verdict(Struct, frozen=True):
    """What becomes of one entry: `stands`, `reduced` (for less than claimed), `falls`, or `open` (facts are missing). Money in 分."""

    claimed: Claimed
    verdict: str
    allowed: int
    because: str
    favoured: str
    result: Result | None

    def as_json(self) -> dict[str, object]:
        named = key(self.result) if self.result else {"measure": self.claimed.measure, "subject": self.claimed.subject, "period": self.claimed.period}
        return {
            **named,
            "claimed": yuan(self.claimed.amount),
            "verdict": self.verdict,
            "allowed": yuan(self.allowed),
            "because": self.because,
            "in_favour_of": self.favoured,
        }


class Checked(Struct, frozen=True):
    """All verdicts in the order of the claim, and the best package beside them. `more`: what the best package pays above what stands, in 分."""

    verdicts: tuple[Verdict, ...]
    best: Package

    @property
    def total(self) -> int:
        return sum(v.allowed for v in self.verdicts)

    @property
    def holds(self) -> bool:
        """Whether nothing of the claim falls, wholly or in part."""
        return all(v.verdict in (STANDS, OPEN) for v in self.verdicts)

    @property
    def more(self) -> int:
        return max(sum(self.best.total(c) for c in COURSES) - self.total, 0)

    def better(self) -> list[tuple[Result, int]]:
        """What the best package holds and the claim does not."""
        there = {v.result.key for v in self.verdicts if v.result and v.verdict in (STANDS, REDUCED)}
        return [(r, a) for r, a in zip(self.best.chosen, self.best.amounts, strict=True) if r.key not in there]

    def as_json(self) -> dict[str, object]:
        return {
            "holds": self.holds,
            "claim": [v.as_json() for v in self.verdicts],
            "total": yuan(self.total),
            "better": {"more": yuan(self.more), "add": [{**key(r), "amount": yuan(a)} for r, a in self.better()] if self.more else []},
            "combination": self.best.as_json(),
        }


def read_claim(path: str, applicant: Applicant, corpus: Corpus) -> list[Claimed]:
    """Read a claim file: a list of {measure, subject, period, amount}. Raises `Problems` (Y…, F…)."""
    try:
        data = Path(path).read_bytes()[: MAX_BYTES + 1]
    except OSError as error:
        raise problem("Y009", Place(path), **system_fault(error)) from None
    findings = Findings()
    found = [_claimed(want_map(item), applicant, corpus, findings) for item in want_seq(read_yaml(data, path))]
    first: dict[tuple[str, str, str], Place] = {}
    for one in found:
        name = (one.measure, one.subject, one.period)
        if name in first:
            findings.add("F007", one.place, what="measure", id=one.measure, line=first[name].line)
        first.setdefault(name, one.place)
    findings.stop()
    return found


def _claimed(item: Map, applicant: Applicant, corpus: Corpus, findings: Findings) -> Claimed:
    f = Fields(item, ("measure", "subject", "period", "amount"), findings, "F")
    measure, subject, amount = f.text("measure"), f.text("subject", ""), None
    if measure and measure not in corpus.measures:
        findings.add("F017", f.place("measure"), id=measure, **did_you_mean(measure, corpus.measures))
    if subject and subject not in applicant.subjects:
        findings.add("F008", f.place("subject"), id=subject, **did_you_mean(subject, applicant.subjects))
    if text := f.text("amount", ""):
        try:
            amount = read_quantity(text, "元", f.place("amount"))
        except Problems as problems:
            findings.take(problems)
    return Claimed(measure, subject, f.text("period", ""), amount, item.place)


def check_claim(engine: Engine, applicant: Applicant, question: Question, results: list[Result], claim: list[Claimed]) -> Checked:
    """What of a claim stands. Among entries that exclude each other those stand that pay most together."""
    found = [_find(one, results) for one in claim]
    pool = [r for r in found if r is not None and _standing(r) is None and r.measure.instrument in CASH and r.amount]
    order = {id(r): at for at, r in enumerate(results)}
    model = Builder(engine, applicant, question).model(sorted(pool, key=lambda r: order[id(r)]), printed)
    solution = solve(model.problem)
    assert solution is not None  # nothing is forced
    paid = {id(model.pool[at]): amount for at, amount in solution.paid.items()}
    lost = {id(d.result): d for d in explain(model, solution)}
    verdicts = []
    for one, result in zip(claim, found, strict=True):
        if result is None:
            verdicts.append(Verdict(one, FALLS, 0, "没有这一对象或归属期间的结果", "", None))
        elif (standing := _standing(result)) is not None:
            verdicts.append(Verdict(one, standing[0], 0, standing[1], "", result))
        elif (dropped := lost.get(id(result))) is not None:
            verdicts.append(Verdict(one, FALLS, 0, dropped.because, dropped.favoured, result))
        else:
            verdicts.append(_allowed(one, result, paid.get(id(result), 0)))
    return Checked(tuple(verdicts), best_package(engine, applicant, question, results))


def _find(one: Claimed, results: list[Result]) -> Result | None:
    fits = [r for r in results if r.measure.id == one.measure and (r.subject or APPLICANT) == one.subject and one.period in ("", r.period)]
    return next((r for r in fits if r.status == ELIGIBLE), fits[0] if fits else None)


def _standing(result: Result) -> tuple[str, str] | None:
    """Why a result cannot stand whatever else is claimed; None where it can."""
    if result.received:
        return FALLS, "已获支持，不再给予"
    if result.status == UNKNOWN or (result.status == ELIGIBLE and result.amount is None):
        return OPEN, f"待补充：{'、'.join(result.missing)}"
    if result.status != ELIGIBLE:
        return FALLS, next((r.text for r in result.reasons if r.holds is False), "不符合条件")
    return None


def _allowed(one: Claimed, result: Result, paid: int) -> Verdict:
    if result.measure.instrument not in CASH or not result.amount:
        return Verdict(one, STANDS, 0, "不涉及可相加的金额", "", result)
    hope = "，须入选" if course_of(result) == "if_selected" else ""
    if one.amount is not None and one.amount > paid:
        why = "受限额或扣除限制" if paid < result.amount else "按条款计算"
        return Verdict(one, REDUCED, paid, f"{why}，最多 {format_money(paid)}{hope}", "", result)
    return Verdict(one, STANDS, paid if one.amount is None else one.amount, hope.removeprefix("，"), "", result)
