"""Every figure a text prints, exact: amounts, rates, counts, dates, durations, power, mass, area, names and numbers that hold digits.

Two passes: `atoms` finds numbers with what stands directly beside them; `_shared` gives the unit of “50、100、200万元” and “20万—40万元/辆” to all.
No digit of a text is lost: each belongs to one figure.
"""

from __future__ import annotations

import bisect
import re
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from huiqi.documents.characters.numerals import FORMAL, chinese_number, multiplier
from huiqi.language.text import fold
from huiqi.language.units import UNITS, Quantity, format_money

LONGEST = 60
"""Characters of a figure; a longer run of digits is no quantity."""
DATE, MONTH, YEAR, RATIO, LABEL = "日期", "年月", "年份", "比例", "名称"


class Figure(Struct, frozen=True):
    """One printed figure: span in the text, the exact quantity in base units (None for a name or number), `label` for what is no quantity."""

    start: int
    end: int
    quantity: Quantity | None
    label: str = ""
    kind: str = ""  # number, reference, outline, name: what a label is

    @property
    def value(self) -> str:
        """The canonical spelling: 500万元, 2.2%, 3年, 2022-10-08, 20万元/辆, or the label."""
        return written(self.quantity) if self.quantity else self.label


_OWN = (
    "倍",
    "级",
    "股",
    "字",
    "周",
    "小时",
    "分钟",
    "公里",
    "米",
    "层",
    "类",
    "场",
    "所",
    "支",
    "篇",
    "季度",
    "标准箱",
    "架次",
    "架",
    "趟",
    "课时",
    "届",
    "轮",
    "人次",
    "门",
    "部",
)
# Units as texts print them, beside those of the rule language: (dimension, size in its base unit).
_TEXT_UNITS: dict[str, tuple[str, Fraction]] = {name: (unit.dimension, unit.size) for name, unit in UNITS.items()} | {
    **{name: (name, Fraction(1)) for name in _OWN},
    **{name: ("瓦", Fraction(size)) for name, size in (("W", 1), ("kW", 10**3), ("KW", 10**3), ("MW", 10**6), ("GW", 10**9), ("吉瓦", 10**9))},
    **{name: ("平方米", Fraction(1)) for name in ("㎡", "平米")},
    "百分点": ("百分点", Fraction(1, 100)),
    "折": ("比率", Fraction(1, 10)),
    "成": ("比率", Fraction(1, 10)),
    "年度": ("年", Fraction(1)),
    "月度": ("月", Fraction(1)),
    "工作日": ("工作日", Fraction(1)),
    "千瓦时": ("千瓦时", Fraction(1)),
    "人民币": ("元", Fraction(1)),
}
_UNITS = "|".join(sorted(map(re.escape, _TEXT_UNITS), key=len, reverse=True))
_CHINESE_UNITS = "个百分点|个工作日|个月|年度|年|家|个|项|名|位|条|类|批|倍|人|天|辆|种|款|件|台|套|户|座|支|季度|届(?!历次|[一二三四五六七]?中)|轮|场|次"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?:，000)+(?!\d)|\d+(?:\.\d+)?"
_CHINESE = "一二两三四五六七八九十百千"
_JOINT = re.compile(r"\s*(?:[、,，和或及至到~～/]|[—–-]+|以及)\s*")
_RANGE = re.compile(r"\s*(?:[—–\-~～]+|至)\s*")

