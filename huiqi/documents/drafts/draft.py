"""An official text → the skeleton of a pack that loads: what is printed is filled in, what is guessed says how sure it is, the rest says TODO.

Deterministic: the same text and vocabulary give the same lines. No figure is lost: one that found no place in a rule stands as a term or a target.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from huiqi.documents.drafts.draft_award import Lines, draft_measure, note
from huiqi.documents.drafts.grants import Grant, grants
from huiqi.documents.drafts.matching import Guess, applicant_in, nearest, subject_in
from huiqi.documents.locks.figures import YEAR, Figure, find_figures
from huiqi.documents.locks.roles import roles
from huiqi.documents.tree import Clause, Metadata, PolicyText
from huiqi.packs.vocabulary import Vocabulary

_INSTRUMENTS = (
    *(
        ("贴息", "interest"),
        ("保险", "insurance"),
        ("券", "voucher"),
        ("房租", "rent"),
        ("直投", "equity"),
        ("基金", "fund"),
        ("用地", "land"),
        ("容积率", "land"),
    ),
    *(("人才", "talent"), ("优先", "priority"), ("倾斜", "priority"), ("遴选", "title"), ("评定一批", "title"), ("评选一批", "title")),
)
_DEFINES = re.compile(r"适用于|适用范围|扶持(?:范围|对象)|培育对象|所称|重点支持[^。]{0,200}(?:领域|产业等)")
_IN_FORCE = re.compile(r"施行，有效期|财政[^。]{0,20}(?:分担|承担)")
_RUNS = re.compile(r"链长制|组织领导|牵头组织实施|报送|组织评审并")
_ASKS = re.compile(r"(?:申报)?(?:企业|单位|项目)(?:有|具有|具备|近|今后|主营|须|应)")
_PROCEEDS = re.compile(r"组织实施|施行|申报|报送|程序|考核|验收|责任书|评估")
_REFERS = re.compile(r"(?:按照?|参照)[^，。]{0,30}(?:政策|规定|办法)(?:执行|给予|予以)")


def draft_policy(text: PolicyText, id_: str, vocabulary: Vocabulary, without: Collection[str] = ()) -> str:
    """The policy.yaml of a draft; `without` are names of the vocabulary not to be used (for measuring)."""
    lines = [*_head(text.metadata, id_), "clauses:"]
    for clause in text.clauses():
        lines += ["", *_clause(clause, text, vocabulary, without)]
    return "\n".join(lines) + "\n"


def _head(meta: Metadata, id_: str) -> Iterator[str]:
    yield "# 草稿：由原文生成，每行注明把握（高、中、低），TODO 处须由人补写。A draft; every TODO needs a person."
    yield f"policy: {id_}"
    yield f"title: {_quoted(meta.title or 'TODO')}"
    if meta.number:
        yield f"number: {_quoted(meta.number)}  # 高"
    if meta.issuers:
        yield f"issuers: [{', '.join(map(_quoted, meta.issuers))}]  # 高"
    if meta.issued:
        yield f"issued: {meta.issued}  # 高"
    first = meta.first_day or meta.issued or "2000-01-01"
    last = f", to: {meta.last_day}" if meta.last_day else ""
    yield f"window: {{from: {first}{last}}}  # {'高' if meta.first_day else '低 TODO 施行日没有找到'}"
    if meta.benefit_from:
        yield f"benefit_years: {{from: {meta.benefit_from}}}  # 高"
    if meta.admits_earlier:
        yield "admits_earlier: true  # 高"
    if meta.all_up_to:
        yield "all_up_to: true  # 高"
    if meta.lead:
        yield f"lead: {_quoted(meta.lead[0])}  # 高"
    if meta.overlap:
        yield f"overlap: {{at: {_quoted(meta.overlap_at or 'TODO')}, reach: {meta.overlap}}}  # 高"
    if meta.repeals:
        yield f"repeals: [{', '.join(map(_quoted, meta.repeals))}]  # 高"
    yield "summary: TODO"


def _clause(clause: Clause, text: PolicyText, vocabulary: Vocabulary, without: Collection[str]) -> Iterator[str]:
    found = grants(clause.text, clause.prose)
    kind = kind_of(clause, found)
    offices = text.offices.get(clause.id)
    yield f"- clause: {clause.id}"
    yield f"  at: {_quoted(clause.at or 'TODO')}"
    yield f"  title: {_quoted(clause.title or 'TODO')}"
    yield f"  kind: {kind.name}{note(kind)}"
    yield "  summary: TODO"
    if offices:
        yield from _names("lead", offices.lead, vocabulary)
        yield from _names("support", offices.support, vocabulary)
    used: set[Figure] = set()
    limits: list[str] = []
    if kind.name == "measure":
        yield "  measures:"
        for letter, grant in zip("abcdefghijklmnopqrstuvwxyz", found, strict=False):
            drafted = draft_measure(grant, clause.text, clause.id + letter, vocabulary, without)
            used |= drafted.used
            limits += drafted.limits
            yield from _measure(letter, grant, drafted, clause, vocabulary)
    if limits:
        yield "  limits:"
        yield from (f"  - {{id: L{n}, {body}}}  # 中 TODO" for n, body in enumerate(limits, 1))
    yield from _rest(clause.text, used)


def kind_of(clause: Clause, found: Sequence[Grant]) -> Guess:
    """The kind of a clause and how sure that is."""
    text = clause.text
    if clause.id == "preamble":
        return Guess("target", 0.7)
    if clause.id == "final":
        return Guess("procedure", 0.7)
    if any(grant.shape not in ("open", "none") for grant in found):
        return Guess("measure", 0.9)
    if _IN_FORCE.search(text):
        return Guess("terms", 0.6)
    if _RUNS.search(text):
        return Guess("procedure", 0.6)
    if _DEFINES.search(text):
        return Guess("definition", 0.6)
    if found:
        return Guess("measure", 0.55)
    if _ASKS.match(text[clause.prose :]):
        return Guess("terms", 0.5)
    if _REFERS.search(text):
        return Guess("see", 0.4)
    return Guess("procedure", 0.5) if _PROCEEDS.search(text) else Guess("target", 0.6)


def _measure(letter: str, grant: Grant, drafted: Lines, clause: Clause, vocabulary: Vocabulary) -> Iterator[str]:
    applicant, subject = applicant_in(grant.text), subject_in(grant.text)
    matter = nearest(vocabulary.matters, clause.title + grant.text[:40])
    yield f"  - id: {letter}"
    yield f"    title: {_quoted(clause.title or 'TODO')}  # TODO"
    yield "    summary: TODO"
    yield f"    applicant: {applicant.name}{note(applicant)}"
    if subject.name:
        yield f"    subject: {subject.name}{note(subject)}"
    if matter.likeness >= 0.5:
        yield f"    matter: {matter.name}{note(matter)}"
    yield f"    instrument: {_instrument(grant)}  # 中"
    yield f"    decision: {_decision(grant)}  # 中"
    yield f"    accrues: {'once' if re.search('首次|一次性|新认定|新列入', grant.text) else 'year'}  # 低 TODO"
    if drafted.award:
        yield "    draft: true"
    else:
        yield f"    shape: {grant.shape}  # {'中' if grant.shape not in ('open', 'none') else '低 TODO'}"
    if drafted.when:
        yield "    when:"
        yield from (f"    - {condition}" for condition in drafted.when)
        if not drafted.award:
            yield "    draft: true"
    if drafted.award:
        yield "    award:"
        yield from (f"      {line}" for line in drafted.award)


def _instrument(grant: Grant) -> str:
    if grant.shape not in ("open", "none"):
        return {"interest": "interest", "schedule": "insurance"}.get(grant.shape, "voucher" if "券" in grant.text else "grant")
    found = next((name for word, name in _INSTRUMENTS if word in grant.text), "grant")
    return "service" if found == "grant" and grant.shape == "none" else found


def _decision(grant: Grant) -> str:
    if re.search(r"评选|择优|遴选|前\s*\d+\s*家|不超过\s*\d+\s*[家个]", grant.text):
        return "selection"
    if grant.shape in ("open", "none"):
        return "unspecified"
    return "review" if re.search(r"评审|审定|评价|审核", grant.text) else "automatic"


def _rest(text: str, used: set[Figure]) -> Iterator[str]:
    """Figures that stand in no rule: goals as targets with their year, all others as terms."""
    figures = find_figures(text)
    said = [(f, r) for f, r in zip(figures, roles(text, figures), strict=True) if f not in used and f.quantity is not None]
    goals = [f for f, r in said if r == "target"]
    years = [f for f, r in said if f.quantity and f.quantity.dimension == YEAR and r == "date"]
    if goals:
        yield "  targets:  # 中 TODO 名称"
        for n, goal in enumerate(goals, 1):
            year = max((y for y in years if y.start < goal.start), key=lambda y: y.start, default=None)
            yield f"  - {{name: {_around(text, goal, n)}, value: {_quoted(goal.value)}{f', year: {year.value[:4]}' if year else ''}}}"
    dated = years if goals else []
    others = [f for f, r in said if r != "target" and not (f in dated and any(f.start < goal.start for goal in goals))]
    if others:
        yield "  terms:  # 低 TODO 归入规则、指标或步骤"
        yield from (f"  - {{name: {_around(text, figure, n)}, value: {_quoted(figure.value)}, summary: TODO}}" for n, figure in enumerate(others, 1))


def _around(text: str, figure: Figure, n: int) -> str:
    """A name for a figure: at most eight characters that stand before it, and its number in the clause."""
    words = re.findall(r"[\u4e00-\u9fff]+", text[max(0, figure.start - 24) : figure.start])
    return f"{words[-1][-8:] if words else '数'}{n}"


def _names(key: str, names: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """A line with the offices the vocabulary knows, and one that names the others."""
    known = [name for name in names if name in vocabulary.departments]
    unknown = [name for name in names if name not in vocabulary.departments]
    if known:
        yield f"  {key}: [{', '.join(map(_quoted, known))}]  # 高"
    if unknown:
        yield f"  # TODO {key}：{'、'.join(unknown)}（不在部门表）"


def _quoted(text: str) -> str:
    plain = text.replace("\n", " ")
    return (
        plain
        if re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9（）〔〕“”《》、·.%—\-/]+", plain) and not plain.startswith("-")
        else "'" + plain.replace("'", "''") + "'"
    )
