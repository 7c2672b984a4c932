"""What was answered can be asked again: facts are written as they were read, and `huiqi replay` tells whether answers and versions are equal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from huiqi.evaluate.engine import Engine
from huiqi.evaluate.first_days import fill_first_days
from huiqi.evaluate.read_facts import FACT_DAYS, read_facts
from huiqi.evaluate.write_facts import facts_content
from huiqi.packs.model import Corpus
from tests.population.firms import Firms

ROOT = Path(__file__).resolve().parents[2]


def test_facts_are_read_as_they_were_written(corpus: Corpus) -> None:
    maker = Firms(Engine(corpus), 2024, 61)
    for _ in range(60):
        firm = maker.one()
        fill_first_days(firm, corpus.vocabulary, FACT_DAYS[0])
        content = facts_content(firm, corpus.vocabulary)
        again = read_facts(json.dumps(content, ensure_ascii=False).encode(), "stored", corpus)
        assert facts_content(again, corpus.vocabulary) == content
        assert (again.facts, again.records, again.aid, again.complete, list(again.subjects)) == (
            {k: v for k, v in firm.facts.items() if v != {}},
            firm.records,
            firm.aid,
            firm.complete,
            list(firm.subjects),
        )


def huiqi(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "huiqi.cli.main", *args], cwd=ROOT, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def stored() -> str:
    args = ("match", "examples/drug-maker.yaml", "--on", "2026-06-30", "--reading", "hz-2022-biopharma/15.R3=gross", "--json")
    return huiqi(*args).stdout


def replayed(text: str, folder: Path) -> tuple[int, dict[str, object]]:
    path = folder / "answer.json"
    path.write_text(text, "utf-8")
    run = huiqi("replay", str(path), "--json")
    return run.returncode, json.loads(run.stdout)


def test_a_stored_answer_is_found_again(stored: str, tmp_path: Path) -> None:
    assert replayed(stored, tmp_path) == (0, {"equal": True, "versions": [], "differences": []})


def test_what_differs_is_named(stored: str, tmp_path: Path) -> None:
    document = json.loads(stored)
    document["versions"]["packs"]["hz-2022-biopharma"] = "000000000000"
    changed = next(r for r in document["results"] if r["status"] == "eligible" and r["amount"])
    right, changed["amount"] = changed["amount"], "1.23"
    gone = document["results"].pop()
    code, told = replayed(json.dumps(document, ensure_ascii=False), tmp_path)
    names = [" ".join(x for x in (r["measure"], r["subject"]["id"], r["period"]) if x) for r in (changed, gone)]
    assert (code, told["equal"]) == (1, False)
    assert [(v["name"], v["stored"]) for v in told["versions"]] == [("hz-2022-biopharma", "000000000000")]
    assert told["differences"] == [
        {"result": names[0], "field": "amount", "stored": "1.23", "now": right},
        {"result": names[1], "field": "", "stored": None, "now": gone["status"]},
    ]


@pytest.mark.parametrize(("text", "code"), [("not json", "C011"), ('{"on": "2026-06-30"}', "C012")])
def test_another_file_gets_one_clear_line(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(text, "utf-8")
    run = huiqi("replay", str(path))
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1)
    assert [run.stderr.split(":")[0].split(" ")[0], run.stderr.split(" ")[1]] == [str(path), code]
