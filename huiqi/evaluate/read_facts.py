"""A facts file (YAML) → an applicant. Every fault is one line with its place; all faults of a file are reported at once.

Names, choices and quantities may be typed with full-width characters; what is kept is the vocabulary's own spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from huiqi.evaluate.applicant import APPLICANT, EARLIER, Aid, Applicant, Record, Subject, Values, in_year
from huiqi.evaluate.classes import contradicted
from huiqi.evaluate.credit_code import fault, tidy
from huiqi.evaluate.first_days import fill_first_days
from huiqi.language.diagnostics import Findings, Place, Problems, did_you_mean, problem, system_fault
from huiqi.language.text import fold, is_date, same
from huiqi.language.units import format_steps, read_quantity
from huiqi.language.yamltree import MAX_BYTES, Map, Node, Scalar, Seq, read_yaml, want_map, want_text
from huiqi.packs.model import Corpus
from huiqi.packs.reader import Fields
from huiqi.packs.vocabulary import Fact

FIRST_YEAR, LAST_YEAR = 2015, 2030
FACT_DAYS = ("1990-01-01", "2100-12-31")  # what rules count with
RECORD_DAYS = ("1900-01-01", "2100-12-31")
MOST_AID = 10**14  # 分
MAX_ENTRIES = 1000
_KEYS = ("claim", "applicant", "facts", "records", "subjects", "aid", "complete")
_BASES = ("declared", "certified", "audited")
_EXAMPLES = {"money": "1200万元", "rate": "4.5%", "date": "2024-03-01", "bool": "是"}
_HALF = re.compile(r"[0-9]{3}[^0-9].*")
_TRUTH = {"yes": 1, "no": 0, "是": 1, "否": 0, "true": 1, "false": 0}  # the last two: what programs write
_NO_PARENT = ("申报主体本身（请删去 of）", "the applicant itself (leave of out)")


def read_facts_file(path: str, corpus: Corpus) -> Applicant:
    """Read a facts file from disk. Raises `Problems` (Y…, Q…, F…)."""
    return read_facts(read_bytes(path), path, corpus)


def read_bytes(path: str) -> bytes:
    """The content of a file, up to one byte more than is allowed. Raises Y009."""
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise problem("Y009", Place(path), **system_fault(error)) from None


def read_facts(data: bytes, file: str, corpus: Corpus) -> Applicant:
    """Read the bytes of a facts file named `file`."""
    return read_applicant(want_map(read_yaml(data, file)), corpus)


def read_applicant(root: Map, corpus: Corpus) -> Applicant:
    """Read a facts file that is a tree already."""
    findings = Findings()
    applicant = _Reader(root, corpus, findings).applicant()
    findings.stop()
    return applicant


def _index(names: Iterable[str]) -> dict[str, str]:
    """Names by the form in which spellings are equal."""
    return {same(name): name for name in names}


class _Reader:
    def __init__(self, root: Map, corpus: Corpus, findings: Findings):
        self.words, self.corpus, self.findings = corpus.vocabulary, corpus, findings
        self.root = self.fields(root, _KEYS)
        self.kinds = _index(k.name for k in self.words.kinds.values() if k.role == "subject")
        self.facts = _index(self.words.facts)
        self.ids: dict[str, str] = {}  # of subjects

    def fields(self, node: Map, keys: tuple[str, ...]) -> Fields:
        return Fields(node, keys, self.findings, "F")

    def applicant(self) -> Applicant:
        for key in ("records", "subjects", "aid"):
            entries = self.root.get(key)
            if isinstance(entries, Seq) and len(entries.items) > MAX_ENTRIES:
                raise problem("F021", entries.place, name=key, count=len(entries.items), limit=MAX_ENTRIES)
        head = self.fields(self.root.map("applicant") or Map({}, {}, self.root.node.place), ("kind", "name", "code", "district"))
        applicants = tuple(k.name for k in self.words.kinds.values() if k.role == "applicant")
        kind = self.option(head.text("kind", "企业"), applicants, "申报主体", head.place("kind"))
        code = tidy(head.text("code", ""))
        if code and (why := fault(code)):
            self.findings.add("F006", head.place("code"), code=code, why=why[0], why_en=why[1])
        districts = {same(name): d.name for d in self.words.districts for name in (d.name, d.code, *d.aka)}
        district = self.name(head, "district", districts, "区县", "district")
        claim = self.year(self.root.text("claim"), self.root.place("claim")) if self.root.get("claim") else None
        result = Applicant(kind, head.text("name", ""), code, district, claim)
        result.facts = self.values(self.root.map("facts"), kind)
        self.subjects(result)
        self.records(result)
        matters, measures = _index(self.words.matters), _index(self.corpus.measures)
        result.aid = [self.aid(item, measures, matters) for item in self.root.maps("aid")]
        lists = _index(("all", "records", "aid")) | self.kinds | _index(self.words.registers)
        for scalar in self.root.scalars("complete"):
            result.complete.add(self.known(scalar.text, scalar.place, lists, "名单", "list"))
        fill_first_days(result, self.words, FACT_DAYS[0])
        return result

    # names, days, years

    def name(self, fields: Fields, key: str, index: Mapping[str, str], what: str, what_en: str, default: str | None = "") -> str:
        """The name under `key` as the table spells it, '' after reporting that there is none such."""
        text = fields.text(key, default)
        return self.known(text, fields.place(key), index, what, what_en) if text else ""

    def known(self, text: str, place: Place, index: Mapping[str, str], what: str, what_en: str) -> str:
        found = index.get(same(text), "")
        if not found:
            self.findings.add(
                "F010", place, name=text, what=(what, what_en), **did_you_mean(text, index.values(), look="huiqi search" if what == "名册" else "")
            )
        return found

    def option(self, text: str, allowed: tuple[str, ...], name: str, place: Place) -> str:
        """One of a few values as the vocabulary spells it, '' after reporting that it is none of them."""
        found = _index(allowed).get(same(text), "")
        if text and not found:
            self.findings.add("F011", place, value=text, name=name, values=list(allowed))
        return found

    def subject(self, fields: Fields, key: str) -> str:
        """The id of a subject of this file, or the applicant's."""
        text = fields.text(key, "")
        found = self.ids.get(same(text), "")
        if text and not found:
            self.findings.add("F008", fields.place(key), id=text, **did_you_mean(text, self.ids.values()))
        return found or APPLICANT

    def year(self, text: str, place: Place) -> int | None:
        found = re.fullmatch(r"([0-9]{4})(?:年度?)?", fold(text).strip())
        if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            return int(found[1])
        self.findings.add("F009", place, year=text, first=FIRST_YEAR, last=LAST_YEAR)
        return None

    def within(self, day: str, days: tuple[str, str], name: str, place: Place) -> None:
        if day and not days[0] <= day <= days[1]:
            self.findings.add("F005", place, name=name, value=day, least=days[0], greatest=days[1])

    # facts

    def values(self, node: Map | None, kind: str) -> Values:
        """Facts of one applicant or subject: `{fact: value}` or `{fact: {year: value}}`. A kind of '' is not known."""
        result: Values = {}
        if node is None:
            return result
        first: dict[str, Place] = {}
        own: list[str] = []  # the facts of the kind, for hints: looked up with the first name that is not known
        for text, value in node.entries.items():
            place = node.keys[text]
            fact = self.words.facts.get(self.facts.get(same(text), ""))
            if fact is None:
                own = own or [f.name for f in self.words.facts.values() if self.words.applies(f, kind)]
                self.findings.add("F001", place, name=text, **did_you_mean(text, own, self.words.facts, look="huiqi facts"))
            elif fact.name in first:
                self.findings.add("Y005", place, key=text, line=first[fact.name].line)
            elif fact.formula:
                self.findings.add("F015", place, name=fact.name)
            elif kind and not self.words.applies(fact, kind):
                self.findings.add("F002", place, name=fact.name, owner=list(fact.of), here=kind)
            else:
                first[fact.name] = place
                self.put(result, fact, value)
        self.classes(result, first)
        return result

    def classes(self, values: Values, places: Mapping[str, Place]) -> None:
        """Report each class that what else is given rules out: facts that contradict each other decide nothing."""
        for fact in (self.words.facts[name] for name in values if self.words.facts[name].series in self.corpus.sizes):
            sizes = self.corpus.sizes[fact.series]
            for year, low, high in contradicted(values, fact, sizes, self.words):
                able, given = list(fact.values[low : high + 1]), in_year(values, fact.name, year)
                self.findings.add("F024", places[fact.name], name=fact.name, year=year, value=fact.values[given or 0], values=able, by=sizes.by)

    def put(self, into: Values, fact: Fact, node: Node) -> None:
        value = self.based(node)
        if value is None:
            return
        if fact.by == "year":
            if isinstance(value, Map):
                into[fact.name] = self.years(fact, value)
            else:
                self.findings.add("F003", value.place, name=fact.name, example=fact.values[0] if fact.values else _EXAMPLES.get(fact.type, "12" + fact.unit))
        elif isinstance(value, Map):
            self.findings.add("F004", value.place, name=fact.name)
        elif (steps := self.one(fact, value)) is not None:
            into[fact.name] = steps

    def years(self, fact: Fact, node: Map) -> dict[int, int]:
        """Values by year; `earlier` is the greatest value of all years before the first one given."""
        found: dict[int, int] = {}
        first: dict[int, Place] = {}
        torn = self.torn(node)
        for text, item in node.entries.items():
            place = node.keys[text]
            if text in torn:
                continue
            year, value = EARLIER if text == "earlier" else self.year(text, place), self.based(item)
            steps = None if value is None else self.one(fact, value)
            if year in first:
                self.findings.add("Y005", place, key=text, line=first[year].line)
            elif year is not None:
                first[year] = place
                if steps is not None:
                    found[year] = steps
        return found

    def torn(self, node: Map) -> set[str]:
        """The keys that are halves of one number, as in `{2025: 1,200万元}`, after reporting them."""
        found: set[str] = set()
        for (text, item), (rest, nothing) in pairwise(node.entries.items()):
            if isinstance(item, Scalar) and isinstance(nothing, Scalar) and not nothing.text and _HALF.fullmatch(fold(rest)):
                self.findings.add("F023", node.keys[rest], text=rest, whole=item.text + rest)
                found |= {text, rest}
        return found

    def based(self, node: Node) -> Node | None:
        """The value of `{value, basis}`, None after reporting that it has none; any other node is the value itself."""
        if not isinstance(node, Map) or not {"value", "basis"} & set(node.entries):
            return node
        fields = self.fields(node, ("value", "basis"))
        fields.one_of("basis", _BASES, "declared")
        if "value" not in fields:
            self.findings.add("F012", node.place, key="value")
        return node.entries.get("value")

    def one(self, fact: Fact, node: Node) -> int | None:
        """One value in the fact's smallest steps, or None after reporting what is wrong with it. Text is checked and not kept: no rule reads it."""
        try:
            scalar = want_text(node)
            text = fold(scalar.text).strip()
            if not text:
                raise problem("F019", scalar.place, name=fact.name)
            match fact.type:
                case "text":
                    return None
                case "bool":
                    if text.lower() not in _TRUTH:
                        raise problem("F016", scalar.place, text=scalar.text)
                    return _TRUTH[text.lower()]
                case "choice":
                    chosen = self.option(text, fact.values, fact.name, scalar.place)
                    return fact.values.index(chosen) if chosen else None
                case "date":
                    if not is_date(text):
                        raise problem("Q005", scalar.place, text=scalar.text)
                    self.within(text, FACT_DAYS, fact.name, scalar.place)
                    return date.fromisoformat(text).toordinal()
            return self.number(scalar, fact.name, fact.unit, fact.least, fact.greatest)
        except Problems as problems:
            self.findings.take(problems)
            return None

    def number(self, scalar: Scalar, name: str, unit: str, least: int, greatest: int) -> int:
        steps = read_quantity(scalar.text, unit, scalar.place)
        if not least <= steps <= greatest:
            ends = {"least": format_steps(least, unit), "greatest": format_steps(greatest, unit)}
            raise problem("F005", scalar.place, name=name, value=scalar.text, **ends)
        return steps

    # lists

    def subjects(self, applicant: Applicant) -> None:
        waiting: list[tuple[Subject, Fields]] = []
        for item in self.root.maps("subjects"):
            fields = self.fields(item, ("kind", "id", "of", "name", "facts"))
            kind = self.name(fields, "kind", self.kinds, "对象类型", "kind of subject", None)
            id_ = fields.text("id")
            subject = Subject(kind, id_, APPLICANT, self.values(fields.map("facts"), kind), item.place, fields.text("name", ""))
            known = applicant.subjects.get(self.ids.get(same(id_), ""))
            if known:
                self.findings.add("F007", fields.place("id"), what=kind or known.kind, id=id_, line=known.place.line)
            elif id_:
                self.ids[same(id_)] = id_
                applicant.subjects[id_] = subject
            waiting.append((subject, fields))
        for subject, fields in waiting:
            subject.parent = self.subject(fields, "of")
            if subject.parent != APPLICANT:
                self.parent(subject, applicant.subjects[subject.parent], fields.place("of"))

    def parent(self, subject: Subject, parent: Subject, place: Place) -> None:
        if not subject.kind or not parent.kind:
            return
        allowed = {p for name in self.words.family(subject.kind) for p in self.words.kinds[name].of}
        if not allowed & set(self.words.family(parent.kind)):
            self.findings.add("F018", place, name=subject.kind, parents=sorted(allowed) or _NO_PARENT, parent=parent.kind)

    def records(self, applicant: Applicant) -> None:
        registers = _index(self.words.registers)
        first: dict[Record, Place] = {}
        for item in self.root.maps("records"):
            record = self.record(item, registers, applicant)
            if record in first and record.register and record.first_day:
                self.findings.add("F025", item.place, id=record.register, line=first[record].line)
            first.setdefault(record, item.place)
            applicant.records.append(record)

    def record(self, item: Map, registers: Mapping[str, str], applicant: Applicant) -> Record:
        fields = self.fields(item, ("register", "event", "level", "of", "from", "to", "issuer"))
        name = self.name(fields, "register", registers, "名册", "register", None)
        event, level, of = "", "", self.subject(fields, "of")
        if name:
            register = self.words.registers[name]
            event = self.rank(fields, "event", register.events, name)
            level = self.rank(fields, "level", register.levels, name)
            here = applicant.subjects[of].kind if of else applicant.kind
            unknown_holder = not of and fields.get("of")
            if here and not unknown_holder and not self.words.applies(register, here):
                self.findings.add("F020", fields.place("register"), name=name, here=here, owner=list(register.of))
        first, last = fields.date("from"), fields.date("to", "")
        self.within(first, RECORD_DAYS, "from", fields.place("from"))
        if first and last and last < first:
            self.findings.add("F014", fields.place("to"))
        return Record(name, event, level, of, first, last, fields.text("issuer", ""))

    def rank(self, fields: Fields, key: str, allowed: tuple[str, ...], register: str) -> str:
        """The event or level of a record."""
        text = fields.text(key, "")
        if text and not allowed:
            self.findings.add("F022", fields.place(key), name=register, key=key, value=text)
            return ""
        return self.option(text, allowed, register, fields.place(key))

    def aid(self, item: Map, measures: Mapping[str, str], matters: Mapping[str, str]) -> Aid:
        fields = self.fields(item, ("authority", "measure", "matter", "subject", "period", "tier", "amount", "status"))
        if fields.get("measure") is None and fields.get("matter") is None:
            self.findings.add("F012", item.place, key="measure / matter")
        named = {}
        for key, index in (("measure", measures), ("matter", matters)):
            text = fields.text(key, "")
            named[key] = index.get(same(text), "")
            if text and not named[key]:
                self.findings.add("F017", fields.place(key), id=text, **did_you_mean(text, index.values(), look="huiqi search"))
        fields.text("status", "")
        authority = fields.one_of("authority", ("国家", "省", "市", "区"), "市")
        return Aid(
            named["measure"], named["matter"], authority, self.subject(fields, "subject"), self.period(fields), self.amount(fields), fields.text("tier", "")
        )

    def period(self, fields: Fields) -> str:
        """A year, a day, or the name of a stage."""
        text = fold(fields.text("period", "")).strip()
        if re.fullmatch(r"[0-9]+(?:年度?)?", text):
            return str(self.year(text, fields.place("period")) or "")
        if re.fullmatch(r"[0-9]+-[0-9-]*", text):
            return fields.date("period")
        return text

    def amount(self, fields: Fields) -> int:
        if fields.text("amount"):
            try:
                return self.number(want_text(fields.node.entries["amount"]), "amount", "元", 0, MOST_AID)
            except Problems as problems:
                self.findings.take(problems)
        return 0
