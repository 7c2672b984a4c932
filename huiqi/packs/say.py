"""Limits in words, Chinese or English; names of kinds, matters and facts stay as they are."""

from __future__ import annotations

from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.model import Limit

EXCESS = {
    "cut": ("超出部分不计", "what is above is not paid"),
    "office": ("超出时由主管部门确定", "the office decides what is above"),
}


def limit_words(limit: Limit, lang: str = "zh") -> str:
    """`每企业每年度合计最高500万元，超出部分不计`, or `for each 企业 and 年度: at most 500万元 in all, what is above is not paid`."""
    return _Limit(limit, int(lang == "en")).words()


def limit_reach(limit: Limit) -> str:
    """`1a、1b`: the measures and clauses of its policy a limit is over; '' where it names none."""
    return "、".join(x.rpartition("/")[2] for x in limit.over)


class _Limit:
    def __init__(self, limit: Limit, lang: int):
        self.limit, self.body, self.lang = limit, limit.body.entries, lang

    def words(self) -> str:
        if any(isinstance(items := self.body.get(key), Seq) and not items.items for key in ("over", "one_of", "together")):
            return self.pick("按所取口径不设", "not set, under the reading taken")
        parts = [part for part in (self.most(), self.number(), self.list("one_of"), self.list("together"), self.excess(), self.because()) if part]
        per, rest = self.per(), self.pick("，", ", ").join(parts)
        return f"{per} {rest}" if per[-1:].isascii() and rest[:1].isdigit() and not per.endswith(" ") else per + rest

    def pick(self, zh: str, en: str) -> str:
        return (zh, en)[self.lang]

    def per(self) -> str:
        if not self.limit.per:
            return ""
        return self.pick("".join(f"每{key}" for key in self.limit.per), f"for each {' and '.join(self.limit.per)}: ")

    def most(self) -> str:
        if "at_most" not in self.body:
            return ""
        most = self.value(self.body["at_most"])
        return self.pick(f"合计最高{most}", f"at most {most} in all")

    def number(self) -> str:
        if "count" not in self.body:
            return ""
        most, within = self.value(self.body["count"]), self.limit.text("within")
        if self.limit.text("consecutive") == "true":
            return self.pick(f"最多连续{most}次", f"at most {most} in a row")
        return self.pick(f"{f'{within}内' if within else ''}最多{most}{'次' if within else '项'}", f"at most {most}{f' within {within}' if within else ''}")

    def list(self, key: str) -> str:
        if key not in self.body:
            return ""
        items = self.value(self.body[key])
        if key == "one_of":
            return self.pick(f"在以下各项中只能享受一项：{items}", f"only one of {items}")
        return self.pick(f"以下各项可同时享受：{items}", f"paid together: {items}")

    def excess(self) -> str:
        node = self.body.get("excess")
        if isinstance(node, Map):
            rank, ties = (self.value(node.entries[key]) if key in node.entries else "—" for key in ("rank", "ties"))
            return self.pick(f"超出时按{rank}排序，相同的按{ties}", f"ranked by {rank}, equals by {ties}")
        return EXCESS[node.text][self.lang] if isinstance(node, Scalar) and node.text in EXCESS else ""

    def because(self) -> str:
        return f"{self.pick('因', 'because ')}{self.limit.text('because')}" if "because" in self.body else ""

    def value(self, node: Node) -> str:
        match node:
            case Scalar("any"):
                return self.pick("各级", "every level")
            case Scalar(text):
                share, _, whole = text.partition("% * ")
                return self.pick(f"{whole}的{share}%", f"{share}% of {whole}") if whole else text.replace(" * ", " × ")
            case Seq(items):
                return self.pick("、", ", ").join(self.value(item) for item in items)
            case Map(entries) if "matter" in entries:
                authority = self.value(entries["authority"]) if "authority" in entries else ""
                matter = self.value(entries["matter"])
                by = f" by {authority}" if authority else ""
                return self.pick(f"{f'{authority}对' if authority else ''}“{matter}”的支持", f'support for "{matter}"{by}')
        return self.pick("、", ", ").join(f"{key}{self.pick('', ' ')}{self.value(value)}" for key, value in node.entries.items())
