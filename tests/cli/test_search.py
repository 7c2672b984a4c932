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


def test_what_may_be_written_is_found_and_told(corpus: Corpus) -> None:
    found = {
        (f.kind, f.id): f.about for f in hits(corpus, ["网络通信"]) + hits(corpus, ["AI工厂"]) + hits(corpus, ["首批次"]) if f.kind not in ("measure", "clause")
    }
    assert found["fact", "产业链"].endswith("选项 集成电路、网络通信、智能仪表、视觉智能、云计算大数据、高端软件和人工智能、其他。")
    assert found["register", "AI工厂"].endswith("记在 企业；等级 低、中、高。")
    assert found["matter", "首批次保险"] == "属于 首批次新材料；措施 hz-2023-materials/3a、hz-2025-integration/19a。"


def test_nothing_found(corpus: Corpus) -> None:
    assert hits(corpus, ["没有这样的词"]) == []
