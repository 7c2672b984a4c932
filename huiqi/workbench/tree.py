"""Edits of a YAML tree by key path: the tree is frozen, an edit gives a new one."""

from __future__ import annotations

from msgspec.structs import replace

from huiqi.language.yamltree import Map, Node, Scalar, Seq

Keys = tuple[str | int, ...]
WRAPPERS = ("clauses", "measures", "limits", "award", "table", "steps", "schedule", "interest")


def node_at(root: Node, keys: Keys) -> Node:
    """The node under a path of keys and positions."""
    for key in keys:
        root = root.items[key] if isinstance(root, Seq) else root.entries[key]  # type: ignore[index,union-attr]
    return root


def edited(root: Node, keys: Keys, new: Node | None) -> Node:
    """The tree with the node under `keys` put there, replaced, or dropped (None)."""
    if not keys:
        assert new is not None
        return new
    head, rest = keys[0], keys[1:]
    if isinstance(root, Seq) and isinstance(head, int):
        inner = edited(root.items[head], rest, new) if rest or new is not None else None
        return replace(root, items=(*root.items[:head], *(() if inner is None else (inner,)), *root.items[head + 1 :]))
    assert isinstance(root, Map) and isinstance(head, str)
    if not rest and new is None:
        return Map({k: v for k, v in root.entries.items() if k != head}, {k: p for k, p in root.keys.items() if k != head}, root.place)
    inner = edited(root.entries[head], rest, new) if rest else new
    assert inner is not None
    return Map(root.entries | {head: inner}, {head: root.place} | root.keys, root.place)


def path_text(root: Map, keys: Keys, policy: str) -> str:
    """The stable path of a parameter: `hz-2022-iot/1.1a.rows.3.rate`; lists count from 1, wrappers leave no mark."""
    parts: list[str] = []
    clause = ""
    for at, key in enumerate(keys):
        before = keys[at - 1] if at else ""
        if isinstance(key, int):
            here = node_at(root, keys[: at + 1])
            if before == "clauses":
                clause = _text(here, "clause")
                parts = [clause]
            elif before == "measures":
                parts = [clause + _text(here, "id")]
            elif before in ("limits", "readings"):
                parts = [clause, _text(here, "id")]
            else:
                parts.append(str(key + 1))
        elif key not in (*WRAPPERS, "readings"):
            parts.append(key)
    return f"{policy}/{'.'.join(parts)}"


def _text(node: Node, key: str) -> str:
    found = node.entries.get(key) if isinstance(node, Map) else None
    return found.text if isinstance(found, Scalar) else ""


def shown(node: Node | None) -> str:
    """A node on one line, for a report."""
    match node:
        case None:
            return "—"
        case Scalar(text):
            return text
        case Seq(items):
            return f"[{', '.join(shown(x) for x in items)}]"
    return f"{{{', '.join(f'{k}: {shown(v)}' for k, v in node.entries.items())}}}"
