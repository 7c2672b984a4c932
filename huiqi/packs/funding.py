"""Who pays a measure (资金): the rule that covers it, its words, and a sum parted by shares without losing a 分."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from huiqi.packs.model import Corpus, Funding, FundingRule

NAMES = {"国家": "the state", "省": "the province", "市": "the city", "区县": "the district", "园区": "the park"}
# What the sentence on 补助（奖励）资金 of a whole policy covers: not what funds invest, tax law gives, or offices do in kind.
COVERED = ("grant", "interest", "insurance", "voucher", "rent", "transfer", "talent")


def funding_rule(corpus: Corpus, measure_id: str) -> FundingRule | None:
    """The rule that covers a measure: one that names it, then one of its whole clause, then of the policy. None where the text says nothing."""
    policy, clause, measure = corpus.measures[measure_id]
    if measure.shape == "none":
        return None
    named = [r for r in (*clause.funding, *policy.funding) if measure_id in r.over]
    whole = [r for r in clause.funding if not r.over]
    general = [r for r in policy.funding if not r.over and clause.id not in r.but] if measure.instrument in COVERED else []
    return next(iter((*named, *whole, *general)), None)


def funding(corpus: Corpus, measure_id: str, choices: Mapping[str, str] | None = None) -> Funding | None:
    """Who pays a measure under the readings asked for (full ids), others as taken."""
    rule = funding_rule(corpus, measure_id)
    return None if rule is None else rule.choices[choice_of(rule, corpus, choices)]


def choice_of(rule: FundingRule, corpus: Corpus, choices: Mapping[str, str] | None = None) -> str:
    """The choice in force of the reading a rule rests on, '' without one."""
    return (choices or {}).get(rule.reading, corpus.readings[rule.reading].taken) if rule.reading else ""


def exact_parts(paid: Funding) -> dict[str, Fraction] | None:
    """Each payer's part of one, in the order of the text; None where the text prints none or only a bound."""
    if not paid.parts or any(p.least != p.greatest for p in paid.parts):
        return None
    return {p.payer: p.least for p in paid.parts}


def parted(amount: int, parts: Mapping[str, Fraction]) -> dict[str, int]:
    """A sum of 分 by parts that make one, to the 分: what rounding down leaves goes by 分 to the greatest remainders, on a tie to the earlier payer.

    `parts` are a text's own, or those of a table of shares where the text prints none. Raises ValueError where they do not make one.
    """
    if sum(parts.values()) != 1 or any(p < 0 for p in parts.values()):
        raise ValueError(f"parts do not make one: {dict(parts)}")
    exact = {payer: amount * part for payer, part in parts.items()}
    made = {payer: value.numerator // value.denominator for payer, value in exact.items()}
    left = amount - sum(made.values())
    for payer in sorted(parts, key=lambda p: made[p] - exact[p])[:left]:
        made[payer] += 1
    return made


def funding_words(paid: Funding, lang: str = "zh", reading: str = "") -> str:
    """`市、区县分担，比例未载明（结尾）`, `市（第3条，口径 3.R1）`, `市50%、区县50%（二）`, `市至多50%，其余区县（七）`; `reading` is the one it rests on."""
    zh = lang == "zh"
    notes = [paid.at, reading and f"{'口径' if zh else 'reading'} {reading}"]
    said = ("，" if zh else ", ").join(x for x in notes if x)
    at = f"（{said}）" if said and zh else f" ({said})" if said else ""
    names = [p if zh else NAMES[p] for p in paid.by]
    if len(names) == 1:
        return names[0] + at
    if not paid.parts:
        return ("、".join(names) + "分担，比例未载明" if zh else " and ".join(names) + ", shares not printed") + at
    if exact_parts(paid) is not None:
        each = [f"{name}{'' if zh else ' '}{percent(p.least)}" for name, p in zip(names, paid.parts, strict=True)]
        return ("、" if zh else ", ").join(each) + at
    most = percent(paid.parts[0].greatest)
    return (f"{names[0]}至多{most}，其余{names[1]}" if zh else f"{names[0]} at most {most}, {names[1]} the rest") + at


def percent(part: Fraction) -> str:
    """`50%`; a fraction that no percentage of two places says stays one (`1/3`)."""
    value = part * 100
    if (value * 100).denominator != 1:
        return f"{part.numerator}/{part.denominator}"
    places = int(value * 100)
    return f"{places // 100}.{places % 100:02d}".rstrip("0").rstrip(".") + "%"


def funding_json(corpus: Corpus, measure_id: str, choices: Mapping[str, str] | None = None) -> dict[str, object] | None:
    """Who pays, as the JSON says it: `share` is null where none is printed, a payer's ends differ where only a bound is."""
    rule = funding_rule(corpus, measure_id)
    return None if rule is None else rule_json(rule, corpus, choices)


def rule_json(rule: FundingRule, corpus: Corpus, choices: Mapping[str, str] | None = None) -> dict[str, object]:
    """A rule under the readings asked for."""
    choice = choice_of(rule, corpus, choices)
    paid = rule.choices[choice]
    reading = {"id": rule.reading, "choice": choice} if rule.reading else None
    return {"at": paid.at, "by": list(paid.by), "share": part_json(paid), "summary": paid.summary or None, "reading": reading}


def part_json(paid: Funding) -> list[dict[str, str]] | None:
    """Each payer's part; None where none is printed."""
    return [{"payer": p.payer, "least": percent(p.least), "greatest": percent(p.greatest)} for p in paid.parts] or None
