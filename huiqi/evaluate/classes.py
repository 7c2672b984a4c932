"""The class of a firm by a national standard: what follows from its industry and figures, and what was determined against them (ADR 14)."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.evaluate.applicant import EARLIER, Values, in_year
from huiqi.packs.national import SizeClasses
from huiqi.packs.vocabulary import Fact, Vocabulary


def class_ends(facts: Values, sizes: SizeClasses, year: int, vocabulary: Vocabulary) -> tuple[int, int]:
    """The positions of the least and the greatest class that the industry and the figures of a year leave open."""
    position, names = facts.get(sizes.by), vocabulary.facts[sizes.by].values
    figures = {name: value for name in sizes.facts if (value := in_year(facts, name, year)) is not None}
    return sizes.ends((names[position],) if isinstance(position, int) else names, figures)


def contradicted(facts: Values, fact: Fact, sizes: SizeClasses, vocabulary: Vocabulary) -> Iterator[tuple[int, int, int]]:
    """The years whose class is given and cannot follow from the industry given and the figures, with the least and the greatest that can."""
    given = facts.get(fact.name)
    if isinstance(given, dict) and sizes.by in facts:
        for year, class_ in given.items():
            low, high = class_ends(facts, sizes, year, vocabulary)
            if year != EARLIER and not low <= class_ <= high:
                yield year, low, high
