"""A facts file (YAML) → an applicant. Every fault is one line with its place; all faults of a file are reported at once."""

from __future__ import annotations

import re
from pathlib import Path

from huiqi.evaluate.applicant import APPLICANT, Aid, Applicant, Record, Subject, Values
from huiqi.evaluate.credit_code import fault
from huiqi.language.diagnostics import Findings, Place, Problems, did_you_mean, problem
from huiqi.language.units import format_steps, read_quantity
from huiqi.language.yamltree import MAX_BYTES, Map, Node, Scalar, read_yaml, too_large, want_map, want_text
from huiqi.packs.model import Corpus
from huiqi.packs.reader import Fields, is_date
from huiqi.packs.vocabulary import Fact, Register

FIRST_YEAR, LAST_YEAR = 2015, 2030
_KEYS = ("claim", "applicant", "facts", "records", "subjects", "aid", "complete")
_BASES = ("declared", "certified", "audited")
_EXAMPLES = {"money": "1200万元", "rate": "4.5%", "date": "2024-03-01"}


def read_facts_file(path: str, corpus: Corpus) -> Applicant:
    """Read a facts file from disk. Raises `Problems` (Y…, Q…, F…)."""
    file = Path(path)
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            too_large(size, path)
        data = file.read_bytes()
    except OSError as error:
        raise problem("Y009", Place(path), detail=error.strerror or "?") from None
    return read_facts(data, path, corpus)


def read_facts(data: bytes, file: str, corpus: Corpus) -> Applicant:
    """Read the bytes of a facts file named `file`."""
    return read_applicant(want_map(read_yaml(data, file)), corpus)


def read_applicant(root: Map, corpus: Corpus) -> Applicant:
    """Read a facts file that is a tree already."""
    findings = Findings()
    applicant = _Reader(root, corpus, findings).applicant()
    findings.stop()
    return applicant


