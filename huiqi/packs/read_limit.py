"""YAML → a limit. Its readings are carried along: the limit as read takes the default choices, `limit_in_force` any others."""

from __future__ import annotations

from collections.abc import Callable

from huiqi.language.diagnostics import Findings
from huiqi.language.yamltree import Map, Node, Scalar, Seq, want_text
from huiqi.packs.model import Corpus, Limit
from huiqi.packs.reader import Fields

LIMIT_KEYS = ["id", "over", "one_of", "together", "per", "at_most", "count", "within", "consecutive", "excess", "because"]
FORMS = ("over", "one_of", "together")  # each limit has one of them


def read_limit(item: Map, policy: str, clause: str, taken: dict[str, str], findings: Findings) -> Limit:
    """A limit of a clause with the choices `taken` (by short id) of the clause's own readings."""
    return _limit(item, policy, clause, lambda id_: taken.get(id_.rpartition(".")[2], ""), findings)


def limit_in_force(limit: Limit, corpus: Corpus, choices: dict[str, str]) -> Limit:
    """The limit under the readings asked for (full ids), others as taken."""
    if not limit.readings or not set(limit.readings) & set(choices):
        return limit
    clause = limit.id.rpartition(".")[0]
    findings = Findings()
    made = _limit(limit.written, clause.partition("/")[0], clause, lambda id_: choices.get(id_, corpus.readings[id_].taken), findings)
    findings.stop()
    return made


def _limit(written: Map, policy: str, clause: str, choice: Callable[[str], str], findings: Findings) -> Limit:
    used: dict[str, str] = {}

    def chosen(node: Node) -> Node:
        """The node with every value that is written as a reading replaced by what the choice says, at any depth."""
        match node:
            case Map(entries) if "reading" in entries:
                name = want_text(entries["reading"]).text
                id_ = name if "/" in name else f"{clause}.{name}"
                used[id_] = choice(id_)
                return chosen(entries[used[id_]]) if used[id_] in entries else node
            case Map(entries, keys, place):
                return Map({key: chosen(value) for key, value in entries.items()}, keys, place)
            case Seq(items, place):
                return Seq(tuple(chosen(x) for x in items), place)
        return node

    item = chosen(written)
    assert isinstance(item, Map)
    f = Fields(item, LIMIT_KEYS, findings)
    forms = [key for key in FORMS if key in f]
    if len(forms) != 1:
        findings.add("P020", item.place, forms=forms or ("没有", "none"))
    if forms == ["together"]:
        f.text("because")  # that both are paid is said with its reason
    node = f.get("over")
    over = [x.text for x in (node.items if isinstance(node, Seq) else (node,)) if isinstance(x, Scalar)]
    full = tuple(x if "/" in x else f"{policy}/{x}" for x in over)
    return Limit(f"{clause}.{f.text('id')}", full, f.texts("per"), item, item.place, written, used)
