"""One spelling of what printers vary: width of letters and marks, spaces inside words and figures. Every kept character keeps its offset."""

from __future__ import annotations

import re
import unicodedata
from array import array

from huiqi.documents.text import ADDED, Traced, join

_WIDE = dict(zip("(),;:?!", "（），；：？！", strict=True))
_PLAIN = {chr(0xFF01 + at): chr(0x21 + at) for at in range(94) if chr(0x21 + at) not in "(),;:?!~\"'"} | {"﹪": "%", "﹣": "-", "［": "[", "］": "]"}
_WORD = re.compile(r"[0-9A-Za-z]")
_SPACED = re.compile(r"(?<![0-9A-Za-z] )(?<![0-9A-Za-z])[0-9](?: [0-9]){2,}(?![0-9A-Za-z]| [0-9A-Za-z])")
CELL = 2
"""A gap of more blanks than this, or a tab, parts two cells of a table."""


def blank(char: str) -> bool:
    """Whether a character prints nothing: white space, control and format characters (a byte order mark, a zero-width space)."""
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Cs")


def clean(piece: Traced) -> Traced:
    """Letters and digits narrow, marks wide (narrow between digits or letters: 1:1, 1,200); a space only between two narrow words or two cells."""
    chars: list[str] = []
    at = array("I")
    gap = ""
    for char, offset in zip(piece.text, piece.at, strict=True):
        if blank(char):
            gap += char
            continue
        char = _PLAIN.get(char, char)
        if gap and chars and _parted(chars[-1], gap, char):
            chars.append(" ")
            at.append(ADDED)
        gap = ""
        chars.append(char)
        at.append(offset)
    made = Traced("".join(_mark(chars, i) if c in _WIDE else c for i, c in enumerate(chars)), at)
    return _spaced_digits(made) if _SPACED.search(made.text) else made


def _parted(before: str, gap: str, after: str) -> bool:
    return bool(_WORD.match(before) and _WORD.match(after)) or "\t" in gap or len(gap) > CELL


def _spaced_digits(piece: Traced) -> Traced:
    """A figure printed with a space after every digit, as in 2 0 2 5 年, is one figure."""
    pieces, end = [], 0
    for run in _SPACED.finditer(piece.text):
        pieces.append(piece[end : run.start()])
        pieces.extend(piece[at : at + 1] for at in range(run.start(), run.end(), 2))
        end = run.end()
    return join([*pieces, piece[end:]])


def _mark(chars: list[str], i: int) -> str:
    if chars[i] in ",:" and 0 < i < len(chars) - 1 and _WORD.match(chars[i - 1]) and _WORD.match(chars[i + 1]):
        return chars[i]
    return _WIDE[chars[i]]
