"""Where the official texts are: beside the repository, not in it."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def official_texts() -> list[Path]:
    """The five files with the twelve documents; a test that needs them fails clearly where they are not."""
    files = sorted(FOLDER.glob("*.txt"))
    if len(files) != 5:
        pytest.fail(f"{FOLDER}: expected the five official texts, found {len(files)}")
    return files
