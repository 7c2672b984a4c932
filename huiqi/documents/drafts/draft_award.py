"""One grant → the YAML lines of a drafted measure: conditions, award and limits, each with how sure it is."""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec import Struct, field

from huiqi.documents.drafts.grants import Grant, Said, base_words, classes, rungs
from huiqi.documents.drafts.matching import Guess, fact_for, nearest, register_in
from huiqi.documents.locks.figures import Figure
from huiqi.packs.vocabulary import Vocabulary

LEAST = 0.35
"""A fact less alike than this is not proposed: the measure is listed with its shape, its figures go to terms."""
_UP_TO = re.compile(r"(?:不超过|不高于|最高|最多)[^，,。；;、\d]{0,10}$")


class Lines(Struct):
    """YAML lines of one measure, the figures they hold, and where a person must look."""

    when: list[str] = []
    award: list[str] = []
    limits: list[str] = []
    used: set[Figure] = set()
    base: Guess = field(default_factory=lambda: Guess("", 0.0))

    def take(self, said: Said) -> str:
        """The value of a figure, which then needs no term."""
        self.used.add(said.figure)
        return said.figure.value


def note(guess: Guess) -> str:
    """A comment with the confidence; TODO unless it is high."""
    return f"  # {guess.confidence}{'' if guess.confidence == '高' else ' TODO'}"


def draft_measure(grant: Grant, text: str, id_: str, vocabulary: Vocabulary, without: Collection[str]) -> Lines:
    """Conditions, award and limits of one grant; no award where no base is alike enough."""
    lines = Lines()
    form = {"rate": _rate, "fixed": _fixed, "table": _table, "steps": _steps, "interest": _interest, "unit": _unit, "schedule": _schedule}.get(grant.shape)
    if form:
        form(grant, text, vocabulary, without, lines)
    register = register_in(vocabulary, grant.text, without)
    if register.name:
        lines.when.append(f"has({register.name}){note(register)}")
    for said in grant.of("threshold"):
        if said.figure not in lines.used:
            _condition(said, text, vocabulary, without, lines)
    if lines.award:
        _limits(grant, id_, lines)
    return lines


def _base(said: Said, text: str, dimension: str, vocabulary: Vocabulary, without: Collection[str], lines: Lines) -> str:
    lines.base = fact_for(vocabulary, base_words(said, text), dimension, without)
    return lines.base.name if lines.base.likeness >= LEAST else ""


def _rate(grant: Grant, text: str, vocabulary: Vocabulary, without: Collection[str], lines: Lines) -> None:
    rate = grant.of("rate")[0]
    if base := _base(rate, text, "元", vocabulary, without, lines):
        lines.award = [f"rate: {lines.take(rate)}  # 高", f"of: {base}{note(lines.base)}", *_cap(grant, lines), *_kind(rate, text)]


def _fixed(grant: Grant, text: str, vocabulary: Vocabulary, without: Collection[str], lines: Lines) -> None:
    amounts = grant.of("amount") or grant.of("cap")
    lines.base = Guess("", 1.0)
    ranged = len(amounts) > 1 and re.fullmatch(r"\s*[—–\-~～至]+\s*", text[amounts[0].figure.end : amounts[1].figure.start])
    if ranged:
        lines.award = [f"range: [{lines.take(amounts[0])}, {lines.take(amounts[1])}]  # 高", *_kind(amounts[0], text)]
    else:
        lines.award = [f"fixed: {lines.take(amounts[0])}  # 高", *_kind(amounts[0], text)]


