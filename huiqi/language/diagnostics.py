"""Diagnostics: a code, a place, one sentence in Chinese and one in English; several per run."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from huiqi.language.messages import MESSAGES


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file name as the user gave it, line and column from 1 (0 = the whole file)."""

    file: str
    line: int = 0
    col: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.col}" if self.line else self.file

    def right(self, chars: int) -> Place:
        """The place `chars` characters further on the same line."""
        return Place(self.file, self.line, self.col + chars)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about input. `str()` is the one-line form `file:line:col CODE 中文 | English`."""

    code: str
    place: Place
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.place} {self.code} {self.zh} | {self.en}"


class Problems(Exception):
    """Raised with every diagnostic that was found; the input was not used."""

    def __init__(self, diagnostics: Iterable[Diagnostic]):
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(d) for d in self.diagnostics))


def diagnostic(code: str, place: Place, **values: object) -> Diagnostic:
    """Make the diagnostic `code` (see `messages`) with its blanks filled from `values`."""
    zh, en = MESSAGES[code]
    return Diagnostic(code, place, zh.format(**values), en.format(**values))


def problem(code: str, place: Place, **values: object) -> Problems:
    """A single diagnostic, ready to raise."""
    return Problems([diagnostic(code, place, **values)])


@dataclass(slots=True)
class Findings:
    """Collects diagnostics so that one run reports several; `stop()` raises when there are any."""

    items: list[Diagnostic] = field(default_factory=list)

    def add(self, code: str, place: Place, **values: object) -> None:
        self.items.append(diagnostic(code, place, **values))

    def take(self, problems: Problems) -> None:
        self.items.extend(problems.diagnostics)

    def stop(self) -> None:
        if self.items:
            raise Problems(self.items)


def did_you_mean(name: str, known: Iterable[str]) -> dict[str, str]:
    """The `hint` and `hint_en` blanks: the nearest known name, or nothing."""
    near = difflib.get_close_matches(name[:60], list(known), n=1, cutoff=0.5)
    if not near:
        return {"hint": "", "hint_en": ""}
    return {"hint": f"，是否指“{near[0]}”？", "hint_en": f'; did you mean "{near[0]}"?'}
