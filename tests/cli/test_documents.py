"""`huiqi document check|draft` as a user runs them; what they say of files that are no policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huiqi.cli.main import main
from huiqi.documents.locks.encoded import encoded_policies
from tests.documents.official import official_texts

TEXTS = Path(__file__).resolve().parents[1] / "documents" / "texts"


def test_check_counts_every_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["document", "check", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["faults"] == []
    assert [row["policy"] for row in told["policies"]] == sorted(encoded_policies())
    for row in told["policies"]:
        assert row["figures"] == row["held"] + sum(row["reasons"].values())
        assert (row["unheld"], row["prints"], row["faults"]) == (0, 0, 0)


def test_check_names_an_altered_figure_in_text_and_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = official_texts()[0].read_text("utf-8")
    altered = tmp_path / "altered.txt"
    altered.write_text(text.replace("单个企业最高补助5000万元", "单个企业最高补助500万元"), "utf-8")
    assert main(["document", "check", str(altered)]) == 1
    out, err = capsys.readouterr()
    assert "hz-2022-iot " in out
    (line,) = err.splitlines()
    place = line.partition("（")[0].partition(" (")[0]
    assert place.startswith(f"{altered}:") and " K010 条款 1.1 第 7 个数应为 5000万元，现为 500万元；对应 1.1a.cap" in line


def test_a_text_of_no_pack_is_said_to_be_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["document", "check", str(TEXTS / "gazette.txt")]) == 1
    assert capsys.readouterr().err.splitlines()[0].split()[1] == "K008"


def test_draft_writes_a_skeleton(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["document", "draft", str(TEXTS / "gazette.txt"), "-o", str(tmp_path), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    content = Path(row["file"]).read_text("utf-8")
    assert row["file"] == str(tmp_path / "draft-1" / "policy.yaml")
    assert (row["clauses"], row["todo"]) == (content.count("- clause: "), content.count("TODO"))


@pytest.mark.parametrize(("args", "code"), [(["--policy", "2"], "K017"), (["--policy", "0"], "K017"), ([], "D007")])
def test_what_cannot_be_drafted_is_said(args: list[str], code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "file"
    target.write_text("", "utf-8")
    assert main(["document", "draft", str(TEXTS / "gazette.txt"), "-o", str(target), *args]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.split()[1] == code
