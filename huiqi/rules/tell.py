"""What a mechanism needs to say itself in words: a language, the readings taken, parameters and bases as phrases."""

from __future__ import annotations

from huiqi.language.diagnostics import Place
from huiqi.language.parser import parse
from huiqi.language.phrase import EN, ZH, phrase
from huiqi.language.yamltree import Map, Node, Scalar, Seq, want_text
from huiqi.packs.model import Clause, Corpus, Policy

LANGUAGES = {"zh": ZH, "en": EN}


class Teller:
    """Speaks one language and takes each reading as the pack does."""

    def __init__(self, corpus: Corpus, policy: Policy, clause: Clause, lang: str):
        self.corpus, self.policy, self.clause, self.lang = corpus, policy, clause, LANGUAGES[lang]

    def pick(self, zh: str, en: str) -> str:
        """The text in the language spoken."""
        return (zh, en)[self.lang]

    def chosen(self, node: Node) -> Node:
        """The node, or what the choice taken of a reading says."""
        while isinstance(node, Map) and "reading" in node.entries:
            id_ = want_text(node.entries["reading"]).text
            reading = self.corpus.readings[id_ if "/" in id_ else f"{self.clause.id}.{id_}"]
            node = node.entries[reading.taken]
        return node

    def at(self, owner: Map, key: str) -> Node:
        """What stands under a key, after the choice of a reading."""
        return self.chosen(owner.entries[key])

    def value(self, owner: Map, key: str) -> str:
        """A parameter or base in words."""
        return self.words(self.at(owner, key))

    def words(self, node: Node) -> str:
        """An expression in words."""
        text = want_text(self.chosen(node)).text
        return phrase(parse(text, Place(text)), self.lang)

    def words_of(self, node: Node) -> list[str]:
        """Each of a list of expressions, or of one alone, in words."""
        node = self.chosen(node)
        return [word for item in node.items for word in self.words_of(item)] if isinstance(node, Seq) else [self.words(node)]

    def capped(self, owner: Map) -> str:
        """`，最高500万元`, '' without a cap."""
        if "cap" not in owner.entries or (isinstance(cap := self.at(owner, "cap"), Scalar) and cap.text == "none"):
            return ""
        return self.pick(f"，最高{self.value(owner, 'cap')}", f", at most {self.value(owner, 'cap')}")

    def up_to(self, owner: Map) -> bool:
        """Whether the sum is an upper bound (不超过)."""
        if "kind" not in owner.entries:
            return self.policy.all_up_to
        return want_text(self.at(owner, "kind")).text == "up_to"
