"""`huiqi fmt`: one spelling, the same meaning, every comment kept."""

import re
from pathlib import Path

import pytest

from huiqi.cli.main import main
from huiqi.language.diagnostics import Place, Problems
from huiqi.language.parser import parse
from huiqi.language.yamltree import Map, Node, Scalar, Seq, read_yaml
from huiqi.packs.fmt import formatted
from huiqi.packs.registry import ROOT
from tests.language.test_spell import bare

FILES = sorted([*ROOT.rglob("*.yaml"), *ROOT.parent.glob("examples/*.yaml"), *ROOT.parent.glob("tests/lab/*.yaml")])
SLOPPY = """# head

policy:   hz-x
summary: 试验
clauses:
    - kind: measure   # beside
      clause: "1"
      # above the title
      title: '一'
      measures:
          - title: 甲
            id: a
            award:
                cap: 5万元
                rate: 5％
                of: 研发投入
            when:
            - "研发投入≥200万元 且 非 大户"
            - "has(链主企业,level: '省级')"

      terms: [ {value: 36个月,
         name: 期限} ]   # last term
# end
"""
TIDY = """# head

policy: hz-x
summary: 试验
clauses:
- clause: 1  # beside
  # above the title
  title: 一
  kind: measure
  measures:
  - id: a
    title: 甲
    when:
    - 研发投入 >= 200万元 and not 大户
    - "has(链主企业, level: '省级')"
    award: {rate: 5%, of: 研发投入, cap: 5万元}

  terms:
  - value: 36个月
    name: 期限  # last term
# end
"""


def meaning(node: Node) -> object:
    """The tree without order of keys, with every text that is an expression as its syntax tree."""
    match node:
        case Map(entries):
            return {key: meaning(child) for key, child in entries.items()}
        case Seq(items):
            return [meaning(item) for item in items]
        case Scalar(text):
            try:
                return bare(parse(text, Place("x", 1, 1)))
            except Problems:
                return " ".join(text.split("\n"))


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"(?:^|\s)(#.*?)\s*$", text, re.M))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT.parent)))
def test_every_file_keeps_its_meaning_and_comments(path: Path) -> None:
    data = path.read_bytes()
    text = formatted(data, path.name)
    assert formatted(text.encode(), path.name) == text
    assert comments(text) == comments(data.decode())
    assert meaning(read_yaml(text.encode(), path.name)) == meaning(read_yaml(data, path.name))


def test_a_sloppy_file_becomes_tidy() -> None:
    assert formatted(SLOPPY.encode(), "x") == TIDY
    assert formatted(TIDY.encode(), "x") == TIDY


def test_check_names_the_file_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(SLOPPY, encoding="utf-8")
    assert main(["fmt", "--check", str(file)]) == 1
    assert capsys.readouterr().err == f"待整理 not canonical  {file}\n"
    assert file.read_text(encoding="utf-8") == SLOPPY
    assert main(["fmt", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == TIDY
    assert main(["fmt", "--check", str(file)]) == 0
