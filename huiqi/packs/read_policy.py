"""YAML → a policy with its clauses and measures. docs/pack-format.md is the contract."""

from __future__ import annotations

import hashlib
import re

from huiqi.language.diagnostics import Findings, Problems, did_you_mean
from huiqi.language.units import read_quantity
from huiqi.language.yamltree import Map, Node, Scalar, Seq, want_map, want_text
from huiqi.packs.model import Accrual, Clause, Measure, Overlap, Policy, Reading, Step, Target, Term
from huiqi.packs.read_funding import check_funding, read_funding
from huiqi.packs.read_limit import read_limit
from huiqi.packs.reader import Fields, unique
from huiqi.packs.vocabulary import Vocabulary

POLICY_KEYS = (
    *("policy", "title", "number", "issuers", "issued", "window", "applies_by", "benefit_years", "admits_earlier", "all_up_to"),
    *("lead", "overlap", "funding", "repeals", "summary", "clauses"),
)
CLAUSE_KEYS = ("clause", "at", "title", "kind", "summary", "lead", "support", "see", "measures", "limits", "terms", "targets", "steps", "readings", "funding")
MEASURE_KEYS = (
    *("id", "title", "summary", "applicant", "subject", "payee", "matter", "instrument", "decision"),
    *("accrues", "shape", "draft", "when", "award"),
)
KINDS = ("measure", "terms", "see", "target", "procedure", "definition")
INSTRUMENTS = ["grant", "interest", "insurance", "voucher", "rent", "equity", "fund", "transfer", "land", "priority", "title", "service", "talent", "tax"]
STAGES = (
    *("申报", "受理", "初审", "评审", "审核", "认定", "征求意见", "公示", "审定", "下达", "拨付", "验收", "绩效"),
    *("监督", "变更", "延期", "退出", "撤销", "追缴", "解释"),
)
APPLIES_BY = ("application", "event", "fact_year")
DECISIONS = ("automatic", "review", "selection", "unspecified")
SHAPES = ["fixed", "rate", "range", "table", "steps", "schedule", "unit", "interest", "sum", "best", "open", "none"]
AWARD_FORMS = ["fixed", "rate", "range", "per", "steps", "table", "schedule", "interest", "sum", "best"]
AWARD_KEYS = (*AWARD_FORMS, "of", "cap", "kind", "less", "exceptions", "matches")
# What a form can stand with; `less`, `exceptions` and `matches` belong to a whole award, not to a part of a sum.
WITH_FORM = {
    **dict.fromkeys(("fixed", "range", "table"), ("kind",)),
    **dict.fromkeys(("rate", "per"), ("of", "cap", "kind")),
    **dict.fromkeys(("steps", "schedule", "interest"), ("cap", "kind")),
    **dict.fromkeys(("sum", "best"), ("cap",)),
}
WITH_AWARD = ("less", "exceptions", "matches")
PART_KEYS = {
    "table": ("of", "by", "mode", "cap", "kind", "base", "first", "step_up", "rows"),
    "steps": ("of", "each", "give"),
    "schedule": ("by", "of", "rates"),
    "interest": ("of", "paid", "rate"),
}
ROW_KEYS = ("from", "above", "is", "rate", "fixed", "cap", "kind")
_YEARS = re.compile(r"20\d\d(\.\.20\d\d)?")
_CLAUSE_ID = re.compile(r"\d+(\.\d+)*|s\d+|preamble|final")


