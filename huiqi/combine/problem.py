"""The small model that is solved: candidates in the order they are paid, what forbids two of them, how many, how much. No packs here."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Candidate(Struct, frozen=True):
    """A result that can be chosen. Money in 分; the position of a candidate is the order in which it is paid.

    `amount`: what it pays before other candidates are taken off; `exact`: 定额; `rank`: its place in clause order, which
    decides between equals; `deducts`: positions of earlier candidates whose money is taken off.
    """

    amount: int
    exact: bool
    rank: int
    deducts: tuple[int, ...] = ()


class Count(Struct, frozen=True):
    """At most `most` of `members` can be chosen."""

    members: frozenset[int]
    most: int


class Cap(Struct, frozen=True):
    """All `members` together are paid at most `most`, in 分; only those in `cut` (paid after the others) lose what is above it."""

    members: frozenset[int]
    cut: frozenset[int]
    most: int


class Problem(Struct, frozen=True):
    """`conflicts`: pairs (lower position first) that cannot both be chosen."""

    candidates: tuple[Candidate, ...]
    conflicts: frozenset[tuple[int, int]] = frozenset()
    counts: tuple[Count, ...] = ()
    caps: tuple[Cap, ...] = ()

    def pay(self, chosen: Iterable[int]) -> dict[int, int]:
        """What each chosen candidate is paid: one after the other, less what it deducts, cut to what its caps leave."""
        paid: dict[int, int] = {}
        left = [cap.most for cap in self.caps]
        for at in sorted(chosen):
            candidate = self.candidates[at]
            amount = max(candidate.amount - sum(paid.get(d, 0) for d in candidate.deducts), 0)
            for number, cap in enumerate(self.caps):
                if at in cap.cut:
                    amount = min(amount, max(left[number], 0))
            for number, cap in enumerate(self.caps):
                if at in cap.members:
                    left[number] -= amount
            paid[at] = amount
        return paid

    def merit(self, paid: dict[int, int]) -> tuple[int, int, int]:
        """What decides: money as printed; on a tie the money that is exact, then the set that is first in clause order."""
        exact = sum(amount for at, amount in paid.items() if self.candidates[at].exact)
        return sum(paid.values()), exact, sum(1 << (len(self.candidates) - 1 - self.candidates[at].rank) for at, amount in paid.items() if amount)

    def components(self) -> list[list[int]]:
        """Positions that do not depend on each other, apart; each list in order."""
        home = list(range(len(self.candidates)))

        def find(at: int) -> int:
            while home[at] != at:
                home[at] = home[home[at]]
                at = home[at]
            return at

        ties = [*self.conflicts, *((at, d) for at, c in enumerate(self.candidates) for d in c.deducts)]
        for group in (*(x.members for x in self.counts), *(x.members for x in self.caps)):
            first, *others = sorted(group)
            ties += [(first, other) for other in others]
        for a, b in ties:
            home[find(a)] = find(b)
        groups: dict[int, list[int]] = {}
        for at in range(len(home)):
            groups.setdefault(find(at), []).append(at)
        return list(groups.values())
