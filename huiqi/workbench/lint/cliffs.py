"""L001: cliffs, from the exact curve of a sum against one of its numbers, with the interval they spoil.

Where the sum falls, every firm from there to the value that pays as much again is worse off. Where a higher rate takes hold of the whole base,
every firm just below gains more than it would have to add. Tiers of fixed sums are steps on purpose and are not reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise, product

from msgspec import Struct

from huiqi.language.diagnostics import Diagnostic, diagnostic
from huiqi.language.units import UNITS, format_money, format_steps
from huiqi.packs.model import Corpus
from huiqi.packs.vocabulary import Fact
from huiqi.rules.graph import MONEY
from huiqi.rules.inputs import FactInput, Input
from huiqi.rules.measure import Rule
from huiqi.rules.pieces import Form, NotPiecewise, Pieces, pieces
from huiqi.rules.program import End
from huiqi.workbench.lint.steps import choice_ends

_MOST = 40  # backgrounds that are tried


class Cliff(Struct, frozen=True):
    """At `at` the sum goes from `before` to `after` (分); from `first` to `last` of the fact it would be better to stand elsewhere."""

    at: int
    before: int
    after: int
    first: int
    last: int


def check(rule: Rule, corpus: Corpus) -> Iterator[Diagnostic]:
    """The cliffs of a measure against each number its sum rests on; only shapes with several steps have any."""
    if sum(line.given is not None for line in rule.lines) < 2:
        return
    found: dict[str, dict[int, Cliff]] = {}
    for read in rule.reads(rule.amount, *(line.given for line in rule.lines if line.given is not None)):
        fact = corpus.vocabulary.facts.get(read.fact) if isinstance(read, FactInput) and not read.part else None
        if fact is None or fact.unit not in UNITS or fact.formula:
            continue
        for background in _backgrounds(rule, read):
            for cliff in _cliffs(rule, read, background, fact):
                found.setdefault(fact.name, {}).setdefault(cliff.at, cliff)
    for name, cliffs in found.items():
        told = [_told(cliff, corpus.vocabulary.facts[name].unit) for _, cliff in sorted(cliffs.items())]
        why, why_en = ("；".join(texts) for texts in zip(*told, strict=True))
        yield diagnostic("L001", rule.measure.place, measure=rule.measure.id, fact=name, why=why, why_en=why_en)


def _told(cliff: Cliff, unit: str) -> tuple[str, str]:
    """A cliff in words, Chinese and English."""
    at, first, last = format_steps(cliff.at, unit), _about(cliff.first, unit), _about(cliff.last, unit)
    before, after = format_money(cliff.before), format_money(cliff.after)
    if cliff.after < cliff.before:
        return f"到{at}由{before}降为{after}，至{last}都得的更少", f"at {at} it falls from {before} to {after} and pays less up to {last}"
    return (
        f"到{at}由{before}升为{after}，自{first}起补到这一档不亏",
        f"at {at} it rises from {before} to {after}; from {first} on, reaching it pays for itself",
    )


def _about(steps: int, unit: str) -> str:
    """A value, to 万元 where it is money."""
    wan = 10**6
    if unit != "元" or steps % wan == 0 or steps < 100 * wan:
        return format_steps(steps, unit)
    return f"约{format_money(round(steps / wan) * wan)}"


def _backgrounds(rule: Rule, free: Input) -> Iterator[dict[Input, int]]:
    """Values for every other input: numbers at their least or greatest, conditions true or false, each choice."""
    program = rule.exact
    inputs = {end.read: program.ops[number] for number, end in program.inputs() if end.read != free}
    choices = {read: labels for read, labels in choice_ends(rule.graph).items() if read in inputs}
    for labels in islice(product(*choices.values()), _MOST // 4):
        for high, truth in product((False, True), (True, False)):
            yield {read: (int(truth) if op.type == "bool" else op.greatest if high else op.least) for read, op in inputs.items()} | dict(
                zip(choices, labels, strict=True)
            )


def _cliffs(rule: Rule, free: Input, background: dict[Input, int], fact: Fact) -> list[Cliff]:
    program = rule.exact
    ends = [end for _, end in program.inputs()]
    values: dict[End, int] = {end: background[end.read] for end in ends if end.read != free}
    try:
        made = pieces(program, values, {end for end in ends if end.read == free}, fact.least, fact.greatest)
    except NotPiecewise:
        return []
    eligible, amount = made["eligible"], made["amount"]
    found = []
    for (_, a), (first, b) in pairwise(amount):
        if not (_at(eligible, first - 1) and _at(eligible, first)):
            continue
        before, after = a.at(first - 1), b.at(first)
        if after < before - 1:
            found.append(Cliff(first, before, after, first, _until(amount, first, before, fact.greatest)))
        elif fact.unit == MONEY and not (a.constant or b.constant) and after - before > b.at(first + 1) - after + 1:
            found.append(Cliff(first, before, after, _since(a, first, after, fact.least), first))
    return found


def _at(made: Pieces, x: int) -> int:
    return next(form for start, form in reversed(made) if start <= x).at(x)


def _until(amount: Pieces, first: int, before: int, greatest: int) -> int:
    """The last value from `first` on that pays less than `before`: where the sum comes back by bisection, it rises from there."""
    low, high = first, greatest
    if _at(amount, high) < before:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _at(amount, middle) < before else (low, middle)
    return low


def _since(a: Form, first: int, after: int, least: int) -> int:
    """The least value below `first` from which the sum gained is no less than what must be added (both in 分)."""
    low, high = least, first
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if after - a.at(middle) >= first - middle else (middle, high)
    return high