def read_policy(node: Node, data: bytes, vocabulary: Vocabulary, findings: Findings) -> Policy:
    """Read one policy.yaml; faults go to `findings`. `version` is a hash of the file's bytes."""
    root = want_map(node)
    f = Fields(root, POLICY_KEYS, findings)
    id_ = f.text("policy")
    if "window" not in f:
        findings.add("P001", root.place, key="window")
    window = Fields(f.map("window") or Map({"from": Scalar("0001-01-01", root.place)}, {}, root.place), ("from", "to"), findings)
    benefit = Fields(f.map("benefit_years") or Map({}, {}, root.place), ("from", "to"), findings)
    first, last = window.date("from"), window.date("to", "")
    if last and first > last:
        findings.add("P018", window.place("from"))
    clauses = tuple(read_clause(item, id_, vocabulary, findings) for item in f.maps("clauses"))
    applies_by, applies_reading = _applies_by(f, id_, clauses, findings)
    unique(((c.id, c.place) for c in clauses), findings)
    funding = read_funding(f, id_, (r for c in clauses for r in c.readings), (t for c in clauses for t in c.terms), findings)
    check_funding(funding, id_, (m.id for c in clauses for m in c.measures), (c.id for c in clauses), findings)
    return Policy(
        id=id_,
        title=f.text("title"),
        number=f.text("number", ""),
        issuers=f.texts("issuers"),
        issued=f.date("issued", ""),
        first_day=first,
        last_day=last,
        benefit_from=benefit.text("from", ""),
        benefit_to=benefit.text("to", ""),
        admits_earlier=f.flag("admits_earlier"),
        all_up_to=f.flag("all_up_to"),
        lead=f.text("lead", ""),
        summary=f.text("summary"),
        repeals=f.texts("repeals"),
        overlap=_overlap(f, findings),
        funding=funding,
        clauses=clauses,
        applies_by=applies_by,
        applies_reading=applies_reading,
        version=hashlib.sha256(data).hexdigest()[:12],
        place=root.place,
    )


def _overlap(f: Fields, findings: Findings) -> Overlap | None:
    node = f.map("overlap")
    if node is None:
        return None
    inner = Fields(node, ("at", "reach"), findings)
    return Overlap(inner.text("at", ""), inner.one_of("reach", ("市", "各级")))


def _applies_by(f: Fields, policy: str, clauses: tuple[Clause, ...], findings: Findings) -> tuple[str, str]:
    """What the window is tested against, and the reading that says so: the pack's own, or the one every policy has."""
    node, reading = f.get("applies_by"), f"{policy}/applies_by"
    if isinstance(node, Map):
        inner = Fields(node, ("reading",), findings)
        name = inner.text("reading")
        reading = name if "/" in name else f"{policy}/{name}"
        taken = next((r.taken for c in clauses for r in c.readings if r.id == reading), "")
        if not taken:
            findings.add("P007", inner.place("reading"), id=reading, what="reading")
        return taken, reading
    return f.one_of("applies_by", APPLIES_BY, "application"), reading


def read_clause(item: Map, policy: str, v: Vocabulary, findings: Findings) -> Clause:
    """Read one clause of the policy with id `policy`; faults go to `findings`."""
    f = Fields(item, CLAUSE_KEYS, findings)
    number = f.text("clause")
    if not _CLAUSE_ID.fullmatch(number):
        findings.add("P005", f.place("clause"), id=number, want="1.3, s2, preamble, final")
    id_ = f"{policy}/{number}"
    kind = f.one_of("kind", KINDS)
    readings = tuple(_reading(x, id_, findings) for x in f.maps("readings"))
    taken = {r.id.rpartition(".")[2]: r.taken for r in readings}
    measures = tuple(_measure(m, id_, v, taken, findings) for m in f.maps("measures"))
    unique(((m.id, m.place) for m in measures), findings)
    limits = tuple(read_limit(x, policy, id_, taken, findings) for x in f.maps("limits"))
    unique(((limit.id, limit.place) for limit in limits), findings)
    if measures and kind != "measure":
        findings.add("P010", f.place("kind"), kind=kind)
    if kind == "measure" and not measures:
        findings.add("P011", f.place("kind"))
    for key in ("lead", "support"):
        for scalar in f.scalars(key):
            _known(scalar.text, v.departments, "departments", f, key, findings)
    terms = tuple(_term(x, findings) for x in f.maps("terms"))
    funding = read_funding(f, policy, readings, terms, findings)
    check_funding(funding, id_, (m.id for m in measures), (), findings)
    return Clause(
        id=id_,
        at=f.text("at", ""),
        title=f.text("title"),
        kind=kind,
        summary=f.text("summary"),
        lead=f.texts("lead"),
        support=f.texts("support"),
        see=f.texts("see"),
        measures=measures,
        limits=limits,
        terms=terms,
        targets=tuple(_target(x, v, findings) for x in f.maps("targets")),
        steps=_steps(f, id_, findings),
        readings=readings,
        funding=funding,
        place=item.place,
    )


