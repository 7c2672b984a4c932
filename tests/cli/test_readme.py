"""The readmes quote what the program prints today."""

import shlex
from pathlib import Path

import pytest

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
