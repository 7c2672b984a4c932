"""The readmes quote what the program prints today."""

import re
import shlex
from pathlib import Path

import pytest

from huiqi.packs.model import Corpus
from huiqi.workbench.cases import load_cases
from tests.cli.test_commands import huiqi

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_quoted_answer_is_the_answer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    _, commands, _, quoted, *_ = (ROOT / name).read_text(encoding="utf-8").split("```")
    (command,) = [line for line in commands.splitlines() if line.startswith(".venv/bin/huiqi ")]
    printed = huiqi(*shlex.split(command)[1:]).stdout.splitlines()
    lines = iter(printed)
    wanted = [line for line in quoted.splitlines()[1:] if line.strip() != "…"]
    assert [line for line in wanted if line not in lines] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_firm_of_ones_own_gets_what_is_quoted(name: str, tmp_path: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    (facts,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (quoted,) = re.findall(r"```text\n(✔[^\n]*)\n```", text)
    (tmp_path / "my-firm.yaml").write_text(facts, encoding="utf-8")
    printed = huiqi("match", str(tmp_path / "my-firm.yaml"), "--on", "2026-06-30").stdout.splitlines()
    assert [line for line in printed if line.startswith("✔")] == [quoted]


@pytest.mark.parametrize(
    ("name", "more"), [("README.md", r"more than ([\d,]+) (readings|cases)"), ("README.zh-CN.md", r"([\d,]+) 多[项个](?:按原文手算的)?(口径|算例)")]
)
def test_the_counts_are_those_of_the_packs(corpus: Corpus, name: str, more: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    measures = [m for _, _, m in corpus.measures.values()]
    computed = [m for m in measures if m.computed]
    paying = sum(m.pays for m in computed)
    clauses = sum(len(p.clauses) for p in corpus.policies.values())
    for count in (clauses, len(measures), len(computed), paying, len(computed) - paying, len(measures) - len(computed)):
        assert re.search(rf"(?<!\d){count}(?!\d)", text), count
    said = {what: int(count.replace(",", "")) for count, what in re.findall(more, text)}
    assert len(said) == 2
    for what, count in said.items():
        held = len(corpus.readings) if what in ("readings", "口径") else len(load_cases(corpus))
        assert count <= held < count * 1.1, what


def test_the_files_shown_in_the_docs_are_read(tmp_path: Path) -> None:
    facts, claim = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "facts-file.md").read_text(encoding="utf-8"), re.DOTALL)
    for name, text in (("facts", facts), ("claim", claim)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    told = huiqi("check-claim", str(tmp_path / "facts.yaml"), str(tmp_path / "claim.yaml"), "--on", "2026-06-30")
    assert (told.returncode, told.stderr) == (0, "")
