"""The lab: the real vocabulary with a few facts more, and one policy that uses every shape and function."""

import shutil
from pathlib import Path

from huiqi.packs.model import Corpus
from huiqi.packs.registry import ROOT, load_corpus

HERE = Path(__file__).parent


def build(into: Path) -> Corpus:
    """The corpus of the lab, its files put together in an empty folder."""
    root = into / "policies"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("hz-*", "hzbj-*", "tests.yaml"))
    (root / "hangzhou" / "lab").mkdir()
    shutil.copy(HERE / "policy.yaml", root / "hangzhou" / "lab" / "policy.yaml")
    shutil.copy(HERE / "facts.yaml", root / "hangzhou" / "vocabulary" / "facts" / "lab.yaml")
    return load_corpus(root)
