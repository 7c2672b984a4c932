"""What each figure does in its sentence, by small rules over the words around it.

A list (“1亿元、5亿元、10亿元”) is read as one: what stands before its first figure and after its last decides for all of it.
Roles: threshold, rate, amount, cap, step, quota, years, date, target, and for what is no quantity number, reference, outline, name.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from huiqi.documents.locks.figures import DATE, MONTH, RATIO, YEAR, Figure

ROLES = ("threshold", "rate", "amount", "cap", "step", "quota", "years", "date", "target", "number", "reference", "outline", "name")

LONGEST = 800
"""Characters of a sentence that are looked at on either side of a figure."""
_SENTENCE = re.compile(r"[。；;\n]")
_BREAK = re.compile(r"[。；;，,\n]")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_PAYS = re.compile(r"给予|补助|奖励|资助|补贴|贴息|奖补|支持额|补偿|出资|房租")
_PAID = re.compile(r"^\s*的?(?:予以|给予|一次性)?[^，,。；;\d]{0,6}(?:补助|奖励|资助|补贴|支持|补偿|资金|奖补)|^\s*予以")
_GOAL = re.compile(r"力争|目标|实现|突破|冲刺|建成|创建|培育|引进|打造|构建|实施|形成|争取|每年新增|达到?|(?<!不)低于|(?<!不)超|以上")
_GOAL_STRONG = re.compile(r"到\s*20\d\d\s*年|力争|冲刺")
_OF_WHOM = re.compile(r"^[^，,。；;]{0,30}的(?:[^，,。；;]{0,12}(?:企业|单位|机构|项目|平台)|前提|[，,])")
_UP_TO = re.compile(r"(?:不超过|不高于|不超出|最高|最多|封顶|上限|限额)[^，,。；;、\d]{0,10}$")
_REACHES = re.compile(r"(?:达到?|超过?|满|不?低于|不少于|高于|突破|增长|增速|收入|营收|规模|面积|额)(?:[^，,。；;、\d]{0,3}|新增\s*)$")
_OR_MORE = re.compile(r"^\s*(?:[（(]含[）)])?\s*(?:及?以上|及以下|以下|以内的|后[，,])")
_EACH = re.compile(r"每\s*(?:增加|新增|增长|满)\s*$")
_GIVES = re.compile(r"(?:给予|奖励|补助|资助|补贴|予以)(?!金额|额度|总额)[^，,。；;\d]{0,16}$")
_SELECTS = re.compile(r"(?:评选|评定|遴选|认定|征集|支持|数量|前|各|每批|每年|不超过|只享受|培育|引进|新增|名额)[^，,。；;\d]{0,14}$")
_RATE_IF = re.compile(r"(?:增长|增速(?:超过)?|占[^，。；%]{0,14}(?:达到|超过)?|比例超过|比例由|提高到|达到[^，。；%]{0,6}|超过[^，。；%]{0,2}|率)\s*$")


class Group(Struct, frozen=True):
    """Figures printed as one list; most have one member. `first`/`last` index the figures, `end` is exclusive."""

    first: int
    end: int


def groups(text: str, figures: Sequence[Figure]) -> Iterator[Group]:
    """Runs of figures of one dimension with nothing but 、 和 及 between them; a range counts as one too."""
    first = 0
    for n in range(1, len(figures) + 1):
        if n < len(figures) and _joined(text, figures[n - 1], figures[n]):
            continue
        yield Group(first, n)
        first = n


def _joined(text: str, left: Figure, right: Figure) -> bool:
    between = text[left.end : right.start]
    if len(between) > 12:
        return False
    if left.quantity is None or right.quantity is None or left.quantity.dimension.partition("/")[0] != right.quantity.dimension.partition("/")[0]:
        return False
    return re.fullmatch(r"\s*(?:[（(]含[）)])?\s*(?:[、,，]|和|或|及|以及|至|到|[—–\-~～]+)\s*", between) is not None


def roles(text: str, figures: Sequence[Figure]) -> tuple[str, ...]:
    """The role of each figure of `text`, in order."""
    out: list[str] = []
    starts = [figure.start for figure in figures]
    for group in groups(text, figures):
        members = figures[group.first : group.end]
        around = _around(text, members)
        ladder = group.end - group.first
        begin = bisect.bisect_left(starts, around.begin, 0, group.first)
        earlier = list(zip(figures[begin : group.first], out[begin:], strict=True))
        before = {r for _, r in earlier} - ({"rate"} if ladder > 1 and ladder in _rungs(text, earlier) else set())
        out += [_role(members[0], around, before)] * ladder
    return tuple(out)


def _rungs(text: str, earlier: Sequence[tuple[Figure, str]]) -> set[int]:
    """Lengths of the lists of thresholds that stand before in the sentence: a list as long as one of them answers it."""
    limits = [f for f, r in earlier if r == "threshold"]
    return {group.end - group.first for group in groups(text, limits)}


class _Around(Struct, frozen=True):
    """The words before a figure back to a break and after it (brackets left out of the former), its sentence, where that begins."""

    left: str
    right: str
    sentence: str
    begin: int


def _around(text: str, members: Sequence[Figure]) -> _Around:
    start, end = members[0].start, members[-1].end
    least = max(0, start - LONGEST)
    begin = max((m.end() for m in _SENTENCE.finditer(text, least, start)), default=least)
    found = _SENTENCE.search(text, end, end + LONGEST)
    stop = found.start() if found else min(len(text), end + LONGEST)
    before = _BRACKETED.sub("", text[max(begin, start - 80) : start])
    cut = max((m.end() for m in _BREAK.finditer(before)), default=0)
    return _Around(before[cut:], text[end : end + 48], text[begin:stop], begin)


def _role(figure: Figure, around: _Around, before: set[str]) -> str:
    left, right = around.left, around.right
    if figure.quantity is None:
        return figure.kind
    dimension = figure.quantity.dimension
    if dimension in (DATE, MONTH, YEAR, "季度"):
        return "date"
    if dimension in ("年", "月", "日", "工作日"):
        return "years"
    if _goal(left, right, around.sentence):
        return "target"
    base, _, per = dimension.partition("/")
    if base in ("比率", "百分点", RATIO):
        return _of_rate(base, left, right)
    if base == "元":
        return "amount" if per else _of_money(left, right, before)
    return _of_count(left, right)


def _goal(left: str, right: str, sentence: str) -> bool:
    """A sentence that pays nothing and says what shall be reached: by a year, or with a verb of reaching beside the figure."""
    if _PAYS.search(sentence) or re.search("不超过|最高|不高于|施行|有效期", left) or _OF_WHOM.match(right):
        return False
    return bool(_GOAL_STRONG.search(sentence) or _GOAL.search(left + right[:16]))


def _of_rate(dimension: str, left: str, right: str) -> str:
    if dimension == "百分点":
        return "step"
    if dimension == RATIO or re.match(r"\s*的?年利率", right):
        return "rate"
    if re.search("费率", left):
        return "cap" if re.match(r"\s*的标准", right) else "threshold"
    if re.search(r"不超过实际采购额的\s*$|股比不超过\s*$|不超过企业项目", left):
        return "cap"
    if _OR_MORE.match(right) and not re.match(r"\s*以内", right):
        return "threshold"
    if re.match(r"\s*(?:且|的前|的部分|的企业)", right) and not re.search("按|保费的$", left):
        return "threshold"
    return "threshold" if _RATE_IF.search(left) and not re.search("按|给予|补助|资助", left) else "rate"


def _of_money(left: str, right: str, before: set[str]) -> str:
    if _EACH.search(left):
        return "step"
    if re.search(r"(?:达到|达|(?<!不)超过|不低于|不少于|满)\s*$", left) or _OR_MORE.match(right):
        return "threshold"
    up_to = _UP_TO.search(left)
    if up_to and re.search(r"(?:每家|单个|每个|单家|每年|年度|一个|企业).{0,14}(?:累计|不超过|最高|合计|享受)|总额|累计", left) and not re.search("给予", left):
        return "cap"
    if up_to:
        paid = _GIVES.search(left) or _PAID.match(right)
        return "cap" if "rate" in before or ("amount" in before and not paid) else "amount"
    if _GIVES.search(left):
        return "amount"
    if _REACHES.search(left):
        return "threshold"
    return "amount" if _PAID.match(right) or re.match(r"\s*(?:[，,。；;]|$)", right) else "threshold"


def _of_count(left: str, right: str) -> str:
    if _OR_MORE.match(right) or re.search(r"(?:达到|达|(?<!不)超过|不低于|不少于)\s*$", left):
        return "threshold"
    return "quota" if _SELECTS.search(left) else "threshold"
