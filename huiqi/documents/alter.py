"""Single random alterations of an official text, to prove that the locks notice every one: another digit, another unit, a figure left out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from huiqi.documents.identify import pack_of
from huiqi.documents.locks.encoded import Encoded
from huiqi.documents.locks.figures import Figure, find_figures
from huiqi.documents.locks.proof import text_faults
from huiqi.documents.reader import read_document, read_file
from huiqi.documents.text import ADDED, Source
from huiqi.documents.tree import Clause, Document
from huiqi.language.diagnostics import Diagnostic
from huiqi.packs.model import Policy

WAYS = ("digit", "unit", "dropped")
_UNITS = dict(zip("万亿%家个年辆元项名人条号", "亿万‰项台月台人家家家项期", strict=True))
_DIGITS = "0123456789"
_CHINESE = "一二三四五六七八九"


class Alteration(Struct, frozen=True):
    """One altered file: where, how, and the characters that changed."""

    file: str
    policy: str
    clause: str
    way: str
    figure: str
    source: Source


class Outcome(Struct, frozen=True):
    """What the proof said of one alteration; `found` when a report names the policy's clause."""

    alteration: Alteration
    reports: tuple[Diagnostic, ...]
    found: bool


def prove_alterations(files: Sequence[Path], packs: Mapping[str, Encoded], policies: Sequence[Policy], count: int, seed: int) -> Iterator[Outcome]:
    """Alter one figure of one clause at a time, `count` times, and check the altered text against its lock. Deterministic for a seed."""
    chance = random.Random(seed)
    documents = [read_file(path) for path in files]
    figures = [(d, n, clause, f) for d in documents for n, p in enumerate(d.policies) for clause in p.clauses() for f in find_figures(clause.text)]
    for _ in range(count):
        document, n, clause, figure = chance.choice(figures)
        source, way = _altered(document, clause, figure, chance)
        id_ = pack_of(document.policies[n].metadata, policies)
        alteration = Alteration(document.source.file, id_, clause.id, way, figure.value, source)
        again = [text for text in read_document(source).policies if pack_of(text.metadata, policies) == id_]
        pack = packs[id_]
        reports = tuple(r for text in again for r in text_faults(pack.lock(), text, pack.parameters))
        named = [r for r in reports if r.code in ("K010", "K011", "K012", "K013") and f"{clause.id} " in f"{r.zh} "]
        yield Outcome(alteration, reports, bool(named))


def _altered(document: Document, clause: Clause, figure: Figure, chance: random.Random) -> tuple[Source, str]:
    """The source with one figure changed in place; a way that does not fit the figure gives way to another."""
    offsets = [at for at in clause.body.at[figure.start : figure.end] if at != ADDED]
    text = document.source.text
    for way in chance.sample(WAYS, len(WAYS)):
        changed = _change(text, offsets, way, chance)
        if changed is not None:
            return Source(document.source.file, changed), way
    raise ValueError(f"no way to alter {figure.value}")


def _change(text: str, offsets: Sequence[int], way: str, chance: random.Random) -> str | None:
    if way == "dropped":
        gone = set(offsets)
        return "".join(c for at, c in enumerate(text) if at not in gone)
    letters = {at: text[at] for at in offsets}
    if way == "digit":
        places = [at for at, c in letters.items() if c in _DIGITS or c in _CHINESE]
        at = chance.choice(places) if places else -1
        pool = _DIGITS[1:] if at >= 0 and text[at] in _DIGITS else _CHINESE
        new = chance.choice([c for c in pool if at >= 0 and c != text[at]]) if places else ""
    else:
        places = [at for at, c in letters.items() if c in _UNITS]
        at = chance.choice(places) if places else -1
        new = _UNITS[text[at]] if places else ""
    return text[:at] + new + text[at + 1 :] if places else None
