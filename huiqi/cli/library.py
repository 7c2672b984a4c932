"""`huiqi policies`, `show`, `facts`: the library in the terminal."""

from __future__ import annotations

import argparse
from datetime import date

from huiqi.cli.main import known
from huiqi.cli.output import DECISION, as_json, pad, wrap
from huiqi.language.units import format_steps
from huiqi.packs.about import about, funding_line, linked
from huiqi.packs.evidence import evidence, evidence_words
from huiqi.packs.funding import funding_json, rule_json
from huiqi.packs.model import Clause, Corpus, FundingRule, Measure, Policy, Step
from huiqi.packs.registry import load_corpus
from huiqi.packs.say import limit_reach, limit_words
from huiqi.packs.vocabulary import Fact, Register
from huiqi.rules.say import award, conditions

KINDS = {"measure": "措施", "terms": "条件", "see": "参照", "target": "目标", "procedure": "程序", "definition": "适用范围"}
INSTRUMENTS = {
    **{"grant": "补助奖励", "interest": "贴息", "insurance": "保险补偿", "voucher": "券", "rent": "房租", "equity": "股权", "fund": "基金"},
    **{"transfer": "转移支付", "land": "土地", "priority": "优先", "title": "称号", "service": "服务", "talent": "人才", "tax": "税收"},
}


def in_force(policy: Policy, day: str) -> bool:
    """Whether an application on that day falls into the policy's window."""
    return policy.first_day <= day and (not policy.last_day or day <= policy.last_day)


def policies(args: argparse.Namespace) -> int:
    """One line a policy: number, title, window, counts."""
    corpus = load_corpus()
    today = date.today().isoformat()
    rows = [_policy_row(p, today) for p in corpus.policies.values()]
    if args.json:
        as_json(rows)
        return 0
    for row in rows:
        state = "有效" if row["in_force"] else "已失效" if str(row["last_day"] or "9999") < today else "未施行"
        window = f"{row['first_day']} 至 {row['last_day'] or '未载明'}"
        counts = f"措施 {row['measures']:>2}（可计算 {row['computed']}）"
        print(f"{pad(str(row['id']), 21)} {pad(state, 7)} {pad(window, 26)} {counts} {row['number'] or '来源未载文号'}")
        print(f"{' ' * 22}{row['title']}")
    return 0


def _policy_row(policy: Policy, today: str) -> dict[str, object]:
    measures = [m for c in policy.clauses for m in c.measures]
    return {
        "id": policy.id,
        "title": policy.title,
        "number": policy.number or None,
        "issuers": list(policy.issuers),
        "issued": policy.issued or None,
        "first_day": policy.first_day,
        "last_day": policy.last_day or None,
        "benefit_years": [policy.benefit_from or None, policy.benefit_to or None],
        "in_force": in_force(policy, today),
        "all_up_to": policy.all_up_to,
        "clauses": len(policy.clauses),
        "measures": len(measures),
        "computed": sum(m.computed for m in measures),
        "version": policy.version,
    }


def show(args: argparse.Namespace) -> int:
    """A policy with its clauses, a clause with its measures, or a measure."""
    corpus = load_corpus()
    clauses = {c.id: (p, c) for p in corpus.policies.values() for c in p.clauses}
    known(args.id, {**corpus.policies, **clauses, **corpus.measures}, "政策、条款或措施", "policy, clause or measure", "ID")
    if args.id in corpus.policies:
        policy = corpus.policies[args.id]
        shown = list(policy.clauses)
    else:
        policy, clause = clauses.get(args.id) or corpus.measures[args.id][:2]
        shown = [clause]
    if args.json:
        row = _policy_row(policy, date.today().isoformat()) | _said_json(policy, corpus)
        as_json(row | {"summary": policy.summary, "clauses": [_clause_json(policy, c, args, corpus) for c in shown]})
        return 0
    if args.id in corpus.policies:
        print("\n".join([policy.title, *wrap(policy.summary, "")]))
        for note in about(corpus, policy):
            first, *rest = wrap(note.text, " " * 14)
            print("\n".join([f"  {pad(note.label, 12)}{first.strip()}", *rest]))
        print()
    for clause in shown:
        _print_clause(policy, clause, corpus, args.id)
        if args.readings:
            _print_readings(clause)
    return 0


def _said_json(policy: Policy, corpus: Corpus) -> dict[str, object]:
    """What a policy says besides its clauses: what its window is tested against, overlap, who pays, repeals, links both ways."""
    overlap = {"at": policy.overlap.at, "reach": policy.overlap.reach} if policy.overlap else None
    rules = [_rule_json(rule, corpus) for rule in policy.funding]
    said = {"applies_by": policy.applies_by, "applies_reading": policy.applies_reading, "admits_earlier": policy.admits_earlier, "lead": policy.lead or None}
    links = {"see": list(dict.fromkeys(ref for c in policy.clauses for ref in c.see)), "seen_by": linked(corpus, policy)}
    return {**said, "overlap": overlap, "funding": rules, "repeals": list(policy.repeals), **links}


