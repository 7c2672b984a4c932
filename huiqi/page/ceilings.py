"""The most each measure of a policy can come to for one result, whoever asks: what the engine gives where nothing is known yet."""

from __future__ import annotations

from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.packs.model import Policy


def ceilings(engine: Engine, policy: Policy, on: str) -> dict[str, int | None]:
    """Measure id → 分, None where only a fact sets its limit; measures that pay no sum the text prints are left out.

    Each kind of applicant is asked with no fact given, on the last day of the policy (where it prints none, on `on`), so that every rule is open.
    """
    day = policy.last_day or max(on, policy.first_day)
    found: dict[str, int | None] = {}
    for kind in dict.fromkeys(kind for clause in policy.clauses for m in clause.measures for kind in m.applicant):
        blank = Applicant(kind, "", "", "", None)
        for result in engine.results(blank, Question(day, policies=(policy.id,)), with_reasons=False):
            if result.measure.pays:
                before = found.get(result.measure.id, 0)
                found[result.measure.id] = None if before is None or result.high is None else max(before, result.high)
    return found
