"""Mutation: which changes cases notice, worked out by hand on a small pack, and the standard for 66号."""

from collections.abc import Callable
from pathlib import Path

import pytest

from huiqi.language.diagnostics import Problems
from huiqi.packs.model import Corpus
from huiqi.packs.registry import ROOT, load_corpus
from huiqi.workbench.cases import load_cases
from huiqi.workbench.figures import day_changes, figure_changes
from huiqi.workbench.mutate import EQUIVALENT, KILLED, PENDING, REFUSED, SURVIVED, Report, mutate
from huiqi.workbench.record import pack_record
from huiqi.workbench.runner import Bench
from tests.workbench.pack import POLICY, case

Packs = Callable[..., Path]
WHOLE = (
    case("收入恰一亿", "1亿元", "1000万元", "10万元")
    + case("收入差一分", "99999999.99元", "1000万元")
    + case("投入差一分", "1亿元", "9999999.99元")
    + case("投入恰五千万", "1亿元", "5000万元", "50万元")
    + case("投入差一分到五千万", "1亿元", "49999999.99元", "10万元")
    + case("投入1001万", "1亿元", "1001万元", "10万元")
)


def report(packs: Packs, cases: str, equivalent: str = "") -> Report:
    root = packs("small", POLICY, cases=cases)
    if equivalent:
        (root / "hangzhou" / "small" / "equivalent.yaml").write_text(equivalent, "utf-8")
    corpus = load_corpus(root)
    return mutate(Bench(corpus), "small", load_cases(corpus, (), root), root)


def changes(of: Report, outcome: str) -> list[tuple[str, str, str]]:
    return [(m.operator, m.path.removeprefix("small/"), m.new) for m in of.of(outcome) if m.operator != "unit"]


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("200万元", ["2000万元", "2000000.01元", "1999999.99元"]),
        ("1.1亿元", ["11.0亿元", "110000000.01元", "109999999.99元"]),
        ("1.5%", ["15.0%", "1.6%", "1.4%"]),
        ("0元", ["0.01元"]),
        ("0.2元/瓦", ["2.0元/瓦", "0.3元/瓦", "0.1元/瓦"]),
        ("50", ["500", "51", "49"]),
    ],
)
def test_a_figure_goes_up_down_and_times_ten(text: str, changed: list[str]) -> None:
    assert list(figure_changes(text)) == changed


def test_a_day_goes_one_on_and_one_back() -> None:
    assert list(day_changes("2024-03-01")) == ["2024-03-02", "2024-02-29"]


def test_every_change_no_case_notices_is_named(packs: Packs) -> None:
    found = report(packs, WHOLE)
    assert changes(found, SURVIVED) == [
        ("window", "window.from", "2024-01-02"),
        ("window", "window.from", "2023-12-31"),
        ("window", "window.to", "2027-01-01"),
        ("window", "window.to", "2026-12-30"),
        ("figure", "1a.rows.2.fixed.high", "600万元"),
        ("figure", "1a.rows.2.fixed.high", "600000.01元"),
        ("figure", "1a.rows.2.fixed.high", "599999.99元"),
        ("exact or up_to", "1a.kind", "up_to"),
        ("instrument", "1a.instrument", "interest"),
        ("payee", "1a.payee", "所在区县"),
    ]
    # 1亿元 (3), 1000万元 (3), 5000万元 (3), 10万元 (3), 50万元 (3); ≥ of the condition and of two rows; rows swapped;
    # two rows dropped; the condition dropped; two facts a year earlier; the other reading. 10000万元 as the first row stands above the second.
    assert changes(found, REFUSED) == [("figure", "1a.rows.1.from", "10000万元")]
    assert [len(changes(found, outcome)) for outcome in (KILLED, SURVIVED, REFUSED)] == [24, 10, 1]


def test_a_unit_mistaken_for_another_is_refused_or_noticed_where_a_case_reaches_it(packs: Packs) -> None:
    found = report(packs, WHOLE)
    named = {outcome: [m.new for m in found.of(outcome) if m.operator == "unit"] for outcome in (SURVIVED, REFUSED)}
    assert named[SURVIVED] == ["60亿元", "60元"]
    assert [text for text in named[REFUSED] if text[-1].isdigit()] == ["营业收入 >= 1", "1000", "10", "5000", "50", "60"]


def test_an_equivalent_mutant_is_set_apart(packs: Packs) -> None:
    found = report(packs, WHOLE, "- {path: small/1a.payee, operator: payee, reason: 试验}\n")
    assert changes(found, EQUIVALENT) == [("payee", "1a.payee", "所在区县")]
    assert found.share == found.counts()[KILLED] / (found.counts()[KILLED] + found.counts()[SURVIVED])
    assert [path for _, path, _ in changes(found, SURVIVED)].count("1a.payee") == 0


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("- {path: small/1a.rows.1.fixed, operator: figure, reason: 试验}\n", "T008"),
        ("- {path: small/1a.rows.2.fixed.high, operator: figure, reason: 试验}\n", "T009"),
    ],
)
def test_the_list_of_equivalents_is_held_to_account(packs: Packs, entry: str, code: str) -> None:
    with pytest.raises(Problems) as raised:
        report(packs, WHOLE, entry)
    assert [d.code for d in raised.value.diagnostics] == [code]


def test_66号_is_held_to_the_standard(corpus: Corpus) -> None:
    found = mutate(Bench(corpus), "hz-2025-integration", load_cases(corpus, ("hz-2025-integration",)), ROOT)
    counts = found.counts()
    assert found.share >= 0.95, changes(found, SURVIVED)
    assert counts[KILLED] > 500
    assert counts[PENDING] < 0.06 * counts[KILLED]


def test_the_record_holds_a_row_for_each_pack_and_says_whether_it_meets_the_standard(packs: Packs) -> None:
    root = packs("small", POLICY, cases=WHOLE)
    text, meets = pack_record(root)
    row = text.splitlines()[-1]
    assert "6 hand-computed cases, 0 that do not come out. Of the amounts above zero 0 are computed again" in text.replace("\n", " ")
    assert row.startswith("| small | 6 | 1/1 | 2/2 | 4/4 | 2/3 | 1/2 | 0/0 |")
    assert not meets