def _rule_json(rule: FundingRule, corpus: Corpus) -> dict[str, object]:
    return {"over": list(rule.over), "but": list(rule.but), **rule_json(rule, corpus)}


def _clause_json(policy: Policy, clause: Clause, args: argparse.Namespace, corpus: Corpus) -> dict[str, object]:
    measures = [m for m in clause.measures if args.id in (policy.id, clause.id, m.id)]
    return {
        "id": clause.id,
        "at": clause.at,
        "title": clause.title,
        "kind": clause.kind,
        "summary": clause.summary,
        "lead": list(clause.lead),
        "support": list(clause.support),
        "see": list(clause.see),
        "measures": [_measure_json(policy, clause, m, corpus) for m in measures],
        "limits": [limit.id for limit in clause.limits],
        "terms": [{"name": t.name, "value": t.value, "summary": t.summary} for t in clause.terms],
        "targets": [{"name": t.name, "value": t.value, "year": t.year or None, "lead": list(t.lead), "summary": t.summary} for t in clause.targets],
        "steps": [_step_json(s) for s in clause.steps],
        "funding": [_rule_json(rule, corpus) for rule in clause.funding],
        "readings": [{"id": r.id, "about": r.about, "choices": r.choices, "taken": r.taken, "reason": r.reason} for r in clause.readings],
        "citation": policy.cite(clause),
    }


def _step_json(s: Step) -> dict[str, object]:
    who = {"by": list(s.by), "support": list(s.support)}
    return {"id": s.id, "stage": s.stage, **who, "within": s.within or None, "summary": s.summary, "provenance": "document"}


def _measure_json(policy: Policy, clause: Clause, m: Measure, corpus: Corpus) -> dict[str, object]:
    accrues = m.accrues.mode if not m.accrues.names else f"{m.accrues.mode}: {'、'.join(m.accrues.names)}"
    return {
        "id": m.id,
        "title": m.title,
        "summary": m.summary,
        "applicant": list(m.applicant),
        "subject": m.subject or None,
        "payee": m.payee or None,
        "matter": m.matter or None,
        "instrument": m.instrument,
        "decision": m.decision,
        "shape": m.shape,
        "accrues": accrues,
        "state": state(m),
        "funding": funding_json(corpus, m.id),
        "conditions": {lang: conditions(corpus, policy, clause, m, lang) for lang in ("zh", "en")},
        "evidence": [{"by": by, "of": names} for by, names in evidence(m, corpus.vocabulary).items()] if m.computed else [],
        "award": {lang: award(corpus, policy, clause, m, lang) for lang in ("zh", "en")},
    }


def state(measure: Measure) -> str:
    """`computed`, `draft` (rule written, not proven yet) or `listed`."""
    return "computed" if measure.computed else "draft" if measure.draft else "listed"


def _print_clause(policy: Policy, clause: Clause, corpus: Corpus, asked: str) -> None:
    print(f"{clause.at or clause.title}  {clause.title if clause.at else ''}  〔{KINDS[clause.kind]}〕  {clause.id}")
    for line in wrap(clause.summary, "  "):
        print(line)
    offices = "，".join(
        x for x in (f"牵头 {'、'.join(clause.lead)}" if clause.lead else "", f"配合 {'、'.join(clause.support)}" if clause.support else "") if x
    )
    if offices:
        print(f"  {offices}")
    for ref in clause.see:
        print(f"  参照 {ref}{'（' + corpus.policies[ref].title + '）' if ref in corpus.policies else ''}")
    for measure in clause.measures:
        if asked in (policy.id, clause.id, measure.id):
            _print_measure(policy, clause, measure, corpus)
    for limit in clause.limits:
        over = f"（{limit_reach(limit)}）" if limit.over else ""
        print("\n".join(wrap(f"限额 {limit.id.rpartition('/')[2]}{over}：{limit_words(limit)}", "  ")))
    for rule in clause.funding:
        print("\n".join(wrap(f"资金 {funding_line(rule, corpus)}", "  ")))
    for term in clause.terms:
        print(f"  · {term.name} {term.value}  {term.summary}")
    for target in clause.targets:
        lead = f"（{'、'.join(target.lead)}）" if target.lead else ""
        print(f"  ◎ {target.year + '  ' if target.year else ''}{target.name} {target.value}{lead}  {target.summary}".rstrip())
    for step in clause.steps:
        who = "、".join(step.by) + (f"（会同{'、'.join(step.support)}）" if step.support else "")
        head, *rest = wrap("  ".join(x for x in (f"〔{step.stage}〕", who, step.within, step.summary) if x), "      ")
        print("\n".join(["    " + head.strip(), *rest]))
    print()


