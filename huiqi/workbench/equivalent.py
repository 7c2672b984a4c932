"""Mutants that change nothing: `equivalent.yaml` beside a policy names each with its reason, and there are few of them."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from huiqi.language.diagnostics import Findings, Place
from huiqi.language.yamltree import read_yaml, want_map, want_seq
from huiqi.packs.reader import Fields
from huiqi.workbench.mutants import Mutant

MOST = 0.03  # of all mutants of a pack


class Equivalent(Struct, frozen=True):
    """A mutant by path, operator and, where several share these, what it becomes; with the reason why no case could notice it."""

    path: str
    operator: str
    new: str
    reason: str
    place: Place

    def names(self, mutant: Mutant) -> bool:
        """Whether this is the mutant."""
        return (self.path, self.operator) == (mutant.path, mutant.operator) and self.new in ("", mutant.new)


def load_equivalents(path: Path, root: Path) -> list[Equivalent]:
    """The list beside a policy; none where there is no file. Raises `Problems`."""
    if not path.exists():
        return []
    findings = Findings()
    found = []
    for item in want_seq(read_yaml(path.read_bytes(), str(path.relative_to(root.parent)))):
        f = Fields(want_map(item), ("path", "operator", "new", "reason"), findings)
        found.append(Equivalent(f.text("path"), f.text("operator"), f.text("new", ""), f.text("reason"), item.place))
    findings.stop()
    return found


def matched(listed: list[Equivalent], survivors: list[Mutant], count: int) -> list[Mutant]:
    """The survivors that are listed. Raises T008 where an entry names no survivor, T009 where more than 3 % of `count` mutants are listed."""
    findings = Findings()
    for entry in listed:
        if not any(entry.names(m) for m in survivors):
            findings.add("T008", entry.place, path=entry.path, operator=entry.operator)
    found = [m for m in survivors if any(entry.names(m) for entry in listed)]
    if len(found) > MOST * count:
        findings.add("T009", listed[0].place, count=len(found), total=count)
    findings.stop()
    return found
