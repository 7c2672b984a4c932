"""The pieces of a clause that grant something, with the shape of what they grant: a proposal, to be looked at by a person.

A sentence is cut before “，对…” and “，再给予” once it has awarded; a piece that only caps belongs to the grant before it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from huiqi.documents.locks.figures import RATIO, Figure, find_figures
from huiqi.documents.locks.roles import Group, groups, roles

_SENTENCE = re.compile(r"[^。；;\n]+")
_NOTE = re.compile(r"[（(\[](?:牵头|责任|配合)(?:单位|部门)[^）)\]]*[）)\]]?|[（(\[]市[^（）()]{2,80}(?:局|委|办|会|区)[）)\]]")
_MONEY = re.compile(r"补助|奖励|资助|补贴|贴息|补偿|奖补|资金支持|运营经费|配套支持|给予[^，。]{0,12}支持|直投|出资|房租|申领")
_FAVOUR = re.compile(r"优先|倾斜|授权|保障|推荐|列入|纳入|简化|转让|容积率|便利|直通车|不增收|缴清|视同|白名单|遴选一批|评选一批|认定一批|评定一批")
_NEXT = re.compile(r"\s*(?:对(?!本市)|其中|分别给予|入选)|[^，]{0,20}再给予|[^，并]{1,8}按")
_TAIL = re.compile(r"(?:分别|首次|累计)?(?:达到?|超过|不低于|不少于|满|新增|按|按照|不超过|的|给予|最高)+\s*$")
_ADDS = re.compile(r"^(?:单个|每家|每个|每年|单家|年度|奖励|补助|资助|最高|其中|累计)")


class Said(Struct, frozen=True):
    """A figure of a grant with its role."""

    figure: Figure
    role: str


class Grant(Struct, frozen=True):
    """One thing granted: its words, its figures in order (spans in the clause's text), the shape of its award, what caps it beyond that."""

    text: str
    start: int
    said: tuple[Said, ...]
    shape: str
    caps: tuple[Said, ...] = ()

    def of(self, *names: str) -> list[Said]:
        """Its figures of these roles."""
        return [s for s in self.said if s.role in names]


def grants(text: str, prose: int = 0) -> tuple[Grant, ...]:
    """What a clause's text grants, in printed order; what stands before `prose` is its title."""
    figures = find_figures(text)
    said = [Said(f, r) for f, r in zip(figures, roles(text, figures), strict=True)]
    found: list[Grant] = []
    for start, piece in _pieces(" " * prose + _NOTE.sub(lambda m: " " * len(m[0]), text)[prose:], said):
        inside = tuple(s for s in said if start <= s.figure.start < start + len(piece))
        paid = any(s.role in ("rate", "amount", "step") for s in inside)
        only = {s.role for s in inside}
        caps = (only & {"cap", "years", "quota"} and _ADDS.match(piece.strip("， "))) or (only and only <= {"cap", "years"})
        if found and not paid and caps:
            found[-1] = replace(found[-1], caps=(*found[-1].caps, *inside))
        elif shape := _shape(piece, inside, text):
            grant = Grant(piece, start, inside, shape)
            merged = _next_rungs(found[-1], grant, text) if found else None
            found[-1:] = [merged] if merged else [*found[-1:], grant]
    return tuple(found)


def _pieces(text: str, said: Sequence[Said]) -> Iterator[tuple[int, str]]:
    for sentence in _SENTENCE.finditer(text):
        begin, awarded = sentence.start(), False
        at = begin
        for part in re.split(r"(?<=[，,])", sentence[0]):
            if awarded and _NEXT.match(part):
                yield begin, text[begin:at]
                begin, awarded = at, False
            awarded = awarded or any(s.role in ("rate", "amount") and at <= s.figure.start < at + len(part) for s in said)
            at += len(part)
        yield begin, text[begin:at]


def ladder(grant: Grant, text: str) -> tuple[list[Said], list[Said]]:
    """Thresholds and awards of a grant that go together one by one; both empty where there are none."""
    lists = [[Said(f, _role_of(grant, f)) for f in _members(grant, g)] for g in _groups(grant, text)]
    awards = [x for x in lists if len(x) > 1 and x[0].role in ("rate", "amount", "cap")]
    for found in lists:
        if found[0].role == "threshold" and len(found) > 1:
            for award in awards:
                if len(award) == len(found) and award[0].role != "cap":
                    return found, award
    return [], []


def classes(grant: Grant, text: str) -> list[Said]:
    """Awards of a list without thresholds, one for each class (国家级、省级): printed as a list, or one after the other."""
    for group in _groups(grant, text):
        found = [Said(f, _role_of(grant, f)) for f in _members(grant, group)]
        between = text[found[0].figure.end : found[1].figure.start] if len(found) > 1 else ""
        if re.search("[、，和及或]", between) and found[0].role in ("rate", "amount", "cap"):
            return found
    amounts = grant.of("amount")
    return amounts if len(amounts) > 1 and len(amounts) == sum(s.role in ("amount", "rate") for s in grant.said) and not _ranged(amounts, text) else []


def _ranged(amounts: Sequence[Said], text: str) -> bool:
    return any(re.fullmatch(r"\s*[—–\-~～至]+\s*", text[a.figure.end : b.figure.start]) for a, b in itertools.pairwise(amounts))


def _groups(grant: Grant, text: str) -> list[Group]:
    return list(groups(text, [s.figure for s in grant.said]))


def _members(grant: Grant, group: Group) -> list[Figure]:
    return [s.figure for s in grant.said[group.first : group.end]]


def _role_of(grant: Grant, figure: Figure) -> str:
    return next(s.role for s in grant.said if s.figure is figure)


def _shape(piece: str, said: tuple[Said, ...], text: str) -> str:
    """The shape of the award, '' where nothing is granted."""
    roles_here = {s.role for s in said if not (s.figure.quantity and s.figure.quantity.dimension == RATIO)}
    dimensions = {s.figure.quantity.dimension for s in said if s.figure.quantity and s.role in ("step", "amount")}
    probe = Grant(piece, 0, said, "")
    if "百分点" in dimensions:
        return "schedule"
    if "step" in roles_here and "amount" in roles_here:
        return "steps"
    if re.search(r"年利率|贴息", piece) and "rate" in roles_here:
        return "interest"
    if any("/" in dimension for dimension in dimensions):
        return "unit"
    if ladder(probe, text)[0] or classes(probe, text):
        return "table"
    if "rate" in roles_here and _MONEY.search(piece):
        return "rate"
    if "amount" in roles_here or ("cap" in roles_here and _MONEY.search(piece)):
        return "fixed"
    if _MONEY.search(piece):
        return "open"
    return "none" if _FAVOUR.search(piece) else ""


def _next_rungs(first: Grant, second: Grant, text: str) -> Grant | None:
    """A second ladder over the same base that goes on where the first ends: one table."""
    low, high = _rungs(first, text), _rungs(second, text)
    if not (low and high) or re.sub(r"\W", "", base_words(low[0], text))[-5:] != re.sub(r"\W", "", base_words(high[0], text))[-5:]:
        return None
    last, start = low[-1].figure.quantity, high[0].figure.quantity
    if last is None or start is None or last.dimension != start.dimension or last.value >= start.value:
        return None
    return replace(first, text=first.text + second.text, said=first.said + second.said, shape="table")


def _rungs(grant: Grant, text: str) -> list[Said]:
    """The thresholds of a ladder, or the one threshold of a single sum."""
    single = grant.of("threshold") if grant.shape == "fixed" and len(grant.said) == 2 and len(grant.of("amount")) == 1 else []
    return ladder(grant, text)[0] or single


def rungs(grant: Grant, text: str) -> list[tuple[Said, Said]]:
    """All pairs of threshold and award of a table, also of ladders that were joined."""
    found: list[tuple[Said, Said]] = []
    rest = list(grant.said)
    while rest:
        part = replace(grant, said=tuple(rest))
        low, awards = ladder(part, text)
        if not low:
            break
        found += zip(low, awards, strict=True)
        rest = rest[rest.index(awards[-1]) + 1 :]
    limits, sums = grant.of("threshold"), grant.of("amount")
    return found or (list(zip(limits, sums, strict=True)) if len(limits) == len(sums) else [])


def base_words(said: Said, text: str) -> str:
    """The words before a figure that name what it measures, back to a break."""
    before = re.sub(r"[（(][^（）()]*[）)]", "", text[max(0, said.figure.start - 60) : said.figure.start])
    return re.sub(
        r"(?:分别|首次|累计)?(?:达到?|超过|不低于|不少于|满|新增|按|按照|不超过|的|给予|最高)+\s*$", "", re.split(r"[。；;，,\n]", before)[-1].strip()
    )
