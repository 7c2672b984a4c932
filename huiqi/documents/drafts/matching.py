"""Names of the vocabulary for words of a text: the nearest fact, register, kind or matter, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from msgspec import Struct

from huiqi.packs.vocabulary import Fact, Vocabulary

HIGH, MIDDLE = 0.8, 0.5


class Guess(Struct, frozen=True):
    """A name with a likeness from 0 to 1; `name` is '' where nothing is alike."""

    name: str
    likeness: float

    @property
    def confidence(self) -> str:
        """高, 中 or 低, as drafts print it."""
        return "高" if self.likeness >= HIGH else "中" if self.likeness >= MIDDLE else "低"


def nearest(names: Iterable[str], words: str) -> Guess:
    """The name whose pairs of characters stand most completely in the words; a longer one before a shorter, then by name."""
    spoken = _pairs(words)
    scored = [(len(_pairs(name) & spoken) / max(len(_pairs(name)), 1), len(name), name) for name in names]
    likeness, _, name = max(scored, default=(0.0, 0, ""), key=lambda x: (round(x[0], 6), x[1], x[2]))
    return Guess(name if likeness else "", likeness)


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)} or {plain}


def fact_for(vocabulary: Vocabulary, words: str, dimension: str, without: Collection[str] = ()) -> Guess:
    """The fact that words before a figure of `dimension` name."""
    return nearest((f.name for f in vocabulary.facts.values() if f.name not in without and _measures(f, dimension)), words)


def _measures(fact: Fact, dimension: str) -> bool:
    if dimension == "元":
        return fact.type == "money"
    if dimension == "比率":
        return fact.type in ("rate", "money")
    return fact.type in ("count", "quantity") and (fact.unit == dimension or not dimension)


def register_in(vocabulary: Vocabulary, words: str, without: Collection[str] = ()) -> Guess:
    """A register that the words name outright; the longest."""
    plain = re.sub(r"[“”（）()\s]", "", words)
    found = [name for name in vocabulary.registers if name not in without and len(name) > 2 and re.sub(r"[“”（）()]", "", name) in plain]
    return Guess(max(found, key=lambda name: (len(name), name)), 1.0) if found else Guess("", 0.0)


_APPLICANTS = (("医疗机构", "医疗机构"), ("基金管理公司", "基金管理公司"), ("创新创业团队", "团队"), ("人员", "个人"), ("所在区", "区县"), ("属地政府", "区县"))
_SUBJECTS = (
    *(("车型", "车型"), ("生产线", "生产线"), ("临床试验", "临床阶段"), ("园区", "园区"), ("园", "园区"), ("平台", "平台"), ("论坛", "活动"), ("活动", "活动")),
    *(("品种", "产品"), ("产品", "产品"), ("产业项目", "产业项目"), ("产业化项目", "产业项目"), ("研发投入", "研发项目"), ("项目", "项目")),
)


def applicant_in(words: str) -> Guess:
    """Who applies, by the words; a firm where nothing else is named."""
    return next((Guess(kind, 0.8) for word, kind in _APPLICANTS if word in words), Guess("企业", 0.6))


def subject_in(words: str) -> Guess:
    """What it is about; '' for the applicant itself."""
    return next((Guess(kind, 0.5) for word, kind in _SUBJECTS if word in words), Guess("", 0.5))
