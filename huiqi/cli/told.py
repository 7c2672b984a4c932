"""Every result for a firm as text: what is met in full, what lacks facts, then in short what fails and what is out of force."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from huiqi.cli.output import DECISION, KIND, STATUS, amount_text, wrap
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE, UNKNOWN, Reason, Result
from huiqi.language.units import format_money
from huiqi.packs.model import Policy
from huiqi.packs.say import limit_words
from huiqi.rules.words import NO_RECORD

_MARKS = {True: "✓", False: "✗", None: "？"}
_ASIDE = re.compile(r"（[^（）]{12,}）")
LACKING = "没有所需的认定、名单或证书"


def tell_results(results: list[Result], applicant: Applicant, on: str, claim: int) -> None:
    """All groups, those that pay most first."""
    by_status = {status: [r for r in results if r.status == status] for status in (ELIGIBLE, UNKNOWN, INELIGIBLE, NOT_IN_FORCE)}
    met = sorted((r for r in by_status[ELIGIBLE] if r.measure.pays), key=lambda r: -(r.amount or 0))
    open_, spent = _parted(met, lambda r: not r.received and r.amount != 0)
    remote, near = _parted(by_status[UNKNOWN], lambda r: r.remote)
    lacking = [r for r in near if r.measure.pays]
    if open_:
        print(rule(f"符合 {len(open_)} 项"))
        for result in open_:
            tell_result(result, applicant)
        print()
    _list(f"符合，但已没有可得的金额 {len(spent)} 项", [f"✔ {name(r, applicant)}：{_spent(r)}" for r in spent])
    if lacking:
        print(rule(f"待补充 {len(lacking)} 项"))
        for result in (r for r in lacking if _begun(r)):
            tell_result(result, applicant)
        _items(f"？ {name(r, applicant)}：{_at_most(r)}待补充 {_missing(r)}" for r in lacking if not _begun(r))
        print()
    plain = [r for r in (*by_status[ELIGIBLE], *near) if not r.measure.pays]
    _list(
        f"不涉及金额或标准未载明 {len(plain)} 项",
        [f"{STATUS[r.status][0]} {name(r, applicant)}：{amount_text(r) if r.status == ELIGIBLE else f'待补充 {_missing(r)}'}" for r in plain],
    )
    _remote(remote)
    _list(f"不符合 {len(by_status[INELIGIBLE])} 项", _failing(by_status[INELIGIBLE], applicant))
    _closed(by_status[NOT_IN_FORCE], on, claim)


def _parted(results: list[Result], first: Callable[[Result], bool]) -> tuple[list[Result], list[Result]]:
    return [r for r in results if first(r)], [r for r in results if not first(r)]


def tell_result(result: Result, applicant: Applicant) -> None:
    """One result with its reasons, sums, missing facts and limits."""
    decision = "" if result.settled or result.status not in (ELIGIBLE, UNKNOWN) else DECISION[result.measure.decision]
    notes = [amount_text(result), decision, "已获支持，不再计入" if result.received else ""]
    print(f"{STATUS[result.status]}  {result.measure.title}{about(result, applicant)}  {'  '.join(x for x in notes if x)}".rstrip())
    print(f"    {result.measure.id}  {result.citation}  {_period(result)}")
    for at, reason in enumerate(result.reasons):
        mark = _MARKS[reason.holds] if reason.kind == "condition" else "＝"
        hang(f"{mark} {_once(reason.text, result.reasons[:at])}", "    ", "      ")
    if result.missing:
        hang(f"待补充：{_missing(result)}", "    ", "      ")
    if result.measure.payee:
        print(f"    受益主体：{result.measure.payee}")
    for limit in result.clause.limits:
        if limit.id in result.limits and "together" not in limit.body.entries:  # that two may be paid takes nothing away
            hang(f"限额 {limit.id.rpartition('/')[2]}：{limit_words(limit)}", "    ", "      ")


def rule(title: str) -> str:
    """A heading."""
    return f"── {title} ".ljust(56, "─")


def hang(text: str, indent: str, further: str) -> None:
    """Print text with its first line at `indent` and the others at `further`."""
    first, *rest = wrap(text, further)
    print("\n".join([indent + first[len(further) :], *rest]))


def about(result: Result, applicant: Applicant) -> str:
    """`  产品“P1”（名称）`, '' where the result is about the applicant itself."""
    subject = applicant.subjects.get(result.subject or "")
    if subject is None:
        return ""
    return f"  {result.subject_kind}“{subject.id}”" + (f"（{subject.name}）" if subject.name else "")


def name(result: Result, applicant: Applicant) -> str:
    """`药械获证奖励  产品“P1”（hz-2022-biopharma/15a）`."""
    return f"{result.measure.title}{about(result, applicant)}（{result.measure.id}）"


def _period(result: Result) -> str:
    if result.period == "done":
        return "一次性"
    if result.record is not None:
        return f"归属 {result.period} 的认定"
    return f"归属 {result.period}年度" if result.period.isdigit() else f"归属 {result.period}"


def _once(text: str, earlier: list[Reason]) -> str:
    """A step of the sum without what a line above says in brackets already: the operands of an increase, which loans count."""
    told = "".join(reason.text for reason in earlier)
    return _ASIDE.sub(lambda found: "" if found[0] in told else found[0], text)


def _missing(result: Result) -> str:
    """What a result lacks, each as it is written: a register's records, a fact with its year, the greatest of the years before as `earlier`."""
    names = [f"“{x.removeprefix('名册：')}”记录" if x.startswith("名册：") else x for x in result.missing]
    return "、".join(x.replace("以前最高）", "以前最高，写作 earlier）") for x in names)


