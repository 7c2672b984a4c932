"""Who bears the best combination: its sums by who pays them, divided where the text prints shares."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from huiqi.combine.package import COURSES, Package, Split, split
from huiqi.evaluate.results import yuan
from huiqi.packs.funding import exact_parts, funding, part_json, parted
from huiqi.packs.model import Corpus, Funding


class Borne(Struct, frozen=True):
    """What those who pay together bear, in 分: by course, and each one's own where shares are printed. `paid` is None where no text says who pays."""

    paid: Funding | None
    courses: Split
    parts: dict[str, int] | None

    @property
    def total(self) -> int:
        return sum(self.courses.values())

    def as_json(self) -> dict[str, object]:
        """The object of `combination.by_funding`."""
        return {
            "by": list(self.paid.by) if self.paid else None,
            "share": part_json(self.paid) if self.paid else None,
            "totals": {course: yuan(self.courses[course]) for course in COURSES},
            "parts": None if self.parts is None else {payer: yuan(amount) for payer, amount in self.parts.items()},
        }


def borne(package: Package, corpus: Corpus, choices: Mapping[str, str]) -> list[Borne]:
    """The chosen sums by who pays, in the order they first appear. Each sum is divided by itself, so that its shares add up to the 分."""
    found: dict[Funding | None, Borne] = {}
    for result, amount in zip(package.chosen, package.amounts, strict=True):
        paid = funding(corpus, result.measure.id, choices)
        key = None if paid is None else replace(paid, at="", summary="")
        shares = None if paid is None else exact_parts(paid)
        entry = found.get(key) or Borne(key, dict.fromkeys(COURSES, 0), dict.fromkeys(shares, 0) if shares else None)
        more = split(result, amount)
        own = None if entry.parts is None or shares is None else {p: entry.parts[p] + x for p, x in parted(amount, shares).items()}
        found[key] = Borne(key, {c: entry.courses[c] + more[c] for c in COURSES}, own)
    return list(found.values())