def _measure(item: Map, clause: str, v: Vocabulary, taken: dict[str, str], findings: Findings) -> Measure:
    f = Fields(item, MEASURE_KEYS, findings)
    letter = f.text("id")
    if not re.fullmatch(r"[a-z]", letter):
        findings.add("P005", f.place("id"), id=letter, want="a–z")
    award = f.map("award")
    if award is None and "shape" not in f:
        findings.add("P008", item.place)
    if award is not None:
        if "shape" in f:
            findings.add("P009", f.place("shape"))
        check_award(award, findings)
    for name in f.texts("applicant"):
        _known(name, v.kinds, "kinds", f, "applicant", findings)
    if "subject" in f:
        _known(f.text("subject"), v.kinds, "kinds", f, "subject", findings)
    if "matter" in f:
        _known(f.text("matter"), v.matters, "matters", f, "matter", findings)
    accrues, accrues_by = _accruals(f, clause, v, taken)
    return Measure(
        id=clause + letter,
        title=f.text("title"),
        summary=f.text("summary"),
        applicant=f.texts("applicant"),
        subject=f.text("subject", ""),
        payee=f.text("payee", ""),
        matter=f.text("matter", ""),
        instrument=f.one_of("instrument", INSTRUMENTS),
        decision=f.one_of("decision", DECISIONS),
        shape=f.one_of("shape", SHAPES, "") or award_form(award),
        accrues=accrues,
        draft=f.flag("draft"),
        when=_when(f),
        award=award,
        place=item.place,
        accrues_by=accrues_by,
    )


def _when(f: Fields) -> tuple[Node, ...]:
    """Conditions: expressions, or a reading with one expression for each choice."""
    node = f.get("when")
    items = () if node is None else node.items if isinstance(node, Seq) else (node,)
    for item in items:
        if isinstance(item, Map) and "reading" not in item.entries:  # - has(链主企业, level: '国家级')
            key, place = next(iter(item.keys.items()), ("", item.place))
            f.findings.add("P023", place, key=key)
    return tuple(item for item in items if not isinstance(item, Map) or "reading" in item.entries)


def award_form(award: Map | None) -> str:
    """The one form an award is written in (`per` is the shape `unit`)."""
    forms = [key for key in AWARD_FORMS if award and key in award.entries]
    return {"per": "unit"}.get(forms[0], forms[0]) if forms else ""


def check_award(award: Map, findings: Findings, whole: bool = True) -> None:
    """Known keys at every depth, exactly one form, and nothing beside it that it does not read (P002, P017, P024)."""
    Fields(award, AWARD_KEYS, findings)
    forms = [key for key in AWARD_FORMS if key in award.entries]
    if len(forms) != 1:
        findings.add("P017", award.place, known=list(AWARD_FORMS), forms=forms or ("没有", "none"))
        return
    (form,) = forms
    beside = (*WITH_FORM[form], *(WITH_AWARD if whole else ()))
    for key, place in award.keys.items():
        if key in AWARD_KEYS and key not in (form, *beside):
            findings.add("P024", place, key=key, form=form, values=list(beside))
    f = Fields(award, award.entries, findings)
    if form in PART_KEYS and (part := f.map(form)):
        for row in Fields(part, PART_KEYS[form], findings).maps("rows"):
            Fields(row, ROW_KEYS, findings)
    for node in _written(award.entries[form] if form in ("sum", "best") else None):
        for item in node.items if isinstance(node, Seq) else ():
            if isinstance(item, Map):
                check_award(item, findings, whole=False)
    for exception in f.maps("exceptions"):
        for node in _written(Fields(exception, ("when", "award"), findings).get("award")):
            if isinstance(node, Map):
                check_award(node, findings)


def _written(node: Node | None) -> tuple[Node, ...]:
    """A value, or, where it is written as a reading, that of every choice."""
    if isinstance(node, Map) and "reading" in node.entries:
        return tuple(item for key, item in node.entries.items() if key != "reading")
    return () if node is None else (node,)