# Tried in this order at every place. Blanks may stand anywhere inside.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("number", r"〔\s*\d{4}\s*〕\s*(?:第\s*)?\d+\s*号|\d{4}\s*年\s*第\s*\d+\s*号|第\s*\d+\s*号|〔\s*\d{4}\s*〕"),
    ("reference", r"第\s*\d+\s*[条款章页]"),
    ("date", r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"),
    ("iso", r"\d{4}-\d{2}-\d{2}(?!\d)"),
    ("cdate", r"[〇○零一二三四五六七八九]{4}\s*年(?:\s*[一二三四五六七八九十]+\s*月(?:\s*[一二三四五六七八九十]+\s*日)?)?"),
    ("month", r"(?P<y2>\d{4})\s*年\s*(?P<m2>\d{1,2})\s*月"),
    ("years", r"(?P<y3>\d{4})\s*[—–\-~～至]+\s*(?P<y4>\d{4})\s*年度?"),
    ("year", r"(?P<y5>(?:19|20)\d{2})(?:\s*年度?|(?=\s*[、和及]\s*20\d{2}\s*年))"),
    (
        "name",
        r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)(?:[01]?\d|2[0-3]):(?:00|30)(?![\d:])|(?<!\d)1?\d月(?:\s*[1-3]?\d\s*日|[底初末]|[上中下]旬)",
    ),  # telephone, hour, day of any year
    ("name", r"(?<=大脑)\s*\d+\.\d+|(?<=版本)\s*\d+\.\d+"),
    ("ratio", r"\d+\s*[:∶]\s*[1-9]\d*"),
    ("part", r"\d+\s*/\s*[1-9]\d*(?!\s*[A-Za-z])"),
    ("name", r"(?<![A-Za-z])[A-Za-z]{1,20}-?\d+(?:\.\d+)*(?:\s*/\s*[A-Za-z]\d+)*|\d+(?:\s*\+\s*[A-Za-z0-9]+)+|\d+(?![kKMG]?W)[A-Za-z]+"),
    ("name", rf"第\s*[{_CHINESE}\d]{{1,6}}\s*[类代]|(?:\d{{1,4}}|[{_CHINESE}])(?:\s*[、—–\-]\s*(?:\d{{1,4}}|[{_CHINESE}])){{0,4}}\s*(?:等奖|星级)"),
    ("name", rf"\d{{1,4}}\s*[—–\-]\s*\d{{1,4}}\s*类|(?:\d{{1,4}}|[{_CHINESE}])\s*类(?=医疗|化学|生物|中药|新药|药|工业用地)"),
    ("chance", rf"(?:百|千)分之[{_CHINESE}]{{1,8}}|[{_CHINESE}]{{1,8}}分之[{_CHINESE}]{{1,8}}|全额|一半|半数|[两二三四五六七八九]成(?=[，。；、）以的])"),
    (
        "chinese",
        rf"(?P<c>(?<![{_CHINESE}])[{_CHINESE}]{{1,12}}[万亿]{{0,3}})\s*(?P<cu>{_CHINESE_UNITS})(?![百千万亿])|(?P<c2>(?:(?<![{_CHINESE}])[{_CHINESE}]{{1,12}}万?亿|(?<![{_CHINESE}])万亿))\s*(?P<cu2>元|级|(?=[,，、。；的]))"
        rf"|(?P<c3>(?<![{_CHINESE}])[一二两三四五六七八九十][{_CHINESE}]{{0,11}}万|[{FORMAL}零]{{1,12}}万?)元",
    ),
    ("digits", rf"(?P<n>{_NUMBER})\s*(?P<t>[十百千万亿]{{0,6}}(?:(?<=百)(?!分)|(?<!百)))\s*(?P<u>{_UNITS})?(?:\s*/\s*(?P<p>{_UNITS}))?"),
)
_ANY = re.compile("|".join(f"(?P<x{n}>{pattern})" for n, (_, pattern) in enumerate(_PATTERNS)))
_QUOTED = re.compile(r"“[^”]{0,40}”|《[^》]{0,120}》|「[^」]{0,40}」")
_OUTLINE = re.compile(r"(?:^|(?<=[。；;:]))\s*(\d{1,2})\s*[.．、](?!\s*\d)")
_VAGUE = re.compile(r"[数几成余第每同上]\s*$")  # 数十家, 第一条: no figure (第二年 is one)
_ONLY_ONE = re.compile(r"(?:只享受|只能享受|只可|限|仅|不超过|最多|最长|延期|每年认定|为期|满|不少于|不低于)\s*$")


def find_figures(text: str) -> tuple[Figure, ...]:
    """All figures of `text` in order, without overlap.

    >>> [f.value for f in find_figures("年度增量达到1亿元、5亿元的，分别给予2%、3%的补助，最多连续三年")]
    ['1亿元', '5亿元', '2%', '3%', '3年']
    """
    plain = _plain(text)
    quoted = [(m.start(), m.end()) for m in _QUOTED.finditer(text)]
    outlines = {m.start(1): m.end(1) for m in _OUTLINE.finditer(plain)}
    found: list[_Atom] = []
    at = 0
    while match := _ANY.search(plain, at):
        at = max(match.end(), match.start() + 1)
        start = match.start()
        if start in outlines:
            found.append(_Atom(start, outlines[start], None, plain[start : outlines[start]], "outline"))
            at = outlines[start]
            continue
        pattern = next(name for n, (name, _) in enumerate(_PATTERNS) if match[f"x{n}"] is not None)
        inside = _inside(quoted, start)
        made = _read(pattern, match, plain, inside)
        found += made
        if not made:
            at = start + 1
    return tuple(atom.figure() for atom in _shared(found, plain))


