"""What `huiqi match` prints of the example firms, held against the results it prints."""

import re
from pathlib import Path

import pytest

from huiqi.cli.main import main
from huiqi.cli.told_package import COURSE_NAMES
from huiqi.combine.package import best_package
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE
from huiqi.language.units import format_money
from huiqi.packs.model import Corpus

ROOT = Path(__file__).resolve().parents[2]
FIRMS = sorted(p.stem for p in (ROOT / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def engine(corpus: Corpus) -> Engine:
    return Engine(corpus)


def printed(stem: str, on: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["match", str(ROOT / "examples" / f"{stem}.yaml"), "--on", on]) == 0
    return capsys.readouterr().out.splitlines()


def section(lines: list[str], title: str) -> list[str]:
    """The lines below the heading `── title …`, to the next empty line."""
    at = next((n for n, line in enumerate(lines) if re.fullmatch(rf"── {re.escape(title)}( \d+ 项)? ─*", line)), None)
    rest = [] if at is None else lines[at + 1 :]
    return rest[: rest.index("")] if "" in rest else rest


@pytest.mark.parametrize("on", ["2025-12-30", "2026-06-30"])
@pytest.mark.parametrize("stem", FIRMS)
def test_every_result_is_told_once_and_the_sums_are_those_of_the_package(
    engine: Engine, stem: str, on: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    lines = printed(stem, on, capsys)
    firm = read_facts_file(str(ROOT / "examples" / f"{stem}.yaml"), engine.corpus)
    results = engine.results(firm, Question(on))
    assert [line for line in lines if line != line.rstrip()] == []

    heads = [line for line in lines if line.startswith("✔ 符合  ")]
    spent = [line for line in section(lines, "符合，但已没有可得的金额") if line.startswith("  ✔")]
    paying = [r for r in results if r.status == ELIGIBLE and r.measure.pays]
    assert len(heads) + len(spent) == len(paying)
    assert len(heads) == len([r for r in paying if not r.received and r.amount != 0])

    failing = "".join(line.strip() for line in section(lines, "不符合"))
    assert [r.measure.id for r in results if r.status == INELIGIBLE and r.measure.title not in failing] == []
    closed = "".join(line.strip() for line in section(lines, "不在有效期"))
    assert {p.id: closed.count(f"《{p.title}》") for p in {r.policy.id: r.policy for r in results if r.status == NOT_IN_FORCE}.values()} == dict.fromkeys(
        (r.policy.id for r in results if r.status == NOT_IN_FORCE), 1
    )

    package = best_package(engine, firm, Question(on), results)
    best = section(lines, "最优组合（从优、就高、不重复）")
    told = [line.split()[1] for line in best if re.match(r"  (定额|上限|区间) ", line)]
    assert told == [format_money(amount) for amount in package.amounts]
    totals = [line for line in best if line.startswith("  合计（")]
    for line, paid in zip(totals, package.totals().values(), strict=True):
        assert [part for course, part in COURSE_NAMES.items() if paid[course] and f"{part} {format_money(paid[course])}" not in line] == []


def test_out_of_force_by_the_day_but_not_by_the_year_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    closed = "".join(line.strip() for line in section(printed("carmaker", "2026-06-30", capsys), "不在有效期"))
    assert "若以 2025年度的数据仍在有效期内为准，hz-2022-iot、hz-2022-software、hz-2023-energy、" in closed


def test_only_the_policies_asked_for_are_counted(capsys: pytest.CaptureFixture[str], corpus: Corpus) -> None:
    assert main(["match", str(ROOT / "examples" / "carmaker.yaml"), "--on", "2026-06-30", "--policy", "hz-2022-software"]) == 0
    measures = [m for c in corpus.policies["hz-2022-software"].clauses for m in c.measures]
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith(f"所问政策共 {len(measures)} 项措施，{sum(m.computed for m in measures)} 项已在上面核对")


def test_a_policy_that_has_not_begun_is_not_said_to_be_open_by_the_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "firm.yaml"
    file.write_text("claim: 2025\napplicant: {kind: 企业}\ncomplete: all\n", encoding="utf-8")
    assert main(["match", str(file), "--on", "2025-12-28", "--policy", "hz-2025-integration"]) == 0
    closed = section(capsys.readouterr().out.splitlines(), "不在有效期")
    assert "早于施行日期 2025-12-29" in "".join(line.strip() for line in closed)
    assert [line for line in closed if "口径" in line] == []
