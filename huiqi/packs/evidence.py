"""What proves the facts and records a measure rests on: who certifies each, as the vocabulary says."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.language import syntax as s
from huiqi.language.diagnostics import Problems
from huiqi.language.parser import parse
from huiqi.language.yamltree import Scalar
from huiqi.packs.drafts import expressions, walk
from huiqi.packs.model import Measure
from huiqi.packs.vocabulary import Vocabulary

RECORDS = "名册或认定文件"


def evidence(measure: Measure, words: Vocabulary) -> dict[str, list[str]]:
    """Names of facts and registers by who certifies them, in the order the rule names them; facts behind a derived one stand for it."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys([*measure.accrues.names, *_names(list(expressions(measure)), words)]):
        if name in words.registers:
            by = (words.registers[name].issuer or "") + RECORDS
        elif name in words.facts:
            by = words.facts[name].certifier
        else:
            continue
        found.setdefault(by, []).append(name)
    return found


def evidence_words(measure: Measure, words: Vocabulary) -> str:
    """`会计师事务所：研发投入；市名册或认定文件：链主企业`."""
    return "；".join(f"{by}：{'、'.join(names)}" for by, names in evidence(measure, words).items())


def _names(texts: list[Scalar], words: Vocabulary) -> Iterator[str]:
    for text in texts:
        try:
            tree = parse(text.text, text.place)
        except Problems:
            continue  # a word such as a class of a table
        for node in walk(tree):
            if isinstance(node, s.Name):
                fact = words.facts.get(node.path[-1])
                if fact and fact.formula:
                    yield from _names([Scalar(fact.formula, fact.formula_place)], words)
                else:
                    yield node.path[-1]
