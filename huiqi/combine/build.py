"""Results of one applicant → the model that is solved, with the reason behind every relation."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from weakref import WeakKeyDictionary

from msgspec import Struct

from huiqi.combine.limits import Group, Rule, followed, group, most, rules, used, years_of
from huiqi.combine.overlap import barred_by, overlap, widest
from huiqi.combine.problem import Candidate, Cap, Count, Problem
from huiqi.evaluate.applicant import APPLICANT, Aid, Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.resolve import Resolver
from huiqi.evaluate.results import Result
from huiqi.language.yamltree import Map, Scalar
from huiqi.packs.model import Corpus

UNLIMITED = 10**20  # 分; stands for "no limit known" while limits are applied
CASH = ("grant", "interest", "insurance", "voucher", "rent", "transfer")  # what adds up


class Cause(Struct, frozen=True):
    """Why two results do not stand together, or one does not stand at all: overlap, one_of, count or cap, and where that is stated."""

    kind: str
    source: str


class Bar(Struct, frozen=True):
    """Aid received that leaves no room for a result."""

    cause: Cause
    aid: tuple[Aid, ...]


class Ceiling(Struct, frozen=True):
    """A cap or a count of the model with the limit behind it: what is printed, what aid has used up."""

    rule: Rule
    key: Group
    members: frozenset[int]
    printed: int
    received: int
    sure: bool = True


class Model(Struct):
    """`pool` in the order of payment; `problem` over its positions; `conflicts` give the cause of each pair."""

    pool: list[Result]
    problem: Problem
    conflicts: dict[tuple[int, int], Cause] = {}
    bars: list[tuple[Result, Bar]] = []
    caps: list[Ceiling] = []
    counts: list[Ceiling] = []


class Index:
    """The limits of an engine's corpus under its readings, and those each measure falls under; made once for an engine."""

    def __init__(self, engine: Engine):
        self.rules = rules(engine.corpus, engine.choices)
        self._words = engine.corpus.vocabulary
        self._listed: dict[str, list[tuple[Rule, int]]] = {}

    def of(self, result: Result) -> list[tuple[Rule, int]]:
        """The limits a measure falls under, each with the number of the entry that names it."""
        found = self._listed.get(result.measure.id)
        if found is None:
            entries = ((rule, rule.entry(result.policy, result.measure, self._words)) for rule in self.rules)
            found = self._listed[result.measure.id] = [(rule, item) for rule, item in entries if item >= 0]
        return found

    def together(self, a: Result, b: Result) -> bool:
        """Whether a limit says that both are paid (可同时享受), so that one matter is no reason to drop either."""
        both = {rule.limit.id for rule, _ in self.of(a)} & {rule.limit.id for rule, _ in self.of(b)}
        return any(rule.form == "together" and rule.limit.id in both for rule, _ in self.of(a))

    def together_with(self, result: Result, aid: Aid, corpus: Corpus) -> bool:
        """Whether a limit says that a result is paid beside what was received."""
        return any(rule.form == "together" and any(item.covers_aid(aid, corpus) for item in rule.items) for rule, _ in self.of(result))


_indexes: WeakKeyDictionary[Engine, Index] = WeakKeyDictionary()


