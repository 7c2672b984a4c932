"""A third opinion for instances too large to try every subset: the same rules as constraints for OR-Tools CP-SAT (a development dependency)."""

from __future__ import annotations

from ortools.sat.python import cp_model

from tests.combine.oracle import Instance


def best(i: Instance, seconds: float = 20.0) -> tuple[int, int]:
    """The most money any allowed choice pays, and the most of it that is exact. Raises `TimeoutError` where that is not proven in time."""
    model = cp_model.CpModel()
    most = max(sum(i.amounts), 1)
    taken = [model.new_bool_var(f"t{at}") for at in range(len(i.amounts))]
    paid: list[cp_model.IntVar] = []
    for a, b in i.conflicts:
        model.add_bool_or(taken[a].negated(), taken[b].negated())
    for members, count in i.counts:
        model.add(sum(taken[at] for at in members) <= count)
    for at, amount in enumerate(i.amounts):
        # Zero, or what is left after deductions and under every cap that cuts it, whichever is less.
        terms = [amount - sum(paid[d] for d in i.deducts[at])]
        terms += [cap - sum(paid[k] for k in range(at) if k in members) for members, cut, cap in i.caps if at in cut]
        least = model.new_int_var(-most * (len(i.amounts) + 1), most, f"l{at}")
        model.add_min_equality(least, terms)
        worth = model.new_int_var(0, most, f"w{at}")
        model.add_max_equality(worth, [least, 0])
        money = model.new_int_var(0, most, f"x{at}")
        model.add(money == worth).only_enforce_if(taken[at])
        model.add(money == 0).only_enforce_if(taken[at].negated())
        paid.append(money)
    exact = sum(x for x, e in zip(paid, i.exact, strict=True) if e)
    model.maximize(sum(paid) * (most + 1) + exact)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    if solver.solve(model) != cp_model.OPTIMAL:
        raise TimeoutError
    values = [solver.value(x) for x in paid]
    return sum(values), sum(v for v, e in zip(values, i.exact, strict=True) if e)
