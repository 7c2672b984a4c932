"""Planted defects: the first line of each file says which finding it must give, and it must give no other. Sound packs give none."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from huiqi.language.diagnostics import Diagnostic
from huiqi.packs.registry import load_corpus
from huiqi.workbench.lint import lint, refused
from huiqi.workbench.lint.fair import lint_text

HERE = Path(__file__).parent
PLANTED = sorted(p for p in (HERE / "planted").glob("*.yaml") if ".facts." not in p.name)
CLEAN = sorted((HERE / "clean").glob("*.yaml"))


def findings(path: Path, packs: Callable[..., Path]) -> list[Diagnostic]:
    facts = path.with_suffix("").with_suffix(".facts.yaml")
    root = packs("planted", path.read_text("utf-8"), facts.read_text("utf-8") if facts.exists() else "")
    corpus = load_corpus(root)
    own = [d for d in (*lint(corpus, ("planted",), root), *refused(corpus, ("planted",))) if "planted" in d.place.file or "made.yaml" in d.place.file]
    return own


@pytest.mark.parametrize("path", PLANTED, ids=lambda p: p.stem)
def test_a_planted_defect_is_found_and_nothing_else(path: Path, packs: Callable[..., Path]) -> None:
    code, names = re.match(r"# (L\d{3}) ([^:]+):", path.read_text("utf-8")).groups()  # type: ignore[union-attr]
    found = findings(path, packs)
    assert {d.code for d in found} == {code}
    assert [name for name in names.split() if not any(name in d.zh and name in d.en for d in found)] == []


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.stem)
def test_a_sound_pack_has_no_findings(path: Path, packs: Callable[..., Path]) -> None:
    assert [str(d) for d in findings(path, packs)] == []


def test_words_of_a_text_are_found_with_their_place() -> None:
    text = "第一条 给予奖励。\n第二条 对迁\n入本市的企业，按市级留成的一半奖励。\n"
    assert [(d.place.line, d.place.col, d.zh.split("“")[1].split("”")[0]) for d in lint_text(text, "a.txt")] == [(2, 6, "迁入"), (3, 9, "市级留成")]


def test_a_text_without_such_words_has_no_findings() -> None:
    assert lint_text("第一条 支持企业开展技术改造，按设备投资额的10%给予补助。", "a.txt") == []
