"""Text as people type it: full-width digits and marks as their plain form, names compared however wide, what a message repeats."""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache

_PLAIN = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: " ", 0xA0: " ", 0x2212: "-"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_SHOWN = 60


def fold(text: str) -> str:
    """Full-width marks, digits, letters and spaces as ASCII; as long as before. Superscripts and the like stay: ５² is not 52.

    >>> fold("８０００万元，１２％")
    '8000万元,12%'
    """
    return text.translate(_PLAIN)


@lru_cache(maxsize=4096)  # the vocabulary's names, asked for with every file
def same(name: str) -> str:
    """The form in which two spellings of one name are equal (NFKC, no spaces around)."""
    return unicodedata.normalize("NFKC", name).strip()


def printable(text: str) -> str:
    """One line: white space as a blank, every other character that does not print as �."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def shown(text: str) -> str:
    """As much of somebody's text as a message repeats, on one line."""
    return printable(text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…")


def is_date(text: str) -> bool:
    """Whether `text` is a day of the calendar, written YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
