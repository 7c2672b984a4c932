"""YAML → who pays (资金): rules of a policy and of a clause, each for the whole of it or for the measures it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from huiqi.language.diagnostics import Findings, did_you_mean
from huiqi.language.yamltree import Map, Scalar, Seq
from huiqi.packs.model import PAYERS, Funding, FundingRule, Part, Reading, Term
from huiqi.packs.reader import Fields

FUNDING_KEYS = ("at", "by", "share", "kind", "summary")
RULE_KEYS = ("over", "but", "reading")
UNPRINTED = "unspecified"
_RATIO = re.compile(r"\d+([:：]\d+)+")


def read_funding(f: Fields, policy: str, readings: Iterable[Reading], terms: Iterable[Term], findings: Findings) -> tuple[FundingRule, ...]:
    """The rules under `funding` of a policy or clause, one or a list; `readings` and `terms` are those they can name. Faults go to `findings`."""
    node = f.get("funding")
    known, ratios = {r.id: r for r in readings}, {t.name: t.value for t in terms}
    items = node.items if isinstance(node, Seq) else () if node is None else (node,)
    made = []
    for item in items:
        if isinstance(item, Map):
            made.append(_rule(item, policy, known, ratios, findings))
        else:
            findings.add("Y008", item.place, want_zh="“键: 值”", want_en="a mapping")
    return tuple(made)


def _rule(item: Map, policy: str, readings: Mapping[str, Reading], ratios: Mapping[str, str], findings: Findings) -> FundingRule:
    name = item.entries.get("reading")
    head = Fields(Map({k: v for k, v in item.entries.items() if k in RULE_KEYS}, item.keys, item.place), item.entries, findings)
    over, but = (tuple(x if "/" in x else f"{policy}/{x}" for x in head.texts(key)) for key in ("over", "but"))
    if name is None:
        rest = Fields(item, (*FUNDING_KEYS, *RULE_KEYS), findings)
        return FundingRule(over, but, "", {"": _funding(rest, ratios, findings)}, item.place)
    reading = next((r for id_, r in readings.items() if isinstance(name, Scalar) and id_.rpartition(".")[2] == name.text), None)
    choices = {key: node for key, node in item.entries.items() if key not in RULE_KEYS}
    if reading is None:
        id_ = name.text if isinstance(name, Scalar) else ""
        findings.add("P007", name.place, id=id_, what="reading", **did_you_mean(id_, [r.rpartition(".")[2] for r in readings]))
    else:
        for choice in (c for c in reading.choices if c not in choices):
            findings.add("P001", item.place, key=choice)
        for choice in (c for c in choices if c not in reading.choices):
            findings.add("P015", item.keys[choice], id=reading.id, choice=choice, values=list(reading.choices))
    for node in choices.values():
        if not isinstance(node, Map):
            findings.add("Y008", node.place, want_zh="“键: 值”", want_en="a mapping")
    made = {key: _funding(Fields(node, FUNDING_KEYS, findings), ratios, findings) for key, node in choices.items() if isinstance(node, Map)}
    return FundingRule(over, but, reading.id if reading else "", made, item.place)


def _funding(f: Fields, ratios: Mapping[str, str], findings: Findings) -> Funding:
    by = tuple(x.text for x in f.scalars("by"))
    for payer in f.scalars("by"):
        if payer.text not in PAYERS:
            findings.add("P003", payer.place, value=payer.text, values=list(PAYERS))
    if not by:
        findings.add("P001", f.place("by"), key="by")
    return Funding(f.text("at", ""), by, _parts(f, by, ratios, findings), f.text("summary", ""))


def _parts(f: Fields, by: tuple[str, ...], ratios: Mapping[str, str], findings: Findings) -> tuple[Part, ...]:
    """Each payer's part: the whole for one alone; none where the text prints no ratio; else the term `share` names, `a:b` in the order of `by`.

    `kind: up_to` (不超过1:1) bounds the first payer's part from above, and so that of the other from below.
    """
    share, most = f.text("share", "" if len(by) == 1 else None), f.one_of("kind", ("exact", "up_to"), "exact") == "up_to"
    if len(by) == 1:
        if share:
            findings.add("P021", f.place("share"), share=share, payers=by[0])
        return (Part(by[0], Fraction(1), Fraction(1)),)
    if share in ("", UNPRINTED):
        return ()
    ratio = ratios.get(share, "")
    numbers = [int(n) for n in re.split("[:：]", ratio)] if _RATIO.fullmatch(ratio) else []
    if len(numbers) != len(by) or not sum(numbers) or (most and len(by) != 2):
        findings.add("P021", f.place("share"), share=share, payers=list(by))
        return ()
    exact = [Fraction(n, sum(numbers)) for n in numbers]
    if not most:
        return tuple(Part(payer, part, part) for payer, part in zip(by, exact, strict=True))
    return (Part(by[0], Fraction(0), exact[0]), Part(by[1], exact[1], Fraction(1)))


def check_funding(rules: tuple[FundingRule, ...], of: str, measures: Iterable[str], clauses: Iterable[str], findings: Findings) -> None:
    """What the rules of the policy or clause `of` name exists (P007), and no two of them pay the same measure or the whole (P022)."""
    measures, clauses = set(measures), set(clauses)
    seen: set[str] = set()
    for rule in rules:
        for name in rule.over:
            if name not in measures:
                findings.add("P007", rule.place, id=name, what="measure", **did_you_mean(name, measures))
        for name in rule.but:
            if name not in clauses:
                findings.add("P007", rule.place, id=name, what="clause", **did_you_mean(name, clauses))
        for name in rule.over or (of,):
            if name in seen:
                findings.add("P022", rule.place, id=name)
            seen.add(name)
