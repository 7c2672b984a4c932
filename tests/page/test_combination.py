"""The page of a firm shows the whole contract of the combination: chosen, given up, limits, runner-up, proof, years, the next question."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from huiqi.combine.outlook import outlook
from huiqi.combine.package import Package, best_package, course_of
from huiqi.combine.payers import borne
from huiqi.combine.swings import total_swings
from huiqi.combine.years import courses
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import UNKNOWN, Result, yuan
from huiqi.evaluate.swings import looked_at, swings
from huiqi.packs.model import Corpus
from huiqi.packs.say import limit_words
from huiqi.page.combination import subject_label
from huiqi.page.firms import Firm, read_firms
from huiqi.page.money import wan
from huiqi.page.server import Server
from huiqi.page.site import Site
from huiqi.page.texts import say
from tests.page.conftest import ask, serving
from tests.page.dom import Element

CASES = [("several-policies", "2025-06-01"), ("three-years", "2024-06-01"), ("much-missing", "2025-06-01"), ("much-missing", "2021-06-01")]
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def own(corpus: Corpus) -> dict[str, Firm]:
    return read_firms(Path(__file__).parent / "firms", corpus)


@pytest.fixture(scope="module")
def shop(corpus: Corpus, own: dict[str, Firm]) -> Iterator[Server]:
    with serving(Site(corpus, own)) as server:
        yield server


@pytest.fixture(scope="module")
def engine(corpus: Corpus) -> Engine:
    return Engine(corpus)


def squeezed(text: str) -> str:
    return "".join(text.split())


def section(shop: Server, name: str, on: str) -> Element:
    return ask(shop, f"/firm/{name}?on={on}").page.one("section", aria_labelledby="totals")


def named(firm: Firm, result: Result) -> str:
    return result.measure.title + subject_label(firm.applicant, result.subject)


def package_of(engine: Engine, firm: Firm, on: str) -> Package:
    return best_package(engine, firm.applicant, Question(on), engine.results(firm.applicant, Question(on)))


@pytest.mark.parametrize(("name", "on"), CASES)
def test_what_is_paid_with_its_course_and_sum(shop: Server, engine: Engine, own: dict[str, Firm], name: str, on: str) -> None:
    package = package_of(engine, own[name], on)
    told = []
    for at, (result, amount) in enumerate(zip(package.chosen, package.amounts, strict=True)):
        instead = "".join(r.measure.title for r in package.instead_of.get(at, []))
        told.append((result.measure.title, result.citation, instead, say(f"total_{course_of(result)}", "zh"), yuan(amount)))
    shown = []
    for table in section(shop, name, on).all("table", "package"):
        for row in table.one("tbody").all("tr"):
            cited, *rest = row.one("th").all("p")
            title = row.one("th").all("span")[0].text.split(" ")[0]
            instead = "".join(p.text.partition("：")[2] for p in rest)
            shown.append((title, cited.text, instead, row.one("span", "course").text, row.one("data").attrs["value"]))
    assert sorted(shown) == sorted(told)
    sums = [float(value) for *_, value in shown]
    assert sums == sorted(sums, reverse=True)


@pytest.mark.parametrize(("name", "on"), CASES)
def test_what_was_given_up_and_which_limits_bound(shop: Server, engine: Engine, corpus: Corpus, own: dict[str, Firm], name: str, on: str) -> None:
    package = package_of(engine, own[name], on)
    notes = section(shop, name, on).one("ul", "choices")
    limits = {x.id: (p.cite(c), limit_words(x)) for p in corpus.policies.values() for c in p.clauses for x in c.limits}
    told = []
    for d in package.dropped:
        kept = f"；保留{named(own[name], d.in_favour_of)}" if d.in_favour_of else ""
        told.append(f"未选{named(own[name], d.result)}{wan(d.result.amount or 0)}万元：{d.because}{kept}")
    assert [squeezed(li.text) for li in notes.all("li", "given-up")] == [squeezed(t) for t in told]
    cuts = []
    for b in package.bounds:
        assert b.applied and not b.received
        counted = f"符合{b.before}项，最多{b.at_most}项。" if b.counts else f"合计{wan(b.before)}万元，按{wan(b.at_most)}万元计。"
        cuts.append(squeezed("限额{}：{}；".format(*limits[b.limit]) + counted))
    assert [squeezed(li.text) for li in notes.all("li", "cut")] == cuts
    shared = [squeezed("限额{}：{}；".format(*limits[x.id]) + say("shared", "zh")) for x in package.shared]
    assert [squeezed(li.text) for li in notes.all("li", "shared")] == shared


@pytest.mark.parametrize(("name", "on"), CASES)
def test_runner_up_and_proof(shop: Server, engine: Engine, own: dict[str, Firm], name: str, on: str) -> None:
    package = package_of(engine, own[name], on)
    notes = section(shop, name, on).one("ul", "choices")
    other = package.runner_up
    lines = [li.text for li in notes.all("li", "runner-up")]
    assert len(lines) == (other is not None)
    if other is not None:
        assert sum(other.totals.values()) == other.total
        assert other.instead.measure.title in lines[0]
        assert f"合计 {wan(other.total)} 万元，少 {wan(other.less)} 万元。" in lines[0]
    proofs = [li.text for li in notes.all("li", "proof")]
    assert proofs == ([f"✓ {say('proven', 'zh')}"] if package.chosen else [])
    assert package.optimal


@pytest.mark.parametrize(("name", "on"), CASES)
def test_ways_over_the_years_and_the_next_question(shop: Server, engine: Engine, own: dict[str, Firm], name: str, on: str) -> None:
    applicant, question = own[name].applicant, Question(on)
    results = engine.results(applicant, question)
    page = section(shop, name, on)
    told = [[(named(own[name], w.first), yuan(w.total)) for w in c.ways] for c in courses(engine, applicant, question, results)]
    tables = [part.one("tbody") for part in page.all("section", "over-years")]
    shown = [[(squeezed(row.one("th").text), row.all("data")[-1].attrs["value"]) for row in rows.all("tr")] for rows in tables]
    assert shown == told
    assert bool(told) == (name == "three-years")
    ahead = outlook(engine, applicant, question, results, best_package(engine, applicant, question, results))
    asks = [squeezed(p.text) for box in page.all("div", "ask") for p in box.all("p")]
    assert bool(asks) == (ahead.question is not None)
    if ahead.question is not None:
        assert asks[0] == squeezed(
            f"{'、'.join(subject_label(applicant, x) for x in ahead.question.of)}{'：' if ahead.question.of else ''}{ahead.question.text.rstrip('？')}？"
        )
        assert f"共{len(ahead.possible)}项结果还可能改变这个组合。" in asks[1]
        assert (f"最多再增加{wan(ahead.gain)}万元。" in asks[1]) == bool(ahead.gain) if ahead.gain is not None else "还不能定上限" in asks[1]
    waiting = [r for r in results if r.status == UNKNOWN]
    assert [li.text for li in page.one("ul", "choices").all("li", "quiet")] == ([say("could_grow", "zh", n=len(waiting))] if waiting else [])


def test_years_are_those_of_the_way(shop: Server) -> None:
    """投保: 150万元×90%=135万元, next year ×80%=120万元; 应用奖励: 1200万元×10%=120万元 each year; the policy ends before the third."""
    (part,) = section(shop, "three-years", "2024-06-01").all("section", "over-years")
    assert [th.text for th in part.one("thead").all("th")] == ["选择", "2023年度", "2024年度", "合计"]
    rows = [[row.one("th").text, *(d.attrs["value"] for d in row.all("data"))] for row in part.one("tbody").all("tr")]
    assert rows == [
        ["首台（套）保险补偿 产品“P1”", "1350000.00", "1200000.00", "2550000.00"],
        ["首台（套）应用奖励 产品“P1”", "1200000.00", "1200000.00", "2400000.00"],
    ]


def state(result: Result | None) -> str:
    """One side of a change: the sum, or why there is none."""
    if result is None:
        return "无此结果"
    words = {"exact": "定额", "up_to": "上限", "range": "区间"}
    if result.status == "eligible" and result.amount is not None:
        return f"{words[result.amount_kind]}{wan(result.amount)}万元"
    return {"ineligible": "不符合", "not_in_force": "不在有效期"}[result.status]


def test_readings_that_would_change_a_result(server: Server, engine: Engine, firms: dict[str, Firm]) -> None:
    for name in ("drug-maker", "biomaterial-maker", "small-software"):
        firm = firms[name]
        results = engine.results(firm.applicant, Question("2026-06-30"))
        told = []
        for swing in swings(engine, firm.applicant, Question("2026-06-30"), results, looked_at(results)):
            for now, then in swing.changes:
                shown = now or then
                assert shown is not None
                told.append((f"“{swing.reading.choices[swing.choice]}”则", f"{named(firm, shown)}：{state(now)}→变为{state(then)}"))
        package = best_package(engine, firm.applicant, Question("2026-06-30"), results)
        for total in total_swings(engine, firm.applicant, Question("2026-06-30"), results, package):
            told.append((f"“{total.reading.choices[total.choice]}”则", f"最优组合合计：{wan(total.now)}万元→变为{wan(total.then)}万元"))
        page = ask(server, f"/firm/{name}?on=2026-06-30").page
        found = []
        for item in (li for li in page.one("ul", "swings").children if isinstance(li, Element)):
            other = squeezed(item.all("p")[2].text).removeprefix("另一口径").removesuffix("：")
            found += [(other, squeezed(li.text)) for li in item.one("ul").all("li")]
        assert found == [(squeezed(other), squeezed(text)) for other, text in told]
        assert found != []


def test_the_whole_and_who_pays(server: Server, engine: Engine, corpus: Corpus, firms: dict[str, Firm]) -> None:
    for firm in firms.values():
        package = package_of(engine, firm, "2026-06-30")
        paid = ask(server, f"/firm/{firm.stem}?on=2026-06-30").page.one("section", aria_labelledby="totals")
        own = sum(package.totals().get("", {}).values())
        assert [d.attrs["value"] for p in paid.all("p", "whole") for d in p.all("data")] == ([yuan(own)] if own else [])
        shown = [[d.attrs["value"] for d in li.all("data")] for li in paid.all("li", "payers")]
        assert shown == [[yuan(b.total) for b in borne(package, corpus, engine.choices)]]


@pytest.mark.parametrize("name", ["several-policies", "three-years"])
def test_english_is_english_outside_policy_content(shop: Server, name: str) -> None:
    words = ask(shop, f"/firm/{name}?on=2024-06-01&lang=en").page.one("section", aria_labelledby="totals").own_words("zh-CN").replace("万元", "")
    assert [c for c in words if "\u4e00" <= c <= "\u9fff"] == []


def test_axe_finds_nothing_and_no_phone_scrolls_sideways(shop: Server) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-quic"])
        page = browser.new_page()
        for name, on in (("several-policies", "2025-06-01"), ("three-years", "2024-06-01")):
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(shop.url.rstrip("/") + f"/firm/{name}?on={on}")
            page.evaluate("document.querySelectorAll('main > section.group').forEach(e => e.remove())")
            for scheme in THEMES:
                page.emulate_media(color_scheme=scheme)
                assert [(v["id"], [n["html"] for n in v["nodes"][:3]]) for v in Axe().run(page).response["violations"]] == []
            for width in (390, 320):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") == width
        browser.close()
