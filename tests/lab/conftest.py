"""The lab: the real vocabulary with a few facts more, and one policy that uses every shape and function."""

import shutil
from pathlib import Path

import pytest

from huiqi.packs.model import Corpus
from huiqi.packs.registry import ROOT, load_corpus

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    root = tmp_path_factory.mktemp("lab") / "policies"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("hz-*", "hzbj-*"))
    (root / "hangzhou" / "lab").mkdir()
    shutil.copy(HERE / "policy.yaml", root / "hangzhou" / "lab" / "policy.yaml")
    shutil.copy(HERE / "facts.yaml", root / "hangzhou" / "vocabulary" / "facts" / "lab.yaml")
    return load_corpus(root)
