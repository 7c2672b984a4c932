"""Which parameter of a pack holds which printed figure.

Inside one clause figures and parameters of equal value are paired in printed order: first where both play the same role, then where the roles can
go together, then several to one where the clause prints a value once and the pack needs it twice, or the reverse. A figure of a general clause (terms,
definition, procedure, prose of a section, closing part) may also be held by a parameter of another clause. Values are always equal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from huiqi.documents.locks.figures import DATE, YEAR, Figure
from huiqi.documents.locks.parameters import Parameter
from huiqi.language.units import Quantity

REASONS = ("number", "date", "name", "reference", "outline", "page")
"""Why a figure may stand in no pack: a document's number, a date line, a proper name or class, a reference to an article, a number of a
list, a page or telephone number of the imprint."""

_COUNTS = frozenset(
    ["家", "个", "人", "辆", "项", "种", "台", "套", "款", "件", "次", "名", "户", "批", "位", "张", "条", "期", "座", "类", "支", "场", "所", "篇"]
)
_APART = frozenset(
    frozenset(pair) for pair in (("threshold", "amount"), ("threshold", "rate"), ("step", "cap"), ("step", "threshold"), ("target", "amount"), ("rate", "step"))
)


class Bound(Struct):
    """A printed figure with its role and what holds it: paths of parameters, or a reason, or neither."""

    figure: Figure
    role: str
    paths: list[str] = []
    reason: str = ""


def plain(quantity: Quantity) -> tuple[Fraction, str]:
    """A form in which equal quantities are equal: counts of any unit, years in months, points as a rate, 1%/年 as 1%."""
    value, dimension = quantity.value, quantity.dimension.removesuffix("/年")
    if dimension in _COUNTS:
        return value, "数"
    if dimension == "年":
        return value * 12, "月"
    return value, {"百分点": "比率"}.get(dimension, dimension)


def equal(printed: Quantity, stated: Quantity) -> bool:
    """Whether a parameter states what is printed; a bare number states any count, years or year of that number."""
    if stated.dimension == "" or printed.dimension == "":
        stated, printed = (stated, printed) if stated.dimension == "" else (printed, stated)
        return printed.value == stated.value and (printed.dimension in _COUNTS or printed.dimension in ("", "年", "月", YEAR))
    return plain(printed) == plain(stated)


def bind(clauses: Mapping[str, Sequence[Bound]], parameters: Iterable[Parameter], general: Collection[str] = ()) -> None:
    """Fill `paths` and `reason` of the figures of one policy, clause by clause; what belongs to the policy itself is looked for from the end.

    `general` are the clauses whose figures may rule the others: terms, definitions, procedures, prose of sections, the closing part.
    """
    stated = list(parameters)
    held: set[str] = set()
    for clause, figures in clauses.items():
        _pair(figures, [p for p in stated if p.clause == clause], held)
    common = [p for p in stated if not p.clause]
    for free in (True, False):
        for figures in reversed(list(clauses.values())):
            _one_to_one([b for b in figures if not (free and b.paths)], common, held, _same_role, taken=not free)
    _elsewhere([b for id_, figures in clauses.items() if id_ in general for b in figures], [p for p in stated if p.clause], held)
    for bound in (b for figures in clauses.values() for b in figures):
        if not bound.paths and bound.figure.quantity is None:
            bound.reason = bound.figure.kind


Fits = Callable[[Bound, Parameter], bool]


def _pair(figures: Sequence[Bound], parameters: Sequence[Parameter], held: set[str]) -> None:
    firm, loose = [p for p in parameters if not p.loose], [p for p in parameters if p.loose]
    _crowded(figures, firm, held)
    for taken, some in ((False, firm), (True, firm), (False, loose)):  # taken: printed once, stated again
        for fits in (_same_role, _can_go):
            _one_to_one(figures, some, held, fits, taken)
    for bound in figures:  # printed again
        if not bound.paths:
            same = (p for fits in (_same_role, _says_any) for p in parameters if fits(bound, p) and _states(bound.figure, p))
            _hold(bound, next(same, None), held)


def _crowded(figures: Sequence[Bound], parameters: Sequence[Parameter], held: set[str]) -> None:
    """Values printed more than once and stated still more often: each measure takes the print nearest to its other figures."""
    alike: dict[tuple[Fraction, str], list[int]] = {}
    for at, bound in enumerate(figures):
        if bound.figure.quantity is not None:
            alike.setdefault(plain(bound.figure.quantity), []).append(at)
    near: dict[str, list[int]] = {}
    for places in alike.values():
        if len(places) == 1:
            for parameter in parameters:
                if _states(figures[places[0]].figure, parameter):
                    near.setdefault(_owner(parameter), []).append(places[0])
    for places in alike.values():
        claims = [p for p in parameters if p.path not in held and any(_states(figures[at].figure, p) and _can_go(figures[at], p) for at in places)]
        if 1 < len(places) < len(claims):
            _settle(figures, places, claims, near, held)


def _settle(figures: Sequence[Bound], places: Sequence[int], claims: Sequence[Parameter], near: dict[str, list[int]], held: set[str]) -> None:
    chosen: dict[str, int] = {}
    for parameter in claims:
        around = near.get(_owner(parameter), [])
        load = Counter(chosen.values())

        def cost(at: int, parameter: Parameter = parameter, around: list[int] = around, load: Counter[int] = load) -> tuple[float, ...]:
            far = abs(at - sum(around) / len(around)) if around else load[at]
            if around and parameter.role == "date" and at > min(around):  # a year stands before what is to be reached by it
                far += len(figures)
            return (figures[at].role != parameter.role, far, load[at], at)

        chosen[parameter.path] = min((at for at in places if _can_go(figures[at], parameter)), key=cost)
        near.setdefault(_owner(parameter), []).append(chosen[parameter.path])
    for at in places:  # no print without a parameter where one can be spared
        load = Counter(chosen.values())
        spare = [p for p in claims if load[chosen[p.path]] > 1 and _can_go(figures[at], p)]
        if not load[at] and spare:
            chosen[min(spare, key=lambda p, at=at: (figures[at].role != p.role, abs(at - chosen[p.path]))).path] = at  # type: ignore[misc]
    for parameter in claims:
        _hold(figures[chosen[parameter.path]], parameter, held)


def _owner(parameter: Parameter) -> str:
    """The measure, limit, term, target or step a parameter belongs to."""
    rest = parameter.path.removeprefix(parameter.clause)
    found = re.match(r"[a-z]|\.L\d+|\.\w+\.[^.#]+", rest)
    return found[0] if found else rest


def _one_to_one(figures: Sequence[Bound], parameters: Sequence[Parameter], held: set[str], fits: Fits, taken: bool = False) -> None:
    for parameter in parameters:
        if parameter.path not in held:
            free = (b for b in figures if (taken or not b.paths) and fits(b, parameter) and _states(b.figure, parameter))
            _hold(next(free, None), parameter, held)


def _hold(bound: Bound | None, parameter: Parameter | None, held: set[str]) -> None:
    if bound is not None and parameter is not None:
        bound.paths.append(parameter.path)
        held.add(parameter.path)


def _states(figure: Figure, parameter: Parameter) -> bool:
    if figure.quantity is None or parameter.quantity is None:
        return figure.quantity is None and parameter.quantity is None and figure.label == parameter.text
    return equal(figure.quantity, parameter.quantity)


def _same_role(bound: Bound, parameter: Parameter) -> bool:
    return bound.role == parameter.role


def _says_any(bound: Bound, parameter: Parameter) -> bool:
    return parameter.role == ""


def _can_go(bound: Bound, parameter: Parameter) -> bool:
    return frozenset((bound.role, parameter.role)) not in _APART


def _elsewhere(figures: Sequence[Bound], parameters: Sequence[Parameter], held: set[str]) -> None:
    """A figure of a general clause may rule measures of other clauses: a limit, a ceiling, a condition for all. Days do so by derivation."""
    ruled = [p for p in parameters if not p.loose and p.quantity is not None and p.quantity.dimension not in (DATE, YEAR)]
    _one_to_one(figures, ruled, held, _can_go, taken=True)
