"""A claimed set: what stands, what is cut, what falls and in favour of what, what is open, what would be better. Figures worked out by hand."""

from pathlib import Path

import pytest

from huiqi.cli.main import main
from huiqi.combine.claim import Checked, check_claim, read_claim
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts
from huiqi.language.diagnostics import Problems
from huiqi.packs.model import Corpus

ON = "2025-06-01"
FIRM = """
facts: {高端装备领域: 机器人, 新材料领域: 功能膜材料, 绿色能源领域: 非绿色能源}
subjects:
- {kind: 产业项目, id: X1, facts: {实际投资总额: 5000万元}}
- {kind: 贷款, id: L1, of: X1, facts: {日均贷款额: {2024: 8亿元}, 贷款年利率: 4%, 融资品种: 银行贷款}}
- {kind: 贷款, id: L2, of: X1, facts: {日均贷款额: {2024: 6亿元}, 贷款年利率: 4%, 融资品种: 银行贷款}}
- {kind: 贷款, id: L3, of: X1, facts: {日均贷款额: {2024: 1亿元}, 融资品种: 银行贷款}}
complete: [all]
"""
EQUIPMENT, MATERIALS = "hz-2023-equipment/1a", "hz-2023-materials/s1a"


@pytest.fixture(scope="module")
def engine(corpus: Corpus) -> Engine:
    return Engine(corpus)


def checked(engine: Engine, tmp_path: Path, claim: str) -> Checked:
    firm = read_facts(FIRM.encode(), "firm.yaml", engine.corpus)
    path = tmp_path / "claim.yaml"
    path.write_text(claim, "utf-8")
    question = Question(ON)
    return check_claim(engine, firm, question, engine.results(firm, question), read_claim(str(path), firm, engine.corpus))


def verdicts(found: Checked) -> list[tuple[str, int, str]]:
    return [(v.verdict, v.allowed // 1_000_000, v.favoured) for v in found.verdicts]


def test_two_loans_under_two_policies_stand(engine: Engine, tmp_path: Path) -> None:
    """8亿元×1% and 6亿元×1%, each under its own 1000万元."""
    found = checked(engine, tmp_path, f"- {{measure: {EQUIPMENT}, subject: L1, amount: 800万元}}\n- {{measure: {MATERIALS}, subject: L2, amount: 600万元}}\n")
    assert verdicts(found) == [("stands", 800, ""), ("stands", 600, "")]
    assert (found.holds, found.more) == (True, 0)


def test_two_loans_under_one_policy_are_cut_and_the_better_way_is_named(engine: Engine, tmp_path: Path) -> None:
    found = checked(engine, tmp_path, f"- {{measure: {EQUIPMENT}, subject: L1, amount: 800万元}}\n- {{measure: {EQUIPMENT}, subject: L2, amount: 600万元}}\n")
    assert verdicts(found) == [("stands", 800, ""), ("reduced", 200, "")]
    assert (found.holds, found.total, found.more) == (False, 1_000_000_000, 400_000_000)
    assert [(r.measure.id, r.subject, a) for r, a in found.better()] == [(MATERIALS, "L2", 600_000_000)]


def test_one_loan_twice_falls_once(engine: Engine, tmp_path: Path) -> None:
    found = checked(engine, tmp_path, f"- {{measure: {MATERIALS}, subject: L1}}\n- {{measure: {EQUIPMENT}, subject: L1}}\n")
    assert verdicts(found) == [("falls", 0, EQUIPMENT), ("stands", 800, "")]
    assert not found.holds


def test_missing_facts_are_open_and_too_much_is_reduced(engine: Engine, tmp_path: Path) -> None:
    """L3 has no rate; L2 comes to 600万元, less is taken as claimed."""
    claim = f"- {{measure: {EQUIPMENT}, subject: L3}}\n- {{measure: {EQUIPMENT}, subject: L2, period: '2024', amount: 600.01万元}}\n"
    found = checked(engine, tmp_path, claim)
    assert [v.verdict for v in found.verdicts] == ["open", "reduced"]
    less = checked(engine, tmp_path, f"- {{measure: {EQUIPMENT}, subject: L2, amount: 100万元}}\n")
    assert verdicts(less) == [("stands", 100, "")]


def test_what_is_not_met_falls_with_its_reason(engine: Engine, tmp_path: Path) -> None:
    found = checked(engine, tmp_path, "- {measure: hz-2025-integration/2a}\n- {measure: hz-2023-energy/2.3.4b, subject: L1}\n")
    assert [v.verdict for v in found.verdicts] == ["falls", "falls"]
    assert found.verdicts[0].because == "申报日期 2025-06-01 早于施行日期 2025-12-29"
    assert "储能" in found.verdicts[1].because or "绿色能源领域" in found.verdicts[1].because


def test_faults_of_a_claim_file_are_told_at_once(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(Problems) as problems:
        checked(engine, tmp_path, f"- {{measure: hz-x/1a, subject: q, amount: 3x}}\n- {{foo: 1}}\n- {{measure: {MATERIALS}}}\n- {{measure: {MATERIALS}}}\n")
    assert [d.code for d in problems.value.diagnostics] == ["F017", "F008", "Q001", "F012", "F013", "F007"]


@pytest.mark.parametrize(("second", "code"), [(MATERIALS, 0), (EQUIPMENT, 1)])
def test_the_command_exits_1_when_something_falls(tmp_path: Path, capsys: pytest.CaptureFixture[str], second: str, code: int) -> None:
    (tmp_path / "firm.yaml").write_text(FIRM, "utf-8")
    (tmp_path / "claim.yaml").write_text(f"- {{measure: {EQUIPMENT}, subject: L1, amount: 800万元}}\n- {{measure: {second}, subject: L2, amount: 600万元}}\n")
    assert main(["check-claim", str(tmp_path / "firm.yaml"), str(tmp_path / "claim.yaml"), "--on", ON]) == code
    assert ("减为" in capsys.readouterr().out) == bool(code)
