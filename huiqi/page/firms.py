"""The firms on the page: facts files of a folder or by name, each with the sentence that introduces it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.language.diagnostics import Findings, Problems
from huiqi.packs.model import Corpus

_NAME_FIRST = re.compile(r"^[^：。]*（虚构）：")


class Firm(Struct, frozen=True):
    """A firm: `stem` names its file and its page, `about` says in a sentence what it is."""

    stem: str
    applicant: Applicant
    about: str

    @property
    def name(self) -> str:
        """The name given, or the name of the file."""
        return self.applicant.name or self.stem


def read_firms(folder: Path, corpus: Corpus) -> dict[str, Firm]:
    """Every facts file of the folder by its stem. Raises `Problems` with all faults of all files."""
    return read_files(sorted(folder.glob("*.yaml")), corpus)


def read_files(paths: Iterable[Path], corpus: Corpus) -> dict[str, Firm]:
    """These facts files by their stems, a stem that comes again with a number behind it. Raises `Problems` with all faults of all files."""
    firms: dict[str, Firm] = {}
    findings = Findings()
    for path in paths:
        try:
            applicant = read_facts_file(str(path), corpus)
        except Problems as problems:
            findings.take(problems)
            continue
        again = sum(stem == path.stem or stem.rpartition("-")[0] == path.stem for stem in firms)
        stem = f"{path.stem}-{again + 1}" if path.stem in firms else path.stem
        firms[stem] = Firm(stem, applicant, introduction(path.read_text(encoding="utf-8", errors="replace")))
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
