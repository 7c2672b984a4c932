"""YAML → vocabulary tables."""

from __future__ import annotations

from collections.abc import Collection

from huiqi.language.diagnostics import Findings, Problems, did_you_mean
from huiqi.language.units import UNITS, read_quantity
from huiqi.language.yamltree import Map, Node, want_map, want_seq
from huiqi.packs.reader import Fields
from huiqi.packs.vocabulary import Department, District, Fact, Kind, Matter, Register, Vocabulary

FACT_KEYS = (
    *("fact", "from", "of", "by", "type", "unit", "values", "least"),
    *("greatest", "definition", "certifier", "question", "formula", "source", "series", "first_of"),
)
TYPES = ("money", "rate", "count", "quantity", "bool", "choice", "date", "text")


def _entries(node: Node, findings: Findings) -> list[Map]:
    found = []
    for item in want_seq(node):
        try:
            found.append(want_map(item))
        except Problems as problems:
            findings.take(problems)
    return found


def read_kinds(node: Node, into: Vocabulary, findings: Findings) -> None:
    for item in _entries(node, findings):
        f = Fields(item, ("kind", "role", "is", "of", "definition"), findings)
        _uses(into, "kinds", f, "is", "of")
        kind = Kind(f.text("kind"), f.one_of("role", ("applicant", "subject")), f.text("is", ""), f.texts("of"), item.place)
        _once(into.kinds, kind.name, kind, item, findings)


def read_facts(node: Node, into: Vocabulary, findings: Findings) -> None:
    for item in _entries(node, findings):
        f = Fields(item, FACT_KEYS, findings)
        _uses(into, "kinds", f, "of")
        _uses(into, "registers", f, "first_of")
        fact = _fact(f, item)
        if fact.name in into.facts:
            findings.add("P012", item.place, name=fact.name, where=into.facts[fact.name].place)
        into.facts[fact.name] = fact


def _fact(f: Fields, item: Map) -> Fact:
    type_ = f.one_of("type", TYPES)
    unit = f.text("unit", "")
    numeric = type_ in ("money", "rate", "count", "quantity")
    measured = unit in UNITS
    if numeric and not measured:
        f.findings.add("P003", f.place("unit"), value=unit, values=list(UNITS))
    formula = f.text("formula", "")
    ends = [0, 1]
    if numeric and measured and not formula:
        for at, key in enumerate(("least", "greatest")):
            try:
                ends[at] = read_quantity(f.text(key), unit, f.place(key))
            except Problems as problems:
                f.findings.take(problems)
    values = f.texts("values")
    if type_ == "choice":
        ends = [0, max(len(values) - 1, 0)]
        if not values:
            f.findings.add("P001", item.place, key="values")
    return Fact(
        name=f.text("fact"),
        of=f.texts("of"),
        by=f.one_of("by", ("year", "date", "once")),
        type=type_,
        unit=unit,
        values=values,
        least=ends[0],
        greatest=ends[1],
        definition=f.text("definition"),
        certifier=f.text("certifier", "" if formula else None),
        question=f.text("question", "" if formula else None),
        formula=formula,
        formula_place=f.place("formula"),
        source=f.text("source", ""),
        first_day=f.date("from", ""),
        series=f.text("series", ""),
        place=item.place,
        first_of=f.texts("first_of"),
    )


def read_registers(node: Node, into: Vocabulary, findings: Findings) -> None:
    for item in _entries(node, findings):
        f = Fields(item, ("register", "of", "levels", "events", "issuer", "definition", "question", "source", "from"), findings)
        _uses(into, "kinds", f, "of")
        register = Register(
            name=f.text("register"),
            of=f.texts("of"),
            levels=f.texts("levels"),
            events=f.texts("events"),
            issuer=f.text("issuer", ""),
            definition=f.text("definition"),
            question=f.text("question"),
            source=f.text("source", ""),
            first_day=f.date("from", ""),
            place=item.place,
        )
        _once(into.registers, register.name, register, item, findings)


def read_matters(node: Node, into: Vocabulary, findings: Findings) -> None:
    for item in _entries(node, findings):
        f = Fields(item, ("matter", "in", "definition"), findings)
        _uses(into, "matters", f, "in")
        _once(into.matters, f.text("matter"), Matter(f.text("matter"), f.text("in", ""), item.place), item, findings)


def read_departments(node: Node, into: Vocabulary, findings: Findings) -> None:
    for item in _entries(node, findings):
        f = Fields(item, ("department", "name", "level", "aka"), findings)
        department = Department(f.text("department"), f.text("name", ""), f.text("level", ""))
        for name in (department.name, *f.texts("aka")):
            _once(into.departments, name, department, item, findings)


def read_districts(node: Node, into: Vocabulary, findings: Findings) -> None:
    for item in _entries(node, findings):
        f = Fields(item, ("code", "name", "aka", "from", "to", "before", "note"), findings)
        into.districts.append(District(f.text("code"), f.text("name"), f.texts("aka"), f.date("from", ""), f.date("to", "")))


def _uses(into: Vocabulary, table: str, f: Fields, *keys: str) -> None:
    """Note the names an entry uses, to be looked up when every table is read."""
    into.uses += [(table, scalar) for key in keys for scalar in f.scalars(key)]


def _once(table: dict, name: str, entry: object, item: Map, findings: Findings) -> None:  # type: ignore[type-arg]
    if name in table:
        findings.add("P004", item.place, id=name)
    table[name] = entry


def check_vocabulary(v: Vocabulary, findings: Findings) -> None:
    """Names that other entries use must exist; matters must not contain each other in a circle."""
    for table, used in v.uses:
        known: Collection[str] = getattr(v, table)
        if used.text and used.text not in known:
            findings.add("P006", used.place, name=used.text, table=table, **did_you_mean(used.text, known))
    for matter in v.matters.values():
        chain = [matter.name]
        while (wider := v.matters[chain[-1]].within) and wider in v.matters and wider not in chain:
            chain.append(wider)
        if wider == matter.name and matter.name == next(m for m in v.matters if m in chain):  # each circle once
            findings.add("P014", matter.place, chain=" → ".join([*chain, wider]))
