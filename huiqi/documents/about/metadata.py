"""What a policy says about itself: title, number, issuers, days, validity, benefit years, overlap, funding, repeals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huiqi.documents.about.names import Names
from huiqi.documents.characters.days import DAY, last_day_of_term, later, read_day
from huiqi.documents.characters.numerals import chinese_number
from huiqi.documents.structure.blocks import Block
from huiqi.documents.structure.imprint import is_day, is_number, is_office
from huiqi.documents.structure.split import Portion
from huiqi.documents.text import sentences
from huiqi.documents.tree import Metadata, Node, Offices

_QUOTED = re.compile(r"《([^《》]{4,80})》")
_FROM = re.compile(rf"自({DAY})起?(?:正式)?(?:施行|实施|执行|生效)|(?:有效期|期限)[^。；]{{0,6}}?自?({DAY})(?:起)?至")
_UNTIL = re.compile(rf"(?:有效期|期限|施行|执行|实施)[^。；]{{0,24}}?(?:至|到|截至|截止)({DAY}|[0-9]{{4}}年(?:年)?底)")
_TERM = re.compile(r"(?:有效期|试行期?|实施期限|执行期限)(?:限)?(?:为|暂定)?([0-9一二两三四五六七八九十]{1,2})年")
_ON_ISSUE = re.compile(r"自(?:发布|印发|公布|发文|下发)之日起(?:([0-9一二三四五六七八九十]{1,3})日后)?(?:正式)?(?:施行|实施|执行|生效)")
_BENEFIT = re.compile(r"(?:奖补|奖励|补助|扶持|兑现|资助)[^，。；]{0,4}(?:时间|年度|期限)[^，。；]{0,4}?[从自]([0-9]{4})年度?(?:至([0-9]{4})年)?起?")
_EARLIER = re.compile(r"(?:施行|实施|发布|印发)(?:之日)?[以之]?前[^。；]{0,24}可(?:参照|按照?)[^。；，]{0,8}执行")
_UP_TO = re.compile(r"标准，?均为最高(?:标准|限额|额度)?")
_OVERLAP = re.compile(r"从优[、，]就高[、，]不重复|(?:就高|从高|从优)[、，]?不重复|不(?:得|予)?重复(?:享受|支持|奖励|补助)|择优享受")
_OTHERS = re.compile(r"政策|上级|各级|国家|同类")
_WIDE = re.compile(r"上级|国家、省|各级(?:其他)?同类|国家级|省级")
_CITY = re.compile(r"(?:本市|我市|全市|本区|我区|市级)[^，。；]{0,4}(?:各级)?(?:其他)?同类|本(?:市|区)[^，。；]{0,12}政策")
_PAYS = re.compile(r"(?:资金|经费)[^；]*(?:分担|承担|负担)")
_RATIO = re.compile(r"([0-9]+(?:\.[0-9]+)?[:：][0-9]+(?:\.[0-9]+)?)的?比例")
_ENDS = re.compile(r"废止|停止执行|不再执行")
_PAYERS = (("省", "省财政|省级财政"), ("市", "市"), ("区县", "区、县|区县|区（县|各区|两级"))
_BEFORE_NUMBER = re.compile("^(?:原|前发|对|和|与|及|的|将)+")
_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,14})[〔\[（【]([12][0-9]{3})[〕\]）】]([0-9]+)号")


def read_metadata(portion: Portion, back: Sequence[Block], nodes: Sequence[Node], offices: dict[str, Offices], names: Names) -> Metadata:
    """The metadata of one policy from its front, its title lines, its clauses, and what follows them (where a notice is signed)."""
    front, title = portion.front, portion.title
    heading = _title(front, "".join(block.text for block in title))
    signed = front if any(_signs(block) for block in front) else back
    issued = next((read_day(block.text) for block in signed if _signs(block)), "")
    month = next((read_day(b.text) for b in front if b.short and is_day(b.text) and "日" not in b.text), "")
    clauses = [node for top in nodes for node in top.walk() if node.is_clause]
    first_day, last_day = _validity(clauses, issued)
    benefit = _first(_BENEFIT, clauses)
    overlap, overlap_at = _sentence(clauses, _OVERLAP, _OTHERS)
    pays, pays_at = _sentence(clauses, _PAYS)
    ratio = _RATIO.search(pays)
    return Metadata(
        title=heading,
        number=next((proper_number(b.text) for b in front if b.short and is_number(b.text)), ""),
        issuers=_issuers(front, signed, heading, names),
        issued=issued,
        issued_month=month,
        first_day=first_day,
        last_day=last_day,
        benefit_from=benefit.group(1) if benefit else "",
        benefit_to=(benefit.group(2) or "") if benefit else "",
        admits_earlier=_first(_EARLIER, clauses) is not None,
        all_up_to=_first(_UP_TO, clauses) is not None,
        overlap=_reach(overlap),
        overlap_at=overlap_at,
        funding=_payers(pays),
        funding_at=pays_at,
        funding_share=ratio.group(1).replace("：", ":") if ratio else "",
        repeals=_repeals(clauses),
        lead=_lead(clauses, offices),
    )


def proper_number(text: str) -> str:
    """A document number with the brackets it should have: 杭政办函[2023]56号 → 杭政办函〔2023〕56号."""
    return re.sub(r"[〔\[（【]([12][0-9]{3})[〕\]）】]", r"〔\1〕", text)


def _title(front: Sequence[Block], printed: str) -> str:
    """The title as the notice quotes it where it quotes it in full, else as printed over the text."""
    quoted = [name for block in front if not block.short for name in _QUOTED.findall(block.text)]
    return next((name for name in quoted if len(name) > len(printed) > 0 and name.endswith(printed)), printed)


def _signs(block: Block) -> bool:
    """Whether a block is the day under a signature."""
    return block.short and is_day(block.text) and "日" in block.text


def _issuers(front: Sequence[Block], signed: Sequence[Block], title: str, names: Names) -> tuple[str, ...]:
    """Who signs: the offices over the day of issue, else those of the letterhead, else the one the title begins with."""
    day = next((at for at, block in enumerate(signed) if _signs(block)), 0)
    head = next((at for at, block in enumerate(front) if block.short and is_number(block.text)), 0)
    named = title.partition("关于")[0]
    of_title = (names.proper(named),) if named and is_office(named) else ()
    return _offices_before(signed, day, names) or _offices_before(front, head, names) or of_title


def _offices_before(front: Sequence[Block], at: int, names: Names) -> tuple[str, ...]:
    offices: list[str] = []
    for block in reversed(front[:at]):
        text = block.text.removesuffix("文件")
        if text and not is_office(text):
            break
        if text:
            offices.insert(0, names.proper(text))
    return tuple(dict.fromkeys(offices))


def _validity(clauses: Sequence[Node], issued: str) -> tuple[str, str]:
    """First and last day, '' where none is printed; the last clause that says it counts."""
    starts = [day for m in _all(_FROM, clauses) if (day := read_day(m.group(1) or m.group(2)))]
    first_day = starts[-1] if starts else ""
    on_issue = _first(_ON_ISSUE, clauses)
    if not first_day and on_issue and issued:
        first_day = later(issued, _count(on_issue.group(1)))
    ends = [day for m in _all(_UNTIL, clauses) if (day := read_day(m.group(1)))]
    if ends:
        return first_day, ends[-1]
    terms = list(_all(_TERM, clauses))
    return first_day, last_day_of_term(first_day, _count(terms[-1].group(1))) if terms and first_day else ""


def _count(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isascii() else chinese_number(text) or 0


def _first(pattern: re.Pattern[str], clauses: Sequence[Node]) -> re.Match[str] | None:
    return next(_all(pattern, clauses), None)


def _all(pattern: re.Pattern[str], clauses: Sequence[Node]) -> Iterator[re.Match[str]]:
    return (m for clause in clauses for sentence in sentences(clause.text) for m in pattern.finditer(sentence))


def _sentence(clauses: Sequence[Node], *patterns: re.Pattern[str]) -> tuple[str, str]:
    """The sentence that all patterns are found in and the printed path of its clause; the last clause that has one counts."""
    for clause in reversed(clauses):
        for sentence in sentences(clause.text.replace("\n", "")):
            if all(pattern.search(sentence) for pattern in patterns):
                return sentence, clause.at
    return "", ""


def _reach(sentence: str) -> str:
    """Against whose policies an overlap is settled: 市 (the city's own of all levels) or 各级."""
    if not sentence:
        return ""
    return "市" if _CITY.search(sentence) or not _WIDE.search(sentence) else "各级"


def _payers(sentence: str) -> tuple[str, ...]:
    said = next((part for part in sentence.split("；") if _PAYS.search(part)), "").replace("（市）", "")
    return tuple(who for who, pattern in _PAYERS if re.search(pattern, said))


def _repeals(clauses: Sequence[Node]) -> tuple[str, ...]:
    """The documents that end: by number, by title where none is printed."""
    found: list[str] = []
    for said in (part for clause in clauses for sentence in sentences(clause.text) for part in sentence.split("；") if _ENDS.search(part)):
        numbers = [f"{_BEFORE_NUMBER.sub('', m.group(1))}〔{m.group(2)}〕{m.group(3)}号" for m in _NUMBER.finditer(said)]
        found += numbers or [f"《{title}》" for title in _QUOTED.findall(said)]
    return tuple(dict.fromkeys(found))


def _lead(clauses: Sequence[Node], offices: dict[str, Offices]) -> tuple[str, ...]:
    """Who carries the whole policy out: as the closing provisions say, else the first clause whose prose says it."""
    for clause in reversed(clauses):
        if "组织实施" in clause.text and clause.id in offices and offices[clause.id].lead:
            return offices[clause.id].lead
    return ()
