"""L007: two measures of one policy pay one matter of one subject, and no rule says whether both can be had."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from huiqi.combine.overlap import same_matter
from huiqi.language.diagnostics import Diagnostic, diagnostic
from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.model import Clause, Corpus, Measure
from huiqi.rules.measure import deducted

_CASH = ("grant", "interest", "insurance", "voucher", "rent")
_OPPOSITE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "=": "!=", "!=": "="}
_AMONG = re.compile(r"(\w+)\s*(?:=\s*'[^']*'|in\s*\((?:\s*'[^']*'\s*,?)+\))")
_TEST = re.compile(r"(.+?)\s*(>=|<=|!=|=|>|<)\s*(.+)")


def check(corpus: Corpus, policies: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Pairs of computed measures that pay, in the order of the document."""
    for policy in (corpus.policies[p] for p in policies):
        entries = [(c, m) for c in policy.clauses for m in c.measures if m.computed and m.pays and m.instrument in _CASH and m.matter]
        limits = [limit for c in policy.clauses for limit in c.limits]
        pairs = []
        for (clause, a), (other, b) in combinations(entries, 2):
            if not _alike(a, b, corpus) or _exclusive(a, b) or a.id in deducted(policy, b) or b.id in deducted(policy, a):
                continue
            if not any(limit.names(a.id) and limit.names(b.id) for limit in limits) and not _said(clause, other):
                pairs.append((a, b))
        for group in _groups(pairs):
            names = "、".join(m.id.rpartition("/")[2] for m in group)
            yield diagnostic("L007", group[0].place, values=f"{policy.id} {names}", matter=group[0].matter)


def _alike(a: Measure, b: Measure, corpus: Corpus) -> bool:
    """One matter, of the same kind of subject, paid to the same, accruing to the same."""
    same = (a.subject, a.payee, a.accrues) == (b.subject, b.payee, b.accrues)
    return same and bool(set(a.applicant) & set(b.applicant)) and same_matter(a.matter, b.matter, corpus.vocabulary)


def _groups(pairs: list[tuple[Measure, Measure]]) -> list[list[Measure]]:
    """Measures that pairs connect, in the order of the document."""
    groups: list[dict[str, Measure]] = []
    for a, b in pairs:
        joined = [g for g in groups if a.id in g or b.id in g]
        whole = {m.id: m for g in joined for m in g.values()} | {a.id: a, b.id: b}
        groups = [g for g in groups if g not in joined] + [whole]
    return [list(g.values()) for g in groups]


def _said(a: Clause, b: Clause) -> bool:
    """Whether a clause is about how the two add up: left to readings and terms of the clause, which a reader sees."""
    return any("叠加" in r.about or "同时" in r.about or "并得" in r.about for c in (a, b) for r in c.readings)


def _exclusive(a: Measure, b: Measure) -> bool:
    """Whether a condition of one excludes a condition of the other, on its face."""
    return any(_excludes(x, y) for x in _parts(a.when) for y in _parts(b.when))


def _parts(when: tuple[Node, ...]) -> list[str]:
    found = []
    for node in when:
        if isinstance(node, Scalar):
            found += [part.strip() for part in re.split(r"\band\b|且", node.text)]
        elif isinstance(node, (Map, Seq)):
            continue
    return found


def _values(part: str) -> tuple[str, frozenset[str]] | None:
    """The fact and the values that `fact in ('a', 'b')` or `fact = 'a'` lets in."""
    found = _AMONG.fullmatch(part)
    return (found[1], frozenset(re.findall("'([^']*)'", part))) if found else None


def _excludes(x: str, y: str) -> bool:
    if x in (f"not {y}", f"not ({y})") or y in (f"not {x}", f"not ({x})"):
        return True
    one, other = _values(x), _values(y)
    if one and other and one[0] == other[0]:
        return not one[1] & other[1]
    a, b = _TEST.fullmatch(x), _TEST.fullmatch(y)
    if not a or not b or a[1] != b[1]:
        return False
    if a[2] == b[2] == "=":
        return a[3] != b[3]
    return a[3] == b[3] and _OPPOSITE[a[2]] == b[2]
