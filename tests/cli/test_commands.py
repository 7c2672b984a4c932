"""The commands as a user runs them, on the example firms."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from huiqi.packs.model import Corpus

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(p.name for p in (ROOT / "examples").glob("*.yaml"))
MONEY = re.compile(r"\d+\.\d\d")
RESULT_KEYS = {
    *("measure", "clause", "policy", "title", "subject", "period", "payee", "status", "decision", "instrument", "amount", "amount_least", "amount_kind"),
    *("bounds", "missing", "reasons", "limits", "readings", "aid_uncounted", "received", "citation", "funding"),
}


def huiqi(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "huiqi.cli.main", *args], cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("on", ["2023-10-10", "2025-12-30", "2026-06-30"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_match_keeps_the_contract(corpus: Corpus, name: str, on: str) -> None:
    run = huiqi("match", f"examples/{name}", "--on", on, "--json")
    assert (run.returncode, run.stderr) == (0, "")
    document = json.loads(run.stdout)
    assert list(document) == ["on", "claim", "applicant", "asked", "facts", "versions", "results", "combination", "not_computed"]
    assert (document["on"], document["claim"]) == (on, int(on[:4]) - 1)
    for result in document["results"]:
        assert set(result) == RESULT_KEYS
        for money in (result["amount"], *result["bounds"]):
            assert money is None or MONEY.fullmatch(money)
        assert result["citation"] and all(r["text"] for r in result["reasons"])
        assert len(result["reasons"]) <= 30
    computed = {m.id for _, _, m in corpus.computed()}
    assert set(document["not_computed"]) == set(corpus.measures) - computed
    chosen = document["combination"]["chosen"]
    total = sum(int(c["amount"].replace(".", "")) for c in chosen)
    assert total == sum(int(t.replace(".", "")) for t in document["combination"]["totals"].values())
    assert total == sum(int(t.replace(".", "")) for paid in document["combination"]["by_funding"] for t in paid["totals"].values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_text_says_every_sum(name: str) -> None:
    run = huiqi("match", f"examples/{name}", "--on", "2026-06-30")
    assert (run.returncode, run.stderr) == (0, "")
    assert "None" not in run.stdout
    assert max(len(line) for line in run.stdout.splitlines()) <= 160


def test_a_reading_changes_the_result() -> None:
    args = ("explain", "hz-2022-biopharma/15b", "examples/drug-maker.yaml", "--on", "2026-06-30", "--json")
    growth, gross = (json.loads(huiqi(*args, *more).stdout) for more in ((), ("--reading", "hz-2022-biopharma/15.R3=gross")))
    amounts = [[r["amount"] for r in results if r["status"] == "eligible"] for results in (growth, gross)]
    assert amounts == [["6000000.00", "500000.00"], ["13000000.00", "5000000.00"]]


@pytest.mark.parametrize(
    ("args", "place", "code"),
    [
        (("match", "examples/drug-maker.yaml", "--on", "2026-02-30"), "--on", "Q005"),
        (("match", "examples/drug-maker.yaml", "--policy", "hz-2022-iod"), "--policy", "C001"),
        (("match", "examples/drug-maker.yaml", "--reading", "15.R3"), "--reading", "C002"),
        (("match", "examples/drug-maker.yaml", "--reading", "hz-2022-biopharma/15.R3=other"), "--reading", "P015"),
        (("explain", "hz-2022-biopharma/15z", "examples/drug-maker.yaml"), "MEASURE", "C001"),
        (("show", "hz-2022-nothing"), "ID", "C001"),
        (("profile", "examples/drug-maker.yaml", "研发投如"), "FACT", "C001"),
        (("profile", "examples/drug-maker.yaml", "取证日"), "FACT", "C010"),
    ],
)
def test_wrong_words_get_one_clear_line(args: tuple[str, ...], place: str, code: str) -> None:
    run = huiqi(*args)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.count("\n") == 1
    assert run.stderr.split(" ")[:2] == [place, code]


def test_the_library_shows_every_policy_and_clause(corpus: Corpus) -> None:
    rows = json.loads(huiqi("policies", "--json").stdout)
    assert [row["id"] for row in rows] == list(corpus.policies)
    for policy in corpus.policies.values():
        shown = json.loads(huiqi("show", policy.id, "--json").stdout)
        assert [c["id"] for c in shown["clauses"]] == [c.id for c in policy.clauses]
    words = json.loads(huiqi("facts", "--json").stdout)
    assert [x["name"] for x in words if "name" in x] == list(corpus.vocabulary.facts)
    assert [x["register"] for x in words if "register" in x] == list(corpus.vocabulary.registers)


def test_questions_ask_only_for_what_can_decide() -> None:
    asked = json.loads(huiqi("questions", "examples/pilot-platform.yaml", "--on", "2026-06-30", "--json").stdout)
    matched = json.loads(huiqi("match", "examples/pilot-platform.yaml", "--on", "2026-06-30", "--json").stdout)
    undecided = {r["measure"]: r["missing"] for r in matched["results"] if r["status"] == "unknown" or r["amount"] is None}
    assert asked
    for question in asked:
        assert all(question["fact"] in undecided[m] for m in question["measures"] if m in undecided)


def test_questions_are_told_in_full_and_in_order() -> None:
    """Each with whom it is asked of, what can be answered, how many measures hang on it and who certifies it."""
    args = ("questions", "examples/pilot-platform.yaml", "--on", "2025-12-30", "--policy", "hz-2025-integration", "hzbj-2023-supply")
    told, asked = "".join(huiqi(*args).stdout.split()), json.loads(huiqi(*args, "--json").stdout)
    assert len(asked) > 20

    def shown(q: dict[str, list[str]]) -> str:
        answers = f"（{'／'.join(q['answers'])}）" if q["answers"] else ""
        return f"{q['question']}{answers}关系到{len(q['measures'])}项措施"

    starts = [told.index(shown(q)) for q in asked]
    assert starts == sorted(starts)
    for question, start, end in zip(asked, starts, [*starts[1:], len(told)], strict=True):
        assert question["measures"][0] in told[start:end]
        assert question["certifier"] in told[start:end]
        assert all(f"“{id_}”" in told[:start] for id_ in question["of"])


def test_profile_finds_the_next_step() -> None:
    curves = json.loads(huiqi("profile", "examples/chip-maker.yaml", "非关联交易订单增量", "--on", "2025-12-30", "--json").stdout)
    assert [c["measure"] for c in curves] == ["hz-2022-iot/1.1a"]
    starts = [(p["from"], p["amount"][0]) for p in curves[0]["pieces"] if p["eligible"]]
    assert starts[0] == ("1亿元", "2000000.00")
    assert starts[-2:] == [("50亿元", "100000000.00"), ("100亿元", "200000000.00")]