class _Reader:
    def __init__(self, root: Map, corpus: Corpus, findings: Findings):
        self.words, self.corpus, self.findings = corpus.vocabulary, corpus, findings
        self.root = self.fields(root, _KEYS)

    def fields(self, node: Map, keys: tuple[str, ...]) -> Fields:
        return Fields(node, keys, self.findings, "F")

    def applicant(self) -> Applicant:
        head = self.fields(self.root.map("applicant") or Map({}, {}, self.root.node.place), ("kind", "name", "code", "district"))
        kind = head.text("kind", "企业")
        applicants = [k.name for k in self.words.kinds.values() if k.role == "applicant"]
        if kind not in applicants:
            self.unknown(kind, "申报主体", "applicant kind", head.place("kind"), applicants)
        code, district = head.text("code", ""), head.text("district", "")
        if code and (why := fault(code)):
            self.findings.add("F006", head.place("code"), code=code, why=why[0], why_en=why[1])
        names = {name: d.name for d in self.words.districts for name in (d.name, d.code, *d.aka)}
        if district and district not in names:
            self.unknown(district, "区县", "district", head.place("district"), names)
        claim = self.year(self.root.text("claim", ""), self.root.place("claim")) if "claim" in self.root else None
        result = Applicant(kind, head.text("name", ""), code, names.get(district, district), claim)
        result.facts = self.values(self.root.map("facts"), kind)
        self.subjects(result)
        result.records = [r for item in self.root.maps("records") if (r := self.record(item, result))]
        result.aid = [self.aid(item, result) for item in self.root.maps("aid")]
        lists = {"all", "records", "aid", *(k.name for k in self.words.kinds.values() if k.role == "subject")}
        for scalar in self.root.scalars("complete"):
            if scalar.text not in lists:
                self.unknown(scalar.text, "名单", "list", scalar.place, lists)
            result.complete.add(scalar.text)
        return result

    def unknown(self, name: str, what: str, what_en: str, place: Place, known: object) -> None:
        self.findings.add("F010", place, name=name[:60], what=what, what_en=what_en, **did_you_mean(name, known))  # type: ignore[arg-type]

    def year(self, text: str, place: Place) -> int:
        if not re.fullmatch(r"\d{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
            self.findings.add("F009", place, year=text[:20], first=FIRST_YEAR, last=LAST_YEAR)
            return FIRST_YEAR
        return int(text)

    # facts

    def values(self, node: Map | None, kind: str) -> Values:
        """Facts of one applicant or subject: `{fact: value}` or `{fact: {year: value}}`."""
        result: Values = {}
        for name, value in (node.entries if node else {}).items():
            place = node.keys[name] if node else value.place
            fact = self.words.facts.get(name)
            if fact is None:
                own = [f.name for f in self.words.facts.values() if self.words.applies(f, kind)]
                hint = did_you_mean(name, own)
                self.findings.add("F001", place, name=name[:60], **(hint if hint["hint"] else did_you_mean(name, self.words.facts)))
            elif fact.formula:
                self.findings.add("F015", place, name=name)
            elif not self.words.applies(fact, kind):
                self.findings.add("F002", place, name=name, owner="、".join(fact.of), owner_en="/".join(fact.of), here=kind)
            else:
                self.put(result, fact, value)
        return result

    def put(self, into: Values, fact: Fact, value: Node) -> None:
        if isinstance(value, Map) and "value" in value.entries:
            value = self.based(value)
        example = _EXAMPLES.get(fact.type, "12" + fact.unit)
        if fact.by != "year":
            if isinstance(value, Map):
                self.findings.add("F004", value.place, name=fact.name)
            elif (steps := self.one(fact, value)) is not None:
                into[fact.name] = steps
            return
        if not isinstance(value, Map):
            self.findings.add("F003", value.place, name=fact.name, example=example)
            return
        years: dict[int, int] = {}
        for text, item in value.entries.items():
            year = self.year(text, value.keys[text])
            if isinstance(item, Map):
                item = self.based(item)
            if (steps := self.one(fact, item)) is not None:
                years[year] = steps
        into[fact.name] = years

    def based(self, node: Map) -> Node:
        """`{value, basis}`: the declared value with who stands behind it."""
        fields = self.fields(node, ("value", "basis"))
        fields.one_of("basis", _BASES, "declared")
        return node.entries.get("value", node)

    def one(self, fact: Fact, node: Node) -> int | None:
        """One value in the fact's smallest steps, or None after reporting what is wrong with it."""
        try:
            scalar = want_text(node)
            if fact.type == "bool":
                if scalar.text not in ("yes", "no"):
                    raise problem("F016", scalar.place)
                return int(scalar.text == "yes")
            if fact.type == "choice":
                if scalar.text not in fact.values:
                    raise problem("F011", scalar.place, value=scalar.text[:60], name=fact.name, values="、".join(fact.values))
                return fact.values.index(scalar.text)
            if fact.type == "date":
                return self.day_number(scalar)
            return self.number(fact, scalar)
        except Problems as problems:
            self.findings.take(problems)
            return None

    def day_number(self, scalar: Scalar) -> int:
        from datetime import date

        if not is_date(scalar.text):
            raise problem("Q005", scalar.place, text=scalar.text[:40])
        return date.fromisoformat(scalar.text).toordinal()

    def number(self, fact: Fact, scalar: Scalar) -> int:
        steps = read_quantity(scalar.text, fact.unit, scalar.place)
        if not fact.least <= steps <= fact.greatest:
            ends = {"least": format_steps(fact.least, fact.unit), "greatest": format_steps(fact.greatest, fact.unit)}
            raise problem("F005", scalar.place, name=fact.name, value=scalar.text[:40], **ends)
        return steps

    # lists

    def subjects(self, applicant: Applicant) -> None:
        parents: list[tuple[Subject, Place]] = []
        for item in self.root.maps("subjects"):
            fields = self.fields(item, ("kind", "id", "of", "name", "facts"))
            kind, id_ = fields.text("kind"), fields.text("id")
            known = [k.name for k in self.words.kinds.values() if k.role == "subject"]
            if kind not in known:
                self.unknown(kind, "对象类型", "kind of subject", fields.place("kind"), known)
                continue
            if id_ in applicant.subjects:
                self.findings.add("F007", fields.place("id"), kind=kind, id=id_, line=applicant.subjects[id_].place.line)
                continue
            subject = Subject(kind, id_, fields.text("of", ""), self.values(fields.map("facts"), kind), item.place, fields.text("name", ""))
            applicant.subjects[id_] = subject
            if subject.parent:
                parents.append((subject, fields.place("of")))
        for subject, place in parents:
            self.parent(subject, place, applicant)

    def parent(self, subject: Subject, place: Place, applicant: Applicant) -> None:
        parent = applicant.subjects.get(subject.parent)
        if parent is None:
            self.findings.add("F008", place, id=subject.parent, **did_you_mean(subject.parent, applicant.subjects))
            return
        allowed = {p for name in self.words.family(subject.kind) for p in self.words.kinds[name].of}
        if not allowed & set(self.words.family(parent.kind)):
            self.findings.add("F018", place, name=subject.kind, parents="、".join(sorted(allowed)), parent=parent.kind)

    def record(self, item: Map, applicant: Applicant) -> Record | None:
        fields = self.fields(item, ("register", "event", "level", "of", "from", "to", "issuer"))
        name = fields.text("register")
        register = self.words.registers.get(name)
        if register is None:
            self.unknown(name, "名册", "register", fields.place("register"), self.words.registers)
            return None
        event, level, of = fields.text("event", ""), fields.text("level", ""), fields.text("of", "")
        self.option(event, register.events, register, fields.place("event"))
        self.option(level, register.levels, register, fields.place("level"))
        if of and of not in applicant.subjects:
            self.findings.add("F008", fields.place("of"), id=of, **did_you_mean(of, applicant.subjects))
        first, last = fields.date("from"), fields.date("to", "")
        if last and last < first:
            self.findings.add("F014", fields.place("to"))
        return Record(name, event, level, of or APPLICANT, first, last)

    def option(self, value: str, allowed: tuple[str, ...], register: Register, place: Place) -> None:
        if value and value not in allowed:
            self.findings.add("F011", place, value=value[:60], name=register.name, values="、".join(allowed) or "（无）")

    def aid(self, item: Map, applicant: Applicant) -> Aid:
        fields = self.fields(item, ("authority", "measure", "matter", "subject", "period", "tier", "amount", "status"))
        measure, matter, subject = fields.text("measure", ""), fields.text("matter", ""), fields.text("subject", "")
        if not measure and not matter:
            self.findings.add("F012", item.place, key="measure / matter")
        for name, table, key in ((measure, self.corpus.measures, "measure"), (matter, self.words.matters, "matter")):
            if name and name not in table:
                self.findings.add("F017", fields.place(key), id=name[:60], **did_you_mean(name, table))
        if subject and subject not in applicant.subjects:
            self.findings.add("F008", fields.place("subject"), id=subject, **did_you_mean(subject, applicant.subjects))
        amount = 0
        try:
            amount = read_quantity(fields.text("amount"), "元", fields.place("amount"))
            if amount < 0:
                raise problem("F005", fields.place("amount"), name="amount", value=fields.text("amount"), least="0元", greatest="—")
        except Problems as problems:
            self.findings.take(problems)
        fields.one_of("authority", ("国家", "省", "市", "区"), "市")
        return Aid(measure, matter, fields.text("authority", "市"), subject or APPLICANT, fields.text("period", ""), amount)
