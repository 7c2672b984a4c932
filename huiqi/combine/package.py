"""The best set of results that do not pay the same matter twice.

Two results overlap when they come from different policies, are about the same subject and period, and one matter contains
the other. Results that depend on selection are a course of their own and displace nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from huiqi.combine.limits import Bound, cut
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.results import ELIGIBLE, UNKNOWN, Result, yuan
from huiqi.packs.model import Corpus
from huiqi.packs.vocabulary import Vocabulary

UNLIMITED = 10**20  # 分; stands for "no limit known" while limits are applied
MAX_GROUP = 16  # overlapping results searched exhaustively; beyond it the answer is said to be unproven


COURSES = ("certain", "up_to", "if_selected")


@dataclass(frozen=True, slots=True)
class Dropped:
    result: Result
    in_favour_of: Result


@dataclass(slots=True)
class Package:
    """`amounts` belong to `chosen`, in 分, after limits. `optimal` is True when every alternative was weighed."""

    chosen: list[Result]
    amounts: list[int]
    dropped: list[Dropped]
    bounds: list[Bound]
    low: int
    high: int | None
    optimal: bool

    def total(self, course: str) -> int:
        """`certain`: automatic and exact; `if_selected`: depends on selection; `up_to`: every other amount."""
        return sum(a for r, a in zip(self.chosen, self.amounts, strict=True) if _course(r) == course)

    def totals(self) -> dict[str, dict[str, int]]:
        """Totals by who is paid ('' = the applicant) and course, in 分."""
        made: dict[str, dict[str, int]] = {}
        for result, amount in zip(self.chosen, self.amounts, strict=True):
            courses = made.setdefault(result.measure.payee, dict.fromkeys(COURSES, 0))
            courses[_course(result)] += amount
        return made

    def as_json(self) -> dict[str, object]:
        """The object of the contract; `by_payee` says who the money goes to."""
        return {
            "totals": {course: yuan(self.total(course)) for course in COURSES},
            "by_payee": {payee or "申报主体": {c: yuan(a) for c, a in courses.items()} for payee, courses in self.totals().items()},
            "bounds": [yuan(self.low), yuan(self.high)],
            "optimal": self.optimal,
            "chosen": [
                {"measure": r.measure.id, "subject": r.subject, "period": r.period, "amount": yuan(a)} for r, a in zip(self.chosen, self.amounts, strict=True)
            ],
            "dropped": [
                {
                    "measure": d.result.measure.id,
                    "subject": d.result.subject,
                    "period": d.result.period,
                    "because": "同一事项不重复支持",
                    "in_favour_of": d.in_favour_of.measure.id,
                }
                for d in self.dropped
            ],
            "limits": [{"id": b.limit, "at_most": yuan(b.at_most), "before": yuan(b.before)} for b in self.bounds],
        }


def _course(result: Result) -> str:
    if result.measure.decision == "selection" and not result.settled:
        return "if_selected"
    return "certain" if result.measure.decision == "automatic" and result.amount_kind == "exact" else "up_to"


def best_package(results: list[Result], applicant: Applicant, corpus: Corpus) -> Package:
    """Choose among the eligible results with a decided amount; unknown ones only widen the bounds."""
    candidates = [r for r in results if r.status == ELIGIBLE and r.amount and not r.received]
    rivals = {
        (i, j)
        for i, j in combinations(range(len(candidates)), 2)
        if overlap(candidates[i], candidates[j], corpus.vocabulary) and (_course(candidates[i]) == "if_selected") == (_course(candidates[j]) == "if_selected")
    }
    kept, optimal = _choose(candidates, rivals)
    chosen = [candidates[i] for i in kept]
    amounts = {at: r.amount or 0 for at, r in enumerate(chosen)}
    bounds = cut(chosen, amounts, applicant, corpus)
    lost = [Dropped(candidates[i], candidates[_rival(i, kept, rivals, candidates)]) for i in range(len(candidates)) if i not in kept]
    low, high = _reach(chosen, results, applicant, corpus)
    return Package(chosen, [amounts[at] for at in range(len(chosen))], lost, bounds, low, high, optimal)


def overlap(a: Result, b: Result, vocabulary: Vocabulary) -> bool:
    """Whether two results would pay the same matter twice."""
    if a.policy.id == b.policy.id or a.subject != b.subject or a.period != b.period:
        return False
    return bool(a.measure.matter and b.measure.matter) and (
        _contains(a.measure.matter, b.measure.matter, vocabulary) or _contains(b.measure.matter, a.measure.matter, vocabulary)
    )


def _contains(wide: str, narrow: str, vocabulary: Vocabulary) -> bool:
    while narrow:
        if narrow == wide:
            return True
        narrow = vocabulary.matters[narrow].within if narrow in vocabulary.matters else ""
    return False


def _choose(candidates: list[Result], rivals: set[tuple[int, int]]) -> tuple[list[int], bool]:
    kept: list[int] = []
    optimal = True
    for group in _groups(len(candidates), rivals):
        if len(group) > MAX_GROUP:
            optimal = False
            kept += _greedy(group, candidates, rivals)
        else:
            kept += _best(_sets(group, rivals), candidates)
    return sorted(kept), optimal


def _groups(count: int, rivals: set[tuple[int, int]]) -> list[list[int]]:
    """Connected components of the rivalry, in order."""
    home = list(range(count))
    for i, j in sorted(rivals):
        old, new = home[j], home[i]
        home = [new if h == old else h for h in home]
    return [[i for i in range(count) if home[i] == h] for h in sorted(set(home))]


def _sets(group: list[int], rivals: set[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Every subset of a group without rivals in it."""
    return [s for size in range(1, len(group) + 1) for s in combinations(group, size) if not any(p in rivals for p in combinations(s, 2))]


