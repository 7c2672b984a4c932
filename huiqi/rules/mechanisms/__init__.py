"""The shapes an award can have, one file each: its keys and its `lower()`, which also says what it did."""

from __future__ import annotations

from collections.abc import Callable

from huiqi.language.diagnostics import problem
from huiqi.language.yamltree import Map
from huiqi.packs.read_policy import award_form
from huiqi.rules.mechanisms import combined, fixed, interest, range, rate, schedule, steps, table, unit
from huiqi.rules.mechanisms.common import Award, Bench


def lower_form(award: Map, bench: Bench) -> Award:
    """Lower the one form an award is written in. Raises X010 for a form that is not computed yet."""
    form = award_form(award)
    if form not in _FORMS:
        raise problem("X010", award.place, what=f"award.{form}")
    return _FORMS[form](award, bench)


_FORMS: dict[str, Callable[[Map, Bench], Award]] = {
    "fixed": fixed.lower,
    "range": range.lower,
    "rate": rate.lower,
    "unit": unit.lower,
    "steps": steps.lower,
    "table": table.lower,
    "schedule": schedule.lower,
    "interest": interest.lower,
    "sum": lambda award, bench: combined.lower_sum(award, bench, lower_form),
    "best": lambda award, bench: combined.lower_best(award, bench, lower_form),
}