def _begun(result: Result) -> bool:
    """Whether anything speaks for an undecided result yet."""
    return any(reason.holds for reason in result.reasons)


def _at_most(result: Result) -> str:
    return "" if result.high is None else f"至多 {format_money(result.high)}，"


def _spent(result: Result) -> str:
    if result.amount == 0 and result.deduction is None:
        return "按所填数据算得 0元"
    gross = result.amount if result.deduction is None else result.deduction.gross
    return f"{KIND[result.amount_kind]} {format_money(gross or 0)}，已获支持，不再计入"


def _items(texts: Iterable[str]) -> None:
    for text in texts:
        hang(text, "  ", "    ")


def _list(title: str, texts: list[str]) -> None:
    if texts:
        print(rule(title))
        _items(texts)
        print()


def _remote(results: list[Result]) -> None:
    """Results that hang on something not mentioned at all: the lists and registers, with the number of measures that ask for each."""
    names: dict[str, dict[str, int]] = {"对象": {}, "认定和名单": {}}
    for result in results:
        asked = result.missing[0] if result.missing else result.measure.subject
        group = names["认定和名单" if asked.startswith("名册：") else "对象"]
        group[asked.removeprefix("名册：")] = group.get(asked.removeprefix("名册："), 0) + 1
    told = [f"{group}：{'、'.join(f'{x}（{n} 项）' if n > 1 else x for x, n in found.items())}" for group, found in names.items() if found]
    hint = "有的，把对象写进 subjects、认定写进 records；没有的，在 complete 里写上名称；逐项的问题见 huiqi questions"
    _list(f"没有填写、可能影响 {len(results)} 项", [*told, hint] if told else [])


def _failing(results: list[Result], applicant: Applicant) -> list[str]:
    """Results that fail: those of one policy that fail for the same reason together, those that lack a record of any kind last."""
    by_reason: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        why = next(r.text for r in result.reasons if r.holds is False)
        # A record that exists but does not count is worth its own line; its reason goes on behind the name.
        lacks = why.endswith(NO_RECORD) or (result.measure.accrues.mode == "recognition" and result.record is None and why.endswith("”"))
        by_reason.setdefault((result.policy.id, LACKING if lacks else why), []).append(result)
    told = []
    for (policy, why), alike in sorted(by_reason.items(), key=lambda item: item[0][1] == LACKING):
        if len(alike) == 1:
            told.append(f"✘ {name(alike[0], applicant)}：{why}")
        else:
            names = dict.fromkeys(f"{r.measure.id.partition('/')[2]} {r.measure.title}" for r in alike)
            told.append(f"✘ {policy}（{len(alike)} 项）{why}：{'、'.join(names)}")
    return told


def _closed(results: list[Result], on: str, claim: int) -> None:
    """Policies out of force, once each; and which of them another reading of the window would let in."""
    policies = {r.policy.id: r.policy for r in results}
    told = []
    for policy in policies.values():
        own = [r for r in results if r.policy.id == policy.id]
        told.append(f"－ 《{policy.title}》（{policy.id}，{len(own)} 项）：{own[0].reasons[0].text}")
    if other := [p for p in policies.values() if _by_year(p, on, claim)]:
        ids = "、".join(p.id for p in other)
        told.append(
            f"口径：有效期按申报日期判断。若以 {claim}年度的数据仍在有效期内为准，{ids} 仍可测算，"
            f"如加 --reading {other[0].applies_reading}=fact_year（以申报通知为准）"
        )
    _list("不在有效期", told)


def _by_year(policy: Policy, on: str, claim: int) -> bool:
    """Whether a policy that had ended by the day of application covers the claim year."""
    return policy.applies_by == "application" and bool(policy.last_day) and on > policy.last_day and policy.first_day[:4] <= str(claim) <= policy.last_day[:4]
