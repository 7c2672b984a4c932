"""`huiqi document tree|import|diff` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huiqi.cli.main import main

TEXTS = Path(__file__).parent / "texts"


def test_tree_prints_outline_and_metadata_and_names_what_is_unclear(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["document", "tree", str(TEXTS / "articles.txt")]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[:4] == [
        "临港新区海洋装备产业扶持办法（试行）",
        "  文号 云临管〔2024〕8号　发文 云岭市临港新区管理委员会　印发 2024-03-15",
        "  施行 2024-05-01 至 2026-04-30",
        "  废止 云临管〔2021〕3号",
    ]
    assert [line.split()[:2] for line in lines[6:8]] == [["2", "第二条"], ["3", "第三条"]]
    assert [line.split()[:2] for line in err.splitlines()] == [[f"{TEXTS / 'articles.txt'}:37:1", "D012"], [f"{TEXTS / 'articles.txt'}:41:1", "D015"]]


def test_tree_as_json_holds_every_node(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["document", "tree", "--json", str(TEXTS / "articles.txt"), str(TEXTS / "gazette.txt")]) == 0
    articles, gazette = json.loads(capsys.readouterr().out)
    assert articles["window"] == {"from": "2024-05-01", "to": "2026-04-30"}
    assert [(node["id"], node["clause"], node["line"], node["col"]) for node in articles["nodes"]][:3] == [
        *(("s1", False, 16, 1), ("1", True, 18, 1), ("2", True, 19, 1)),
    ]
    assert [node["id"] for node in gazette["nodes"] if node["lead"] == ["市科技局"]] == ["5"]


def test_import_writes_one_file_a_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "library"
    files = [str(TEXTS / name) for name in ("articles.txt", "brochure.txt", "articles.txt")]
    assert main(["document", "import", *files, "-o", str(target)]) == 0
    names = sorted(path.name for path in target.iterdir())
    assert names == ["一图读懂-青溪县专精特新企业扶持政策.json", "云临管〔2024〕8号-2.json", "云临管〔2024〕8号.json"]
    read = json.loads((target / "云临管〔2024〕8号.json").read_text(encoding="utf-8"))
    assert (read["policy"], read["number"]) == (None, "云临管〔2024〕8号")
    assert next(node["text"] for node in read["nodes"] if node["id"] == "6.2.1") == "单台价值50万元以上的，另加2个百分点；"
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_import_says_when_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("x")
    assert main(["document", "import", str(TEXTS / "gazette.txt"), "-o", str(tmp_path / "taken")]) == 2
    assert " D007 " in capsys.readouterr().err.splitlines()[-1]


def test_diff_tells_wording_and_figures_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "b.txt"
    text = (TEXTS / "articles.txt").read_text(encoding="utf-8")
    other.write_text(text.replace("60万元", "80万元").replace("国产设备", "自产设备"), encoding="gb18030")
    assert main(["document", "diff", str(TEXTS / "articles.txt"), str(other)]) == 0
    lines = capsys.readouterr().out.splitlines()
    a = TEXTS / "articles.txt"
    assert lines[2:] == [
        "  改动 第五条 首台套奖励  5",
        f"    数字 …级首台（套）目录的，给予［60万元 → 80万元］奖励。…  {a}:26:33  {other}:26:33",
        "  改动 第六条（二）   6.2",
        f"    措辞 …［国产 → 自产］设备，按购置价▢给予…  {a}:29:4  {other}:29:4",
        "条款 13，相同 11；措辞不同 1 处，数字不同 1 处",
        "",
    ]
    assert main(["document", "diff", "--json", str(a), str(other)]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert [(c["kind"], len(c["wording"]), len(c["figures"])) for c in told["clauses"]] == [("changed", 0, 1), ("changed", 1, 0)]


def test_diff_needs_a_policy_on_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["document", "diff", str(TEXTS / "articles.txt"), str(TEXTS / "gazette.txt")]) == 2
    assert " D006 " in capsys.readouterr().err.splitlines()[-1]


def test_every_file_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = tmp_path / "a.txt"
    pdf.write_bytes(b"%PDF-1.7")
    missing = tmp_path / "b.txt"
    assert main(["document", "tree", str(pdf), str(missing)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split()[:2] for line in err.splitlines()] == [[str(pdf), "D003"], [str(missing), "D001"]]
