"""The values of a limit: what it counts by, sums, numbers and years, what becomes of the excess. Under every choice of its readings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huiqi.language.diagnostics import Findings, Problems, did_you_mean
from huiqi.language.units import read_quantity
from huiqi.language.yamltree import Map, Node, Scalar, Seq, want_text
from huiqi.packs.model import Corpus, Limit
from huiqi.packs.read_limit import limit_in_force
from huiqi.packs.reader import Fields

PERIODS = ("年度", "培育批次", "等级", "申报主体")  # what a limit counts by besides kinds of subjects
EXCESS = ("cut", "office")
_YEARS = re.compile(r"20\d\d(\.\.20\d\d)?")


def is_expression(text: str) -> bool:
    """Whether a cap is worked out from facts (`30% * 项目总投入`) instead of being a sum of money."""
    return "*" in text


def in_every_reading(limit: Limit, corpus: Corpus) -> Iterator[Limit]:
    """The limit as taken, and with every other choice of each reading it names, one at a time."""
    yield limit
    for id_, taken in limit.readings.items():
        reading = corpus.readings.get(id_)
        for choice in (c for c in (reading.choices if reading else ()) if c != taken):
            yield limit_in_force(limit, corpus, {id_: choice})


def check_values(limit: Limit, corpus: Corpus, findings: Findings) -> None:
    """Report values that mean nothing (P001, P003, P005, P006, Q001–Q004)."""
    f = Fields(limit.body, limit.body.entries, findings)
    if "over" in f and not ("at_most" in f or "count" in f):
        findings.add("P001", limit.place, key="at_most / count")
    for per in f.scalars("per"):
        if per.text not in PERIODS and per.text not in corpus.vocabulary.kinds:
            findings.add("P006", per.place, name=per.text, table="kinds", **did_you_mean(per.text, [*PERIODS, *corpus.vocabulary.kinds]))
    for text in dated(f.get("at_most"), findings):
        if not is_expression(text.text):
            try:
                read_quantity(text.text, "元", text.place)
            except Problems as problems:
                findings.take(problems)
    count = f.get("count")
    for node in count.entries.values() if isinstance(count, Map) else (count,) if count else ():
        _like(node, r"[0-9]+", "5", findings)
    if "within" in f:
        _like(f.get("within"), r"[0-9]+年", "3年", findings)
    f.flag("consecutive")
    excess = f.get("excess")
    if isinstance(excess, Map):
        ranked = Fields(excess, ("rank", "ties"), findings)
        ranked.text("rank")
        ranked.text("ties")  # without it two equal ones could not be told apart
    else:
        f.one_of("excess", EXCESS, "")


def dated(node: Node | None, findings: Findings) -> Iterator[Scalar]:
    """A value, or those of `{2023..2024: …, 2025: …}`."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Map):
        for years, value in node.entries.items():
            if not _YEARS.fullmatch(years):
                findings.add("P005", node.keys[years], id=years, want="2025, 2023..2025")
            if isinstance(value, Scalar):
                yield value
    elif isinstance(node, Seq):
        findings.add("Y008", node.place, want_zh="金额", want_en="an amount of money")


def _like(node: Node | None, form: str, want: str, findings: Findings) -> None:
    if node is None:
        return
    try:
        text = want_text(node).text
    except Problems as problems:
        findings.take(problems)
    else:
        if not re.fullmatch(form, text):
            findings.add("P005", node.place, id=text, want=want)
