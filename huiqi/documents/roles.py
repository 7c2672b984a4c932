"""What each figure does in its sentence, by small rules over the words around it.

A list (“1亿元、5亿元、10亿元”) is read as one: what stands before its first figure and after its last decides for all of it.
Roles: threshold, rate, amount, cap, step, quota, years, date, target, and for what is no quantity number, reference, outline, name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huiqi.documents.figures import DATE, MONTH, RATIO, YEAR, Figure

ROLES = ("threshold", "rate", "amount", "cap", "step", "quota", "years", "date", "target", "number", "reference", "outline", "name")
MOST_BETWEEN = 3  # characters between two figures of one list: 、 和 and blanks, or a bracket (含)

_SENTENCE = re.compile(r"[。；;\n]")
_BREAK = re.compile(r"[。；;，,\n（(]")
_PAYS = re.compile(r"给予|补助|奖励|资助|补贴|贴息|奖补|支持额|补偿|出资|房租")
_GOAL = re.compile(r"力争|目标|到\s*20\d\d\s*年|实现|突破|冲刺|建成|创建|培育|引进|打造|形成|争取|每年新增|达到|(?<!不)低于|(?<!不)超")
_GOAL_STRONG = re.compile(r"到\s*20\d\d\s*年|力争|冲刺")
_UP_TO = re.compile(r"(?:不超过|不高于|不超出|最高|最多|封顶|上限|以内|限额|总额|累计)[^，,。；;、\d]{0,8}$")
_REACHES = re.compile(
    r"(?:达到|达|超过|超|满|不低于|不少于|低于|高于|突破|增长|增速|占|投资额|投入额|收入|营收|金额|规模|面积|额)(?:[^，,。；;、\d]{0,3}|新增\s*)$"
)
_OR_MORE = re.compile(r"^\s*(?:[（(]含[）)])?\s*(?:及?以上|及以下|以下|以内的|后，)")
_OF_FIRMS = re.compile(r"^\s*(?:[（(]含[）)])?\s*(?:及?以上)?的?(?:的|技术项目|项目|产业|产业化|应用项目|(?:软件|整车|企业|示范))")
_EACH = re.compile(r"每\s*(?:增加|新增|增长|满)\s*$")
_GIVES = re.compile(r"(?:给予|奖励|补助|资助|补贴|予以)[^，,。；;\d]{0,16}$")
_SELECTS = re.compile(r"(?:评选|评定|遴选|认定|征集|支持|数量|前|各|每批|每年|不超过|只享受|培育|引进|新增|名额)[^，,。；;\d]{0,14}$")
_RATE_LEFT = re.compile(r"(?:按|按照|给予|的|予以|比例|标准|额|投入|总额|不超过|不高于|最高|补助|部分|收入|保费|分别|级的|费用|增量)[^，,。；;%\d]{0,20}$")
_RATE_IF = re.compile(r"(?:增长|增速(?:超过)?|占[^，。；%]{0,14}(?:达到|超过)?|比例超过|比例由|提高到|达到[^，。；%]{0,6}|超过[^，。；%]{0,2}|率)\s*$")


@dataclass(frozen=True, slots=True)
class Group:
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
    if left.quantity is None or right.quantity is None or left.quantity.dimension.partition("/")[0] != right.quantity.dimension.partition("/")[0]:
        return False
    return re.fullmatch(r"\s*(?:[（(]含[）)])?\s*(?:[、,，]|和|或|及|以及|至|到|[—–\-~～]+)\s*", between) is not None


def roles(text: str, figures: Sequence[Figure], target: bool = False) -> tuple[str, ...]:
    """The role of each figure of `text`, in order; `target` when the whole text states goals."""
    out: list[str] = []
    for group in groups(text, figures):
        members = figures[group.first : group.end]
        left, right = _around(text, members)
        sentence, before = _sentence(text, members[0].start, members[-1].end)
        role = _role(members[0], left, right, sentence, before, target)
        out += [role] * len(members)
    return tuple(out)


def _around(text: str, members: Sequence[Figure]) -> tuple[str, str]:
    """The words before the first figure back to a break, and those after the last up to one."""
    before = text[max(0, members[0].start - 40) : members[0].start]
    cut = max((m.end() for m in _BREAK.finditer(before)), default=0)
    return before[cut:], text[members[-1].end : members[-1].end + 16]


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    begin = max((m.end() for m in _SENTENCE.finditer(text, 0, start)), default=0)
    stop = next((m.start() for m in _SENTENCE.finditer(text, end)), len(text))
    return text[begin:stop], text[begin:start]


def _role(figure: Figure, left: str, right: str, sentence: str, before: str, target: bool) -> str:
    if figure.quantity is None:
        return figure.kind
    dimension = figure.quantity.dimension
    if dimension in (DATE, MONTH, YEAR, "季度"):
        return "date"
    if target or (not _PAYS.search(sentence) and _GOAL.search(before + right) and (_GOAL_STRONG.search(sentence) or dimension != "年")):
        return "target"
    if dimension in ("年", "月", "日", "工作日"):
        return "years"
    base = dimension.partition("/")[0]
    if base in ("比率", "百分点", RATIO):
        return _of_rate(base, left, right, before)
    if base == "元":
        return _of_money(left, right, before)
    return _of_count(left, right)


def _of_rate(dimension: str, left: str, right: str, before: str) -> str:
    if dimension == "百分点":
        return "step"
    if re.match(r"\s*的?年利率", right) or dimension == RATIO:
        return "rate"
    if _OR_MORE.match(right) or (re.match(r"\s*(?:且|的前|的部分)", right) and not re.search("按|保费的$", left)):
        return "threshold"
    if re.search(r"保费的\s*$", left):
        return "rate"
    if re.search("费率", left):
        return "cap"
    if re.search(r"(?:最高)?不超过实际采购额的\s*$|股比不超过\s*$|不超过企业项目", left):
        return "cap"
    if _RATE_IF.search(left) and not re.search("按|给予|补助|资助", left):
        return "threshold"
    if _PAYS.search(right) or _RATE_LEFT.search(left):
        return "rate"
    return "rate" if _PAYS.search(before) else "threshold"


def _of_money(left: str, right: str, before: str) -> str:
    if _EACH.search(left):
        return "step"
    if _EACH.search(re.sub(r"[\d.]+\s*万元.*$", "", left)) and _GIVES.search(left):
        return "amount"
    gives = _GIVES.search(left) or (re.search(r"(?:最高|不超过|不高于)[^，。；\d]{0,4}$", left) and _PAYS.search(left + right))
    if _OR_MORE.match(right) or (_REACHES.search(left) and not gives and not _UP_TO.search(left)):
        return "threshold"
    if (
        re.search(r"(?:每家|单个|每个|单家|每年|年度|一个).{0,14}(?:累计|不超过|最高|合计|享受)|总额|累计", left)
        and _UP_TO.search(left)
        and not re.search("给予", left)
    ):
        return "cap"
    if _UP_TO.search(left):
        rated = re.search(r"[%％]|全额|日均|比例|\d\s*元\s*/", before) is not None
        return "cap" if rated or not (_GIVES.search(left) or _PAYS.match(right.lstrip(" 的"))) else "amount"
    if gives:
        return "amount"
    return "threshold" if _REACHES.search(left) or re.match(r"\s*的", right) else "amount" if _PAYS.search(right) else "threshold"


def _of_count(left: str, right: str) -> str:
    if _OR_MORE.match(right) or re.search(r"(?:达到|达|(?<!不)超过|不低于|不少于)\s*$", left):
        return "threshold" if not re.search("各|力争", left) else "target"
    return "quota" if _SELECTS.search(left) else "threshold"
