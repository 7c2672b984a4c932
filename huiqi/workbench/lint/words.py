"""L004: facts and registers nobody certifies; L005: facts and registers no rule uses; L006: readings without an alternative."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from huiqi.language import syntax as s
from huiqi.language.diagnostics import Diagnostic, Place, Problems, diagnostic
from huiqi.language.parser import parse
from huiqi.language.yamltree import Map, Node, Scalar, Seq, read_yaml
from huiqi.packs.drafts import expressions, walk
from huiqi.packs.model import Corpus

_NOBODY = ("", "待定", "无", "—", "-", "TODO", "不详")


def used_words(corpus: Corpus) -> set[str]:
    """Every name that measures, limits and the formulas and size classes of used facts mention."""
    texts = [x.text for _, _, m in corpus.measures.values() for x in expressions(m)]
    texts += [name for _, _, m in corpus.measures.values() for name in m.accrues.names]
    for policy in corpus.policies.values():
        for clause in policy.clauses:
            texts += [x for limit in clause.limits for x in _scalars(limit.written)]
    used: set[str] = set()
    todo = texts
    while todo:
        new = {name for text in todo for name in _names(text)} - used
        used |= new
        named = [f for f in corpus.vocabulary.facts.values() if f.name in new]
        todo = [f.formula for f in named if f.formula] + [name for f in named if f.series for name in _of_series(corpus, f.series)]
    return used


def _of_series(corpus: Corpus, series: str) -> tuple[str, ...]:
    """The facts that size classes go by."""
    sizes = corpus.sizes[series]
    return (sizes.by, *sizes.facts)


def _names(text: str) -> set[str]:
    try:
        return {node.path[-1] for node in walk(parse(text, Place(""))) if isinstance(node, s.Name)}
    except Problems:
        return {text}


def _scalars(node: Node) -> Iterator[str]:
    match node:
        case Scalar(text):
            yield text
        case Seq(items):
            for item in items:
                yield from _scalars(item)
        case Map(entries):
            for item in entries.values():
                yield from _scalars(item)


def certifiers(corpus: Corpus, used: set[str]) -> Iterator[Diagnostic]:
    """L004 for facts and registers that rules use."""
    for fact in corpus.vocabulary.facts.values():
        if fact.name in used and not fact.formula and fact.certifier.strip() in _NOBODY:
            yield diagnostic("L004", fact.place, what="指标", what_en="fact", name=fact.name, key="certifier")
    for register in corpus.vocabulary.registers.values():
        if register.name in used and register.issuer.strip() in _NOBODY:
            yield diagnostic("L004", register.place, what="名册", what_en="register", name=register.name, key="issuer")


def unused(corpus: Corpus, used: set[str]) -> Iterator[Diagnostic]:
    """L005."""
    for fact in corpus.vocabulary.facts.values():
        if fact.name not in used:
            yield diagnostic("L005", fact.place, what="指标", what_en="fact", name=fact.name)
    for register in corpus.vocabulary.registers.values():
        if register.name not in used:
            yield diagnostic("L005", register.place, what="名册", what_en="register", name=register.name)


def readings(corpus: Corpus, policies: tuple[str, ...], root: Path) -> Iterator[Diagnostic]:
    """L006: one choice only, no value that rests on it, or a choice no value is written for."""
    values: dict[str, set[str]] = {}
    for policy in policies:
        tree = read_yaml((root / "hangzhou" / policy / "policy.yaml").read_bytes(), policy)
        clauses = tree.entries.get("clauses") if isinstance(tree, Map) else None
        for clause in clauses.items if isinstance(clauses, Seq) else ():
            if isinstance(clause, Map):
                number = clause.entries.get("clause")
                _uses(clause, policy, f"{policy}/{number.text if isinstance(number, Scalar) else ''}", values)
        if isinstance(tree, Map):
            _uses(Map({k: v for k, v in tree.entries.items() if k != "clauses"}, {}, tree.place), policy, policy, values)
    for id_, reading in corpus.readings.items():
        policy_id = id_.partition("/")[0]
        if policy_id not in policies or id_ == f"{policy_id}/applies_by":  # every policy has that one
            continue
        if len(reading.choices) < 2:
            yield diagnostic("L006", reading.place, id=id_, why="只有一个选项", why_en="has a single choice")
        elif id_ not in values:
            yield diagnostic("L006", reading.place, id=id_, why="没有规则用到", why_en="is used by no rule")
        elif values[id_] and (missing := [c for c in reading.choices if c not in values[id_]]):
            yield diagnostic("L006", reading.place, id=id_, why=f"的选项 {'、'.join(missing)} 没有写法", why_en=f"has no value for {', '.join(missing)}")


def _uses(node: Node, policy: str, clause: str, found: dict[str, set[str]]) -> None:
    """Every value written as a reading: its id and the choices it is written for."""
    if isinstance(node, Map):
        name = node.entries.get("reading")
        if isinstance(name, Scalar):
            id_ = name.text if "/" in name.text else f"{policy}/{name.text}" if "." in name.text else f"{clause}.{name.text}"
            found.setdefault(id_, set()).update(k for k in node.entries if k != "reading")
        for item in node.entries.values():
            _uses(item, policy, clause, found)
    elif isinstance(node, Seq):
        for item in node.items:
            _uses(item, policy, clause, found)
