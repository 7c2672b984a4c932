"""The few ways in which a parameter may follow from what is printed without being printed itself. The list is closed:

- follows: from another parameter (80 % from 90 % less 10 points a year, the last day from a number of years)
- counted from zero: within 3 years of an event is years_since(…) <= 2
- counted with its own year: three years after a recognition, the claim reaches back to a record of claim_within: 4年
- inside a span: 2024 where 2023—2025 is printed
- day of a year: 1 January or 31 December of a year printed there or of a benefit year of the policy
- day of the policy: a first or last day, or a benefit year, of the policy itself
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from huiqi.documents.locks.binding import plain
from huiqi.documents.locks.figures import DATE, YEAR, find_figures
from huiqi.documents.locks.lock import Lock
from huiqi.documents.locks.parameters import Parameter
from huiqi.language.units import Quantity


def derivation(parameter: Parameter, lock: Lock, held: set[str], stated: Mapping[str, Parameter]) -> str:
    """The name of the derivation by which an unheld parameter follows from what is printed, or ''."""
    if parameter.follows:
        source = stated[parameter.follows]
        return "follows" if source.path in held or derivation(source, lock, held, stated) else ""
    if parameter.quantity is None:
        return ""
    clause = lock.clauses.get(parameter.clause)
    printed = [f.quantity for x in (clause.figures if clause else ()) for f in find_figures(x.value) if f.quantity]
    value, dimension = parameter.quantity.value, parameter.quantity.dimension
    if dimension == "年" and Quantity(value + 1, "年") in printed:
        return "counted from zero"
    if parameter.path.endswith(".claim_within") and Quantity(value - 1, "年") in printed:
        return "counted with its own year"
    years = [q.value for q in printed if q.dimension == YEAR]
    if dimension == YEAR and years and min(years) < value < max(years):
        return "inside a span"
    days = [p for p in stated.values() if not p.clause and p.quantity is not None and p.path in held]
    own = [p.quantity.value for p in days if p.quantity and p.quantity.dimension == YEAR]
    if dimension == DATE and int(value) % 10000 in (101, 1231) and value // 10000 in (*years, *own):
        return "day of a year"
    if dimension in (DATE, YEAR) and any(plain(p.quantity or Quantity(Fraction(0), "")) == plain(parameter.quantity) for p in days):
        return "day of the policy"
    return ""
