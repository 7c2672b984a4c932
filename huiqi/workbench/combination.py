"""What a case expects of the best combination, compared with what it is: chosen, dropped, totals, limits, as `match --json` prints them."""

from __future__ import annotations

from typing import cast

from huiqi.combine.package import Package
from huiqi.language.diagnostics import Diagnostic, diagnostic
from huiqi.language.units import read_quantity
from huiqi.language.yamltree import Map, Node, Scalar, Seq, want_map
from huiqi.workbench.cases import Case

_MONEY = ("amount", "at_most", "before", "certain", "up_to", "if_selected")


def check_combination(case: Case, package: Package) -> list[Diagnostic]:
    """Each list the case names must be whole, in any order; of each entry the keys it names must agree."""
    if case.combination is None:
        return []
    found = package.as_json()
    policy = case.policies[0] if case.policies else ""
    faults: list[Diagnostic] = []
    for key, node in case.combination.entries.items():
        if key == "totals":
            wanted = _entry(want_map(node), policy)
            totals = cast(dict[str, object], found["totals"])
            faults += [_differs(node, name, value, totals.get(name)) for name, value in wanted.items() if totals.get(name) != value]
        elif key != "sum":
            faults += _list(node, key, cast(list[dict[str, object]], found[key]), policy)
    return faults


def _list(node: Node, key: str, has: list[dict[str, object]], policy: str) -> list[Diagnostic]:
    left = list(has)
    faults = []
    for item in node.items if isinstance(node, Seq) else ():
        wanted = _entry(want_map(item), policy)
        fits = next((x for x in left if all(x.get(k) == v for k, v in wanted.items())), None)
        if fits is None:
            near = [x for x in left if x.get("measure", x.get("id")) == wanted.get("measure", wanted.get("id"))]
            faults.append(_differs(item, key, _short(wanted), "；".join(_short(x) for x in near or left)))
        else:
            left.remove(fits)
    if left and not faults:
        faults.append(_differs(node, key, "—", "；".join(_short(x) for x in left)))
    return faults


def _entry(item: Map, policy: str) -> dict[str, object]:
    return {key: _value(key, node, policy) for key, node in item.entries.items()}


def _value(key: str, node: Node, policy: str) -> object:
    text = node.text if isinstance(node, Scalar) else ""
    if key in _MONEY and not text.isdigit():  # a limit that counts has a plain number
        fen = read_quantity(text, "元", node.place)
        return f"{fen // 100}.{fen % 100:02d}"
    if key in ("measure", "in_favour_of", "id") and policy and "/" not in text:
        return f"{policy}/{text}"
    return text


def _short(entry: dict[str, object]) -> str:
    return " ".join(f"{key}={value}" for key, value in entry.items() if value is not None and key != "because")


def _differs(node: Node, what: str, want: object, got: object) -> Diagnostic:
    return diagnostic("T007", node.place, what=what, want=str(want), got=str(got) or "—")
