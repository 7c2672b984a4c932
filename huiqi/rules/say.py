"""A rule in words, Chinese or English: its conditions and its award, as the library shows them. Values of a firm are the reasons' business (`words`)."""

from __future__ import annotations

from huiqi.language.yamltree import Map, want_map, want_seq
from huiqi.packs.model import Clause, Corpus, Measure, Policy
from huiqi.rules.mechanisms import say_form
from huiqi.rules.tell import Teller


def conditions(corpus: Corpus, policy: Policy, clause: Clause, measure: Measure, lang: str) -> list[str]:
    """The conditions of a measure in words, one each."""
    teller = Teller(corpus, policy, clause, lang)
    told = [word for node in measure.when for word in teller.words_of(node)]
    if measure.accrues.mode == "recognition":
        names = teller.pick("、", " or ").join(f"“{name}”" for name in measure.accrues.names)
        told.insert(0, teller.pick(f"申报年度内列入{names}", f"entered in {names} within the claim year"))
    return told


def award(corpus: Corpus, policy: Policy, clause: Clause, measure: Measure, lang: str) -> str:
    """What a measure gives, in one sentence; '' where no sum is printed."""
    if measure.award is None:
        return ""
    return _award(measure.award, Teller(corpus, policy, clause, lang))


def _award(body: Map, teller: Teller) -> str:
    """One award with its exceptions and deductions."""
    parts = [say_form(body, teller)]
    for item in want_seq(teller.at(body, "exceptions")).items if "exceptions" in body.entries else ():
        exception = want_map(item)
        when = teller.pick("，且", " and ").join(teller.words_of(exception.entries["when"]))
        other = _award(want_map(teller.at(exception, "award")), teller)
        parts.append(teller.pick(f"{when}的，改为{other}", f"where {when}: {other} instead"))
    if "less" in body.entries:
        less = teller.pick("、", ", ").join(teller.words_of(body.entries["less"]))
        parts.append(teller.pick(f"扣除{less}", f"less {less}"))
    return teller.pick("；", "; ").join(parts)
