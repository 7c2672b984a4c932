"""The shapes an award can have, one file each: its `lower()` and its `say()`."""

from __future__ import annotations

from collections.abc import Callable

from huiqi.language.diagnostics import problem
from huiqi.language.yamltree import Map
from huiqi.packs.read_policy import award_form
from huiqi.rules.mechanisms import combined, fixed, interest, range, rate, schedule, steps, table, unit
from huiqi.rules.mechanisms.common import Award, Bench
from huiqi.rules.tell import Teller


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


def say_form(award: Map, tell: Teller) -> str:
    """The one form an award is written in, as a phrase that says whether it is an upper bound."""
    form = award_form(award)
    words = _SAYS[form](award, tell)
    if not tell.up_to(award):
        return words
    if form in ("fixed", "rate"):
        return tell.pick(f"不超过{words}", f"up to {words}")
    return words + tell.pick("（均为上限）", " (upper bounds)")


_SAYS: dict[str, Callable[[Map, Teller], str]] = {
    "fixed": fixed.say,
    "range": range.say,
    "rate": rate.say,
    "unit": unit.say,
    "steps": steps.say,
    "table": table.say,
    "schedule": schedule.say,
    "interest": interest.say,
    "sum": lambda award, tell: combined.say(award, tell, "sum", say_form),
    "best": lambda award, tell: combined.say(award, tell, "best", say_form),
}
