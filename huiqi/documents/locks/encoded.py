"""A policy pack as the proof needs it: its file as a tree with places, its parameters, its clauses, its lock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from huiqi.documents.locks.lock import Lock, read_lock
from huiqi.documents.locks.parameters import Parameter, parameters
from huiqi.documents.locks.proof import pack_faults
from huiqi.language.diagnostics import Diagnostic, Place, Problems, diagnostic
from huiqi.language.yamltree import Map, Scalar, Seq, read_yaml
from huiqi.packs.registry import ROOT

LOCK = "source.lock"
_GENERAL = ("terms", "definition", "procedure")


class Encoded(Struct, frozen=True):
    """One pack. `clauses` has the place of each clause, `general` those whose figures may rule others."""

    id: str
    folder: Path
    parameters: tuple[Parameter, ...]
    clauses: dict[str, Place]
    general: frozenset[str]

    @property
    def lock_file(self) -> Path:
        """Where its lock is."""
        return self.folder / LOCK

    def lock(self) -> Lock:
        """Its lock. Raises `Problems` (K001, K007, Y…)."""
        if not self.lock_file.is_file():
            raise Problems([diagnostic("K007", Place(shown_path(self.folder)), policy=self.id, lock=LOCK)])
        return read_lock(self.lock_file.read_bytes(), shown_path(self.lock_file))

    def faults(self) -> Iterator[Diagnostic]:
        """Where pack and lock disagree, or that there is no lock."""
        try:
            lock = self.lock()
        except Problems as problems:
            yield from problems.diagnostics
            return
        yield from pack_faults(lock, self.clauses, self.parameters)


def encoded_policies(root: Path = ROOT) -> dict[str, Encoded]:
    """All packs under `root`, by id. Raises `Problems` (Y…) for a file that is no YAML."""
    found = (read_encoded(path, root) for path in sorted((root / "hangzhou").glob("*/policy.yaml")))
    return {pack.id: pack for pack in found}


def lock_faults(root: Path = ROOT) -> list[Diagnostic]:
    """Every place where a pack and its lock disagree: the half of the proof that needs no text."""
    return [fault for pack in encoded_policies(root).values() for fault in pack.faults()]


def read_encoded(path: Path, root: Path = ROOT) -> Encoded:
    """One policy.yaml."""
    node = read_yaml(path.read_bytes(), shown_path(path, root))
    items = node.entries.get("clauses") if isinstance(node, Map) else None
    clauses = [item for item in (items.items if isinstance(items, Seq) else ()) if isinstance(item, Map)]
    kinds = {_text(item, "clause"): _text(item, "kind") for item in clauses}
    general = frozenset(id_ for id_, kind in kinds.items() if kind in _GENERAL or re.fullmatch(r"s\d+|final", id_))
    return Encoded(path.parent.name, path.parent, parameters(node), {_text(item, "clause"): item.place for item in clauses}, general)


def shown_path(path: Path, root: Path = ROOT) -> str:
    """A path as diagnostics of packs print it: from the repository's folder."""
    return str(path.relative_to(root.parent)) if path.is_relative_to(root.parent) else str(path)


def _text(item: Map, key: str) -> str:
    node = item.entries.get(key)
    return node.text if isinstance(node, Scalar) else ""
