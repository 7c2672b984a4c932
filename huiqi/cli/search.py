"""`huiqi search`: clauses, measures, facts, registers and matters that hold all the words."""

from __future__ import annotations

import argparse
import re

from msgspec import Struct

from huiqi.cli.output import as_json, wrap
from huiqi.language.text import fold
from huiqi.packs.model import Corpus
from huiqi.packs.registry import load_corpus
from huiqi.packs.vocabulary import Matter


class Found(Struct, frozen=True):
    """One hit: what it is (measure, clause, fact, register, matter), its id, title and a line about it; `in_title` when every word stands in the title."""

    kind: str
    id: str
    title: str
    about: str
    in_title: bool


KINDS = {"measure": "措施", "clause": "条款", "fact": "指标", "register": "名册", "matter": "事项"}


def search(args: argparse.Namespace) -> int:
    """Print the hits, those with the words in their title first; exit 0 also where there are none."""
    found = hits(load_corpus(), args.words)
    if args.json:
        as_json([{"kind": f.kind, "id": f.id, "title": f.title, "about": f.about} for f in found])
        return 0
    for item in found:
        name = item.title if item.id == item.title else f"{item.id} {item.title}"
        first, *rest = wrap(f"〔{KINDS[item.kind]}〕{name}：{item.about}", "      ")
        print("\n".join(["  " + first.strip(), *rest]))
    print(f"共 {len(found)} 项")
    return 0


def hits(corpus: Corpus, words: list[str]) -> list[Found]:
    """Everything whose title, summary or definition holds all the words (width and case of letters and marks within a word do not matter)."""
    asked = [_bare(w) for w in words]
    found = [item for item in _everything(corpus, asked) if all(w in _bare(f"{item.id} {item.title} {item.about}") for w in asked)]
    return sorted(found, key=lambda item: (not item.in_title, list(KINDS).index(item.kind)))


def _everything(corpus: Corpus, asked: list[str]) -> list[Found]:
    made = [("measure", m.id, m.title, m.summary) for _, _, m in corpus.measures.values()]
    made += [("clause", c.id, c.title, c.summary) for p in corpus.policies.values() for c in p.clauses]
    made += [("fact", f.name, f.name, f.definition + _listed(("选项", f.values))) for f in corpus.vocabulary.facts.values()]
    made += [
        ("register", r.name, r.name, r.definition + _listed(("记在", r.of), ("等级", r.levels), ("事项", r.events)))
        for r in corpus.vocabulary.registers.values()
    ]
    made += [("matter", m.name, m.name, _paid_by(corpus, m)) for m in corpus.vocabulary.matters.values()]
    return [Found(kind, id_, title, about, all(w in _bare(title) for w in asked)) for kind, id_, title, about in made]


def _listed(*lists: tuple[str, tuple[str, ...]]) -> str:
    """What may be written for it: `等级 低、中、高；事项 首次认定。`"""
    return "；".join(f"{name} {'、'.join(values)}" for name, values in lists if values) + ("。" if any(values for _, values in lists) else "")


def _paid_by(corpus: Corpus, matter: Matter) -> str:
    """The wider matter and the measures that pay for this one."""
    measures = tuple(id_ for id_, (_, _, m) in corpus.measures.items() if m.matter == matter.name)
    return _listed(("属于", (matter.within,) if matter.within else ()), ("措施", measures)) or "各项措施没有直接支付的事项。"


def _bare(text: str) -> str:
    """Letters and digits alone, so that 首台套 finds 首台（套）."""
    return re.sub(r"\W", "", fold(text)).casefold()
