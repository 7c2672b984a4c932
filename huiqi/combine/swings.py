"""Which other choice of a reading that limits rest on would change what the best combination comes to. (`evaluate.swings` does so for single results.)"""

from __future__ import annotations

from msgspec import Struct

from huiqi.combine.limits import Rule, rule_under, rules
from huiqi.combine.package import Package, best_package, candidates
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import Result
from huiqi.packs.model import Reading


class TotalSwing(Struct, frozen=True):
    """Under `choice` of `reading` the combination that pays `now` in all pays `then`, in 分."""

    reading: Reading
    choice: str
    now: int
    then: int


def total_swings(engine: Engine, applicant: Applicant, question: Question, results: list[Result], package: Package) -> list[TotalSwing]:
    """The choices not in force under which the limits on `results` leave another total; readings asked for by name are left as asked."""
    pool, now = candidates(results), sum(package.amounts)
    found: dict[tuple[str, str], TotalSwing] = {}
    for rule in rules(engine.corpus, engine.choices):
        for id_ in rule.limit.readings:
            reading = engine.corpus.readings[id_]
            for choice in (c for c in reading.choices if c != reading.taken and id_ not in engine.choices and (id_, c) not in found):
                if _bears(rule, pool, engine) or _bears(rule_under(rule.limit, rule.policy, rule.clause, engine.corpus, {id_: choice}), pool, engine):
                    then = sum(best_package(engine.under({id_: choice}), applicant, question, results).amounts)
                    found[id_, choice] = TotalSwing(reading, choice, now, then)
    return [swing for swing in found.values() if swing.then != now]


def _bears(rule: Rule, pool: list[Result], engine: Engine) -> bool:
    """Whether one of the candidates falls under a limit."""
    return any(rule.entry(r.policy, r.measure, engine.corpus.vocabulary) >= 0 for r in pool)
