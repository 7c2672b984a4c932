"""The line a diagnostic is about, with a caret below the place."""

from __future__ import annotations

import unicodedata

from huiqi.language.diagnostics import Place

ROOM = 100  # columns of the source line that are shown


def columns(text: str) -> int:
    """Columns on a terminal: Chinese characters take two, marks that combine none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def excerpt(source: str, place: Place) -> list[str]:
    """The source line and a line with `^` below the place; nothing where the place is a whole file. A long line is cut around the place."""
    lines = source.split("\n")
    if not source or not 0 < place.line <= len(lines):
        return []
    line = lines[place.line - 1].rstrip("\r").replace("\t", " ")
    at = min(max(place.col - 1, 0), len(line))
    first, last = at, at
    while columns(line[first:last]) < ROOM and (first > 0 or last < len(line)):
        first, last = max(first - 1, 0), min(last + 1, len(line))
    before, after = "…" if first else "", "…" if last < len(line) else ""
    shown = before + line[first:last] + after
    return [shown, " " * columns(before + line[first:at]) + "^"]
