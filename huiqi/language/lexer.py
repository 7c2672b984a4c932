"""Expression text → tokens. Full-width marks count as their plain form; 且 或 非 are words, delimited by space or bracket."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from huiqi.language.diagnostics import Place, problem
from huiqi.language.units import quantity_at


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # quantity, text, date, ref, name, word, mark, end
    text: str
    place: Place
    value: object = None


WORDS = {"and": "and", "or": "or", "not": "not", "且": "and", "或": "or", "非": "not", "between": "between", "in": "in", "where": "where"}
WORDS |= {"some": "some", "every": "every", "satisfies": "satisfies"}

_SPACE = re.compile(r"\s+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_REF = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)+/)?(?:\d+(?:\.\d+)*|s\d+|final|preamble)[a-z](?![A-Za-z0-9_])")
_NAME = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]*")
_TEXT = re.compile(r"'([^']*)'")
_MARK = re.compile(r"\.\.|>=|<=|!=|[-+*/()<>=,.:]")
_PLAIN = {"×": "*", "÷": "/", "≥": ">=", "≤": "<=", "≠": "!=", "…": "..", "−": "-", "‘": "'", "’": "'"}


def plain(text: str) -> str:
    """NFKC with the usual mathematical marks spelled in ASCII. Length may change."""
    return "".join(_PLAIN.get(c, c) for c in unicodedata.normalize("NFKC", "".join(_PLAIN.get(c, c) for c in text)))


def tokens(text: str, place: Place) -> list[Token]:
    """All tokens of one expression, ending with an `end` token. Raises X001."""
    text = plain(text)
    found: list[Token] = []
    at = 0
    while at < len(text):
        here = place.right(at)
        if match := _SPACE.match(text, at):
            at = match.end()
        elif match := _TEXT.match(text, at):
            found.append(Token("text", match[1], here))
            at = match.end()
        elif match := _DATE.match(text, at):
            found.append(Token("date", match[0], here))
            at = match.end()
        elif match := _REF.match(text, at):
            found.append(Token("ref", match[0], here))
            at = match.end()
        elif text[at].isdigit() and (quantity := quantity_at(text, at)):
            found.append(Token("quantity", text[at : quantity[1]], here, quantity[0]))
            at = quantity[1]
        elif match := _NAME.match(text, at):
            word = match[0]
            found.append(Token("word", WORDS[word], here) if word in WORDS else Token("name", word, here))
            at = match.end()
        elif match := _MARK.match(text, at):
            found.append(Token("mark", match[0], here))
            at = match.end()
        else:
            raise problem("X001", here, text=text[at : at + 10])
    found.append(Token("end", "结尾", place.right(len(text))))
    return found
