"""The best combination under 从优、就高、不重复 and every limit inside one applicant: what is chosen, what is given up for what."""

from __future__ import annotations

from msgspec import Struct

from huiqi.combine.build import CASH, UNLIMITED, Builder, Model
from huiqi.combine.explain import Dropped, Ending, endings, explain
from huiqi.combine.solve import Solution, solve
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, UNKNOWN, Result, yuan
from huiqi.packs.model import Limit

COURSES = ("certain", "up_to", "if_selected")
ENDS_NODES = 3_000  # branches for an end of the bounds; beyond it the end is safe, not tight
MOST_POOL = 200  # candidates above which no runner-up is looked for
MOST_ALTERNATIVES = 24  # dropped results of which each is tried inside once, for the runner-up

Split = dict[str, int]


class RunnerUp(Struct, frozen=True):
    """The best other package: the one dropped result it lets in, what it pays in all and by course, and how much less than the best, in 分."""

    instead: Result
    total: int
    less: int
    totals: Split


class Package(Struct):
    """`amounts` belong to `chosen`, in 分, after deductions and limits. `optimal` is True only when every alternative was ruled out.

    What depends on selection displaces nothing: it stands beside what it would displace, which `instead_of` names.
    `low` and `high` are both ends of what the package can come to, None without limit; `aside` are eligible results that are no cash;
    `shared` are limits on what is chosen that other applicants draw on too (名额、年度总额): only all applicants together decide them.
    """

    chosen: list[Result]
    amounts: list[int]
    instead_of: dict[int, list[Result]]
    dropped: list[Dropped]
    bounds: list[Ending]
    low: int
    high: int | None
    optimal: bool
    nodes: int
    runner_up: RunnerUp | None
    aid_uncounted: bool
    aside: list[Result] = []
    shared: list[Limit] = []

    def total(self, course: str) -> int:
        """`certain`: automatic and exact, and the low end of a range; `if_selected`: depends on selection; `up_to`: every other amount."""
        return sum(split(r, a)[course] for r, a in zip(self.chosen, self.amounts, strict=True))

    def totals(self) -> dict[str, Split]:
        """Totals by who is paid ('' = the applicant) and course, in 分."""
        made: dict[str, Split] = {}
        for result, amount in zip(self.chosen, self.amounts, strict=True):
            courses = made.setdefault(result.measure.payee, dict.fromkeys(COURSES, 0))
            for course, part in split(result, amount).items():
                courses[course] += part
        return made

    def as_json(self) -> dict[str, object]:
        """The object of the contract; `by_payee` says who the money goes to."""
        return {
            "totals": {course: yuan(self.total(course)) for course in COURSES},
            "by_payee": {payee or "申报主体": {c: yuan(a) for c, a in courses.items()} for payee, courses in self.totals().items()},
            "bounds": [yuan(self.low), yuan(self.high)],
            "optimal": self.optimal,
            "aid_uncounted": self.aid_uncounted,
            "chosen": [self._entry(at) for at in range(len(self.chosen))],
            "dropped": [{**key(d.result), "because": d.because, "rule": d.rule, "in_favour_of": d.favoured} for d in self.dropped],
            "limits": [bound.as_json() for bound in self.bounds],
            "runner_up": None
            if self.runner_up is None
            else {
                **key(self.runner_up.instead),
                "total": yuan(self.runner_up.total),
                "less": yuan(self.runner_up.less),
                "totals": {course: yuan(amount) for course, amount in self.runner_up.totals.items()},
            },
            "not_added": [key(r) for r in self.aside],
            "shared": [limit.id for limit in self.shared],
        }

    def _entry(self, at: int) -> dict[str, object]:
        entry: dict[str, object] = {**key(self.chosen[at]), "amount": yuan(self.amounts[at]), "course": course_of(self.chosen[at])}
        return entry | {"instead_of": [r.measure.id for r in self.instead_of[at]]} if at in self.instead_of else entry


def key(result: Result) -> dict[str, object]:
    """How the JSON names a result."""
    return {"measure": result.measure.id, "subject": result.subject, "period": result.period}


def course_of(result: Result) -> str:
    """The course a result belongs to as a whole."""
    if result.measure.decision == "selection" and not result.settled:
        return "if_selected"
    return "certain" if result.measure.decision == "automatic" and result.amount_kind == "exact" else "up_to"


def split(result: Result, amount: int) -> Split:
    """An amount by course: of a range that needs no decision the low end is certain."""
    courses = dict.fromkeys(COURSES, 0)
    sure = min(amount, result.amount_least or 0) if result.amount_kind == "range" and result.measure.decision == "automatic" else 0
    courses[course_of(result)] += amount - sure
    courses["certain"] += sure
    return courses


def candidates(results: list[Result]) -> list[Result]:
    """The results that can be chosen: eligible, with a decided sum of money, not received already.

    A result that other results of the run leave nothing of is among them: what is deducted may not be chosen.
    """
    return [r for r in results if r.status == ELIGIBLE and _worth(r) and not r.received and r.measure.instrument in CASH]