def _best(sets: list[tuple[int, ...]], candidates: list[Result]) -> tuple[int, ...]:
    return max(sets, key=lambda chosen: _merit(chosen, candidates))


def _merit(chosen: tuple[int, ...], candidates: list[Result]) -> tuple[int, int, tuple[int, ...]]:
    """就高 on amounts as printed; on a tie the exact one, then clause order."""
    return (
        sum(candidates[i].amount or 0 for i in chosen),
        sum(candidates[i].amount_kind == "exact" for i in chosen),
        tuple(-i for i in chosen),
    )


def _greedy(group: list[int], candidates: list[Result], rivals: set[tuple[int, int]]) -> list[int]:
    kept: list[int] = []
    for i in sorted(group, key=lambda i: (-(candidates[i].amount or 0), i)):
        if not any((min(i, j), max(i, j)) in rivals for j in kept):
            kept.append(i)
    return kept


def _rival(lost: int, kept: list[int], rivals: set[tuple[int, int]], candidates: list[Result]) -> int:
    """The chosen rival that pays most."""
    against = [i for i in kept if (min(i, lost), max(i, lost)) in rivals]
    return max(against, key=lambda i: (candidates[i].amount or 0, -i))


def _reach(chosen: list[Result], results: list[Result], applicant: Applicant, corpus: Corpus) -> tuple[int, int | None]:
    """Both ends of what the package can come to once everything is known.

    The low end is what the chosen results are sure to pay after limits; the high end adds whatever is still possible and is
    open where one of them is.
    """
    sure = {at: r.low for at, r in enumerate(chosen)}
    cut(chosen, sure, applicant, corpus)
    possible = [r for r in results if r.status in (ELIGIBLE, UNKNOWN) and not r.received]
    most = {at: UNLIMITED if r.high is None else r.high for at, r in enumerate(possible)}
    cut(possible, most, applicant, corpus)
    high = sum(most.values())
    return sum(sure.values()), None if high >= UNLIMITED else high