def _print_measure(policy: Policy, clause: Clause, m: Measure, corpus: Corpus) -> None:
    notes = [INSTRUMENTS[m.instrument], "、".join(m.applicant) + (f"的{m.subject}" if m.subject else ""), DECISION[m.decision] or "按数据核定"]
    notes += [f"受益主体 {m.payee}"] if m.payee else []
    notes += [{"computed": "可计算", "draft": "规则已写，待证", "listed": "已收录"}[state(m)]]
    print(f"  ▪ {m.id.rpartition('/')[2]}  {m.title}（{'，'.join(notes)}）")
    rule = [("", m.summary)]
    if m.computed:
        proof = evidence_words(m, corpus.vocabulary)
        rule += [("条件 ", "；".join(conditions(corpus, policy, clause, m, "zh"))), ("给予 ", award(corpus, policy, clause, m, "zh")), ("材料 ", proof)]
    for label, text in rule:
        if text:
            for line in wrap(label + text, "      "):
                print(line)


def _print_readings(clause: Clause) -> None:
    for r in clause.readings:
        print(f"  口径 {r.id}  {r.about}")
        for choice, meaning in r.choices.items():
            print(f"    {'●' if choice == r.taken else '○'} {choice}：{meaning}")
        for line in wrap(f"理由：{r.reason}", "      "):
            print(line)
    if clause.readings:
        print()


def facts(args: argparse.Namespace) -> int:
    """Facts by kind (unit, definition, who certifies them), then registers: titles and lists with who keeps them."""
    corpus = load_corpus()

    def asked(entry: Fact | Register) -> bool:
        return all(any(w in text for text in (entry.name, *entry.of)) for w in args.words)

    found = [f for f in corpus.vocabulary.facts.values() if asked(f)]
    lists = [r for r in corpus.vocabulary.registers.values() if asked(r)]
    if args.json:
        as_json([*(_fact_json(f) for f in found), *(_register_json(r) for r in lists)])
        return 0
    for kind in dict.fromkeys(f.of[0] for f in found):
        print(f"── {kind} " + "─" * 40)
        for f in (f for f in found if f.of[0] == kind):
            print(f"  {f.name}（{_form(f)}）")
            proof = f" 核定：{f.certifier}" if f.certifier else f" 公式：{f.formula}" if f.formula else ""
            rule = corpus.sizes[f.series].source if f.series else f.source
            print("\n".join(wrap(f.definition + proof + _rests_on(rule, corpus.sizes[f.series].first_day if f.series else f.first_day), "      ")))
    if lists:
        print("── 名册 " + "─" * 40)
    for r in lists:
        parts = [f"等级：{'、'.join(r.levels)}"] * bool(r.levels) + [f"事项：{'、'.join(r.events)}"] * bool(r.events)
        print(f"  {r.name}（{'，'.join(['、'.join(r.of), *parts])}）")
        print("\n".join(wrap(f"{r.definition} 认定：{r.issuer}{_rests_on(r.source, r.first_day)}", "      ")))
    print(f"共 {len(found)} 项指标，{len(lists)} 种名册")
    return 0


def _rests_on(source: str, first_day: str) -> str:
    return (f" 依据：{source}" if source else "") + (f"，{first_day} 起" if source and first_day else "")


def _register_json(r: Register) -> dict[str, object]:
    lists = {"of": list(r.of), "levels": list(r.levels), "events": list(r.events)}
    rule = {"source": r.source or None, "from": r.first_day or None}
    return {"register": r.name, **lists, "issuer": r.issuer, "definition": r.definition, "question": r.question, **rule}


def _form(f: Fact) -> str:
    value = {"money": "元", "bool": "是／否", "choice": "选项：" + "、".join(f.values), "date": "日期", "text": "文字"}.get(f.type, f.unit)
    return value + ("，按年度" if f.by == "year" else "") + ("，推算" if f.formula else "，没有核定的可推算" if f.series else "")


def _fact_json(f: Fact) -> dict[str, object]:
    numeric = f.type in ("money", "rate", "count", "quantity") and not f.formula
    return {
        "name": f.name,
        "of": list(f.of),
        "by": f.by,
        "type": f.type,
        "unit": f.unit or None,
        "values": list(f.values),
        "least": format_steps(f.least, f.unit) if numeric else None,
        "greatest": format_steps(f.greatest, f.unit) if numeric else None,
        "definition": f.definition,
        "certifier": f.certifier or None,
        "question": f.question or None,
        "formula": f.formula or None,
        "series": f.series or None,
        "source": f.source or None,
        "from": f.first_day or None,
    }
