"""Every page says what the engine says."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from urllib.parse import quote

import pytest

from huiqi import __version__
from huiqi.combine.package import COURSES, best_package
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.questions import NextQuestion, next_questions
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE, UNKNOWN, Result, yuan
from huiqi.packs.about import about, funding_line
from huiqi.packs.evidence import evidence
from huiqi.packs.model import Clause, Corpus, Measure, Policy
from huiqi.packs.read_policy import DECISIONS, INSTRUMENTS, KINDS
from huiqi.packs.say import limit_reach, limit_words
from huiqi.page.ceilings import ceilings
from huiqi.page.combination import subject_label
from huiqi.page.firms import Firm
from huiqi.page.money import wan
from huiqi.page.policy import SAID
from huiqi.page.texts import TEXTS, say
from huiqi.page.views import state
from huiqi.rules.say import award, conditions
from tests.page.conftest import Get
from tests.page.dom import Element

DAYS = ("2026-06-30", "2025-06-30", "2023-06-30", "0001-01-01", "9999-12-31")
MARKS = {True: "✓", False: "✗", None: "？"}


@pytest.fixture(scope="module")
def engine(corpus: Corpus) -> Engine:
    return Engine(corpus)


def answers(engine: Engine, firm: Firm, on: str) -> list[Result]:
    return engine.results(firm.applicant, Question(on))


def totals(engine: Engine, firm: Firm, on: str) -> tuple[list[str | None], list[list[str | None]]]:
    """In yuan: what the firm gets by course, and what every other payee gets where it is not nothing."""
    by_payee = best_package(engine, firm.applicant, Question(on), answers(engine, firm, on)).totals()
    own = by_payee.pop("", dict.fromkeys(COURSES, 0))
    return [yuan(own[c]) for c in COURSES], [[yuan(v) for v in courses.values() if v] for courses in by_payee.values()]


def sums(element: Element) -> list[str]:
    return [d.attrs["value"] for d in element.all("data")]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("on", DAYS)
def test_home_lists_firms_with_their_totals(get: Get, engine: Engine, firms: dict[str, Firm], on: str) -> None:
    rows = get(f"/?on={on}").page.one("table", "firms").one("tbody").all("tr")
    shown = [(r.one("a").attrs["href"], r.one("a").text, [sums(c)[0] for c in r.all("td")], [sums(p) for p in r.all("p", "elsewhere")]) for r in rows]
    assert shown == [(f"/firm/{f.stem}?on={on}", f.name, *totals(engine, f, on)) for f in firms.values()]
    counts = [Counter(r.status for r in answers(engine, f, on)) for f in firms.values()]
    words = [f"符合 {c[ELIGIBLE]} 项" + (f"，待补充 {c[UNKNOWN]} 项" if c[UNKNOWN] else "") for c in counts]
    assert [r.one("p", "counts").text for r in rows] == words


@pytest.mark.parametrize("on", DAYS)
def test_home_lists_policies_with_state_and_counts(get: Get, corpus: Corpus, on: str) -> None:
    rows = get(f"/?on={on}").page.one("table", "policies").one("tbody").all("tr")
    shown = {r.one("a").attrs["href"]: (r.one("span", "tag").text, [v.text for v in r.all("span", "value")]) for r in rows}
    expected = {}
    for policy in corpus.policies.values():
        measures = [m for c in policy.clauses for m in c.measures]
        word = "未施行" if on < policy.first_day else "已失效" if policy.last_day and policy.last_day < on else "有效"
        expected[f"/policy/{policy.id}?on={on}"] = (word, [str(len(measures)), str(sum(m.computed for m in measures))])
    assert shown == expected


def test_a_policy_is_in_force_on_its_first_and_last_day(corpus: Corpus) -> None:
    policy = corpus.policies["hz-2022-software"]
    first, last, day = date.fromisoformat(policy.first_day), date.fromisoformat(policy.last_day), timedelta(days=1)
    assert [state(policy, d.isoformat()) for d in (first - day, first, last, last + day)] == ["not_yet", "in_force", "in_force", "expired"]


@pytest.mark.parametrize("on", DAYS)
def test_firm_page_shows_every_result_with_its_reasons(get: Get, engine: Engine, corpus: Corpus, firms: dict[str, Firm], on: str) -> None:
    for firm in firms.values():
        page = get(f"/firm/{firm.stem}?on={on}").page
        results = answers(engine, firm, on)
        paid = page.one("section", aria_labelledby="totals")
        assert (sums(paid.one("dl", "totals")), [sums(p) for p in paid.all("p", "elsewhere")]) == totals(engine, firm, on)
        for status in (ELIGIBLE, UNKNOWN, INELIGIBLE):
            group = [r for r in results if r.status == status]
            section = page.one("section", aria_labelledby=status)
            assert section.one("h2").text == f"{say(status, 'zh')} {len(group)}"
            assert Counter(shown_result(d) for d in section.all("details", "result")) == Counter(told_result(r, on, corpus) for r in group)
        out = page.one("section", aria_labelledby=NOT_IN_FORCE)
        assert Counter(s.text for s in out.all("s")) == Counter(r.measure.title for r in results if r.status == NOT_IN_FORCE)


def shown_result(details: Element) -> tuple[object, ...]:
    """Address of the clause, sums, missing facts, reasons with marks, limits and readings: as the page shows them."""
    reasons = []
    for li in details.one("ul", "reasons").all("li"):
        mark, _, text = (c for c in li.children if isinstance(c, Element))
        reasons.append(squeezed(mark.text + text.text))
    facts = {dt.text: dd.text for dt, dd in zip(details.all("dt"), details.all("dd"), strict=True)}
    notes = [squeezed(p.text) for p in details.all("p", "missing") + details.all("p", "reading")]
    summary = details.one("summary")
    words = (summary.one("span", "tag").text, *(w.text for w in summary.all("span", "word")))
    proof = [squeezed(li.text) for ul in details.all("ul", "evidence") for li in ul.all("li")]
    return (
        *words,
        *proof,
        facts.get("牵头"),
        facts["措施编号"],
        facts["受益主体"],
        facts["依据"],
        details.one("dl").one("a").attrs["href"],
        *sums(details),
        *reasons,
        *notes,
    )


def told_result(result: Result, on: str, corpus: Corpus) -> tuple[object, ...]:
    """The same, from the engine."""
    proof = [f"{'、'.join(names)}（{by}）" for by, names in evidence(result.measure, corpus.vocabulary).items()] if result.status != INELIGIBLE else []
    reasons = [squeezed((MARKS[r.holds] if r.kind == "condition" else "＝") + r.text) for r in result.reasons]
    notes = ["待补充" + "、".join(result.missing)] if result.missing else []
    notes += [say("aid_note", "zh")] if result.aid_uncounted else []
    notes += [say("received_note", "zh")] if result.received else []
    notes += [f"限额{limit_words(x)}。" for x in result.clause.limits if x.id in result.limits and "together" not in x.body.entries]
    for reading in (r for c in result.policy.clauses for r in c.readings if r.id in result.readings):
        notes.append(f"口径{reading.about.rstrip('？')}？取“{reading.choices[reading.taken]}”{reading.reason.rstrip('。')}。以申报通知为准。")
    address = f"/policy/{result.policy.id}?on={on}#{quote('c-' + result.clause.id.partition('/')[2])}"
    return (
        *words_of(result),
        *map(squeezed, proof),
        "、".join(result.clause.lead or (result.policy.lead,)) or None,
        result.measure.id,
        result.measure.payee or "申报主体",
        result.citation,
        address,
        *amounts(result),
        *reasons,
        *map(squeezed, notes),
    )


def words_of(result: Result) -> list[str]:
    """The status, and how the amount is to be read."""
    decided = {"automatic": "符合", "review": "需评审", "selection": "需评选", "unspecified": "标准待定"}[result.measure.decision]
    tag = "已获支持" if result.received else "符合" if result.settled else decided
    if result.status == INELIGIBLE:
        return ["不符合"]
    tag = tag if result.status == ELIGIBLE else "待补充"
    if result.amount_kind == "none":
        return [tag, "不涉及资金" if result.measure.shape == "none" else "文件未载明标准"]
    kind = {"exact": "定额", "up_to": "上限", "range": "区间"}[result.amount_kind]
    if result.status == ELIGIBLE and result.amount is not None:
        return [tag, kind]
    return [tag, "金额待补充" if result.high is None and not result.low else "至少" if result.high is None else kind if result.low else "至多"]


def amounts(result: Result) -> list[str | None]:
    if result.status == INELIGIBLE or result.amount_kind == "none":
        return []
    if result.amount is not None and result.status == ELIGIBLE:
        return [yuan(result.amount)]
    ends = [e for e in (result.low or None, result.high) if e is not None]
    return [yuan(e) for e in dict.fromkeys(ends)]


def asked(q: NextQuestion, firm: Firm, corpus: Corpus) -> str:
    """A question with what may be answered, how many measures wait for it and how much hangs on it."""
    of = "、".join(subject_label(firm.applicant, id_) for id_ in q.of)
    pays = any(corpus.measures[id_][2].pays for id_ in q.measures)
    most = "" if not pays else "，金额随所填数值而定" if q.at_most is None else f"，单项最多 {wan(q.at_most)} 万元"
    answers = f"（{'／'.join(q.answers)}）" if q.answers else ""
    return f"{of}{'：' if of else ''}{q.text.rstrip('？')}？{answers}{q.name}，影响 {len(q.measures)} 项{most}"


@pytest.mark.parametrize("on", DAYS[:3])
def test_what_the_combination_did_and_what_is_missing(get: Get, engine: Engine, corpus: Corpus, firms: dict[str, Firm], on: str) -> None:
    for firm in firms.values():
        page = get(f"/firm/{firm.stem}?on={on}").page
        results = answers(engine, firm, on)
        package = best_package(engine, firm.applicant, Question(on), results)
        supply = [squeezed(li.text) for div in page.all("div", "supply") for li in div.all("li")]
        assert supply == [squeezed(asked(q, firm, corpus)) for q in next_questions(results, corpus)]
        counted = {squeezed(s.text) for s in page.all("span", "sub") if "限额后计" in s.text}
        cut = [a for r, a in zip(package.chosen, package.amounts, strict=True) if a != r.amount]
        assert counted == {f"限额后计{wan(a)}万元" for a in cut}
        claim = firm.applicant.claim or int(on[:4]) - 1
        assert page.one("section", aria_labelledby="totals").all("p", "quiet")[0].text == f"申报日期 {on}，申报年度 {claim}"
        assert page.one("form").one("input", type="date").attrs["value"] == on


def test_the_date_is_today_unless_given(get: Get) -> None:
    shown = {get(target).page.one("input", type="date").attrs["value"] for target in ("/", "/?on=", "/firm/carmaker", "/policy/hz-2022-ic?lang=en")}
    assert shown <= {date.today().isoformat(), (date.today() - timedelta(days=1)).isoformat()}
    assert [a.attrs["href"] for a in get("/?on=2026-06-30&lang=en").page.one("span", "try").all("a")][-1] == "/?lang=en"


def test_eligible_results_come_by_amount(get: Get, engine: Engine, firms: dict[str, Firm]) -> None:
    for firm in firms.values():
        section = get(f"/firm/{firm.stem}?on=2026-06-30").page.one("section", aria_labelledby=ELIGIBLE)
        shown = [sums(d)[-1] for d in section.all("details", "result") if "received" not in d.attrs["class"].split() and sums(d)]
        paying = [r for r in answers(engine, firm, "2026-06-30") if r.status == ELIGIBLE and not r.received and r.amount_kind != "none"]
        told = [r.amount if r.amount is not None else r.high for r in paying]
        assert shown == [yuan(a) for a in sorted((a for a in told if a is not None), reverse=True)]


def rule(corpus: Corpus, policy: Policy, clause: Clause, m: Measure) -> str:
    """What the page says of a rule."""
    if not m.computed:
        return ""
    when = conditions(corpus, policy, clause, m, "zh")
    gives = award(corpus, policy, clause, m, "zh") or ("不涉及资金" if m.shape == "none" else "文件未载明标准")
    proof = "".join(f"{'、'.join(names)}（{by}）" for by, names in evidence(m, corpus.vocabulary).items())
    return ("条件" if when else "") + "".join(when) + "给予" + gives + ("材料" if proof else "") + proof


def at_most(m: Measure, most: dict[str, int | None]) -> str:
    """The last cell of a measure."""
    if not m.computed:
        return "仅收录"
    if m.id not in most:
        return "不涉及资金" if m.shape == "none" else "文件未载明标准"
    high = most[m.id]
    return "未单独封顶" if high is None else f"{wan(high)}万元"


def test_policy_pages_show_every_clause_and_measure(get: Get, engine: Engine, corpus: Corpus) -> None:
    for policy in corpus.policies.values():
        reply = get(f"/policy/{policy.id}?on=2026-06-30")
        assert (reply.status, reply.page.one("h1").text) == (200, policy.title)
        clauses = reply.page.all("section", "clause")
        assert [c.attrs["id"] for c in clauses] == ["c-" + c.id.partition("/")[2] for c in policy.clauses]
        shown = [[squeezed(cell.text) for cell in row.all("th") + row.all("td")] for c in clauses for t in c.all("tbody") for row in t.all("tr")]
        expected = [
            [
                squeezed(m.title + m.id.partition("/")[2] + m.summary + rule(corpus, policy, c, m)),
                "方式" + say(f"by_{m.instrument}", "zh"),
                "判定" + say(f"decision_{m.decision}", "zh"),
                "最高" + at_most(m, ceilings(engine, policy, "2026-06-30")),
            ]
            for c in policy.clauses
            for m in c.measures
        ]
        assert shown == expected
        facts = reply.page.one("dl", "facts")
        told = {div.one("dt").text: div.all("dd")[0].text for div in facts.all("div")}
        assert told["文号"] == (policy.number or "来源未载")
        notes = {note.key: note.text for note in about(corpus, policy)}
        assert {told.get(say(f"said_{key}", "zh")) for key in SAID} == {notes.get(key) for key in SAID}
        said = [(li.one("span", "chip").text, squeezed(li.text)) for ul in reply.page.all("ul", "notes") for li in ul.all("li")]
        assert [text for chip, text in said if chip == "资金"] == [squeezed("资金" + funding_line(rule, corpus)) for c in policy.clauses for rule in c.funding]
        limits = [(f"{limit_reach(x)}：" if x.over else "") + limit_words(x) for c in policy.clauses for x in c.limits]
        assert [text for chip, text in said if chip == "限额"] == [squeezed("限额" + text) for text in limits]


@pytest.mark.parametrize("target", ["/?on=2026-06-30", "/firm/carmaker", "/firm/drug-maker?on=2026-06-30", "/policy/hz-2022-iot", "/nothing", "/?on=x"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_has_notice_versions_and_both_languages(get: Get, corpus: Corpus, target: str, lang: str) -> None:
    page = get(target + ("&" if "?" in target else "?") + f"lang={lang}").page
    html = page.one("html")
    assert html.attrs["lang"] == {"zh": "zh-CN", "en": "en"}[lang]
    assert page.one("aside", "notice").one("strong").text == say("demo", lang)
    footer = page.one("footer")
    assert f"{say('engine', lang)} {__version__}" in footer.text
    versions = {li.one("a").text: li.one("code").text for li in footer.one("ul", "versions").all("li")}
    assert versions == {p.id: p.version for p in corpus.policies.values()}
    links = [a.attrs["href"] for a in page.all("a") if a.attrs["href"].startswith("/")]
    other = page.one("header").one("nav").all("a")[-1]
    assert "lang=en" in other.attrs["href"] if lang == "zh" else "lang=en" not in other.attrs["href"]
    assert all(("lang=en" in link) == (lang == "en") for link in links if link != other.attrs["href"])


@pytest.mark.parametrize(
    "target",
    [
        "/?on=2026-06-30",
        *(f"/firm/{f}?on=2026-06-30" for f in ("carmaker", "drug-maker", "pilot-platform")),
        "/policy/hz-2022-iot?on=2024-06-30",
        "/x?on=2024-06-30",
    ],
)
def test_english_pages_are_english_outside_policy_content(get: Get, target: str) -> None:
    words = get(target + "&lang=en").page.own_words("zh-CN").replace("万元", "")
    assert re.findall(r"[\u4e00-\u9fff]+", words) == []


def test_words_are_complete_in_both_languages(corpus: Corpus) -> None:
    named = {f"by_{x}" for x in INSTRUMENTS} | {f"decision_{x}" for x in DECISIONS} | {f"kind_{x}" for x in KINDS} | {f"total_{x}" for x in COURSES}
    assert named - TEXTS.keys() == set()
    blanks = {key: [sorted(re.findall(r"{(\w+)}", text)) for text in both] for key, both in TEXTS.items()}
    assert [key for key, (zh, en) in blanks.items() if zh != en] == []
    assert [key for key, both in TEXTS.items() if not both[1]] == []
