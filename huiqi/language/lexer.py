"""Expression text → tokens, each with its own column. Full-width marks count as their plain form; 且 或 非 are words, delimited by space or bracket."""

from __future__ import annotations

import re

from msgspec import Struct

from huiqi.language.diagnostics import Place, problem
from huiqi.language.text import fold, is_date
from huiqi.language.units import quantity_at


class Token(Struct, frozen=True):
    kind: str  # quantity, text, date, ref, name, word, mark, end
    text: str
    place: Place
    value: object = None


WORDS = {"and": "and", "or": "or", "not": "not", "且": "and", "或": "or", "非": "not", "between": "between", "in": "in", "where": "where"}
WORDS |= {"some": "some", "every": "every", "satisfies": "satisfies"}

_SPACE = re.compile(r"\s+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_REF = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)+/)?(?:[0-9]+(?:\.[0-9]+)*|s[0-9]+|final|preamble)[a-z](?![A-Za-z0-9_])")
_NAME = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]*")
_TEXT = re.compile(r"'([^']*)'")
_MARK = re.compile(r"\.\.|>=|<=|!=|[-+*/()<>=,.:≥≤≠…]")
_ONE = str.maketrans("×÷‘’", "*/''")
_TWO = {"≥": ">=", "≤": "<=", "≠": "!=", "…": ".."}
MAX_TOKENS = 400


def plain(text: str) -> str:
    """The text with full-width and mathematical marks in ASCII, as long as before."""
    return fold(text).translate(_ONE)


def tokens(text: str, place: Place) -> list[Token]:
    """All tokens of one expression, ending with an `end` token. Raises X001, X015, Q005."""
    text = plain(text)
    found: list[Token] = []
    at = 0
    while at < len(text):
        here = place.right(at)
        if len(found) >= MAX_TOKENS:
            raise problem("X015", here, limit=MAX_TOKENS)
        if match := _SPACE.match(text, at):
            at = match.end()
        elif match := _TEXT.match(text, at):
            found.append(Token("text", match[1], here))
            at = match.end()
        elif match := _DATE.match(text, at):
            if not is_date(match[0]):
                raise problem("Q005", here, text=match[0])
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
            found.append(Token("mark", _TWO.get(match[0], match[0]), here))
            at = match.end()
        else:
            raise problem("X001", here, text=text[at : at + 10])
    found.append(Token("end", "结尾", place.right(len(text))))
    return found
