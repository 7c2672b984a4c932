"""L007: two measures pay one matter for one thing, and no rule says whether both are paid. The only finding that `huiqi check` refuses."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.combine.report import Pair, undecided
from huiqi.language.diagnostics import Diagnostic, diagnostic
from huiqi.packs.model import Corpus, Measure


def check(corpus: Corpus, policies: tuple[str, ...]) -> Iterator[Diagnostic]:
    """The measures no rule decides between, those that pairs connect together, in the order of the documents."""
    pairs = [p for p in undecided(corpus) if {_policy(p.a), _policy(p.b)} & set(policies)]
    for group in _groups(pairs):
        shorts = [m.id if _policy(m) != _policy(group[0]) else m.id.rpartition("/")[2] for m in group[1:]]
        yield diagnostic("L007", group[-1].place, values="、".join([group[0].id, *shorts]), matter=group[0].matter)


def _policy(measure: Measure) -> str:
    return measure.id.partition("/")[0]


def _groups(pairs: list[Pair]) -> list[list[Measure]]:
    """Measures that pairs connect."""
    groups: list[dict[str, Measure]] = []
    for pair in pairs:
        joined = [g for g in groups if pair.a.id in g or pair.b.id in g]
        whole = {m.id: m for g in joined for m in g.values()} | {pair.a.id: pair.a, pair.b.id: pair.b}
        groups = [g for g in groups if g not in joined] + [whole]
    return [list(g.values()) for g in groups]