class _Atom(Struct, frozen=True):
    """A number with what stands beside it; `times`/`unit` are '' where it has none of its own."""

    start: int
    end: int
    number: Fraction | None
    label: str = ""
    kind: str = ""
    times: str = ""
    unit: str = ""
    per: str = ""
    whole: Quantity | None = None

    def figure(self) -> Figure:
        if self.whole is not None or self.number is None:
            return Figure(self.start, self.end, self.whole, self.label, self.kind)
        unit = self.unit or ("元" if self.times else "")
        dimension, size = _TEXT_UNITS.get(unit, (unit, Fraction(1)))
        value = self.number * multiplier(self.times) * size
        if self.per:
            of, step = _TEXT_UNITS[self.per]
            dimension, value = f"{dimension}/{of}", value / step
        return Figure(self.start, self.end, Quantity(value, dimension))


def _plain(text: str) -> str:
    """Full-width digits, letters and marks in ASCII, as long as before; the Chinese comma stays, so that it groups no thousands."""
    return "".join("，" if c == "，" else folded for c, folded in zip(text, fold(text), strict=True))


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    n = bisect.bisect_right(spans, (at, 1 << 60)) - 1
    return n >= 0 and spans[n][0] <= at < spans[n][1]


def _read(pattern: str, match: re.Match[str], text: str, quoted: bool) -> list[_Atom]:
    """What one match says; nothing where it is no figure (数十家, 同一个, names in quotation marks)."""
    start, end, printed = match.start(), match.end(), re.sub(r"\s", "", match[0])
    if quoted or pattern in ("number", "reference", "name"):
        if quoted and not re.search(r"\d", printed):
            return []
        return [_Atom(start, end, None, printed, pattern if pattern in ("number", "reference") else "name")]
    if len(printed) > LONGEST:
        return [_Atom(start, end, None, printed[:LONGEST], "name")]
    if pattern == "chinese":
        return _chinese(match, text)
    if pattern == "digits":
        return [_Atom(start, end, Fraction(re.sub("[,，]", "", match["n"])), times=match["t"] or "", unit=match["u"] or "", per=match["p"] or "")]
    if pattern == "years":
        first, last = (Quantity(Fraction(int(match[g])), YEAR) for g in ("y3", "y4"))
        return [_Atom(start, match.end("y3"), None, whole=first), _Atom(match.start("y4"), end, None, whole=last)]
    return [_Atom(start, end, None, whole=_WHOLE[pattern](match, printed))]


def _day(year: str, month: str = "", day: str = "") -> Quantity:
    number = int(year) * (10000 if day else 100 if month else 1) + int(month or 0) * (100 if day else 1) + int(day or 0)
    return Quantity(Fraction(number), DATE if day else MONTH if month else YEAR)


def _chinese_day(match: re.Match[str], printed: str) -> Quantity:
    parts = [str(chinese_number(part)) for part in re.split("[年月日]", printed) if part]
    return _day(*parts)


def _chance(match: re.Match[str], printed: str) -> Quantity:
    if printed in ("全额", "一半", "半数"):
        return Quantity(Fraction(1) if printed == "全额" else Fraction(1, 2), "比率")
    if printed.endswith("成"):
        return Quantity(Fraction(chinese_number(printed[:-1]) or 0, 10), "比率")
    below, _, above = printed.partition("分之")
    return Quantity(Fraction(chinese_number(above) or 0, chinese_number(below) or 1), "比率")


