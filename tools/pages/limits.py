"""docs/limits.md: every limit of the corpus where it stands, clause by clause: caps, first times, deductions, sums, counts, lists, terms, readings."""

from __future__ import annotations

from collections.abc import Iterator

from huiqi.language.diagnostics import Place
from huiqi.language.parser import parse
from huiqi.language.phrase import ZH, phrase
from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.model import Clause, Corpus, Limit, Measure, Policy
from huiqi.packs.say import limit_reach, limit_words

HEAD = """# 限额 Limits

<!-- Generated from the packs by `make docs`; do not edit. -->

条文中限制、扣减、排除、并得的每一处，及其在政策包里的位置（参数、限额、约定、口径）。数字与原文的对应由 `huiqi document check` 证明。

Every place where a text limits, deducts, excludes or lets stand together, and where the pack holds it; `huiqi document check` proves the figures
against the texts."""
_FORMS = {"over": "合计、次数", "one_of": "择一", "together": "并得"}
_OVERLAP = {"市": "与本市各级其他同类政策", "各级": "与各级同类政策"}
Row = tuple[str, str, str]  # what sort of limit, in words, where


def limits_page(corpus: Corpus) -> str:
    """The page in Markdown."""
    parts = [HEAD]
    for policy in corpus.policies.values():
        parts.append(f"## 《{policy.title}》\n\n{_policy_words(policy)}")
        for clause in policy.clauses:
            rows = list(_rows(clause, corpus))
            if rows:
                table = "\n".join(f"| {sort} | {words.replace('|', '｜')} | `{home}` |" for sort, words, home in rows)
                parts.append(f"### {clause.at} {clause.title}\n\n| 限制 | 内容 | 位置 |\n|---|---|---|\n{table}")
    return "\n\n".join(parts) + "\n"


def _policy_words(policy: Policy) -> str:
    said = [f"`{policy.id}`"]
    if policy.overlap is not None:
        said.append(f"{_OVERLAP[policy.overlap.reach]}从优、就高、不重复（{policy.overlap.at}）")
    else:
        said.append("没有与其他政策不重复的规定")
    said += ["所列标准均为最高标准"] if policy.all_up_to else []
    return "　".join(said)


def _rows(clause: Clause, corpus: Corpus) -> Iterator[Row]:
    for measure in clause.measures:
        if measure.award is not None:
            yield from _measure(measure)
    for limit in clause.limits:
        yield _limit(limit, corpus)
    for term in clause.terms:
        yield "约定", f"{term.name} {term.value}　{term.summary}".strip(), f"{_short(clause.id)}.terms.{term.name}"
    for reading in clause.readings:
        if reading.id in _used(clause):
            yield "口径", f"{reading.about}：取“{reading.choices[reading.taken]}”", f"{_short(clause.id)}.{reading.id.rpartition('.')[2]}"


def _measure(measure: Measure) -> Iterator[Row]:
    """What an award holds back by itself."""
    home = _short(measure.id)
    once = {"once": "每个对象一次", "completion": "完成后一次", "stage": "每个阶段一次"}.get(measure.accrues.mode)
    if once:
        yield "一次", f"{measure.title}：{once}", f"{home}.accrues"
    for node in measure.when:
        for text in _texts(node):
            if "'首次" in text or "first(" in text:
                yield "首次", f"{measure.title}：{_say(text)}", f"{home}.when"
    assert measure.award is not None
    yield from ((sort, f"{measure.title}：{words}", path) for sort, words, path in _award(measure.award, home))


def _award(node: Node, path: str) -> Iterator[Row]:
    """Caps, upper bounds, first tiers and deductions of an award and all below it, each with its path."""
    if isinstance(node, Seq):
        for at, item in enumerate(node.items, 1):
            yield from _award(item, f"{path}.{at}")
    if not isinstance(node, Map):
        return
    for key, item in node.entries.items():
        here = path if key in ("award", "table", "steps", "schedule", "interest") else f"{path}.{key}"
        texts = list(_texts(item))
        if key == "cap" and texts != ["none"]:
            yield "单项封顶", f"最高{'或'.join(_say(t) for t in texts if t != 'none')}", here
        elif key == "first" and "true" in texts:
            yield "首次", "首次达到更高一档", here
        elif key == "less" and texts:
            yield "扣减", f"扣除{'、'.join(map(_say, texts))}", here
        elif key == "matches":
            yield "配套", f"按上级“{texts[0]}”的到账额", here
        elif key == "kind" and "up_to" in texts:
            yield "上限", "最高不超过，按审定数", here
        elif key in ("per", "range") and isinstance(item, Seq):
            yield "区间", "—".join(texts), here
        else:
            yield from _award(item, here)


def _limit(limit: Limit, corpus: Corpus) -> Row:
    node = limit.written
    form = next(key for key in _FORMS if key in node.entries)
    over = f"{limit_reach(limit)}　" if limit.over else ""
    words = limit_words(limit)
    for id_, choice in limit.readings.items():
        words += f"（口径 {_short(id_)} 取 {choice}：{corpus.readings[id_].choices[choice]}）"
    return _FORMS[form], over + words, _short(limit.id)


def _used(clause: Clause) -> set[str]:
    """The readings of a clause that a cap or a deduction rests on; those of limits are said with them."""
    found = set()
    for measure in clause.measures:
        for node in _under(measure.award, ("cap", "less", "kind", "first")):
            if isinstance(node, Map) and isinstance(name := node.entries.get("reading"), Scalar):
                found.add(name.text if "/" in name.text else f"{clause.id}.{name.text}")
    return found


def _under(node: Node | None, keys: tuple[str, ...]) -> Iterator[Node]:
    """What stands under one of the keys, anywhere below a node."""
    if isinstance(node, Seq):
        for item in node.items:
            yield from _under(item, keys)
    if isinstance(node, Map):
        for key, item in node.entries.items():
            if key in keys:
                yield item
            else:
                yield from _under(item, keys)


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    for item in node.items if isinstance(node, Seq) else [v for k, v in node.entries.items() if k != "reading"] if isinstance(node, Map) else ():
        yield from _texts(item)


def _say(text: str) -> str:
    return phrase(parse(text, Place(text)), ZH)


def _short(id_: str) -> str:
    return id_.partition("/")[2] or id_
