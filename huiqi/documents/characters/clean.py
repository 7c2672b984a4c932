"""One spelling of what printers vary: width of letters and marks, spaces inside words and figures. Every kept character keeps its offset."""

from __future__ import annotations

import re
import unicodedata
from array import array
from itertools import pairwise

from huiqi.documents.text import ADDED, Traced, join

_WIDE = dict(zip("(),;:?!", "（），；：？！", strict=True))
_PLAIN = {chr(0xFF01 + at): chr(0x21 + at) for at in range(94) if chr(0x21 + at) not in "(),;:?!~\"'"} | {"﹪": "%", "﹣": "-", "［": "[", "］": "]"}
_WORD = re.compile(r"[0-9A-Za-z]")
_SPACED = re.compile(r"(?<![0-9A-Za-z] )(?<![0-9A-Za-z])[0-9](?: [0-9]){2,}(?![0-9A-Za-z]| [0-9A-Za-z])")
_TORN = re.compile(r"(?<=[\u4e00-\u9fff])(?:[0-9] [0-9]|[0-9]{1,3}(?: [0-9]{3})+)(?=[万亿元%])")
"""A figure torn once, 3 5元, or printed in groups of three, 2 000万元; after a word only: a row of a table begins with its number."""
_ZERO = re.compile(r"(?<=[0-9])[Oo](?=[0-9%万亿元年])")
_MIXED = re.compile(r"（[^（）〔〕\[\]]*[〕\]]")
_CLOSERS = str.maketrans("〕]", "））")
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
    made = _repaired(_spaced_digits(made, _SPACED))
    return _spaced_digits(made, _TORN)


def _parted(before: str, gap: str, after: str) -> bool:
    return bool(_WORD.match(before) and _WORD.match(after)) or "\t" in gap or len(gap) > CELL


def _spaced_digits(piece: Traced, torn: re.Pattern[str]) -> Traced:
    """A figure printed with spaces inside, as in 2 0 2 5 年, is one figure."""
    blanks = [at for run in torn.finditer(piece.text) for at in range(*run.span()) if piece.text[at] == " "]
    if not blanks:
        return piece
    return join([piece[start + 1 : end] for start, end in pairwise([-1, *blanks, len(piece)])])


def _repaired(piece: Traced) -> Traced:
    """What a scanner misread: the letter O inside a figure is a zero, a （ closed by 〕 or ] is closed by ）."""
    text = _ZERO.sub("0", piece.text)
    if "（" in text and ("〕" in text or "]" in text):
        text = _MIXED.sub(lambda found: found.group().translate(_CLOSERS), text)
    return piece if text == piece.text else Traced(text, piece.at)


def _mark(chars: list[str], i: int) -> str:
    if chars[i] in ",:" and 0 < i < len(chars) - 1 and _WORD.match(chars[i - 1]) and _WORD.match(chars[i + 1]):
        return chars[i]
    return _WIDE[chars[i]]
