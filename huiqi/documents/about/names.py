"""Names of offices as packs spell them, found in official text however it prints them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from msgspec import Struct

from huiqi.language.diagnostics import Findings
from huiqi.language.yamltree import read_yaml
from huiqi.packs.read_vocabulary import read_departments
from huiqi.packs.registry import ROOT
from huiqi.packs.vocabulary import Department, Vocabulary

_PIECE = re.compile(r"[^、，；]*?区、县（市）[^、，；]*|(?:[^、，；（]|（[^）]*）)+")
_SUFFIX = "局|办公厅|办公室|委员会|管委会|政府|公司|海关|银行|中心|总队|支队|委|办|厅|院"
OFFICE = rf"(?:[市区省县]|国家|国网|杭州|高新)[^，。；、（）由]{{1,24}}?(?:{_SUFFIX})"
OFFICES = rf"{OFFICE}(?:[、和]{OFFICE})*"
ALL_DISTRICTS = "区、县（市）政府"


class Names(Struct, frozen=True):
    """The spellings that are known, each with the name packs use."""

    spellings: dict[str, str] = {}

    def known(self, name: str) -> bool:
        """Whether a name is one of an office we know, in one of its spellings."""
        return name in self.spellings

    def proper(self, printed: str) -> str:
        """An office as packs spell it: a known spelling, a full name, one without its bracket, one that differs by a character; else as printed."""
        bare = re.sub(r"（(?!市）)[^）]*）$", "", printed)
        for name in (printed, bare, f"{printed}政府", re.sub(r"^杭州", "", printed)):
            if name in self.spellings:
                return self.spellings[name]
        if printed.endswith(("区、县（市）", "区、县（市）政府", "区县（市）政府")):
            return ALL_DISTRICTS
        near = difflib.get_close_matches(printed, list(self.spellings), n=1, cutoff=0.86)
        return self.spellings[near[0]] if near and len(near[0]) == len(printed) else bare

    def listed(self, text: str) -> tuple[str, ...]:
        """The offices of a list 市经信局、市财政局，各区、县（市）政府, in order."""
        return tuple(dict.fromkeys(self.proper(piece.group().strip()) for piece in _PIECE.finditer(text) if piece.group().strip()))


def names_of(departments: Iterable[Department], spellings: dict[str, Department]) -> Names:
    """Names from a vocabulary: spellings, names and full names."""
    table = {spelling: department.name for spelling, department in spellings.items()}
    for department in departments:
        table[department.name] = department.name
        if department.full_name:
            table.setdefault(department.full_name, department.name)
    return Names(table)


def installed_names() -> Names:
    """The names of the installed vocabulary."""
    path = ROOT / "hangzhou" / "vocabulary" / "departments.yaml"
    words, findings = Vocabulary(), Findings()
    read_departments(read_yaml(path.read_bytes(), path.name), words, findings)
    findings.stop()
    return names_of(words.departments.values(), words.departments)
