"""The example firms: facts files of a folder, each with the sentence that introduces it."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.language.diagnostics import Findings, Problems
from huiqi.packs.model import Corpus

_NAME_FIRST = re.compile(r"^[^：。]*（虚构）：")


class Firm(Struct, frozen=True):
    """An example firm: `stem` names its file and its page, `about` says in a sentence what it is."""

    stem: str
    applicant: Applicant
    about: str

    @property
    def name(self) -> str:
        """The name given, or the name of the file."""
        return self.applicant.name or self.stem


def read_firms(folder: Path, corpus: Corpus) -> dict[str, Firm]:
    """Every facts file of the folder by its stem. Raises `Problems` with all faults of all files."""
    firms = {}
    findings = Findings()
    for path in sorted(folder.glob("*.yaml")):
        try:
            applicant = read_facts_file(str(path), corpus)
        except Problems as problems:
            findings.take(problems)
            continue
        firms[path.stem] = Firm(path.stem, applicant, introduction(path.read_text(encoding="utf-8")))
    findings.stop()
    return firms


def introduction(text: str) -> str:
    """The first sentence of the comment a facts file opens with, without the firm's name; '' when there is none.

    >>> introduction("# 甲公司（虚构）：余杭的药企，\\n# 有三个产品。第二句。\\nfacts: {}")
    '余杭的药企，有三个产品。'
    """
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("#").strip())
    sentence, stop, _ = "".join(lines).partition("。")
    return _NAME_FIRST.sub("", sentence) + stop
