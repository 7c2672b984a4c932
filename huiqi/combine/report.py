"""Every overlap the corpus can hold: pairs of measures on one matter, between policies with the dates both are in force, and inside one policy."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from huiqi.combine.build import CASH
from huiqi.combine.limits import Rule, rules
from huiqi.combine.overlap import authority, contains, reach, same_matter
from huiqi.packs.model import Clause, Corpus, Measure, Policy
from huiqi.packs.vocabulary import Vocabulary
from huiqi.rules.measure import deducted

Entry = tuple[Policy, Clause, Measure]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two measures on one matter; both policies are in force from `first_day` to `last_day` ('' = no end), both included.

    `decided`: the rule behind it: a limit, the policy whose sentence on overlap reaches the other, or '' where nothing decides.
    """

    matter: str
    a: Measure
    b: Measure
    first_day: str
    last_day: str
    decided: str


def between_policies(corpus: Corpus) -> list[Pair]:
    """Pairs of different policies that the sentence on overlap decides, by matter; those never in force together are not among them."""
    found = []
    words = corpus.vocabulary
    lists = [rule for rule in rules(corpus, {}) if "one_of" in rule.limit.body.entries]
    for a, b in combinations(_paying(corpus), 2):
        if a[0].id == b[0].id:
            continue
        by = _by_sentence(a[0], b[0], words) if _alike(a[2], b[2], words) else _by_list(a, b, lists, words)
        if by:
            first, last = max(a[0].first_day, b[0].first_day), min(a[0].last_day or "9999", b[0].last_day or "9999")
            if first <= last:
                wide = a[2].matter if contains(a[2].matter, b[2].matter, words) else b[2].matter
                found.append(Pair(wide, a[2], b[2], first, "" if last == "9999" else last, by))
    return sorted(found, key=lambda p: p.matter)


def inside_policies(corpus: Corpus) -> list[Pair]:
    """Pairs of one policy on one matter and one kind of subject, with the limit or deduction that decides between them ('' = none, so both are paid)."""
    named = rules(corpus, {})
    found = []
    for a, b in combinations(_paying(corpus), 2):
        if a[0].id == b[0].id and a[2].subject == b[2].subject and _alike(a[2], b[2], corpus.vocabulary):
            together = [r.limit.id for r in named if all(any(m.id in item.measures for item in r.items) for m in (a[2], b[2]))]
            less = {a[2].id} & deducted(b[0], b[2]) or {b[2].id} & deducted(a[0], a[2])
            decided = together[0] if together else f"awarded({min(less)})" if less else ""
            found.append(Pair(a[2].matter, a[2], b[2], a[0].first_day, a[0].last_day, decided))
    return found


def undecided(corpus: Corpus) -> list[Pair]:
    """The pairs inside one policy that no rule decides and that one applicant could be paid both for the same thing (for `huiqi check`)."""
    return [p for p in inside_policies(corpus) if not p.decided and set(p.a.applicant) & set(p.b.applicant)]


def _paying(corpus: Corpus) -> list[Entry]:
    return [entry for entry in corpus.measures.values() if entry[2].computed and entry[2].pays and entry[2].instrument in CASH and entry[2].matter]


def _by_list(a: Entry, b: Entry, lists: list[Rule], words: Vocabulary) -> str:
    """A limit that lists both, by themselves or by their matter, and lets one stand."""
    for rule in lists:
        entries = {rule.entry(a[0], a[2], words), rule.entry(b[0], b[2], words)}
        if -1 not in entries and len(entries) == 2 and a[2].subject == b[2].subject:
            return rule.limit.id
    return ""


def _by_sentence(a: Policy, b: Policy, words: Vocabulary) -> str:
    if authority(b, words) in reach(a):
        return a.id
    return b.id if authority(a, words) in reach(b) else ""


def _alike(a: Measure, b: Measure, words: Vocabulary) -> bool:
    """Whether both can be about one thing: one matter, an applicant in common, and the same kind of subject or a wider matter of what it belongs to."""
    if not same_matter(a.matter, b.matter, words) or not _meet(a.applicant, b.applicant, words):
        return False
    if a.subject == b.subject or (a.subject and b.subject and _meet((a.subject,), (b.subject,), words)):
        return True
    yearly = a.accrues.mode in ("year", "recognition") and b.accrues.mode in ("year", "recognition")
    return yearly and any(contains(x.matter, y.matter, words) and (not x.subject or x.subject in _above(y.subject, words)) for x, y in ((a, b), (b, a)))


def _meet(a: tuple[str, ...], b: tuple[str, ...], words: Vocabulary) -> bool:
    return any(x in words.family(y) or y in words.family(x) for x in a for y in b)


def _above(kind: str, words: Vocabulary) -> set[str]:
    """The kinds a kind of subject can belong to."""
    found: set[str] = set()
    todo = list(words.kinds[kind].of) if kind in words.kinds else []
    while todo:
        here = todo.pop()
        if here not in found:
            found.add(here)
            todo += words.kinds[here].of
    return found
