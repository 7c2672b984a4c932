"""从优、就高、不重复: when two results, or a result and aid received, would pay the same matter twice.

The same matter along the containment tree, the same subject (or one that contains it), the same period; between different
policies, where the sentence of one of them reaches the other.
"""

from __future__ import annotations

from huiqi.evaluate.applicant import Aid, Applicant
from huiqi.evaluate.results import Result
from huiqi.language.yamltree import Map, Scalar
from huiqi.packs.model import Corpus, Measure, Policy
from huiqi.packs.vocabulary import Vocabulary

CITY, EVERY = ("市", "区"), ("国家", "省", "市", "区")


def contains(wide: str, narrow: str, vocabulary: Vocabulary) -> bool:
    """Whether one matter is the other or a wider one; matters that are not stated contain nothing."""
    while wide and narrow:
        if narrow == wide:
            return True
        narrow = vocabulary.matters[narrow].within if narrow in vocabulary.matters else ""
    return False


def widest(matter: str, vocabulary: Vocabulary) -> str:
    """The matter that contains all others above this one."""
    while matter in vocabulary.matters and vocabulary.matters[matter].within:
        matter = vocabulary.matters[matter].within
    return matter


def same_matter(a: str, b: str, vocabulary: Vocabulary) -> bool:
    """Whether one of two matters contains the other."""
    return contains(a, b, vocabulary) or contains(b, a, vocabulary)


def reach(policy: Policy) -> tuple[str, ...]:
    """The authorities whose support the policy's own sentence rules out beside its own; none where it has no such sentence."""
    if policy.overlap is None:
        return ()
    return EVERY if policy.overlap.reach == "各级" else CITY


def authority(policy: Policy, vocabulary: Vocabulary) -> str:
    """Whose money the policy gives out: 市, or 区 for a district's own policy."""
    lead = vocabulary.departments.get(policy.lead)
    return lead.level if lead and lead.level else "市"


def matched(measure: Measure) -> str:
    """The upstream support a matching award (配套) is measured by; '' where it matches none."""
    node = measure.award.entries.get("matches") if isinstance(measure.award, Map) else None
    return node.text if isinstance(node, Scalar) else ""


def overlap(a: Result, b: Result, applicant: Applicant, corpus: Corpus) -> bool:
    """Whether two results of one run would pay the same matter twice."""
    words = corpus.vocabulary
    if a.policy.id == b.policy.id or not same_matter(a.measure.matter, b.measure.matter, words):
        return False
    if authority(b.policy, words) not in reach(a.policy) and authority(a.policy, words) not in reach(b.policy):
        return False
    if (a.subject or "") == (b.subject or ""):
        return _same_time(a, b)
    return _part_of((a.measure.matter, a.subject or "", a.period), (b.measure.matter, b.subject or "", b.period), applicant, words)


Thing = tuple[str, str, str]  # matter, subject, period


def _part_of(a: Thing, b: Thing, applicant: Applicant, words: Vocabulary) -> bool:
    """A wider matter of what the other subject belongs to, in one year: a firm's 研发投入 of 2025 holds its project's 项目研发投入 of 2025.

    What is paid once and for all is no part of one year.
    """
    if not a[2][:4].isdigit() or a[2][:4] != b[2][:4]:
        return False
    return any(contains(wide, narrow, words) and applicant.holds(outer, inner) for (wide, outer, _), (narrow, inner, _) in ((a, b), (b, a)))


def _same_time(a: Result, b: Result) -> bool:
    """The same year, or one of them once and for all; of two recognitions the same record where both measures know the register."""
    if a.record and b.record and (a.record.register in b.measure.accrues.names or b.record.register in a.measure.accrues.names):
        return a.record.register == b.record.register and a.period == b.period
    return same_period(a.period, b.period)


def same_period(a: str, b: str) -> bool:
    """Whether two periods meet: the same year, or one of them is not bound to a year (`done`, a stage, not stated)."""
    years = [p[:4] for p in (a, b) if p[:4].isdigit()]
    return len(set(years)) < 2


def barred_by(result: Result, aid: Aid, applicant: Applicant, corpus: Corpus) -> bool:
    """Whether aid received for the same matter under another policy leaves no room for the result."""
    words = corpus.vocabulary
    known = corpus.measures.get(aid.measure)
    matter = aid.matter or (known[2].matter if known else "")
    if known and known[0].id == result.policy.id:
        return False
    if not same_matter(result.measure.matter, matter, words) or contains(matched(result.measure), matter, words):
        return False
    if aid.authority not in reach(result.policy) and not (known and authority(result.policy, words) in reach(known[0])):
        return False
    if (result.subject or "") == aid.subject:
        return same_period(result.period, aid.period)
    return _part_of((result.measure.matter, result.subject or "", result.period), (matter, aid.subject, aid.period), applicant, words)
