"""Every mutant of one pack: one place changed by one operator, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from huiqi.language.yamltree import Map, Node, Scalar, Seq, want_map
from huiqi.packs.model import Corpus
from huiqi.workbench.limit_operators import limits, policy_days
from huiqi.workbench.operators import OPERATORS, Setting
from huiqi.workbench.runner import Choices
from huiqi.workbench.spots import Edits
from huiqi.workbench.tree import Keys, node_at, path_text, shown

READING = "reading switched"
DAYS = "window"


class Mutant(Struct, frozen=True):
    """One change: what was `old` under `path` is `new`.

    `clause` is its position in the file (None: the policy's own keys); `measure` or `limit` the full id of what it changes;
    `choices` instead of `edits` where another reading is the default.
    """

    operator: str
    path: str
    old: str
    new: str
    clause: int | None = None
    measure: str = ""
    limit: str = ""
    edits: Edits = ()
    choices: Choices = ()


def mutants(root: Map, policy_id: str, corpus: Corpus) -> Iterator[Mutant]:
    """All mutants of a policy.yaml: of its days, its computed measures, their limits, and the readings these rest on."""
    policy = corpus.policies[policy_id]
    setting = Setting(corpus.vocabulary, policy.all_up_to)
    for edits in policy_days(root):
        yield _mutant(DAYS, root, policy_id, edits)
    for at, clause in enumerate(_items(root, "clauses")):
        number = clause.entries["clause"]
        id_ = f"{policy_id}/{number.text if isinstance(number, Scalar) else ''}"
        for n, measure in enumerate(_items(clause, "measures")):
            name = id_ + _text(measure, "id")
            if corpus.measures[name][2].computed:
                for operator, operate in OPERATORS.items():
                    for edits in operate(measure, setting):
                        yield _mutant(operator, root, policy_id, _below(edits, ("clauses", at, "measures", n)), clause=at, measure=name)
        for n, limit in enumerate(_items(clause, "limits")):
            for operator, edits in limits(limit):
                below = _below(edits, ("clauses", at, "limits", n))
                yield _mutant(operator, root, policy_id, below, clause=at, limit=f"{id_}.{_text(limit, 'id')}")
    for clause_ in policy.clauses:
        for reading in clause_.readings:
            for choice in reading.choices:
                if choice != reading.taken:
                    yield Mutant(READING, reading.id, reading.taken, choice, choices=((reading.id, choice),))


def _mutant(operator: str, root: Map, policy: str, edits: Edits, clause: int | None = None, measure: str = "", limit: str = "") -> Mutant:
    old = "；".join(shown(_there(root, keys)) for keys, _ in edits)
    return Mutant(operator, path_text(root, edits[0][0], policy), old, "；".join(shown(new) for _, new in edits), clause, measure, limit, edits)


def _there(root: Map, keys: Keys) -> Node | None:
    owner = node_at(root, keys[:-1])
    return owner.entries.get(str(keys[-1])) if isinstance(owner, Map) else node_at(root, keys)


def _below(edits: Edits, start: Keys) -> Edits:
    return tuple(((*start, *keys), new) for keys, new in edits)


def _items(owner: Map, key: str) -> list[Map]:
    node = owner.entries.get(key)
    return [want_map(x) for x in node.items] if isinstance(node, Seq) else []


def _text(owner: Map, key: str) -> str:
    node = owner.entries.get(key)
    return node.text if isinstance(node, Scalar) else ""
