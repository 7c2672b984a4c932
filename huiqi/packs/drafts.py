"""Every rule that is written must parse and use words the vocabulary knows, even before it is computed."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.language import syntax as s
from huiqi.language.diagnostics import Findings, Problems, did_you_mean, quoted
from huiqi.language.parser import parse
from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.model import Corpus, Measure
from huiqi.packs.vocabulary import Vocabulary

EXPRESSION_KEYS = ("of", "by", "base", "rate", "cap", "fixed", "per", "each", "give", "from", "above")
OF_A_REGISTER = ("has", "held", "first")
FUNCTIONS = (
    *("has", "held", "first", "awarded", "sum", "count", "min", "max", "LPR"),
    *("本期", "前一年", "近三年", "前三年", "往年最高", "增量", "增速", "年均增长", "累计"),
    *("years_since", "first_full_year", "nth_year"),
)


def check_drafts(corpus: Corpus, findings: Findings) -> None:
    """Parse every condition and award; report faults of grammar and unknown facts, registers, kinds, functions."""
    for _, _, measure in corpus.measures.values():
        for text in expressions(measure):
            try:
                tree = parse(text.text, text.place)
            except Problems as problems:
                findings.take(problems)
                continue
            registers = {node.args[0].place: node.args[0] for node in walk(tree) if isinstance(node, s.Call) and node.function in OF_A_REGISTER and node.args}
            for node in walk(tree):
                if registers.get(node.place) is node:
                    _register(node, corpus, findings)
                else:
                    _check(node, corpus, findings)


def expressions(measure: Measure) -> Iterator[Scalar]:
    """All expressions of a measure, under every choice of its readings."""
    for node in measure.when:
        yield from condition_expressions(node)
    if measure.award is not None:
        yield from award_expressions(measure.award)


def condition_expressions(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Seq):
        for item in node.items:
            yield from condition_expressions(item)
    else:
        for key, item in node.entries.items():
            if key != "reading":
                yield from condition_expressions(item)


def award_expressions(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Seq):
        for item in node.items:
            yield from award_expressions(item)
    elif isinstance(node, Map):
        for key, item in node.entries.items():
            if key in ("when", "less"):
                yield from condition_expressions(item)
            elif key in EXPRESSION_KEYS:
                yield from (x for x in condition_expressions(item) if x.text != "none")
            else:
                yield from award_expressions(item)


def walk(tree: s.Expr) -> Iterator[s.Expr]:
    """The tree and everything in it."""
    yield tree
    for field in tree.__struct_fields__:
        value = getattr(tree, field)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, tuple) and len(item) == 2:
                item = item[1]
            if isinstance(item, s.Expr):
                yield from walk(item)


def _register(node: s.Expr, corpus: Corpus, findings: Findings) -> None:
    if not isinstance(node, s.Name):
        got = quoted(node.value) if isinstance(node, s.Text) else "表达式"
        findings.add("X002", node.place, want=("名册的名称（不加引号）", "the name of a register (without quotes)"), got=got)
        return
    name = ".".join(node.path)
    if name not in corpus.vocabulary.registers:
        findings.add("X008", node.place, name=name, **did_you_mean(name, corpus.vocabulary.registers, look="huiqi search"))


def _check(node: s.Expr, corpus: Corpus, findings: Findings) -> None:
    words = corpus.vocabulary
    match node:
        case s.Call(name, _, _, _, place) | s.Name((name, *_), place) if name.startswith("上年"):
            findings.add("X007", place)
        case s.Call(name, _, _, _, place) if name not in FUNCTIONS:
            findings.add("X004", place, name=name, **did_you_mean(name, FUNCTIONS))
        case s.Name(("t",) | ("申报日",), _) | s.Name(("认定", *_), _):
            pass
        case s.Name(path, place) if not _named(path, words):
            findings.add("X003", place, name=".".join(path), **_hint(path[-1], words))
        case s.Quantified(_, kind, _, place) if kind not in words.kinds:
            findings.add("P006", place, name=kind, table="kinds", **did_you_mean(kind, words.kinds))


def _hint(name: str, words: Vocabulary) -> dict[str, object]:
    """The nearest name; for an option without its quotes, that it needs them."""
    options = (*(v for f in words.facts.values() for v in f.values), *(v for r in words.registers.values() for v in (*r.levels, *r.events)))
    if name in options:
        return {"hint": f"；它是一个选项，请加单引号：'{name}'", "hint_en": f"; it is a choice and needs single quotes: '{name}'"}
    return did_you_mean(name, words.facts, words.registers, look="huiqi facts")


def _named(path: tuple[str, ...], words: Vocabulary) -> bool:
    first = path[0] in words.kinds if len(path) > 1 else True
    return first and any(path[-1] in table for table in (words.facts, words.registers, words.kinds))
