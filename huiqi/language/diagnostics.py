"""Diagnostics: a code, a place, one sentence in Chinese and one in English; several per run."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from msgspec import Struct

from huiqi.language.messages import MESSAGES, SYSTEM_FAULTS, TERMS
from huiqi.language.text import printable, shown

MOST = 50
_WHOLE = ("values", "why", "why_en", "detail", "detail_en", "hint", "hint_en")  # our own words; of all others a message repeats only the beginning
_OURS = ("want", "got", "what", "table")  # may be one of `TERMS`


class Place(Struct, frozen=True):
    """Where something stands: file name as the user gave it, line and column from 1 (0 = the whole file)."""

    file: str
    line: int = 0
    col: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.col}" if self.line else self.file

    def right(self, chars: int) -> Place:
        """The place `chars` characters further on the same line."""
        return Place(self.file, self.line, self.col + chars)


class Diagnostic(Struct, frozen=True):
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


def diagnostic(code: str, place: Place, /, **values: object) -> Diagnostic:
    """Make the diagnostic `code` (see `messages`) with its blanks filled from `values`, on one line whatever they hold.

    A value is somebody's text, our own words in both languages (a tuple), several names (a list), or one of `TERMS`.
    """
    zh, en = MESSAGES[code]
    told = [{"hint": "", "hint_en": ""} | {key: _told(key, value, lang) for key, value in values.items()} for lang in (0, 1)]
    return Diagnostic(code, place, zh.format(**told[0]), en.format(**told[1]))


def _told(key: str, value: object, lang: int) -> object:
    match value:
        case tuple():
            return value[lang]
        case list():
            return ("、", ", ")[lang].join(map(printable, value))
        case str() if key in _OURS and value in TERMS:
            return TERMS[value][lang]
        case str():
            return printable(value) if key in _WHOLE else shown(value)
    return value


def system_fault(error: Exception) -> dict[str, object]:
    """Why the system refuses a file, folder or port: `detail` and `detail_en` of a message."""
    said = getattr(error, "strerror", None) or str(error)
    return {"detail": SYSTEM_FAULTS.get(type(error).__name__, said), "detail_en": said}


def quoted(text: str) -> tuple[str, str]:
    """Somebody's text in the quotes of each language, as one value of a message."""
    return f"“{shown(text)}”", f'"{shown(text)}"'


def problem(code: str, place: Place, /, **values: object) -> Problems:
    """A single diagnostic, ready to raise."""
    return Problems([diagnostic(code, place, **values)])


class Findings(Struct):
    """Collects diagnostics so that one run reports several, the first `MOST` of them; `stop()` raises when there are any."""

    items: list[Diagnostic] = []
    more: int = 0

    def add(self, code: str, place: Place, /, **values: object) -> None:
        """Note one finding; its sentence is made only where there is room for it."""
        if len(self.items) < MOST:
            self.items.append(diagnostic(code, place, **values))
        else:
            self.more += 1

    def take(self, problems: Problems) -> None:
        """Note what another pass raised."""
        room = MOST - len(self.items)
        self.items.extend(problems.diagnostics[:room])
        self.more += len(problems.diagnostics[room:])

    def stop(self) -> None:
        """Raise what was found, each file from top to bottom, and how many more there are."""
        if not self.items:
            return
        told = in_order(self.items)
        if self.more:
            told.append(diagnostic("C009", Place(told[-1].place.file), count=self.more))
        raise Problems(told)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Files in the order in which they are first named, each from top to bottom."""
    found = list(diagnostics)
    files = list(dict.fromkeys(d.place.file for d in found))
    return sorted(found, key=lambda d: (files.index(d.place.file), d.place.line, d.place.col))


class _Hint:
    """The nearest known name, looked for only when a sentence is written with it."""

    def __init__(self, name: str, tables: tuple[Collection[str], ...], sentence: str, otherwise: str):
        self.name, self.tables, self.sentence, self.otherwise = name, tables, sentence, otherwise

    def __format__(self, spec: str) -> str:
        for known in self.tables:
            if near := difflib.get_close_matches(self.name[:60], list(known), n=1, cutoff=0.5):
                return self.sentence.format(shown(near[0]))
        return self.otherwise


def did_you_mean(name: str, *tables: Collection[str], look: str = "") -> dict[str, object]:
    """The `hint` and `hint_en` blanks: the nearest name of the first table that has one near, else the command that finds names, where one does."""
    otherwise = (f"，可用 {look} 查找", f"; find it with {look}") if look else ("", "")
    return {"hint": _Hint(name, tables, "，是否指“{}”？", otherwise[0]), "hint_en": _Hint(name, tables, '; did you mean "{}"?', otherwise[1])}