def _table(grant: Grant, text: str, vocabulary: Vocabulary, without: Collection[str], lines: Lines) -> None:
    steps = rungs(grant, text)
    if not steps:
        _classes(grant, text, vocabulary, without, lines)
        return
    first = steps[0][0]
    base = _base(first, text, _dimension(first), vocabulary, without, lines)
    if not base:
        return
    edge = "above" if re.search(r"(?<!不)超过\s*$", text[: first.figure.start]) else "from"
    mixed = len({award.role for _, award in steps}) > 1
    rows = [f"  - {{{edge}: {lines.take(low)}, {_given(award, text, mixed)}}}" for low, award in steps]
    lines.used |= {award.figure for _, award in steps}
    of = [f"  of: {base}{note(lines.base)}"]
    lines.award = ["table:", *of, *(f"  {line}" for line in _cap(grant, lines)), "  rows:  # 高", *rows, *(() if mixed else _kind(steps[0][1], text))]


def _given(award: Said, text: str, mixed: bool) -> str:
    """The award of a row; a sum above rates of a base is outside their cap."""
    if award.role == "rate":
        return f"rate: {award.figure.value}"
    up_to = ", kind: up_to" if mixed and _UP_TO.search(text[: award.figure.start]) else ""
    return f"fixed: {award.figure.value}{up_to}{', cap: none' if mixed else ''}"


def _classes(grant: Grant, text: str, vocabulary: Vocabulary, without: Collection[str], lines: Lines) -> None:
    awards = classes(grant, text)
    names = _class_names(grant, awards, text)
    rate = grant.of("rate")[:1]
    base = _base(rate[0], text, "元", vocabulary, without, lines) if rate and awards[0].role != "rate" else ""
    key = "rate" if awards[0].role == "rate" else "fixed"
    rows = [f"{key}: {lines.take(award)}" for award in awards]
    if base:  # one rate for all, a cap for each
        rows = [f"rate: {lines.take(rate[0])}, cap: {lines.take(award)}" for award in awards]
    of = [f"  base: {base}{note(lines.base)}"] if base else []
    named = [f"  - {{is: {name}, {row}}}" for name, row in zip(names, rows, strict=True)]
    guess = Guess("认定.等级", 0.3)
    lines.award = ["table:", f"  by: {guess.name}{note(guess)}", *of, "  rows:  # 中 TODO 各档名称", *named, *_kind(awards[0], text)]


def _class_names(grant: Grant, awards: list[Said], text: str) -> list[str]:
    """The list of as many names before the awards; 第1档 … where there is none."""
    before = re.split(r"[，,]", text[grant.start : awards[0].figure.start])
    for part in reversed(before):
        names = [re.sub(r"^对.*?的(?=国家|省|市)|^对(?:获得|经认定的|首次认定的|新认定的)?|\W", "", name)[:12] for name in re.split(r"[、和]", part)]
        if len(names) == len(awards) and all(names) and len(set(names)) == len(names):
            return names
    return [f"第{n}档" for n in range(1, len(awards) + 1)]


def _steps(grant: Grant, text: str, vocabulary: Vocabulary, without: Collection[str], lines: Lines) -> None:
    each, give = grant.of("step")[0], grant.of("amount")[0]
    if base := _base(each, text, "元", vocabulary, without, lines):
        lines.award = ["steps:", f"  of: 增量({base}){note(lines.base)}", f"  each: {lines.take(each)}", f"  give: {lines.take(give)}", *_cap(grant, lines)]


def _interest(grant: Grant, text: str, vocabulary: Vocabulary, without: Collection[str], lines: Lines) -> None:
    loans = nearest([f.name for f in vocabulary.facts.values() if f.type == "money" and "贷款额" in f.name and f.name not in without], "日均贷款额")
    paid = nearest([f.name for f in vocabulary.facts.values() if f.type == "rate" and "利率" in f.name and f.name not in without], "贷款年利率")
    lines.base = loans
    if loans.name and paid.name:
        rate = grant.of("rate")[0]
        lines.award = ["interest:", f"  of: {loans.name}{note(loans)}", f"  paid: {paid.name}{note(paid)}", f"  rate: {lines.take(rate)}/年  # 高"]
        lines.award += [*_cap(grant, lines)]


