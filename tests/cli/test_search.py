"""`huiqi search` finds what holds all the words, titles first."""

from huiqi.cli.search import hits
from huiqi.packs.model import Corpus


def test_every_hit_holds_all_words_and_titles_come_first(corpus: Corpus) -> None:
    found = hits(corpus, ["研发", "补助"])
    assert [f for f in found if not all(w in f"{f.id}{f.title}{f.about}" for w in ("研发", "补助"))] == []
    assert [f.in_title for f in found] == sorted((f.in_title for f in found), reverse=True)
    assert {"hz-2025-integration/2a", "hz-2025-integration/2b"} <= {f.id for f in found if f.in_title}


def test_width_and_case_do_not_matter(corpus: Corpus) -> None:
    assert hits(corpus, ["ａｐｐ"]) == hits(corpus, ["APP"])
    assert [(f.kind, f.id) for f in hits(corpus, ["APP"]) if f.kind == "measure"] == [("measure", "hz-2022-software/4d"), ("measure", "hz-2022-software/4e")]


def test_marks_within_a_word_do_not_matter(corpus: Corpus) -> None:
    assert "hz-2023-equipment/5a" in {f.id for f in hits(corpus, ["首台套", "保险"])}


def test_nothing_found(corpus: Corpus) -> None:
    assert hits(corpus, ["没有这样的词"]) == []
