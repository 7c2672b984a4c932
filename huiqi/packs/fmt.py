"""The canonical spelling of a pack's files: order of keys, layout, and every expression in its one form."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.language.diagnostics import Place, Problems
from huiqi.language.layout import laid_out
from huiqi.language.parser import parse
from huiqi.language.spell import spell
from huiqi.language.yamltree import Map, Node, Scalar, Seq, read_yaml
from huiqi.packs.drafts import award_expressions, condition_expressions
from huiqi.packs.read_limit import LIMIT_KEYS
from huiqi.packs.read_policy import AWARD_KEYS, CLAUSE_KEYS, MEASURE_KEYS, POLICY_KEYS

# Lists and mappings under these keys stand in block form, one line for each thing.
BLOCKS = frozenset({"clauses", "measures", "when", "less", "expect", "readings", "facts"})
_ORDERS = {
    ("clauses", "measures", "award"): ("table", "steps", "schedule", "interest", "sum", "best", "fixed", "range", "rate", "per", *AWARD_KEYS),
    ("clauses", "measures"): MEASURE_KEYS,
    ("clauses", "limits"): LIMIT_KEYS,
    ("clauses",): CLAUSE_KEYS,
}


def formatted(data: bytes, file: str) -> str:
    """The canonical text of a YAML file of the project. Raises `Problems` where it is not readable.

    A file that begins with `policy:` is a policy: its keys are ordered and its expressions spelt; any other is laid out as it is.
    """
    root = read_yaml(data, file)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    policy = isinstance(root, Map) and "policy" in root.entries and "clauses" in root.entries
    rules = {item.place for item in _expressions(root)} if policy and isinstance(root, Map) else set()
    return laid_out(text, root, _order if policy else _as_written, lambda scalar: _spelt(scalar, rules), BLOCKS)


def _order(path: tuple[str, ...], node: Map) -> list[str]:
    keys = POLICY_KEYS if not path else _ORDERS.get(path, ())
    rank = {key: at for at, key in reversed(list(enumerate(keys)))}
    return sorted(node.entries, key=lambda key: rank.get(key, len(rank)))


def _as_written(path: tuple[str, ...], node: Map) -> list[str]:
    return list(node.entries)


def _spelt(scalar: Scalar, rules: set[Place]) -> str:
    if scalar.place not in rules:
        return " ".join(scalar.text.split("\n"))
    try:
        return spell(parse(scalar.text, scalar.place))
    except Problems:
        return scalar.text  # `huiqi check` says what is wrong with it


def _expressions(root: Map) -> Iterator[Scalar]:
    for clause in _items(root.entries.get("clauses")):
        for measure in _items(clause.entries.get("measures")):
            if (when := measure.entries.get("when")) is not None:
                yield from condition_expressions(when)
            if isinstance(award := measure.entries.get("award"), Map):
                yield from award_expressions(award)


def _items(node: Node | None) -> list[Map]:
    return [item for item in node if isinstance(item, Map)] if isinstance(node, Seq) else []
