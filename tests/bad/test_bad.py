"""What is said of bad input, word for word, for every message there is; and near misses that must be accepted."""

from pathlib import Path

import pytest

from huiqi.language.messages import MESSAGES
from tests.bad.told import CASES, HERE, expected, told

GOOD = sorted((HERE.parent / "good").glob("*/*"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", CASES, ids=name)
def test_every_fault_is_told(path: Path) -> None:
    assert expected(path) != ""
    assert told(path).splitlines() == expected(path).splitlines()


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_near_misses_are_accepted(path: Path) -> None:
    assert told(path) == expected(path) == ""


def test_every_message_has_a_file_that_prints_it() -> None:
    printed = {code for path in CASES for line in expected(path).splitlines() if not line.startswith("    ") for code in line.split() if code in MESSAGES}
    assert set(MESSAGES) - printed == set()