def _accruals(f: Fields, clause: str, v: Vocabulary, taken: dict[str, str]) -> tuple[Accrual, dict[tuple[str, str], Accrual]]:
    """What results accrue to, and where a reading of the clause decides it, that under every choice."""
    node = f.get("accrues")
    if not isinstance(node, Map) or "reading" not in node.entries:
        return _accrual(node, f, v), {}
    name = want_text(node.entries["reading"]).text
    made = {(f"{clause}.{name}", choice): _accrual(item, f, v) for choice, item in node.entries.items() if choice != "reading"}
    if taken.get(name, "") not in node.entries:
        f.findings.add("P001", node.place, key=taken.get(name, name))
    return made.get((f"{clause}.{name}", taken.get(name, "")), Accrual("year")), made


def _accrual(node: Node | None, f: Fields, v: Vocabulary) -> Accrual:
    if node is None or isinstance(node, Scalar):
        place = node.place if node else f.node.place
        single = Fields(Map({"accrues": node} if node else {}, {"accrues": place}, place), ("accrues",), f.findings)
        return Accrual(single.one_of("accrues", ("year", "once"), "year"))
    if not isinstance(node, Map):
        f.findings.add("Y008", node.place, want_zh="year、once 或“键: 值”", want_en="year, once or a mapping")
        return Accrual("year")
    inner = Fields(node, ("recognition", "completion", "stage", "event", "when", "claim_within"), f.findings)
    mode = next((m for m in ("recognition", "completion", "stage") if m in inner), "year")
    names = inner.texts(mode) if mode != "year" else ()
    if mode == "recognition":
        for name in names:
            _known(name, v.registers, "registers", inner, mode, f.findings)
    return Accrual(mode, names, inner.texts("event"), _years_of(inner))


def _years_of(accrues: Fields) -> int:
    """`claim_within: 2年` as a number of years, 1 where it is not written."""
    node = accrues.get("claim_within")
    if node is None:
        return 1
    try:
        text = want_text(node)
        return max(read_quantity(text.text, "年", text.place), 1)
    except Problems as problems:
        accrues.findings.take(problems)
        return 1


def _term(item: Map, findings: Findings) -> Term:
    f = Fields(item, ("name", "value", "summary"), findings)
    return Term(f.text("name"), f.text("value", ""), f.text("summary", ""))


def _target(item: Map, v: Vocabulary, findings: Findings) -> Target:
    f = Fields(item, ("name", "value", "year", "summary", "lead"), findings)
    for name in f.texts("lead"):
        _known(name, v.departments, "departments", f, "lead", findings)
    year = f.text("year", "")
    if year and not _YEARS.fullmatch(year):
        findings.add("P005", f.place("year"), id=year, want="2025, 2023..2025")
    return Target(f.text("name"), f.text("value"), year, f.text("summary", ""), f.texts("lead"), item.place)


def _steps(clause: Fields, id_: str, findings: Findings) -> tuple[Step, ...]:
    made = []
    for item in clause.maps("steps"):
        f = Fields(item, ("id", "stage", "by", "support", "within", "summary"), findings)
        name = f"{id_}.{f.text('id')}"
        made.append(Step(name, f.one_of("stage", STAGES), f.texts("by"), f.texts("support"), f.text("within", ""), f.text("summary"), item.place))
    unique(((step.id, step.place) for step in made), findings)
    return tuple(made)


def _reading(item: Map, clause: str, findings: Findings) -> Reading:
    f = Fields(item, ("id", "about", "choices", "taken", "reason"), findings)
    choices = f.map("choices")
    named = {k: n.text for k, n in choices.entries.items() if isinstance(n, Scalar)} if choices else {}
    taken = f.text("taken")
    if taken not in named:
        findings.add("P015", f.place("taken"), id=f.text("id"), choice=taken, values=list(named))
    return Reading(f"{clause}.{f.text('id')}", f.text("about"), named, taken, f.text("reason"), item.place)


def _known(name: str, table: dict, title: str, f: Fields, key: str, findings: Findings) -> None:  # type: ignore[type-arg]
    if name and name not in table:
        findings.add("P006", f.place(key), name=name, table=title, **did_you_mean(name, table))
