"""One page a policy: what each clause gives, to whom, on which conditions, with limits, readings, targets and steps."""

from __future__ import annotations

from huiqi.cli.library import INSTRUMENTS, KINDS
from huiqi.cli.output import DECISION
from huiqi.packs.about import about, funding_line
from huiqi.packs.evidence import evidence_words
from huiqi.packs.model import Clause, Corpus, Measure, Policy, Reading
from huiqi.packs.say import limit_reach, limit_words
from huiqi.rules.say import award, conditions


def policy_page(corpus: Corpus, policy: Policy) -> str:
    """The page in Markdown."""
    measures = [m for c in policy.clauses for m in c.measures]
    facts = [
        policy.summary,
        "\n".join(["| | |", "|---|---|", f"| 编号 | `{policy.id}` |", *(f"| {note.label} | {_cell(note.text)} |" for note in about(corpus, policy))]),
        f"{len(policy.clauses)} 条，{len(measures)} 项措施：{sum(m.computed and m.pays for m in measures)} 项可算金额，"
        f"{sum(m.computed and not m.pays for m in measures)} 项只判断是否符合，{sum(not m.computed for m in measures)} 项没有可核对的条件。"
        f"限额 {sum(len(c.limits) for c in policy.clauses)} 项，口径 {sum(len(c.readings) for c in policy.clauses)} 项。",
    ]
    parts = [f"# 《{policy.title}》", "<!-- Generated from the pack by `make docs`; do not edit. -->", *facts]
    parts += [_clause(corpus, policy, clause) for clause in policy.clauses]
    return "\n\n".join(parts) + "\n"


def reading_words(reading: Reading) -> str:
    """One reading: what is chosen, the choice taken in bold, the reason."""
    choices = "；".join(f"**{text}**（`{name}`，采用）" if name == reading.taken else f"{text}（`{name}`）" for name, text in reading.choices.items())
    return f"{reading.about}：{choices}。{reading.reason.rstrip('。')}。"


def _clause(corpus: Corpus, policy: Policy, clause: Clause) -> str:
    offices = "　".join(x for x in (_named("牵头", clause.lead), _named("配合", clause.support)) if x)
    parts = [f"## {clause.at} {clause.title}".replace("  ", " "), f"{clause.summary}（{KINDS[clause.kind]}，`{clause.id.partition('/')[2]}`）"]
    parts += [offices] if offices else []
    if clause.measures:
        rows = "\n".join(_row(corpus, policy, clause, measure) for measure in clause.measures)
        parts.append(f"| 措施 | 申报主体 | 条件 | 给予 | 方式 |\n|---|---|---|---|---|\n{rows}")
    proofs = [(m.id.rpartition("/")[2], evidence_words(m, corpus.vocabulary)) for m in clause.measures if m.computed]
    lists = [f"- 材料 `{id_}`：{words}" for id_, words in proofs if words]
    lists += [f"- 限额 `{x.id.rpartition('.')[2]}`{f'（{limit_reach(x)}）' if x.over else ''}：{limit_words(x)}" for x in clause.limits]
    lists += [f"- 资金 {funding_line(rule, corpus)}" for rule in clause.funding]
    lists += [f"- 参照 {ref}" for ref in clause.see]
    lists += [f"- 约定 {t.name}：{t.value}{_note(t.summary)}" for t in clause.terms]
    lists += [f"- 目标 {t.year.replace('..', '—') + '年 ' if t.year else ''}{t.name}：{t.value}{_lead(t.lead)}{_note(t.summary)}" for t in clause.targets]
    lists += [f"- 〔{s.stage}〕{'、'.join(s.by)}{'（会同' + '、'.join(s.support) + '）' if s.support else ''}　{s.within}　{s.summary}" for s in clause.steps]
    lists += [f"- 口径 `{r.id.rpartition('.')[2]}`：{reading_words(r)}" for r in clause.readings]
    return "\n\n".join([*parts, *(["\n".join(lists)] if lists else [])])


def _row(corpus: Corpus, policy: Policy, clause: Clause, m: Measure) -> str:
    who = "、".join(m.applicant) + (f"的{m.subject}" if m.subject else "") + (f"<br>付给{m.payee}" if m.payee else "")
    given = award(corpus, policy, clause, m, "zh") or ("不涉及资金" if m.shape == "none" else "文件未载明标准")
    when = "<br>".join(conditions(corpus, policy, clause, m, "zh")) if m.computed else "—"
    how = f"{INSTRUMENTS[m.instrument]}<br>{DECISION[m.decision] or '按数据核定'}"
    cells = [f"**{m.id.rpartition('/')[2]}** {m.title}", who, when or "无其他条件", given, how]
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "｜").replace("\n", " ")


def _named(label: str, names: tuple[str, ...]) -> str:
    return f"{label}：{'、'.join(names)}" if names else ""


def _lead(names: tuple[str, ...]) -> str:
    return f"，{'、'.join(names)}" if names else ""


def _note(text: str) -> str:
    return f"（{text.rstrip('。')}）" if text else ""
