"""The characters of a file: its encoding found, its size bounded, anything that is no text refused with one clear sentence."""

from __future__ import annotations

import re
from pathlib import Path

from huiqi.documents.text import Source
from huiqi.language.diagnostics import Place, problem, system_fault

MAX_BYTES = 2 * 1024 * 1024
"""More than ten times the largest compendium we know; whatever stands in it is read within a minute and a few hundred megabytes."""

_KNOWN = {b"%PDF": "PDF", b"PK\x03\x04": "Word/WPS (docx)", b"\xd0\xcf\x11\xe0": "Word/WPS (doc)", b"{\\rtf": "RTF", b"\x1f\x8b": "gzip", b"\x89PNG": "PNG"}
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARKUP = re.compile(r"\s*(?:<!doctype html|<html|<\?xml)", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd\ue000-\uf8ff]")


def read_source(path: Path) -> Source:
    """Read and decode one file. Raises `Problems` (D001–D005); never reads more than the limit."""
    name = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as fault:
        raise problem("D001", Place(name), **system_fault(fault)) from None
    return decode(data, name)


def decode(data: bytes, file: str) -> Source:
    """The characters of a file's bytes: UTF-8, UTF-16 or GB18030, with or without a byte order mark; every line ends with \\n."""
    place = Place(file)
    if len(data) > MAX_BYTES:
        raise problem("D002", place, limit=f"{MAX_BYTES // 1048576} MB")
    for sign, kind in _KNOWN.items():
        if data.startswith(sign):
            raise problem("D003", place, kind=kind)
    text = _text(data)
    if text is None:
        raise problem("D004", place)
    if _MARKUP.match(text):
        raise problem("D003", place, kind="HTML/XML")
    if not text.strip():
        raise problem("D005", place)
    return Source(file, text.replace("\r\n", "\n").replace("\r", "\n"))


def _text(data: bytes) -> str | None:
    for sign, encoding in _BOMS:
        if data.startswith(sign):
            return _decoded(data[len(sign) :], encoding)
    zeros = data[:4096].count(0)
    wide = ("utf-16-le", "utf-16-be") if zeros else ()
    for encoding in (*wide, "utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        text = _decoded(data, encoding)
        if text is not None and _plausible(text):
            return text
    return None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausible(text: str) -> bool:
    """Whether decoded characters look like writing: hardly any control, private or replacement characters, and mostly Chinese or ASCII."""
    sample = text[:20000]
    common = sum(c < "\x7f" or "\u4e00" <= c <= "\u9fff" or "\u2000" <= c <= "\u33ff" or "\uff00" <= c <= "\uffef" for c in sample)
    return len(_CONTROL.findall(sample)) * 100 <= len(sample) and common * 10 >= len(sample) * 8