def _unit(grant: Grant, text: str, vocabulary: Vocabulary, without: Collection[str], lines: Lines) -> None:
    amounts = [s for s in grant.of("amount") if "/" in _dimension(s)]
    if base := _base(amounts[0], text, _dimension(amounts[0]).partition("/")[2], vocabulary, without, lines):
        ranged = len(amounts) > 1 and re.fullmatch(r"\s*[—–\-~～至]+\s*", text[amounts[0].figure.end : amounts[1].figure.start])
        per = f"[{lines.take(amounts[0])}, {lines.take(amounts[1])}]" if ranged else lines.take(amounts[0])
        lines.award = [f"per: {per}  # 高", f"of: {base}{note(lines.base)}", *_cap(grant, lines)]


def _schedule(grant: Grant, text: str, vocabulary: Vocabulary, without: Collection[str], lines: Lines) -> None:
    fall, years = grant.of("step")[0], next((s for s in grant.said + grant.caps if s.role == "years"), None)
    rate = next((s for s in grant.of("rate") if s.figure.start < fall.figure.start), None)
    day = nearest([f.name for f in vocabulary.facts.values() if f.type == "date" and f.name not in without], "投保日")
    if not (rate and years and day.name and rate.figure.quantity and fall.figure.quantity and years.figure.quantity):
        return
    if base := _base(rate, text, "元", vocabulary, without, lines):
        first, step = rate.figure.quantity.value * 100, fall.figure.quantity.value * 100
        rates = ", ".join(f"{first - n * step}%" for n in range(int(years.figure.quantity.value)))
        lines.used |= {rate.figure, fall.figure, years.figure}
        lines.award = [f"schedule: {{by: nth_year({day.name}), of: {base}, rates: [{rates}]}}{note(lines.base)}", *_cap(grant, lines)]


def _cap(grant: Grant, lines: Lines) -> list[str]:
    cap = next((s for s in grant.said if s.role == "cap" and _dimension(s) == "元" and s.figure not in lines.used), None)
    return [f"cap: {lines.take(cap)}  # 中 TODO 按什么封顶"] if cap else []


def _kind(said: Said, text: str) -> list[str]:
    return ["kind: up_to  # 中"] if _UP_TO.search(text[: said.figure.start]) else []


def _dimension(said: Said) -> str:
    return said.figure.quantity.dimension if said.figure.quantity else ""


def _condition(said: Said, text: str, vocabulary: Vocabulary, without: Collection[str], lines: Lines) -> None:
    words, dimension = base_words(said, text), _dimension(said)
    guess = fact_for(vocabulary, words, dimension, without)
    if guess.likeness < LEAST:
        return
    sign = ">" if re.search(r"(?<!不)超过\s*$", text[: said.figure.start]) else ">="
    growth = dimension == "比率" and re.search("增长|增速", words) and vocabulary.facts[guess.name].type == "money"
    if dimension == "比率" and not growth and vocabulary.facts[guess.name].type == "money":
        return
    lines.when.append(f"{f'增速({guess.name})' if growth else guess.name} {sign} {lines.take(said)}{note(guess)}")


def _limits(grant: Grant, id_: str, lines: Lines) -> None:
    """Caps beyond the award's, quotas and years: each a limit over this measure."""
    for said in (*grant.said, *grant.caps):
        if said.figure in lines.used or said.role not in ("cap", "quota", "years") or said.figure.quantity is None:
            continue
        value = said.figure.quantity.value
        if said.role == "cap" and _dimension(said) == "元":
            body = f"per: [企业, 年度], at_most: {lines.take(said)}, excess: cut"
        elif said.role == "quota" and value.denominator == 1:
            body = f"per: [年度], count: {value}, excess: office"
            lines.used.add(said.figure)
        elif said.role == "years" and re.search(r"连续|支持|最多[^，。]{0,6}$", grant.text) and said.figure.quantity.dimension == "年":
            body = f"per: [企业], count: {value}, consecutive: true"
            lines.used.add(said.figure)
        else:
            continue
        lines.limits.append(f"over: [{id_}], {body}")
