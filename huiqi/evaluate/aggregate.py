"""Sums, counts and greatest values over the subjects that belong to one, with both ends of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, reduce
from operator import or_

from huiqi.evaluate.known import Known
from huiqi.evaluate.runner import Runner, runner
from huiqi.rules.graph import Node
from huiqi.rules.inner import Inner
from huiqi.rules.inputs import AggregateInput, Input
from huiqi.rules.support import Support


@cache
def _runner(inner: Inner) -> Runner:
    return runner(inner.pair)


@cache
def _support(inner: Inner) -> tuple[Support, Runner]:
    support = Support(inner.graph, [inner.holds, inner.value])
    return support, runner(support.program)


def hangs_on(read: AggregateInput, child: str, known: Callable[[Node, str], Known]) -> list[Input]:
    """The inputs of one child that can still move what it adds, in order; nothing where it cannot pass the filter."""
    inner = read.inner
    assert isinstance(inner, Inner)
    support, run = _support(inner)
    values = run({inner.graph.read(n): known(inner.graph[n], child) for n in inner.inputs})
    if not values[f"{inner.holds}.high"]:
        return []
    sets = support.sets([values[name] for name in support.outputs])
    roots = [inner.holds] if read.op in ("some", "every", "count") else [inner.holds, inner.value]
    return support.inputs(reduce(or_, [sets[support.at[root]] for root in roots]))


def aggregate(read: AggregateInput, node: Node, children: list[str], whole: bool, known: Callable[[Node, str], Known]) -> Known:
    """Both ends of an aggregate. `children`: ids of the subjects; `whole`: whether their list is known to be whole.

    `known(node, child)` resolves an input of the inner rule for one child. A subject that may or may not pass the filter
    counts towards the high end only.
    """
    inner = read.inner
    assert isinstance(inner, Inner)
    run = _runner(inner)
    rows = [run({inner.graph.read(n): known(inner.graph[n], child) for n in inner.inputs}) for child in children]
    must, may = [r for r in rows if r["holds.low"]], [r for r in rows if r["holds.high"]]
    match read.op:
        case "some":
            return Known(int(bool(must)), int(bool(may) or not whole))
        case "every":
            return Known(int(len(must) == len(rows) and whole), int(len(may) == len(rows)))
        case "count":
            low, high = len(must), len(may)
        case "max":
            low, high = max((r["value.low"] for r in must), default=0), max((r["value.high"] for r in may), default=0)
        case _:
            low, high = sum(r["value.low"] for r in must), sum(r["value.high"] for r in may)
    is_open = not whole or (read.op != "count" and any(r.get("value.open", 0) for r in may))
    return Known(min(low, node.greatest), node.greatest if not whole else min(high, node.greatest), bool(is_open))
