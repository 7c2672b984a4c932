"""The shapes an award can have, one file each: its keys and its `lower()`, which also says what it did."""

from __future__ import annotations

from huiqi.language.diagnostics import problem
from huiqi.language.yamltree import Map
from huiqi.packs.read_policy import award_form
from huiqi.rules.mechanisms import fixed, rate, steps, table
from huiqi.rules.mechanisms.common import Award, Bench

_FORMS = {"fixed": fixed.lower, "rate": rate.lower, "steps": steps.lower, "table": table.lower}


def lower_form(award: Map, bench: Bench) -> Award:
    """Lower the one form an award is written in. Raises X010 for a form that is not computed yet."""
    form = award_form(award)
    if form not in _FORMS:
        raise problem("X010", award.place, what=f"award.{form}")
    return _FORMS[form](award, bench)
