"""The two halves of the proof that a pack holds what its document prints: pack ↔ lock, and text ↔ lock."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from huiqi.documents.locks.binding import equal
from huiqi.documents.locks.derivation import derivation
from huiqi.documents.locks.figures import Figure, find_figures
from huiqi.documents.locks.lock import IMPRINT, Lock, LockedClause, LockedFigure, Printed, printed
from huiqi.documents.locks.parameters import Parameter
from huiqi.documents.tree import PolicyText
from huiqi.language.diagnostics import Diagnostic, Place, diagnostic

_BINDING = ("元", "比率", "百分点")


def pack_faults(lock: Lock, clauses: Mapping[str, Place], parameters: Iterable[Parameter]) -> Iterator[Diagnostic]:
    """Where pack and lock do not agree; `clauses` are those of the pack with their places. Codes K002–K006, K016."""
    stated = {p.path: p for p in parameters}
    for id_ in clauses.keys() - lock.clauses.keys():
        yield diagnostic("K006", clauses[id_], clause=id_, other=lock.place.file)
    for id_ in lock.clauses.keys() - clauses.keys():
        yield diagnostic("K006", lock.clauses[id_].place, clause=id_, other="policy.yaml")
    for id_, n, figure in _all_figures(lock):
        yield from _figure_faults(id_, n, figure, stated)
    yield from _crossed(lock)
    held = {path for _, _, figure in _all_figures(lock) for path in figure.paths}
    for parameter in stated.values():
        if not parameter.loose and parameter.path not in held and not derivation(parameter, lock, held, stated):
            yield diagnostic("K004", parameter.place, path=parameter.path, value=parameter.text, lock=lock.place.file)


_RUNG = re.compile(r"(?P<table>.+\.rows)\.(?P<row>\d+)\.(?P<key>from|above|rate|fixed|per)(?:[.#].*)?")


def _crossed(lock: Lock) -> Iterator[Diagnostic]:
    """Tables whose thresholds and awards are not paired as printed: the second threshold of “A、B的，分别x、y” goes with y. Code K016."""
    for id_, clause in lock.clauses.items():
        tables: dict[str, dict[str, dict[str, int]]] = {}
        for n, figure in enumerate(clause.figures, 1):
            for rung in filter(None, map(_RUNG.fullmatch, figure.paths)):
                tables.setdefault(rung["table"], {}).setdefault(rung["row"], {}).setdefault(rung["key"], n)
        for table, rows in tables.items():
            for key in ("rate", "fixed", "per"):
                awards = [row[key] for row in sorted(rows.values(), key=lambda r: r.get("from") or r.get("above") or 0) if key in row and len(row) > 1]
                if awards != sorted(awards):
                    yield diagnostic("K016", clause.place, clause=id_, path=table)


def _all_figures(lock: Lock) -> Iterator[tuple[str, int, LockedFigure]]:
    for id_, clause in [*((IMPRINT, x) for x in lock.imprints), *lock.clauses.items()]:
        for n, figure in enumerate(clause.figures, 1):
            yield id_, n, figure


def _figure_faults(clause: str, n: int, figure: LockedFigure, stated: Mapping[str, Parameter]) -> Iterator[Diagnostic]:
    where = {"clause": clause, "n": n, "value": figure.value}
    if not figure.paths:
        if not figure.reason:
            yield diagnostic("K002", figure.place, **where)
        elif figure.reason != "date" and any(f.quantity and f.quantity.dimension.partition("/")[0] in _BINDING for f in _figures(figure.value)):
            yield diagnostic("K005", figure.place, **where)
    for path in figure.paths:
        parameter = stated.get(path)
        if parameter is None:
            yield diagnostic("K003", figure.place, **where, path=path, found=("不在政策包里", "is not in the pack"))
        elif not states(figure.value, parameter):
            yield diagnostic("K003", parameter.place, **where, path=path, found=_found(parameter, figure))


def _found(parameter: Parameter, figure: LockedFigure) -> tuple[str, str]:
    """What a parameter holds instead of the figure, and where the lock has that."""
    return f"为 {parameter.text}（{figure.place}）", f"is {parameter.text} ({figure.place})"


@lru_cache(maxsize=4096)
def _figures(value: str) -> tuple[Figure, ...]:
    return find_figures(value)


def states(value: str, parameter: Parameter) -> bool:
    """Whether a parameter states the value of a lock."""
    if parameter.quantity is None:
        return value == parameter.text
    found = _figures(value)
    return len(found) == 1 and found[0].quantity is not None and equal(found[0].quantity, parameter.quantity)


def text_faults(lock: Lock, text: PolicyText, parameters: Iterable[Parameter]) -> Iterator[Diagnostic]:
    """Where a text differs from its lock: figures (K010–K012), whole clauses (K013, K014), wording alone (K015)."""
    stated = {p.path: p for p in parameters}
    found = printed(text)
    begin = found[IMPRINT].begin
    for id_, clause in lock.clauses.items():
        if id_ not in found:
            yield diagnostic("K013", Place(begin.file), clause=id_, count=len(clause.figures), lock=str(clause.place))
        else:
            yield from _compare(clause, found[id_], stated)
    for id_, printed_clause in found.items():
        if id_ == IMPRINT:
            yield from _compare(_nearest(lock.imprints, printed_clause), printed_clause, stated) if lock.imprints else ()
        elif id_ not in lock.clauses:
            yield diagnostic("K014", printed_clause.begin, clause=id_)


def _nearest(imprints: tuple[LockedClause, ...], found: Printed) -> LockedClause:
    values = [b.figure.value for b in found.figures]
    return max(imprints, key=lambda x: (found.digest in x.digests, difflib.SequenceMatcher(None, [f.value for f in x.figures], values).ratio()))


def _compare(locked: LockedClause, found: Printed, stated: Mapping[str, Parameter]) -> Iterator[Diagnostic]:
    """Faults of one clause: each figure that is other, missing or new; the wording where no figure changed."""
    if found.digest in locked.digests:
        return
    before, after = [f.value for f in locked.figures], [b.figure.value for b in found.figures]
    if before == after:
        yield diagnostic("K015", found.begin, clause=found.clause, lock=str(locked.place))
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(j - i, m - k)):
            old = locked.figures[i + step] if i + step < j else None
            at = found.places[k + step] if k + step < m else found.places[k] if k < len(found.places) else found.begin
            n = i + step + 1
            if old and k + step < m:
                yield diagnostic("K010", at, clause=found.clause, n=n, value=old.value, found=after[k + step], values=_held_by(old, stated))
            elif old:
                yield diagnostic("K011", at, clause=found.clause, n=n, value=old.value, values=_held_by(old, stated))
            else:
                yield diagnostic("K012", at, clause=found.clause, n=k + step + 1, found=after[k + step])


def _held_by(figure: LockedFigure, stated: Mapping[str, Parameter]) -> str:
    """`1.1a.rows.1.rate (policies/…/policy.yaml:44:26)`, or the reason, and the place in the lock."""
    held = [f"{path} ({stated[path].place})" for path in figure.paths if path in stated]
    return ", ".join(held) or f"{figure.reason or '—'} ({figure.place})"