class Builder:
    """What is the same for every model of one applicant on one day."""

    def __init__(self, engine: Engine, applicant: Applicant, question: Question):
        self.corpus: Corpus = engine.corpus
        self.applicant, self.choices = applicant, engine.choices
        self.claim = question.claim or applicant.claim or int(question.on[:4]) - 1
        self.resolver = Resolver(applicant, engine.corpus, question.on, self.claim)
        if engine not in _indexes:
            _indexes[engine] = Index(engine)
        self.index = _indexes[engine]

    def model(self, results: list[Result], amount: Callable[[Result], int | None], end: str = "printed") -> Model:
        """The model over `results` that are not barred; `amount` says what each pays, None for without limit.

        `end` tells which end of a cap that is not known is used: `low`, `high`, or `printed` (such a cap is left out and named).
        """
        bars = {id(r): bar for r in results if (bar := self._barred(r))}
        pool = self._ordered([r for r in results if id(r) not in bars])
        ranks = {id(r): rank for rank, r in enumerate([r for r in results if id(r) not in bars])}
        candidates = []
        for at, result in enumerate(pool):
            deducts = tuple(d for d in range(at) if deducted(result, pool[d], self.applicant))
            money = amount(result)
            if deducts and result.deduction and end == "printed":
                money = max(result.deduction.gross - result.deduction.aid, 0)
            elif deducts and end == "high" and money is not None:
                money = _sum([money, *(amount(pool[d]) for d in deducts)])
            candidates.append(
                Candidate(UNLIMITED if money is None else money, result.amount_kind == "exact", ranks[id(result)], deducts if end == "printed" else ())
            )
        made = Model(pool, Problem(tuple(candidates)), bars=[(r, bars[id(r)]) for r in results if id(r) in bars])
        roots: dict[str, list[int]] = {}
        for at, result in enumerate(pool):
            roots.setdefault(widest(result.measure.matter, self.corpus.vocabulary), []).append(at)
        for members in roots.values():
            for a, b in combinations(members, 2):
                if overlap(pool[a], pool[b], self.applicant, self.corpus) and not self.index.together(pool[a], pool[b]):
                    made.conflicts[a, b] = Cause("overlap", overlap_source(pool[a], pool[b]))
        self._apply(made, end)
        made.problem = Problem(
            tuple(candidates),
            frozenset(made.conflicts),
            tuple(Count(c.members, max(c.printed - c.received, 0)) for c in made.counts),
            tuple(Cap(c.members, self._cut(c, pool), max(c.printed - c.received, 0)) for c in made.caps if c.sure),
        )
        made.caps = [*(c for c in made.caps if c.sure), *(c for c in made.caps if not c.sure)]
        return made

    def _ordered(self, results: list[Result]) -> list[Result]:
        """Document order, but after what a result deducts, and last what an all-level limit of its own policy can cut."""
        late = {id(r) for r in results if any(rule.policy.id == r.policy.id and any(x.matter for x in rule.items) for rule, _ in self.index.of(r))}
        waiting = [r for r in results if id(r) not in late] + [r for r in results if id(r) in late]
        done: list[Result] = []
        while waiting:
            after = (r for r in waiting if not any(deducted(r, o, self.applicant) and _before(o, r, results) for o in waiting))
            done.append(next(after))
            waiting = [r for r in waiting if r is not done[-1]]
        return done

    def _cut(self, ceiling: Ceiling, pool: list[Result]) -> frozenset[int]:
        """Whom a cap cuts: those it lists; a cap over a matter binds the policy that states it, whoever else pays."""
        if not any(item.matter for item in ceiling.rule.items):
            return ceiling.members
        return frozenset(at for at in ceiling.members if pool[at].policy.id == ceiling.rule.policy.id)

    def _group(self, rule: Rule, result: Result) -> Group | None:
        level = result.record.level if result.record else ""
        return group(rule, result.subject or APPLICANT, result.period, level, self.applicant, self.claim, self.corpus.vocabulary)

    def unplaced(self, result: Result) -> set[str]:
        """The limits that count by level (等级) where the level of the result's record is not known: any of their groups may be its own."""
        unknown = result.record is not None and not result.record.level
        return {rule.limit.id for rule, _ in self.index.of(result) if unknown and "等级" in rule.limit.per}

    def _apply(self, made: Model, end: str) -> None:
        """Every limit, by the groups it counts by, on the members of each."""
        groups: dict[tuple[str, Group], dict[int, int]] = {}
        named = {rule.limit.id: rule for rule in self.index.rules}
        for at, result in enumerate(made.pool):
            for rule, item in self.index.of(result) if result.subject is not None else ():
                if (key := self._group(rule, result)) is not None:
                    groups.setdefault((rule.limit.id, key), {})[at] = item
        for (id_, key), members in groups.items():
            rule, body = named[id_], named[id_].limit.body.entries
            if rule.form == "one_of":
                for a, b in combinations(members, 2):
                    if members[a] != members[b]:
                        made.conflicts.setdefault((a, b), Cause("one_of", id_))
            elif rule.form == "over" and "at_most" in body:
                self._cap(rule, key, frozenset(members), made, end)
            elif rule.form == "over" and "count" in body and (ceiling := self._count(rule, key, frozenset(members))):
                made.counts.append(ceiling)

    def _cap(self, rule: Rule, key: Group, members: frozenset[int], made: Model, end: str) -> None:
        own = [at for at in sorted(members) if made.pool[at].policy.id == rule.policy.id]
        if not own:
            return
        ends = most(rule, made.pool[own[0]], key, self.resolver, self.corpus, self.choices)
        received = sum(u.aid.amount for u in used(rule, key, self.applicant, self.claim, self.corpus))
        sure = ends.low == ends.high
        limit = ends.low if end == "low" or sure else UNLIMITED if ends.high is None else ends.high
        made.caps.append(Ceiling(rule, key, members, limit, received, sure or end != "printed"))

    def _count(self, rule: Rule, key: Group, members: frozenset[int]) -> Ceiling | None:
        node = rule.limit.body.entries["count"]
        if isinstance(node, Map):
            node = node.entries.get(next((k for k in key if k in node.entries), ""), Scalar("", node.place))
        if not isinstance(node, Scalar) or not node.text.isdigit():
            return None
        aid = [u.aid for u in used(rule, key, self.applicant, self.claim, self.corpus)]
        if within := rule.limit.text("within"):
            aid = [a for a in aid if not a.period[:4].isdigit() or self.claim - int(a.period[:4]) < years_of(within)]
        return Ceiling(rule, key, members, int(node.text), len({(a.measure, a.subject, a.period) for a in aid}))

    def _barred(self, result: Result) -> Bar | None:
        """Aid received that rules the result out: by a list, by years of support, or for the same matter."""
        for rule, item in self.index.of(result) if self.applicant.aid else ():
            if (key := self._group(rule, result)) is None:
                continue
            if rule.form == "one_of":
                others = tuple(u.aid for u in used(rule, key, self.applicant, self.claim, self.corpus) if u.item != item)
                if others:
                    return Bar(Cause("one_of", rule.limit.id), others)
            elif rule.limit.text("consecutive") == "true" and (years := self._years(rule, result)):
                return Bar(Cause("count", rule.limit.id), years)
        same = tuple(
            aid for aid in self.applicant.aid if barred_by(result, aid, self.applicant, self.corpus) and not self.index.together_with(result, aid, self.corpus)
        )
        return Bar(Cause("overlap", result.policy.id), same) if same else None

    def _years(self, rule: Rule, result: Result) -> tuple[Aid, ...]:
        """The years of support that make this one too many or break the run (最多连续N年); none where it still fits."""
        most_years, year = int(rule.limit.text("count")), int(result.period[:4]) if result.period[:4].isdigit() else self.claim
        before = {int(a.period[:4]): a for a in followed(result, self.applicant, self.corpus) if a.period[:4].isdigit() and int(a.period[:4]) != year}
        if not before or (len(before) < most_years and max(*before, year) - min(*before, year) < most_years):
            return ()
        return tuple(before.values())


def deducted(result: Result, other: Result, applicant: Applicant) -> bool:
    """Whether a result takes the money of another result of the run off its own."""
    deduction = result.deduction
    if deduction is None or result is other or other.measure.id not in deduction.measures:
        return False
    return applicant.holds(result.subject or APPLICANT, other.subject or APPLICANT)


def _before(other: Result, result: Result, order: list[Result]) -> bool:
    """Of one measure only the earlier result is deducted by the later one."""
    if other.measure.id != result.measure.id:
        return True
    return next(r for r in order if r is other or r is result) is other


def overlap_source(a: Result, b: Result) -> str:
    """The policy whose sentence on overlap decides between two results."""
    return a.policy.id if a.policy.overlap is not None else b.policy.id


def _sum(parts: list[int | None]) -> int | None:
    known = [p for p in parts if p is not None]
    return sum(known) if len(known) == len(parts) else None
