"""What a policy says of itself besides its clauses, in words: validity, benefit years, ceilings, overlap, who pays, repeals, links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from huiqi.packs.choices import WINDOW
from huiqi.packs.funding import choice_of, funding_words
from huiqi.packs.model import Corpus, FundingRule, Policy


class Note(NamedTuple):
    """One line: its key, its label and what it says, in Chinese."""

    key: str
    label: str
    text: str


LABELS = {
    "number": "文号",
    "issuers": "发文",
    "issued": "印发",
    "window": "有效期",
    "applies_by": "有效期口径",
    "benefit": "奖补年度",
    "earlier": "施行前",
    "all_up_to": "标准",
    "lead": "牵头",
    "overlap": "重叠",
    "funding": "资金",
    "repeals": "废止",
    "links": "参照",
    "linked": "被参照",
}
REACH = {"市": "本市各级其他同类政策", "各级": "各级同类政策"}


def about(corpus: Corpus, policy: Policy) -> list[Note]:
    """The lines of a policy, in the order they are read; what the text does not print is left out, except number and last day."""
    said = {
        "number": policy.number or "来源未载",
        "issuers": "、".join(policy.issuers),
        "issued": policy.issued,
        "window": f"{policy.first_day} 至 {policy.last_day or '未载明截止日'}",
        "applies_by": f"{WINDOW[policy.applies_by]}（口径 {policy.applies_reading}）",
        "benefit": f"{policy.benefit_from or '…'}年 至 {f'{policy.benefit_to}年' if policy.benefit_to else '未载明'}"
        if policy.benefit_from or policy.benefit_to
        else "",
        "earlier": "施行前符合条件的可参照执行" if policy.admits_earlier else "",
        "all_up_to": "所列标准均为最高标准" if policy.all_up_to else "",
        "lead": policy.lead,
        "overlap": f"与{REACH[policy.overlap.reach]}从优、就高、不重复（{policy.overlap.at}）" if policy.overlap else "",
        "funding": "；".join(funding_line(rule, corpus) for rule in policy.funding),
        "repeals": "、".join(policy.repeals),
        "links": "、".join(dict.fromkeys(ref for clause in policy.clauses for ref in clause.see)),
        "linked": "、".join(linked(corpus, policy)),
    }
    return [Note(key, LABELS[key], text) for key, text in said.items() if text]


def linked(corpus: Corpus, policy: Policy) -> list[str]:
    """The clauses of other policies that refer to this one."""
    others = [c for p in corpus.policies.values() if p.id != policy.id for c in p.clauses]
    return [c.id for c in others if any(ref.partition("/")[0] == policy.id for ref in c.see)]


def funding_line(rule: FundingRule, corpus: Corpus, choices: Mapping[str, str] | None = None, named: bool = True) -> str:
    """`18a：市（四（十八），口径 18.R1）`: what a rule is over, who pays, what it rests on, what it leaves out; for one measure not `named`."""
    paid = rule.choices[choice_of(rule, corpus, choices)]
    over = "、".join(x.partition("/")[2] for x in rule.over if named)
    but = "、".join(x.partition("/")[2] for x in rule.but if named)
    words = funding_words(paid, reading=rule.reading.partition("/")[2])
    return (f"{over}：" if over else "") + words + (f"，第{but}条除外" if but else "") + (f"。{paid.summary.rstrip('。')}" if paid.summary else "")