def _worth(result: Result) -> int:
    """The most a result with a decided amount can pay, whatever else is chosen."""
    deduction = result.deduction
    return max(result.amount or 0, 0 if deduction is None else deduction.gross - deduction.aid)


def best_package(engine: Engine, applicant: Applicant, question: Question, results: list[Result]) -> Package:
    """The package over `results`, which the engine gave for the same question; unknown ones only widen the bounds."""
    builder = Builder(engine, applicant, question)
    pool = candidates(results)
    base = builder.model([r for r in pool if course_of(r) != "if_selected"], printed)
    found = _solved(base)
    chosen = [(base.pool[at], amount) for at, amount in found.paid.items()]
    optimal, nodes = found.optimal, found.nodes
    dropped = explain(base, found)
    bounds = endings(base, found)
    instead: dict[int, list[Result]] = {}
    hopes = [r for r in pool if course_of(r) == "if_selected"]
    if hopes:
        whole = builder.model(pool, printed)
        best = _solved(whole)
        optimal, nodes = optimal and best.optimal, nodes + best.nodes
        picked = {id(whole.pool[at]): amount for at, amount in best.paid.items()}
        chosen += [(r, picked[id(r)]) for r in whole.pool if id(r) in picked and course_of(r) == "if_selected"]
        dropped += [d for d in explain(whole, best) if course_of(d.result) == "if_selected"]
        bounds += [b for b in endings(whole, best) if (b.limit, b.key) not in {(x.limit, x.key) for x in bounds}]
    order = {id(r): at for at, r in enumerate(results)}
    chosen.sort(key=lambda item: order[id(item[0])])
    dropped.sort(key=lambda d: order[id(d.result)])
    if hopes:
        instead = _displaced([r for r, _ in chosen], whole)
    low, high = reach(builder, results)
    return Package(
        [r for r, _ in chosen],
        [a for _, a in chosen],
        instead,
        dropped,
        bounds,
        low,
        high,
        optimal,
        nodes,
        _runner_up(base, found),
        not applicant.is_complete("aid"),
        [r for r in results if r.status == ELIGIBLE and r.amount and not r.received and r.measure.instrument not in CASH],
        list({rule.limit.id: rule.limit for r, _ in chosen for rule, _ in builder.index.of(r) if rule.shared}.values()),
    )


def printed(result: Result) -> int | None:
    """What a result pays as printed (就高 compares it nominally)."""
    return result.amount or 0


def _solved(model: Model) -> Solution:
    solution = solve(model.problem)
    assert solution is not None  # nothing is forced
    return solution


def _displaced(chosen: list[Result], whole: Model) -> dict[int, list[Result]]:
    """For each chosen result that depends on selection, the other chosen ones it would take the place of."""
    at_of = {id(r): at for at, r in enumerate(whole.pool)}
    found: dict[int, list[Result]] = {}
    for n, result in enumerate(chosen):
        if course_of(result) == "if_selected":
            at = at_of[id(result)]
            pairs = [(min(at, at_of[id(o)]), max(at, at_of[id(o)])) for o in chosen if course_of(o) != "if_selected" and id(o) in at_of]
            rivals = [whole.pool[a if b == at else b] for a, b in pairs if (a, b) in whole.conflicts]
            if rivals:
                found[n] = rivals
    return found


def _runner_up(model: Model, found: Solution) -> RunnerUp | None:
    """The best package that lets in something the best one gave up; None where nothing was given up by choice."""
    total = sum(found.paid.values())
    others = [at for at in range(len(model.pool)) if at not in found.paid][:MOST_ALTERNATIVES] if len(model.pool) <= MOST_POOL else []
    tried = [(at, solve(model.problem, frozenset({at}))) for at in others]
    found_others = [(sum(s.paid.values()), -at, s.paid) for at, s in tried if s is not None and s.paid.get(at)]
    if not found_others:
        return None
    most, at, paid = max(found_others, key=lambda other: other[:2])
    parts = [split(model.pool[n], amount) for n, amount in paid.items()]
    return RunnerUp(model.pool[-at], most, total - most, {course: sum(part[course] for part in parts) for course in COURSES})


def reach(builder: Builder, results: list[Result]) -> tuple[int, int | None]:
    """Both ends of what the package can come to once every fact is known, for the subjects, records and aid that are listed.

    The low end is the best of what is sure without any selection; the high end lets in whatever is still possible, at its most.
    """
    cash = [r for r in results if not r.received and r.measure.instrument in CASH]
    sure = [r for r in cash if r.status == ELIGIBLE and r.low and course_of(r) != "if_selected" and not builder.unplaced(r)]
    least = solve(builder.model(sure, lambda r: r.low, "low").problem, nodes=ENDS_NODES, money_only=True)
    open_ = [r for r in cash if r.status in (ELIGIBLE, UNKNOWN) and r.high != 0]
    most = solve(builder.model(open_, lambda r: r.high, "high").problem, nodes=ENDS_NODES, money_only=True)
    assert least is not None and most is not None  # nothing is forced
    return sum(least.paid.values()), None if most.above >= UNLIMITED else most.above
