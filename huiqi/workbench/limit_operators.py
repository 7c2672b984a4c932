"""How limits and the days of a policy can be wrong in one place."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.language.text import is_date
from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.workbench.figures import day_changes, figure_changes
from huiqi.workbench.spots import Edits
from huiqi.workbench.tree import Keys


def limits(limit: Map) -> Iterator[tuple[str, Edits]]:
    """A limit dropped, one of its keys dropped, the year added to them, its figures changed."""
    yield "limit", (((), None),)
    for keys, per in _below(limit, "per"):
        if isinstance(per, Seq):
            for at in range(len(per.items)):
                yield "limit key", (((*keys, at), None),)
            if not any(isinstance(x, Scalar) and x.text == "年度" for x in per.items):
                yield "limit key", ((keys, Seq((*per.items, Scalar("年度", per.place)), per.place)),)
    for key in ("at_most", "count", "within"):
        for keys, item in _below(limit, key):
            if isinstance(item, Scalar) and keys[-1] != "reading" and item.text[:1].isdigit():
                for text in figure_changes(item.text):
                    yield "figure", ((keys, Scalar(text, item.place)),)


def _below(owner: Map, key: str) -> Iterator[tuple[Keys, Node]]:
    """The value of a key, or its values by level or choice of a reading."""
    node = owner.entries.get(key)
    if isinstance(node, Map):
        yield from (((key, name), item) for name, item in node.entries.items() if name != "reading")
    elif node is not None:
        yield (key,), node


def policy_days(root: Map) -> Iterator[Edits]:
    """The window a day longer and shorter at each end, benefit years a year."""
    for key in ("window", "benefit_years"):
        node = root.entries.get(key)
        for end, item in node.entries.items() if isinstance(node, Map) else ():
            if isinstance(item, Scalar):
                for text in day_changes(item.text) if is_date(item.text) else [str(int(item.text) + 1), str(int(item.text) - 1)]:
                    yield (((key, end), Scalar(text, item.place)),)
