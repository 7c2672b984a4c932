"""Hand-computed cases: `policies/hangzhou/<policy>/tests.yaml`, and `policies/hangzhou/tests.yaml` across policies.

A case is a facts file with a day of application and what must come out. docs/pack-format.md is the contract.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from msgspec import Struct

from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.read_facts import read_applicant
from huiqi.language.diagnostics import Findings, Place, Problems, did_you_mean
from huiqi.language.units import UNITS, quantity_at, read_quantity
from huiqi.language.yamltree import Map, Scalar, read_yaml, want_map, want_seq, want_text
from huiqi.packs.model import Corpus
from huiqi.packs.reader import Fields
from huiqi.packs.registry import ROOT

FIRM_KEYS = ("applicant", "facts", "records", "subjects", "aid", "complete", "claim")
CASE_KEYS = ("case", "on", *FIRM_KEYS, "reading", "by", "pending", "limits", "applicants", "across", "expect", "expect_combination")
ACROSS_KEYS = ("limit", "level", "before", "at_most", "sum")
MONEY_KEYS = ("amount", "low", "high")
WORD_KEYS = ("status", "kind", "payee", "instrument")
EXPECT_KEYS = ("measure", "subject", "period", *WORD_KEYS, *MONEY_KEYS, "sum")
COMBINATION_KEYS = ("chosen", "dropped", "totals", "limits", "sum")
TESTS = "tests.yaml"


class Expected(Struct, frozen=True):
    """One result a case must give. `money` in 分 (None = no limit known) and `words` hold what is asked, `places` where it is asked."""

    measure: str
    subject: str
    period: str
    words: dict[str, str]
    money: dict[str, int | None]
    sum: str
    places: dict[str, Place]
    place: Place


class Party(Struct, frozen=True):
    """One of several applicants of a case, or `times` of its like."""

    times: int
    firm: Map


class Across(Struct, frozen=True):
    """What all applicants of a case come to under a limit, and what it leaves: money in 分, or a count; of one level where it counts by level."""

    limit: str
    level: str
    before: int | None
    at_most: int | None
    place: Place


class Case(Struct, frozen=True):
    """A case. `policies` are the ones asked (empty = all); `by` the reading of the document it comes from; `pending` the layer it waits for.

    `limits` names the limits a pending case is about, by full id; `parties` its applicants, `across` what they come to under the limits.
    """

    name: str
    policies: tuple[str, ...]
    on: str
    choices: tuple[tuple[str, str], ...]
    reading_places: dict[str, Place]
    by: str
    pending: str
    limits: tuple[str, ...]
    firm: Map
    expected: tuple[Expected, ...]
    combination: Map | None
    parties: tuple[Party, ...]
    across: tuple[Across, ...]
    place: Place

    def applicant(self, corpus: Corpus) -> Applicant:
        """The firm of the case. Raises `Problems`."""
        return read_applicant(self.firm, corpus)


def load_cases(corpus: Corpus, policies: Collection[str] = (), root: Path = ROOT) -> list[Case]:
    """The cases of the named policies, or all with those across policies. Raises `Problems` with every fault of their form."""
    findings = Findings()
    found: list[Case] = []
    for policy in corpus.policies:
        if not policies or policy in policies:
            found += _file(root / "hangzhou" / policy / TESTS, policy, root, findings)
    if not policies:
        found += _file(root / "hangzhou" / TESTS, "", root, findings)
    limits = {limit.id for policy in corpus.policies.values() for clause in policy.clauses for limit in clause.limits}
    for case in found:
        for id_ in (id_ for id_ in (*case.limits, *(x.limit for x in case.across)) if id_ not in limits):
            findings.add("P007", case.place, id=id_, what="limit", **did_you_mean(id_, limits))
        for id_, choice in case.choices:
            place = case.reading_places[id_]
            if id_ not in corpus.readings:
                findings.add("P007", place, id=id_, what="reading", **did_you_mean(id_, corpus.readings))
            elif choice not in corpus.readings[id_].choices:
                findings.add("P015", place, id=id_, choice=choice, values=list(corpus.readings[id_].choices))
        for expected in case.expected:
            if expected.measure not in corpus.measures:
                findings.add("T010", expected.places["measure"], name=expected.measure, **did_you_mean(expected.measure, corpus.measures))
    _named_once(found, findings)
    findings.stop()
    return found


def _named_once(cases: list[Case], findings: Findings) -> None:
    """Two cases of one reading with one name cannot be told apart in a report."""
    first: dict[tuple[tuple[str, ...], str, str], Case] = {}
    for case in cases:
        before = first.setdefault((case.policies, case.by, case.name), case)
        if before is not case:
            findings.add("T011", case.place, name=case.name, line=before.place.line)


def _file(path: Path, policy: str, root: Path, findings: Findings) -> list[Case]:
    if not path.exists():
        return []
    name = str(path.relative_to(root.parent))
    try:
        return [_case(want_map(item), policy, findings) for item in want_seq(read_yaml(path.read_bytes(), name))]
    except Problems as problems:
        findings.take(problems)
        return []


def _case(item: Map, policy: str, findings: Findings) -> Case:
    f = Fields(item, CASE_KEYS, findings)
    firm = {key: node for key, node in item.entries.items() if key in FIRM_KEYS}
    readings = f.map("reading")
    chosen = {_full(key, policy): want_text(node) for key, node in readings.entries.items()} if readings else {}
    pending = f.one_of("pending", ("population",), "")
    expected = tuple(_expected(x, policy, findings) for x in f.maps("expect"))
    combination = f.map("expect_combination")
    if combination:
        Fields(combination, COMBINATION_KEYS, findings)
    if not (expected or combination or pending):
        findings.add("T006", item.place)
    return Case(
        name=f.text("case"),
        policies=(policy,) if policy else (),
        on=f.date("on"),
        choices=tuple(sorted((id_, node.text) for id_, node in chosen.items())),
        reading_places={id_: node.place for id_, node in chosen.items()},
        by=f.one_of("by", ("first", "second"), "first"),
        pending=pending,
        limits=tuple(_full(x, policy) for x in f.texts("limits")),
        firm=Map(firm, {key: item.keys[key] for key in firm}, item.place),
        expected=expected,
        combination=combination,
        parties=tuple(_party(x, findings) for x in f.maps("applicants")),
        across=tuple(_across(x, policy, findings) for x in f.maps("across")),
        place=item.place,
    )


def _party(item: Map, findings: Findings) -> Party:
    times = Fields(item, ("times", *FIRM_KEYS), findings).text("times", "1")
    firm = {key: node for key, node in item.entries.items() if key in FIRM_KEYS}
    if not times.isdigit():
        findings.add("P005", item.place, id=times, want="51")
    return Party(int(times) if times.isdigit() else 1, Map(firm, {key: item.keys[key] for key in firm}, item.place))


def _across(item: Map, policy: str, findings: Findings) -> Across:
    f = Fields(item, ACROSS_KEYS, findings)
    f.text("sum")
    before, at_most = (number_of(f.text(key)) for key in ("before", "at_most"))
    for key, number in (("before", before), ("at_most", at_most)):
        if number is None and f.text(key, ""):
            findings.add("Q001", f.place(key), text=f.text(key), example="51、5000万元")
    return Across(_full(f.text("limit"), policy), f.text("level", ""), before, at_most, item.place)


def number_of(text: str) -> int | None:
    """A count, or money in 分; None where it is neither."""
    if text.isdigit():
        return int(text)
    found = quantity_at(text)
    return int(found[0].value * UNITS["元"].scale) if found and found[1] == len(text) and found[0].dimension == "元" else None


def _full(id_: str, policy: str) -> str:
    return id_ if "/" in id_ or not policy else f"{policy}/{id_}"


def _expected(item: Map, policy: str, findings: Findings) -> Expected:
    f = Fields(item, EXPECT_KEYS, findings)
    f.text("status")
    money = {key: _money(want_text(item.entries[key]), findings) for key in MONEY_KEYS if key in f}
    if (money.get("amount") or 0) > 0 and not f.text("sum", ""):
        findings.add("T003", f.place("amount"), amount=f.text("amount"))
    return Expected(
        measure=_full(f.text("measure"), policy),
        subject=f.text("subject", ""),
        period=f.text("period", ""),
        words={key: f.text(key) for key in WORD_KEYS if key in f},
        money=money,
        sum=f.text("sum", ""),
        places={key: f.place(key) for key in EXPECT_KEYS},
        place=item.place,
    )


def _money(node: Scalar, findings: Findings) -> int | None:
    if node.text == "none":
        return None
    try:
        return read_quantity(node.text, "元", node.place)
    except Problems as problems:
        findings.take(problems)
        return None
