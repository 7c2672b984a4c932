"""`huiqi test` and the warnings of `huiqi check`, as a user runs them."""

import json
from pathlib import Path

from tests.cli.test_commands import huiqi

POLICY = "hz-2023-vision"


def test_cases_of_one_policy_come_out() -> None:
    run = huiqi("test", POLICY)
    assert (run.returncode, run.stderr) == (0, "")
    first, sums, last = run.stdout.splitlines()
    assert first.startswith(f"{POLICY} ") and "条件 " in first
    assert sums.startswith("算式：")
    assert "不符 0 处" in last


def test_coverage_and_mutation_as_json() -> None:
    run = huiqi("test", POLICY, "--coverage", "--mutate", "--json")
    assert (run.returncode, run.stderr) == (0, "")
    document = json.loads(run.stdout)
    assert list(document) == ["policies", "sums", "faults", "coverage", "mutation"]
    assert document["faults"] == []
    (report,) = document["mutation"]
    assert report["policy"] == POLICY and report["share"] >= 0.95
    assert sum(report["counts"].values()) == sum(n for counts in report["operators"].values() for n in counts.values())
    (coverage,) = document["coverage"]
    reached, wanted = coverage["reached"]["condition"]
    assert wanted > reached - 1 and len(coverage["holes"]) == sum(w - r for r, w in coverage["reached"].values())


def test_a_policy_that_is_not_there_is_named() -> None:
    run = huiqi("test", "hz-2023-visio")
    assert run.returncode == 2
    assert "hz-2023-vision" in run.stderr


def test_warnings_fail_only_where_asked() -> None:
    run = huiqi("check", "--json")
    document = json.loads(run.stdout)
    assert run.returncode == 0
    assert {w["code"] for w in document["warnings"]} <= {f"L{n:03}" for n in range(1, 10)}
    assert huiqi("check", "--strict").returncode == int(bool(document["warnings"]))


TEXT = """关于支持发展的若干政策

一、支持研发
（一）按研发投入给予补助。
（二）对迁
入的企业，按市级留成的一半给予奖励。
二、附则
本政策自2024年1月1日起施行，有效期三年。
"""


def test_wording_of_a_text_is_told_by_clause_and_place(tmp_path: Path) -> None:
    file = tmp_path / "政策.txt"
    file.write_text(TEXT, "utf-8")
    run = huiqi("document", "lint", str(file), "--json")
    assert run.returncode == 0
    found = [(x["policy"], x["place"].removeprefix(f"{file}:"), x["zh"].partition("（迁")[0].partition("（市")[0]) for x in json.loads(run.stdout)]
    assert found == [("关于支持发展的若干政策", "5:5", "一（二） 有“迁入”"), ("关于支持发展的若干政策", "6:7", "一（二） 有“市级留成”")]
