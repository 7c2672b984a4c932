"""Random and mutated expressions, packs and facts files: whatever they hold, the answer is a value or `Problems`, soon."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from huiqi.evaluate.read_facts import read_facts
from huiqi.language.diagnostics import Findings, Place, Problems
from huiqi.language.yamltree import Scalar
from huiqi.packs.drafts import expressions
from huiqi.packs.model import Corpus
from huiqi.packs.registry import add_policy
from huiqi.rules.expressions import Lowering
from huiqi.rules.graph import Graph
from huiqi.rules.scope import Scope

SECONDS = 5  # for one input
BROKEN = 200  # inputs that are kept for the report
PIECES = [
    *("and", "or", "not", "且", "或", "非", "between", "in", "some", "every", "satisfies", "where", "t", "t-2..t"),
    *("(", ")", ",", ".", "..", ":", "'", "+", "-", "*", "/", ">=", ">", "=", "!=", "≥", "（", "）", "，"),
    *("200万元", "5%", "10个百分点", "1%/年", "0.2元/瓦", "3年", "0", "9" * 60, "1e9", "2024-02-30", "2024-02-29", "16a", "hz-2022-iot/1.1a"),
    *(
        "研发投入",
        "产品",
        "产品.产品销售额",
        "认定.等级",
        "认定.日期",
        "上年",
        "增量(",
        "前一年(",
        "sum(",
        "count(",
        "has(",
        "held(",
        "LPR(",
        "years_since(",
        "min(",
    ),
    *("\u3000", "\u202e", "\x00", "𠮷", "é", "\n", "\t", "\\", '"', "{", "}", "[", "]", "&", "%", "#"),
]


class Fuzz:
    """Inputs made from the expressions, packs and facts files of a corpus."""

    def __init__(self, corpus: Corpus, root: Path, seed: int):
        self.corpus, self.r = corpus, random.Random(seed)
        self.homes = [(entry, [x.text for x in expressions(entry[2])]) for entry in corpus.measures.values()]
        self.texts = sorted({text for _, texts in self.homes for text in texts})
        self.packs = [path.read_text("utf-8")[:6000] for path in sorted(root.glob("policies/hangzhou/*/policy.yaml"))]
        self.facts = [path.read_text("utf-8") for path in sorted(root.glob("examples/*.yaml"))]

    def run(self, count: int) -> list[str]:
        """The inputs, of `count`, that broke something, with what broke."""
        broken: list[str] = []
        for _ in range(count):
            kind = self.r.random()
            ask, text = self._expression() if kind < 0.9 else self._pack() if kind < 0.95 else self._facts()
            try:
                with soon():
                    ask(text)
            except Problems as problems:
                if any(len(str(d)) > 4000 or "\n" in str(d) for d in problems.diagnostics):
                    broken.append(f"long diagnostic: {text[:300]!r}")
            except Exception as fault:
                broken.append(f"{type(fault).__name__} {fault}: {text[:300]!r}")
            if len(broken) >= BROKEN:
                break
        return broken

    def _expression(self) -> tuple[Callable[[str], object], str]:
        (policy, clause, measure), _ = self.r.choice(self.homes)

        def ask(text: str) -> object:
            scalar = Scalar(text, Place("x", 1, 1))
            low = Lowering(Graph(), Scope(self.corpus, policy, clause, measure))
            return low.condition_text(scalar) if self.r.random() < 0.7 else low.number_text(scalar)

        return ask, self.changed(self.r.choice(self.texts), self.texts)

    def _pack(self) -> tuple[Callable[[str], object], str]:
        def ask(text: str) -> object:
            findings = Findings()
            add_policy(Corpus(vocabulary=self.corpus.vocabulary), text.encode("utf-8", "replace"), "policy.yaml", findings)
            return findings.stop()

        return ask, self.changed(self.r.choice(self.packs), self.texts)

    def _facts(self) -> tuple[Callable[[str], object], str]:
        return lambda text: read_facts(text.encode("utf-8", "replace"), "firm.yaml", self.corpus), self.changed(self.r.choice(self.facts), self.texts)

    def changed(self, text: str, others: list[str]) -> str:
        """A text after a few changes: pieces put in, cut out, doubled, swapped with those of another."""
        for _ in range(self.r.choice((0, 1, 1, 1, 2, 2, 3, 6))):
            at, to = sorted((self.r.randint(0, len(text)), self.r.randint(0, len(text))))
            match self.r.randrange(7):
                case 0:
                    text = text[:at] + self.r.choice(PIECES) + text[at:]
                case 1:
                    text = text[:at] + text[min(to, at + 4) :]
                case 2:
                    text = text[:at] + f" {self.r.choice(PIECES)} " + text[min(to, at + 6) :]
                case 3:
                    other = self.r.choice(others)
                    text = text[:at] + other[self.r.randint(0, len(other)) :]
                case 4:
                    text = f"{text} {self.r.choice(('and', 'or', '+', '-', '*', '/', ','))} {self.r.choice(others)}"
                case 5:
                    text = text[:at] + self.r.choice(("(", "not ", "-", "min(")) * self.r.choice((1, 3, 50, 500)) + text[at:]
                case 6:
                    text = text[:at] + text[at:to] * 2 + text[to:]
        return text


@contextmanager
def soon() -> Iterator[None]:
    """An input that takes longer than SECONDS is a fault."""

    def late(number: int, frame: object) -> None:
        raise TimeoutError(f"no answer within {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
