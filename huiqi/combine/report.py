"""Every overlap the corpus can hold: pairs of measures on one matter, between policies with the dates both are in force, and inside one policy."""

from __future__ import annotations

from itertools import combinations

from msgspec import Struct

from huiqi.combine.build import CASH
from huiqi.combine.contrary import contrary
from huiqi.combine.limits import Rule, rules
from huiqi.combine.overlap import authority, contains, reach, same_matter
from huiqi.language.yamltree import Map, Scalar, Seq
from huiqi.packs.model import Clause, Corpus, Measure, Policy
from huiqi.packs.vocabulary import Vocabulary
from huiqi.rules.measure import deducted

Entry = tuple[Policy, Clause, Measure]
CONTRARY = "contrary conditions"


class Pair(Struct, frozen=True):
    """Two measures on one matter; both policies are in force from `first_day` to `last_day` ('' = no end), both included.

    `decided`: the rule behind it: a limit, a deduction, conditions that exclude each other, the policy whose sentence on overlap reaches the other, or ''.
    """

    matter: str
    a: Measure
    b: Measure
    first_day: str
    last_day: str
    decided: str


def between_policies(corpus: Corpus) -> list[Pair]:
    """Pairs of different policies in force together, by matter, with the sentence or list that decides ('' where neither sentence reaches the other)."""
    found = []
    words = corpus.vocabulary
    named = rules(corpus, {})
    together, one_of = ([rule for rule in named if rule.form == form] for form in ("together", "one_of"))
    for a, b in combinations(_paying(corpus), 2):
        if a[0].id == b[0].id:
            continue
        alike = _alike(a[2], b[2], words)
        by = _by_list(a, b, together, words) or (alike and _by_sentence(a[0], b[0], words)) or _by_list(a, b, one_of, words)
        first, last = max(a[0].first_day, b[0].first_day), min(a[0].last_day or "9999", b[0].last_day or "9999")
        if (by or alike) and first <= last:
            wide = a[2].matter if contains(a[2].matter, b[2].matter, words) else b[2].matter
            found.append(Pair(wide, a[2], b[2], first, "" if last == "9999" else last, by))
    return sorted(found, key=lambda p: p.matter)


def inside_policies(corpus: Corpus) -> list[Pair]:
    """Pairs of one policy on one matter that can be about one thing, with the limit, deduction or contrary conditions that decide ('' = none)."""
    named = rules(corpus, {})
    found = []
    for a, b in combinations(_paying(corpus), 2):
        if a[0].id == b[0].id and _alike(a[2], b[2], corpus.vocabulary):
            found.append(Pair(a[2].matter, a[2], b[2], a[0].first_day, a[0].last_day, _by_rule(a, b, named, corpus)))
    return found


def undecided(corpus: Corpus) -> list[Pair]:
    """The pairs, inside one policy and between two, that no rule decides: `huiqi check` refuses them."""
    return [p for p in (*inside_policies(corpus), *between_policies(corpus)) if not p.decided]


def _by_rule(a: Entry, b: Entry, named: list[Rule], corpus: Corpus) -> str:
    """A list over both under any choice of its readings, what one deducts of the other, conditions that never hold together, or a count or sum of both."""
    own = [rule for rule in named if rule.policy.id == a[0].id]
    lists, sums = ([r for r in own if (r.form == "over") is over and all(_lists(r, m) for m in (a[2], b[2]))] for over in (False, True))
    if lists:
        return lists[0].limit.id
    if less := {a[2].id} & deducted(b[0], b[2]) or {b[2].id} & deducted(a[0], a[2]):
        return f"awarded({min(less)})"
    if contrary(a[2], b[2]):
        return CONTRARY
    return sums[0].limit.id if sums else ""


def _lists(rule: Rule, measure: Measure) -> bool:
    """Whether a limit lists the measure or its clause, under some choice of its readings; a matter lists nothing by itself."""
    return any(measure.id in item.measures for item in rule.items) or _written(rule, measure)


def _written(rule: Rule, measure: Measure) -> bool:
    """Whether a limit lists the measure under some choice of its readings."""
    node = rule.limit.written.entries[rule.form]
    choices = [item for key, item in node.entries.items() if key != "reading"] if isinstance(node, Map) and "reading" in node.entries else []
    short = measure.id.rpartition("/")[2]
    return any(isinstance(x, Scalar) and x.text in (short, short[:-1]) for choice in choices if isinstance(choice, Seq) for x in choice.items)


def _paying(corpus: Corpus) -> list[Entry]:
    return [entry for entry in corpus.measures.values() if entry[2].computed and entry[2].pays and entry[2].instrument in CASH and entry[2].matter]


def _by_list(a: Entry, b: Entry, lists: list[Rule], words: Vocabulary) -> str:
    """A limit that lists both, by themselves or by their matter, and lets one stand, or both."""
    for rule in lists:
        entries = {rule.entry(a[0], a[2], words), rule.entry(b[0], b[2], words)}
        if -1 not in entries and (len(entries) == 2 or rule.form == "together") and a[2].subject == b[2].subject:
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
