"""A calculator of its own for the sums of cases: `（1000万元-800万元）×5%=10万元`. It shares nothing with the engine.

A sum is free text. Its chains of equalities are computed with decimals; the amount of the case must be what one of them comes to, rounded
half up to 分, or must stand in the text (限200万元). Money counts in 元; what is counted (步, 辆, 公斤) has no unit here.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal, DecimalException, localcontext

from huiqi.language.diagnostics import diagnostic
from huiqi.language.units import format_money
from huiqi.workbench.cases import Case
from huiqi.workbench.runner import Fault

COMPUTED, STATED, UNVERIFIED = "computed", "stated", "unverified"

_UNIT = "万亿|亿|千万|百万|万|千|百"
_NUMBER = rf"[0-9][0-9,]*(?:\.[0-9]+)?(?:(?:{_UNIT})*)(?:元|%|‰|个百分点|[\u4e00-\u9fff]{{0,2}}?(?=[-+×*÷/=（()）−]|$))?"
_TOKEN = re.compile(rf"\s*(?:(?P<number>{_NUMBER})|(?P<mark>[-+×*÷/()]))")
_PARTS = re.compile(rf"(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<times>(?:{_UNIT})*)(?P<unit>.*)")
_RUN = re.compile(rf"(?:{_NUMBER}|[-+×*÷/()\s])+")
_TIMES = {"万亿": 12, "亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3, "百": 2}
_SHARES = {"%": Decimal("0.01"), "个百分点": Decimal("0.01"), "‰": Decimal("0.001")}
_PART_OF_RANGE = rf"[0-9][0-9,]*(?:\.[0-9]+)?(?:{_UNIT})*(?:元|%)?"
_MONEY = re.compile(rf"([0-9][0-9,]*(?:\.[0-9]+)?(?:{_UNIT})*)元")
_PLAIN = str.maketrans("（）＋－−＝％＊", "()+--=%*")
_FEN = Decimal("0.01")
_LABEL = re.compile(r"(?<=[-+×*÷/(])(?:[A-Z][0-9]?|[0-9]{4}(?=年))?[\u4e00-\u9fff]+(?=[0-9(])")  # 3000万元-往年已获500万元
_FROM = re.compile(rf"{_PART_OF_RANGE}至(?=[0-9])")  # of a range the high end is the amount


def check_sums(cases: list[Case]) -> tuple[Counter[str], list[Fault]]:
    """How many amounts above zero are computed, stated or neither; and every fault."""
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    for case in cases:
        for expected in case.expected:
            amount = expected.money.get("amount")
            how, wrong = examine(expected.sum, amount or None)
            faults += [Fault(case.name, diagnostic(code, expected.places["sum"], **values), expected.sum) for code, values in wrong]
            if amount:
                counts[how] += 1
    return counts, faults


def examine(text: str, fen: int | None) -> tuple[str, list[tuple[str, dict[str, str]]]]:
    """How the sum `text` proves the amount `fen`, and its faults as codes with their values (T004 an equality, T005 the amount)."""
    faults: list[tuple[str, dict[str, str]]] = []
    ends: list[Decimal] = []
    for chain in chains(text):
        values = [value(side) for side in chain]
        for side, found, following in zip(chain, values, values[1:], strict=False):
            if found != following:
                faults.append(("T004", {"text": "=".join(chain), "want": f"{side}={_shown(found, '元' in side)}"}))
                break
        ends.append(values[0])
    if fen is None:
        return "", faults
    amount = Decimal(fen) / 100
    if any(end.quantize(_FEN, ROUND_HALF_UP) == amount for end in ends):
        return COMPUTED, faults
    if amount in [value(m[0]) for m in _MONEY.finditer(text.translate(_PLAIN))]:
        return STATED, faults
    if ends and not faults:
        faults.append(("T005", {"got": _shown(ends[-1], True), "want": format_money(fen)}))
    return UNVERIFIED, faults


def _shown(number: Decimal, money: bool) -> str:
    """A number as people write it: money in 万元 and 亿元 where it is whole 分."""
    fen = number * 100
    return format_money(int(fen)) if money and fen == fen.to_integral_value() else f"{number.normalize():f}"


def chains(text: str) -> list[list[str]]:
    """The arithmetic of a text, each equality as its sides; words around them are left out, a sum without `=` has one side."""
    found = []
    for segment in re.split(r"[，；。、：:;]|,(?![0-9])", text.translate(_PLAIN)):
        sides = _FROM.sub("", _LABEL.sub("", segment)).split("=")
        sides[0] = _last_run(sides[0])
        if len(sides) > 1:
            sides[-1] = _first_run(sides[-1])
        if all(_reads(side) for side in sides) and (len(sides) > 1 or re.search("[-+×*÷/]", sides[0])):
            found.append([side.strip() for side in sides])
    return found


def _last_run(text: str) -> str:
    """The arithmetic a side ends with; nothing where words stand in the middle of it."""
    runs = list(_RUN.finditer(text))
    if not runs or runs[-1].end() != len(text) or any(mark in text[: runs[-1].start()] for mark in "-+×*÷/("):
        return ""
    return runs[-1][0].strip()


def _first_run(text: str) -> str:
    """The arithmetic a side begins with; nothing where a power or a word goes on with it."""
    found = _RUN.match(text.strip())
    return found[0].strip() if found and text.strip()[found.end() : found.end() + 1] not in ("^", "³", "²") else ""


def _reads(text: str) -> bool:
    try:
        value(text)
    except (ValueError, DecimalException):
        return False
    return True


def value(text: str) -> Decimal:
    """What an arithmetic expression comes to, exact to sixty digits. Raises ValueError for anything else."""
    tokens = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if not match:
            raise ValueError(text)
        tokens.append(match["number"] or match["mark"])
        at = match.end()
    with localcontext() as context:
        context.prec = 60
        result, rest = _sum(tokens)
    if rest:
        raise ValueError(text)
    return result


def _sum(tokens: list[str]) -> tuple[Decimal, list[str]]:
    total, rest = _product(tokens)
    while rest and rest[0] in "+-":
        other, after = _product(rest[1:])
        total, rest = (total + other if rest[0] == "+" else total - other), after
    return total, rest


def _product(tokens: list[str]) -> tuple[Decimal, list[str]]:
    total, rest = _atom(tokens)
    while rest and rest[0] in "×*÷/":
        other, after = _atom(rest[1:])
        total, rest = (total * other if rest[0] in "×*" else total / other), after
    return total, rest


def _atom(tokens: list[str]) -> tuple[Decimal, list[str]]:
    if not tokens:
        raise ValueError("")
    if tokens[0] == "(":
        inner, rest = _sum(tokens[1:])
        if not rest or rest[0] != ")":
            raise ValueError("(")
        return inner, rest[1:]
    parts = _PARTS.fullmatch(tokens[0])
    if not parts:
        raise ValueError(tokens[0])
    number = Decimal(parts["digits"].replace(",", ""))
    for times in re.findall(_UNIT, parts["times"]):
        number = number.scaleb(_TIMES[times])
    return number * _SHARES.get(parts["unit"], Decimal(1)), tokens[1:]
