"""Official text as it came, and text derived from it that still knows where every character was printed.

`Source` is the decoded file; `Traced` is a piece of normalised text with the offset of each character in the source, so that a finding in
joined, cleaned text is reported at `file:line:col` of the original.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct, field

from huiqi.language.diagnostics import Place

ADDED = 0xFFFFFFFF
"""The offset of a character that the source does not print (a line break between two joined pieces)."""

LONGEST_SENTENCE = 1000


class Source(Struct, frozen=True, dict=True):
    """A decoded file: its name as the user gave it, and its characters."""

    file: str
    text: str

    @cached_property
    def _starts(self) -> array[int]:
        starts = array("I", [0])
        starts.extend(at + 1 for at, char in enumerate(self.text) if char == "\n")
        return starts

    def place(self, offset: int) -> Place:
        """Line and column (from 1) of a character by its offset."""
        line = bisect_right(self._starts, offset)
        return Place(self.file, line, offset - self._starts[line - 1] + 1)


class Traced(Struct, frozen=True):
    """Normalised text; `at[i]` is the offset of `text[i]` in the source, or `ADDED`."""

    text: str = ""
    at: array[int] = field(default_factory=lambda: array("I"))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Traced:
        return Traced(self.text[part], self.at[part])

    def strip(self) -> Traced:
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : start + len(self.text.strip())]

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the first printed character and of the one after the last, (0, 0) where nothing is printed."""
        printed = [at for at in (*self.at[:2], *self.at[-2:]) if at != ADDED]
        return (printed[0], printed[-1] + 1) if printed else (0, 0)

    def offset(self, index: int) -> int:
        """Where the character at `index` was printed; for an added one, where the next printed one was."""
        later = (at for at in self.at[index:] if at != ADDED)
        return next(later, max(self.span[1] - 1, 0))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; of one without end only the beginning, so that looking for a pattern takes bounded time."""
    for line in text.split("\n"):
        for sentence in line.split("。"):
            if sentence:
                yield sentence[:LONGEST_SENTENCE]


def whole(text: str) -> Traced:
    """A source's text as it is."""
    return Traced(text, array("I", range(len(text))))


def join(pieces: Iterable[Traced], between: str = "") -> Traced:
    """Pieces one after the other, with added characters between two of them."""
    texts, at = [], array("I")
    for number, piece in enumerate(pieces):
        if number:
            texts.append(between)
            at.extend([ADDED] * len(between))
        texts.append(piece.text)
        at.extend(piece.at)
    return Traced("".join(texts), at)
