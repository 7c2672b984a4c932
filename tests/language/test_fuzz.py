"""A sample of the long run of `make prove`."""

from huiqi.packs.model import Corpus
from huiqi.packs.registry import ROOT
from tests.language.fuzz import Fuzz


def test_whatever_is_written_is_read_or_refused(corpus: Corpus) -> None:
    assert Fuzz(corpus, ROOT.parent, seed=5).run(4_000) == []