_WHOLE = {
    "date": lambda m, p: _day(m["y"], m["m"], m["d"]),
    "iso": lambda m, p: _day(*p.split("-")),
    "month": lambda m, p: _day(m["y2"], m["m2"]),
    "year": lambda m, p: _day(m["y5"]),
    "cdate": _chinese_day,
    "ratio": lambda m, p: Quantity(Fraction(*map(int, re.split("[:∶]", p))), RATIO),
    "part": lambda m, p: Quantity(Fraction(*map(int, p.split("/"))), "比率"),
    "chance": _chance,
}


def _chinese(match: re.Match[str], text: str) -> list[_Atom]:
    start, end = match.start(), match.end()
    before, numeral, unit = text[max(0, start - 12) : start], match["c"] or match["c2"] or match["c3"], match["cu"] or match["cu2"] or ""
    ordinal = re.search(r"第\s*$", before)
    if unit == "次" and numeral == "二":  # 二次开发
        return []
    if _VAGUE.search(before) and not (ordinal and unit == "年"):
        return []
    if numeral == "一" and not _one_counts(before, text[end : end + 1], unit):
        return []
    number = chinese_number(numeral)
    if number is None:
        return []
    if match["c3"]:
        return [_Atom(start, end, None, whole=Quantity(Fraction(number), "元"))]
    if match["c2"]:
        return [_Atom(start, end, None, whole=Quantity(Fraction(number), "元" if unit else ""))]
    return [_Atom(start, end, Fraction(number), unit=unit)]


def _one_counts(before: str, after: str, unit: str) -> bool:
    """一 is a figure only where it limits (延期一年, 只享受一项) or names a quarter; mostly it means “a”."""
    return unit == "季度" or (bool(_ONLY_ONE.search(before)) and after != "性")


def _shared(atoms: list[_Atom], text: str) -> list[_Atom]:
    """From right to left, a number without a unit takes that of the next number of its list or range."""
    out: list[_Atom] = []
    after: _Atom | None = None
    for atom in reversed(atoms):
        if atom.number is not None and not atom.unit and after is not None and after.number is not None and after.unit:
            between = text[atom.end : after.start]
            if _JOINT.fullmatch(between):
                atom = replace(atom, times=atom.times or after.times, unit=after.unit)
        if atom.number is not None and atom.unit and not atom.per and after is not None and after.per and _RANGE.fullmatch(text[atom.end : after.start]):
            atom = replace(atom, per=after.per)
        after = atom
        out.append(atom)
    return out[::-1]


def written(quantity: Quantity) -> str:
    """The canonical spelling of a quantity: `10个百分点`, `2.2%`, `3000万元`, `20万元/辆`, `2022-10-08`, `1:1`."""
    value, dimension = quantity.value, quantity.dimension
    base, _, per = dimension.partition("/")
    if base == DATE:
        number = int(value)
        return f"{number // 10000}-{number // 100 % 100:02}-{number % 100:02}"
    if base == MONTH:
        return f"{int(value) // 100}-{int(value) % 100:02}"
    if base == YEAR:
        return f"{int(value)}年"
    if base == RATIO:
        return f"{value.numerator}:{value.denominator}"
    tail = f"/{per}" if per else ""
    if base == "元":
        return format_money(int(value * 100)).replace(",", "") + tail if (value * 100).denominator == 1 else f"{_decimal(value)}元{tail}"
    for unit, size in _LARGER.get(base, ()):
        if value >= size and value % size == 0:
            return f"{_grouped(value / size)}{unit}{tail}"
    if not base:
        return _decimal(value)
    unit = {"比率": "%", "百分点": "个百分点", "月": "个月", "工作日": "个工作日"}.get(base, base)
    return f"{_grouped(value / UNITS[unit].size if unit in UNITS else value)}{unit}{tail}"


_LARGER = {"瓦": (("兆瓦", 10**6), ("千瓦", 10**3)), "公斤": (("吨", 10**3),)}


def _grouped(value: Fraction) -> str:
    """With 万 or 亿 where that leaves at most two decimals."""
    for size, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if value >= size and (value / size * 100).denominator == 1:
            return f"{_decimal(value / size)}{name}"
    return _decimal(value)


def _decimal(value: Fraction) -> str:
    """Plain digits of a terminating fraction, `a/b` of any other."""
    for digits in range(13):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            return f"{int(scaled) // 10**digits}" + (f".{int(scaled) % 10**digits:0{digits}d}" if digits else "")
    return f"{value.numerator}/{value.denominator}"
