"""Readings that change what a pack is read as: what results accrue to, and what the window of a policy is tested against."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from huiqi.packs.model import Accrual, Corpus, Measure, Policy, Reading

WINDOW = {
    "application": "申报日期在有效期内",
    "event": "认定等事项的日期在有效期内（没有日期的按年度）",
    "fact_year": "申报年度与有效期有重合",
}


def window_reading(policy: Policy) -> Reading:
    """The reading every policy has whose pack does not write its own."""
    reason = "按申报日期判断是各政策的通常做法，以申报通知为准"
    return Reading(policy.applies_reading, "有效期按什么判断", WINDOW, policy.applies_by, reason, policy.place)


def with_choices(corpus: Corpus, choices: Mapping[str, str]) -> Corpus:
    """The corpus with what these choices decide about accruals and windows. A choice that is as taken changes nothing."""
    changed = {id_: choice for id_, choice in choices.items() if corpus.readings[id_].taken != choice}
    if not changed:
        return corpus
    policies = {id_: replace(p, applies_by=changed[p.applies_reading]) for id_, p in corpus.policies.items() if p.applies_reading in changed}
    measures = {
        id_: (policies.get(policy.id, policy), clause, replace(measure, accrues=_accrual(measure, changed)))
        for id_, (policy, clause, measure) in corpus.measures.items()
        if policy.id in policies or any(reading in changed for reading, _ in measure.accrues_by)
    }
    return replace(corpus, policies=corpus.policies | policies, measures=corpus.measures | measures)


def _accrual(measure: Measure, changed: Mapping[str, str]) -> Accrual:
    return next((accrual for (id_, choice), accrual in measure.accrues_by.items() if changed.get(id_) == choice), measure.accrues)
