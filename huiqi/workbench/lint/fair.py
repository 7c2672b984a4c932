"""L008: wording a fair-competition review asks about, in packs and in plain text. The words are data: policies/national/fair-competition.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from huiqi.language.diagnostics import Diagnostic, Findings, Place, diagnostic
from huiqi.language.yamltree import read_yaml, want_map
from huiqi.packs.drafts import expressions
from huiqi.packs.model import Corpus, Measure
from huiqi.packs.reader import Fields
from huiqi.packs.registry import ROOT

FILE = "national/fair-competition.yaml"
_MOST = 6  # ids one line names


class Topic(Struct, frozen=True):
    """One kind of wording: what it is called, the articles of the regulation and of its rules it touches, how it is found, why it is asked about."""

    name: str
    basis: str
    rules: str
    words: re.Pattern[str]
    reason: str
    reason_en: str


class Review(Struct, frozen=True):
    """What a review goes by: the regulation and its detailed rules, each with the day it is in force from, and the topics."""

    source: str
    first_day: str
    rules: str
    rules_from: str
    topics: tuple[Topic, ...]


class Hit(Struct, frozen=True):
    """A word of a text that touches a topic; `start` counts characters of the text."""

    topic: Topic
    word: str
    start: int


def load_review(root: Path = ROOT) -> Review:
    """Read the list. Raises `Problems`."""
    findings = Findings()
    path = root / FILE
    f = Fields(want_map(read_yaml(path.read_bytes(), str(path.relative_to(root.parent)))), ("source", "from", "rules", "rules_from", "topics"), findings)
    topics = []
    for item in f.maps("topics"):
        t = Fields(item, ("topic", "basis", "rules", "words", "reason", "reason_en"), findings)
        topics.append(Topic(t.text("topic"), t.text("basis"), t.text("rules"), re.compile("|".join(t.texts("words"))), t.text("reason"), t.text("reason_en")))
    findings.stop()
    return Review(f.text("source"), f.date("from"), f.text("rules"), f.date("rules_from"), tuple(topics))


def hits(text: str, review: Review) -> Iterator[Hit]:
    """The words of a text that touch a topic, blanks and line ends between characters not counted; in the order of the text."""
    places = [at for at, c in enumerate(text) if not c.isspace()]
    plain = "".join(text[at] for at in places)
    found = [Hit(topic, m[0], places[m.start()]) for topic in review.topics for m in topic.words.finditer(plain)]
    yield from sorted(found, key=lambda hit: (hit.start, hit.topic.name))


def lint_text(text: str, file: str, review: Review | None = None) -> list[Diagnostic]:
    """L008 for a plain text, each hit with its line and column."""
    review = review or load_review()
    found = []
    for hit in hits(text, review):
        line_start = text.rfind("\n", 0, hit.start) + 1
        found.append(finding(hit, Place(file, text.count("\n", 0, hit.start) + 1, hit.start - line_start + 1), file, review))
    return found


def check(corpus: Corpus, policies: tuple[str, ...], review: Review) -> Iterator[Diagnostic]:
    """L008 for packs: once for each topic of a policy, with every measure whose words, conditions or facts touch it, and clauses without such a measure."""
    for policy in (corpus.policies[p] for p in policies):
        found: dict[str, list[tuple[Hit, Place, str]]] = {}
        for clause in policy.clauses:
            told: set[str] = set()
            for measure in clause.measures:
                for hit in _topics(_texts(measure, corpus), review):
                    told.add(hit.topic.name)
                    found.setdefault(hit.topic.name, []).append((hit, measure.place, measure.id))
            for hit in _topics([clause.title, clause.summary, *(t.summary for t in clause.terms)], review):
                if hit.topic.name not in told:
                    found.setdefault(hit.topic.name, []).append((hit, clause.place, clause.id))
        for entries in found.values():
            words = "、".join(dict.fromkeys(hit.word for hit, _, _ in entries))
            ids = [id_.rpartition("/")[2] for _, _, id_ in entries]
            where = "、".join(ids[:_MOST]) + (f" 等 {len(ids)} 项" if len(ids) > _MOST else "")
            yield finding(entries[0][0], entries[0][1], f"{policy.id} {where}", review, words)


def _texts(measure: Measure, corpus: Corpus) -> list[str]:
    """The words of a measure, its expressions, and the definitions of the facts they name."""
    rules = [x.text for x in expressions(measure)]
    facts = [f.definition for f in corpus.vocabulary.facts.values() if any(f.name in rule for rule in rules)]
    return [measure.title, measure.summary, measure.payee, *rules, *facts]


def _topics(texts: list[str], review: Review) -> list[Hit]:
    """The first hit of each topic."""
    found: dict[str, Hit] = {}
    for text in texts:
        for hit in hits(text, review):
            found.setdefault(hit.topic.name, hit)
    return list(found.values())


def finding(hit: Hit, place: Place, where: str, review: Review, words: str = "") -> Diagnostic:
    """L008 for a hit at a place; `where` names what says it, `words` all its words where they are several."""
    values = {
        "values": where,
        "why": hit.topic.reason,
        "why_en": hit.topic.reason_en,
        "detail": f"{review.source}{hit.topic.basis}",
        "rules": f"{review.rules}{hit.topic.rules}",
    }
    days = {"first": review.first_day, "since": review.rules_from}
    return diagnostic("L008", place, word=words or hit.word, topic=hit.topic.name, **days, **values)
