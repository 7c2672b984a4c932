"""The class of a firm by a national standard (企业规模): what was determined of it, else what its industry and figures make it."""

from __future__ import annotations

from huiqi.language.units import UNITS
from huiqi.packs.national import SizeClasses
from huiqi.packs.vocabulary import Fact, Vocabulary
from huiqi.rules.graph import Graph
from huiqi.rules.inputs import ClassInput, FactInput
from huiqi.rules.words import Either, Shown, Words, YearOf


def size_class(g: Graph, sizes: SizeClasses, fact: Fact, owner: str, back: int, words: Vocabulary) -> tuple[int, Words]:
    """The node of the class, a position among the fact's values, and the words after it that say which figures it follows from, where it does."""
    node = g.input(ClassInput(sizes.name, fact.name, owner, back), "选项", 1, 0, fact.greatest)
    by = words.facts[sizes.by]
    industry = g.input(FactInput(by.name, owner), "选项", 1, 0, by.greatest)
    told: list[Either] = []
    for name in sizes.facts:
        figure, unit = words.facts[name], UNITS[words.facts[name].unit]
        value = g.input(FactInput(name, owner, back), unit.dimension, unit.scale, figure.least, figure.greatest)
        using = [g.compare("=", industry, g.const(at, "选项")) for at, each in enumerate(by.values) if name in sizes.metrics(each)]
        told.append(Either(g.any(using), ("，", YearOf(back), f"年{name} ", Shown(value, figure.unit)), (), ()))
    source: Words = ("（按划型标准推算：", Shown(industry, "", by.values), *told, "）")
    given = g.input(FactInput(fact.name, owner, back, "given"), "?", 1, 0, 1)
    return node, (Either(given, (), source, source),)
