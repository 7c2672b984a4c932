"""Two documents compared clause by clause: wording and figures apart."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from huiqi.documents.locks.figures import Figure, find_figures
from huiqi.documents.tree import Clause, PolicyText
from huiqi.language.diagnostics import Place

ALIKE = 0.4
"""Clauses of one id are one clause when their wording is at least this alike."""
MOVED = 0.6
"""A clause without a partner of its id is the likest one left, if at least this alike."""
FIGURE = "\ue000"
"""Stands for a figure while wording is compared."""
LONGEST = 20_000
"""Of longer clauses only so much is compared; what differs is told as one stretch."""


class Edit(Struct, frozen=True):
    """One stretch that differs: what the left prints, what the right prints, with a little of what both print around it, and where."""

    before: str
    left: str
    right: str
    after: str
    left_at: Place
    right_at: Place


class Change(Struct, frozen=True):
    """A clause on both sides or on one: how its wording and its figures differ."""

    left: Clause | None
    right: Clause | None
    wording: tuple[Edit, ...] = ()
    figures: tuple[Edit, ...] = ()

    @property
    def kind(self) -> str:
        """same, changed, renumbered (nothing but the id), added or removed."""
        if self.left is None or self.right is None:
            return "added" if self.left is None else "removed"
        if self.wording or self.figures:
            return "changed"
        return "same" if self.left.id == self.right.id else "renumbered"


def compare(left: PolicyText, right: PolicyText) -> list[Change]:
    """Every clause of both policies, in the order of the right one; what only the left has comes after its predecessor."""
    a, b = list(left.clauses()), list(right.clauses())
    partner = _align(a, b)
    changes = [_change(a[partner[j]] if j in partner else None, clause) for j, clause in enumerate(b)]
    position = {i: j for j, i in partner.items()}
    for i in reversed(range(len(a))):
        if i not in position:
            after = max((position[k] for k in range(i) if k in position), default=-1)
            changes.insert(after + 1, _change(a[i], None))
    return changes


def _align(a: Sequence[Clause], b: Sequence[Clause]) -> dict[int, int]:
    """For each clause of `b` the clause of `a` it is: of the same id, else the likest."""
    ids = {clause.id: i for i, clause in enumerate(a)}
    partner = {j: ids[c.id] for j, c in enumerate(b) if c.id in ids and _alike(a[ids[c.id]].text, c.text, ALIKE)}
    free_a = [i for i in range(len(a)) if i not in partner.values()]
    free_b = [j for j in range(len(b)) if j not in partner]
    ranked = sorted((-_likeness(a[i].text, b[j].text, MOVED), abs(i - j), i, j) for i in free_a for j in free_b)
    for like, _, i, j in ranked:
        if -like >= MOVED and j not in partner and i not in partner.values():
            partner[j] = i
    return partner


def _alike(a: str, b: str, least: float) -> bool:
    return _likeness(a, b, least) >= least


def _likeness(a: str, b: str, least: float) -> float:
    """Likeness from 0 to 1; 0 where a quick look shows that it is below `least`."""
    matcher = SequenceMatcher(None, a[:LONGEST], b[:LONGEST], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least else 0.0


def _change(left: Clause | None, right: Clause | None) -> Change:
    if left is None or right is None:
        return Change(left, right)
    if left.text == right.text:
        return Change(left, right)
    a, b = find_figures(left.text), find_figures(right.text)
    return Change(left, right, tuple(_wording(left, right, a, b)), tuple(_figures(left, right, a, b)))


def _figures(left: Clause, right: Clause, a: Sequence[Figure], b: Sequence[Figure]) -> list[Edit]:
    """The figures that differ, each with the words before it."""
    found = []
    matcher = SequenceMatcher(None, [f.value for f in a], [f.value for f in b], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(j - i, m - k)):
            one, other = (a[i + step] if i + step < j else None), (b[k + step] if k + step < m else None)
            shown, clause = (other, right) if other else (one, left)
            before = clause.text[max(shown.start - 12, 0) : shown.start] if shown else ""
            after = clause.text[shown.end : shown.end + 8] if shown else ""
            at = left.place(one.start if one else _near(a, i, left)), right.place(other.start if other else _near(b, k, right))
            found.append(Edit(before, one.value if one else "", other.value if other else "", after, *at))
    return found


def _near(figures: Sequence[Figure], at: int, clause: Clause) -> int:
    return figures[at].start if at < len(figures) else len(clause.text) - 1


def _wording(left: Clause, right: Clause, a: Sequence[Figure], b: Sequence[Figure]) -> list[Edit]:
    """The stretches of words that differ, figures left out of account; line breaks and spaces do not count."""
    one, one_at = _words(left, a)
    other, other_at = _words(right, b)
    found = []
    for i, j, k, m in _stretches(one, other):
        more = max(j - i, m - k) == 1 and one[j : j + 1] == other[m : m + 1] > "\u4e00"
        end, other_end = j + more, m + more  # a single character is shown with its neighbour: 营造, not 营
        before, after = one[max(i - 10, 0) : i], one[end : end + 10]
        at = left.place(_index(one_at, i, left)), right.place(_index(other_at, k, right))
        found.append(Edit(_shown(before), _shown(one[i:end]), _shown(other[k:other_end]), _shown(after), *at))
    return found


def _words(clause: Clause, figures: Sequence[Figure]) -> tuple[str, list[int]]:
    """The text with one sign for each figure and no blanks, and the index of each sign in the clause."""
    inside = {index: figure.start for figure in figures for index in range(figure.start, figure.end)}
    kept = [(FIGURE if i in inside else char, i) for i, char in enumerate(clause.text) if inside.get(i, i) == i and not char.isspace()]
    return "".join(char for char, _ in kept), [i for _, i in kept]


def _stretches(one: str, other: str) -> list[tuple[int, int, int, int]]:
    """What differs, stretches with hardly anything common between them taken together."""
    if max(len(one), len(other)) > LONGEST:
        return [] if one == other else [(0, len(one), 0, len(other))]
    found: list[tuple[int, int, int, int]] = []
    for tag, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and i - found[-1][1] <= 1:
            found[-1] = (found[-1][0], j, found[-1][2], m)
        else:
            found.append((i, j, k, m))
    return [(i, j, k, m) for i, j, k, m in found if one[i:j].replace(FIGURE, "") != other[k:m].replace(FIGURE, "")]


def _index(at: Sequence[int], i: int, clause: Clause) -> int:
    return at[i] if i < len(at) else len(clause.text) - 1


def _shown(text: str) -> str:
    return text.replace(FIGURE, "▢")
