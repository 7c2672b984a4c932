"""`source.lock`: what one official text prints, as facts, and which parameter of the pack holds each figure. No sentence of the text is kept.

For each clause the hashes of its text (one for each print that was locked) and its figures in printed order; for each print what stands before
and after the clauses (number, date lines), because prints differ there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from huiqi.documents.locks.binding import REASONS, Bound, bind
from huiqi.documents.locks.figures import find_figures
from huiqi.documents.locks.parameters import Parameter
from huiqi.documents.locks.roles import ROLES, roles
from huiqi.documents.tree import PolicyText
from huiqi.language.diagnostics import Findings, Place, problem
from huiqi.language.text import fold
from huiqi.language.yamltree import Map, Node, Scalar, Seq, read_yaml, want_map, want_text

HASH_LENGTH = 16
IMPRINT = "imprint"
"""The name of what is printed before and after the clauses."""


class Printed(Struct, frozen=True):
    """One clause as a text prints it: figures with roles, the place of each, where it begins."""

    clause: str
    digest: str
    figures: tuple[Bound, ...]
    places: tuple[Place, ...]
    begin: Place


class LockedFigure(Struct, frozen=True):
    """A figure of the lock: its canonical value, its role, the parameters that hold it or the reason why none does."""

    value: str
    role: str
    paths: tuple[str, ...]
    reason: str
    place: Place


class LockedClause(Struct, frozen=True):
    """A clause of the lock: hashes of the prints, figures in printed order."""

    digests: tuple[str, ...]
    figures: tuple[LockedFigure, ...]
    place: Place


class Lock(Struct, frozen=True):
    """What is locked of one policy; `imprints` has one entry for each print."""

    policy: str
    clauses: dict[str, LockedClause]
    imprints: tuple[LockedClause, ...]
    place: Place


def digest(text: str) -> str:
    """A hash of the wording: without blanks, whatever the width of its marks."""
    plain = re.sub(r"\s", "", fold(text)).replace("。", ".").replace("、", ",").replace("[", "(").replace("]", ")")
    return hashlib.sha256(plain.encode()).hexdigest()[:HASH_LENGTH]


def printed(policy: PolicyText) -> dict[str, Printed]:
    """The clauses of a text with their figures, and the imprint under `IMPRINT`."""
    out = {}
    for clause in policy.clauses():
        figures = find_figures(clause.text)
        said = roles(clause.text, figures)
        bound = tuple(Bound(f, r) for f, r in zip(figures, said, strict=True))
        places = tuple(clause.place(f.start) for f in figures)
        out[clause.id] = Printed(clause.id, digest(clause.text), bound, places, clause.place(0))
    out[IMPRINT] = _imprint(policy)
    return out


def _imprint(policy: PolicyText) -> Printed:
    """Letterhead, notice, title and copies: a date there is a date line, not a rule."""
    figures, places, texts = [], [], []
    for piece in (*policy.front, *policy.back):
        found = find_figures(piece.text)
        for figure, role in zip(found, roles(piece.text, found), strict=True):
            money = figure.quantity and figure.quantity.dimension.partition("/")[0] in ("元", "比率")
            figures.append(Bound(figure, role, reason="date" if role == "date" else "" if money or not figure.quantity else "page"))
            places.append(policy.source.place(piece.offset(figure.start)))
        texts.append(piece.text)
    first = policy.front[0].offset(0) if policy.front else 0
    return Printed(IMPRINT, digest("".join(texts)), tuple(figures), tuple(places), policy.source.place(first))


def write_lock(policy: str, prints: Sequence[PolicyText], parameters: Iterable[Parameter], general: Collection[str]) -> str:
    """The lock of one policy from its prints, as YAML; `general` as `bind` has it. Raises K009 where two prints do not print the same figures."""
    read = [printed(text) for text in prints]
    findings = Findings()
    for other in read[1:]:
        _same_prints(read[0], other, findings)
    findings.stop()
    clauses = {id_: clause.figures for id_, clause in read[0].items() if id_ != IMPRINT}
    imprints = [entry[IMPRINT] for entry in read]
    bind({**{f"{IMPRINT}.{n}": entry.figures for n, entry in enumerate(imprints)}, **clauses}, parameters, general)
    return "".join(f"{line}\n" for line in _lines(policy, read, clauses, imprints))


def _same_prints(first: Mapping[str, Printed], other: Mapping[str, Printed], findings: Findings) -> None:
    for id_ in dict.fromkeys((*first, *other)):
        if id_ == IMPRINT:
            continue
        a, b = ([f.figure.value for f in side[id_].figures] if id_ in side else None for side in (first, other))
        if a != b:
            findings.add("K009", (other.get(id_) or first[id_]).begin, clause=id_, other=str((first.get(id_) or other[id_]).begin))


def _lines(policy: str, read: Sequence[Mapping[str, Printed]], clauses: Mapping[str, Sequence[Bound]], imprints: Sequence[Printed]) -> Iterator[str]:
    yield f"policy: {policy}"
    yield "imprints:"
    for entry in imprints:
        yield f"- text: {entry.digest}"
        yield from _figures(entry.figures, "  ")
    yield "clauses:"
    for id_, figures in clauses.items():
        digests = dict.fromkeys(side[id_].digest for side in read)
        yield f"  {_plain(id_)}:"
        yield f"    text: {', '.join(digests)}" if len(digests) == 1 else f"    text: [{', '.join(digests)}]"
        yield from _figures(figures, "    ")


def _figures(figures: Sequence[Bound], indent: str) -> Iterator[str]:
    if figures:
        yield f"{indent}figures:"
    for n, bound in enumerate(figures, 1):
        held = f", holds: [{', '.join(map(_plain, bound.paths))}]" if bound.paths else f", reason: {bound.reason}" if bound.reason else ""
        yield f"{indent}- {{n: {n}, value: {_plain(bound.figure.value)}, role: {bound.role}{held}}}"


def _plain(text: str) -> str:
    return text if re.fullmatch(r"[\w.%〔〕（）\-/+—·、]+(?:#\d+)?", text) else "'" + text.replace("'", "''") + "'"


def read_lock(data: bytes, file: str) -> Lock:
    """Read a source.lock. Raises `Problems` (Y…, K001) where it is not one."""
    root = want_map(read_yaml(data, file))
    entries = root.entries
    clauses = want_map(_need(root, "clauses"))
    imprints = entries.get("imprints")
    return Lock(
        want_text(_need(root, "policy")).text,
        {id_: _clause(node) for id_, node in clauses.entries.items()},
        tuple(_clause(item) for item in (imprints.items if isinstance(imprints, Seq) else ())),
        root.place,
    )


def _need(item: Map, key: str) -> Node:
    if key not in item.entries:
        raise problem("K001", item.place, key=key)
    return item.entries[key]


def _clause(node: Node) -> LockedClause:
    item = want_map(node)
    figures = item.entries.get("figures")
    return LockedClause(_texts(_need(item, "text")), tuple(_figure(want_map(x)) for x in (figures.items if isinstance(figures, Seq) else ())), item.place)


def _figure(item: Map) -> LockedFigure:
    role, reason = want_text(_need(item, "role")).text, item.entries.get("reason")
    told = reason.text if isinstance(reason, Scalar) else ""
    if role not in ROLES or told not in ("", *REASONS):
        raise problem("K001", item.place, key="role, reason")
    return LockedFigure(want_text(_need(item, "value")).text, role, _texts(item.entries["holds"]) if "holds" in item.entries else (), told, item.place)


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(want_text(x).text for x in node.items) if isinstance(node, Seq) else (want_text(node).text,)
