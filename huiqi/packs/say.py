"""Limits in words."""

from __future__ import annotations

from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.model import Limit

EXCESS = {"cut": "超出部分不计", "office": "超出时由主管部门确定"}


def limit_words(limit: Limit) -> str:
    """`每企业每年度合计最高500万元，超出部分不计`."""
    per = "".join(f"每{key}" for key in limit.per)
    body = limit.body.entries
    parts: list[str] = []
    if "at_most" in body:
        parts.append(f"合计最高{_words(body['at_most'])}")
    if "count" in body:
        unit = "次（连续）" if limit.text("consecutive") == "true" else "项" if "within" not in body else "次"
        span = f"{limit.text('within')}内" if "within" in body else ""
        parts.append(f"{span}最多{_words(body['count'])}{unit}")
    if "one_of" in body:
        parts.append(f"在以下各项中只能享受一项：{_words(body['one_of'])}")
    excess = body.get("excess")
    if isinstance(excess, Map):
        rank, ties = (_words(excess.entries[key]) if key in excess.entries else "—" for key in ("rank", "ties"))
        parts.append(f"超出时按{rank}排序，相同的按{ties}")
    elif isinstance(excess, Scalar) and excess.text in EXCESS:
        parts.append(EXCESS[excess.text])
    if any(isinstance(items := body.get(key), Seq) and not items.items for key in ("over", "one_of")):
        return "按所取口径不设"
    return per + "，".join(parts)


def _words(node: Node) -> str:
    match node:
        case Scalar("any"):
            return "各级"
        case Scalar(text):
            return text.replace(" * ", " × ")
        case Seq(items):
            return "、".join(_words(item) for item in items)
        case Map(entries) if "matter" in entries:
            authority = f"{_words(entries['authority'])}对" if "authority" in entries else ""
            return f"{authority}“{_words(entries['matter'])}”的支持"
    return "、".join(f"{key}{_words(value)}" for key, value in node.entries.items())
