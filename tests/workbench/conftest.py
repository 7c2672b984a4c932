"""Packs made for a test: the real vocabulary with one small policy."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from huiqi.packs.registry import ROOT


@pytest.fixture
def packs(tmp_path: Path) -> Callable[..., Path]:
    """A folder of policies that holds only the policy given, with its facts and cases where there are any."""

    def make(policy: str, text: str, facts: str = "", cases: str = "") -> Path:
        root = tmp_path / "policies"
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("hz-*", "hzbj-*", "tests.yaml"))
        (root / "hangzhou" / policy).mkdir()
        (root / "hangzhou" / policy / "policy.yaml").write_text(text, "utf-8")
        if facts:
            (root / "hangzhou" / "vocabulary" / "facts" / "made.yaml").write_text(facts, "utf-8")
        if cases:
            (root / "hangzhou" / policy / "tests.yaml").write_text(cases, "utf-8")
        return root

    return make
