"""Limits inside one applicant: money caps with a cut (累计不超过), in clause order."""

from __future__ import annotations

from dataclasses import dataclass

from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.results import Result
from huiqi.language.units import read_quantity
from huiqi.packs.model import Corpus, Limit
from huiqi.packs.references import is_expression
from huiqi.packs.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit that bit: how much was cut from what the results would have paid."""

    limit: str
    at_most: int
    before: int


def cutting_limits(corpus: Corpus) -> list[tuple[Limit, int]]:
    """The limits that cap money over several results of one applicant and say that the excess is cut, with the cap in 分."""
    found = []
    for policy in corpus.policies.values():
        for clause in policy.clauses:
            for limit in clause.limits:
                text = limit.text("at_most")
                whole = [m for m in limit.over if m in corpus.measures and corpus.measures[m][2].computed]
                if text and whole and limit.text("excess") == "cut" and not is_expression(text):
                    found.append((limit, read_quantity(text, "元", limit.place)))
    return found


def group_key(limit: Limit, result: Result, applicant: Applicant, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """What the limit counts by for one result; None where it reaches across applicants and is not for this layer."""
    key = []
    for per in limit.per:
        if per in vocabulary.kinds and vocabulary.kinds[per].role == "applicant" and per in vocabulary.family(applicant.kind):
            key.append(applicant.code)
        elif per == "年度":
            key.append(result.period[:4])
        elif per in vocabulary.kinds and vocabulary.kinds[per].role == "subject":
            key.append(result.subject or "")
        else:
            return None
    return tuple(key)


def cut(chosen: list[Result], amounts: dict[int, int], applicant: Applicant, corpus: Corpus) -> list[Bound]:
    """Reduce `amounts` (by position in `chosen`) so that every cutting limit holds; earlier results keep theirs."""
    bounds = []
    for limit, at_most in cutting_limits(corpus):
        groups: dict[tuple[str, ...], list[int]] = {}
        for at, result in enumerate(chosen):
            if result.measure.id in limit.over and (key := group_key(limit, result, applicant, corpus.vocabulary)) is not None:
                groups.setdefault(key, []).append(at)
        for members in groups.values():
            before = sum(amounts[at] for at in members)
            left = at_most
            for at in members:
                amounts[at] = min(amounts[at], left)
                left -= amounts[at]
            if before > at_most:
                bounds.append(Bound(limit.id, at_most, before))
    return bounds
