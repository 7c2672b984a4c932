"""The best combination as text: what is chosen, what was given up for what and by how much, and what another reading would change."""

from __future__ import annotations

from huiqi.cli.output import KIND, STATUS, pad, width
from huiqi.cli.told import about, hang, name, rule
from huiqi.combine.explain import Ending
from huiqi.combine.outlook import Outlook
from huiqi.combine.package import Package
from huiqi.combine.payers import Borne
from huiqi.combine.swings import TotalSwing
from huiqi.combine.years import Course
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.results import ELIGIBLE, UNKNOWN, Result
from huiqi.evaluate.swings import Swing
from huiqi.language.units import format_money
from huiqi.packs.funding import funding_words
from huiqi.packs.say import limit_words

COURSE_NAMES = {"certain": "确定可得", "up_to": "以上限或评审为准，最高", "if_selected": "如入选，最高"}


def tell_package(package: Package, applicant: Applicant, payers: list[Borne]) -> None:
    """The combination with its limits, rivals and totals, and who pays them."""
    print(rule("最优组合（从优、就高、不重复）"))
    if not package.chosen:
        print("  没有金额已确定的措施。")
    for result, amount in zip(package.chosen, package.amounts, strict=True):
        money, what = format_money(amount), result.measure.title + about(result, applicant)
        print(f"  {KIND[result.amount_kind]} {' ' * (12 - width(money))}{money}  {pad(result.measure.id, 26)}  {what}")
    for at, rivals in package.instead_of.items():
        hang(f"如入选 {name(package.chosen[at], applicant)}，将代替 {'、'.join(name(r, applicant) for r in rivals)}", "  ", "    ")
    for bound in package.bounds:
        hang(_bound(bound), "  ", "    ")
    for dropped in package.dropped:
        hang(f"未选 {name(dropped.result, applicant)} {format_money(dropped.result.amount or 0)}：{dropped.because}", "  ", "    ")
    for limit in package.shared:
        hang(f"与其他申报主体共用的限额 {limit.id}：{limit_words(limit)}，以全部申报为准", "  ", "    ")
    if package.runner_up is not None:
        other = package.runner_up
        less = f"少 {format_money(other.less)}" if other.less else "与上面相同"
        hang(f"次优：改选 {name(other.instead, applicant)}，合计 {format_money(other.total)}，{less}", "  ", "    ")
    if not package.optimal:
        print("  可能的组合太多，没有逐一比完，以上不保证最优。")
    _totals(package, applicant)
    if payers:
        hang(f"出资：{'；'.join(_borne(b) for b in payers)}", "  ", "    ")


def _totals(package: Package, applicant: Applicant) -> None:
    for payee, paid in package.totals().items():
        parts = [f"{title} {format_money(paid[course])}" for course, title in COURSE_NAMES.items() if paid[course]]
        whole = f"（共计最高 {format_money(sum(paid.values()))}）" if len(parts) > 1 else ""
        print(f"  合计（{payee or applicant.name or '申报主体'}）  {'  '.join(parts)}{whole}")
    if package.chosen and package.aid_uncounted:
        hang("未计入已获支持：已获支持的名单没有填全，填全后（complete 写上 aid）再算，同一事项已得的要扣除。", "  ", "    ")


def _borne(share: Borne) -> str:
    """Those who pay together, with the most they pay; each one's own where the text prints shares."""
    words = funding_words(share.paid) if share.paid else "没有写明由谁出资"
    own = f"（{'，'.join(f'{payer} {format_money(amount)}' for payer, amount in share.parts.items())}）" if share.parts and len(share.parts) > 1 else ""
    return f"{words} {'最高 ' if share.total != share.courses['certain'] else ''}{format_money(share.total)}{own}"


def _bound(bound: Ending) -> str:
    """A limit that bound: what the results come to, what it leaves them."""
    received = f"（限额 {format_money(bound.printed)}，已获 {format_money(bound.received)}）" if bound.received and not bound.counts else ""
    if not bound.applied:
        return f"限额 {bound.limit}：额度取决于待补充的数据，尚未计入"
    if bound.counts:
        return f"限额 {bound.limit}：符合 {bound.before} 项，最多 {bound.at_most} 项"
    return f"限额 {bound.limit}：合计 {format_money(bound.before)}，按 {format_money(bound.at_most)} 计{received}"


def tell_later(ways: list[Course], ahead: Outlook, applicant: Applicant) -> None:
    """Choices that bind later years, and the one question worth asking next."""
    for course in ways:
        print(f"\n二选一（{course.limit}），假定以后年度数据不变：")
        for way in course.ways:
            years = "，".join(f"{year}年度 {format_money(amount)}" for year, amount in way.years if amount)
            hang(f"{way.first.measure.title}（{way.first.measure.id}）：{years}，合计 {format_money(way.total)}", "  ", "    ")
    if ahead.question is not None:
        asked = ahead.question
        of = dict.fromkeys(about(r, applicant).strip() for r in ahead.possible if asked.name in r.missing)
        which = "、".join(x for x in of if x)
        gain = f"最多再增加 {format_money(ahead.gain)}" if ahead.gain else ""
        notes = "；".join(x for x in (which, gain) if x)
        hang(f"\n最该补充的一项：{asked.name}{f'（{notes}）' if notes else ''}。{asked.text}".lstrip("\n"), "", "")


def tell_swings(found: list[Swing], applicant: Applicant) -> None:
    """The readings under which one of the results shown would come out otherwise."""
    if not found:
        return
    print(rule("口径：换一种理解，结果不同的"))
    for swing in found:
        reading = swing.reading
        taken, other = reading.choices[reading.taken], reading.choices[swing.choice]
        hang(f"{reading.id}={swing.choice}  {reading.about}：取“{taken}”；若为“{other}”则：", "  ", "    ")
        for now, then in swing.changes:
            shown = now or then
            assert shown is not None  # a change has one side at least
            hang(f"{shown.measure.title}{about(shown, applicant)}：{_state(now)} → {_state(then)}", "      ", "      ")
    print(f"  以申报通知为准；换口径重算：--reading {found[0].reading.id}={found[0].choice}\n")


def tell_total_swings(found: list[TotalSwing]) -> None:
    """The readings of limits under which the combination would come to another sum."""
    for swing in found:
        reading = swing.reading
        taken, other = reading.choices[reading.taken], reading.choices[swing.choice]
        change = f"合计 {format_money(swing.now)} → {format_money(swing.then)}"
        hang(f"口径 {reading.id}={swing.choice}  {reading.about}：取“{taken}”；若为“{other}”，{change}", "  ", "    ")


def _state(result: Result | None) -> str:
    if result is None:
        return "无此结果"
    if result.status == ELIGIBLE and result.amount is not None:
        return f"{KIND.get(result.amount_kind, '')} {format_money(result.amount)}".strip() if result.measure.pays else "符合"
    if result.status in (ELIGIBLE, UNKNOWN):
        return "待补充" if result.high is None or not result.measure.pays else f"待补充（至多 {format_money(result.high)}）"
    return STATUS[result.status].split()[-1]
