"""Whatever the input: an answer or one clear sentence, in bounded time and memory, and no character lost."""

from __future__ import annotations

import codecs
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.documents.about.names import Names
from huiqi.documents.characters.decode import MAX_BYTES, decode
from huiqi.documents.reader import read_bytes, read_document
from huiqi.documents.text import Source
from huiqi.language.diagnostics import Problems
from tests.documents.coverage import misplaced
from tests.documents.printing import Item, Print, printed

NAMES = Names()
PIECES = st.sampled_from(
    [
        *("一、", "二、", "（一）", "(二)", "1.", "2．", "10、", "（1）", "①", "第一条", "第 2 条", "第一章", "三十、", "附件1：", "——", "★", "● "),
        *("支持对象", "对企业给予补助", "本办法自2024年1月1日起施行。", "关于支持产业发展的若干措施", "云岭市财政局", "（试行）", "目 录", "……… 3"),
        *("，", "。", "；", "：", "）", "(", "\n", "\n", "\n\n", "\t", "   ", "\u3000", "\f", "\r\n", "\ufeff", "\u200b", "**", "# "),
        *("第3页", "- 3 -", "12", "13", "2 0 2 5", "1,200万元", "５０％", "2024年3月", "〔2024〕8号", "|", "GMP", "A B", "𠮷", "é", "\x07"),
    ]
)


@given(st.lists(PIECES, max_size=60))
@settings(max_examples=500, deadline=None)
def test_no_text_is_lost_whatever_it_looks_like(pieces: list[str]) -> None:
    document = read_document(Source("a.txt", "".join(pieces)), NAMES)
    assert misplaced(document) == []
    for policy in document.policies:
        ids = [node.id for node in policy.walk() if node.is_clause]
        assert len(ids) == len(set(ids))
        for clause in policy.clauses():
            kept = [i for i, at in enumerate(clause.body.at) if at < len(document.source.text)]
            assert [clause.place(i) for i in kept] == [document.source.place(clause.body.at[i]) for i in kept]


SAMPLE = printed(
    [Item(str(n), "section", n, f"支持方向之{'一二'[n - 1]}", "对首次认定的企业，给予不超过20万元奖励。") for n in (1, 2)], Print(0, 0, False, False, False, "")
)


@pytest.mark.parametrize(
    "data",
    [
        SAMPLE.encode("utf-8"),
        SAMPLE.encode("utf-8-sig"),
        SAMPLE.encode("gb18030"),
        SAMPLE.encode("utf-16"),
        SAMPLE.encode("utf-16-le"),
        SAMPLE.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + SAMPLE.encode("utf-16-be"),
        SAMPLE.replace("\n", "\r\n").encode("gb18030"),
    ],
    ids=["utf-8", "utf-8-bom", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-bom", "gb18030-crlf"],
)
def test_every_encoding_reads_the_same(data: bytes) -> None:
    assert decode(data, "a.txt").text == SAMPLE


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "D005"),
        (b"  \n\t\n", "D005"),
        (b"%PDF-1.7\n...", "D003"),
        (b"PK\x03\x04rest", "D003"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "D003"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "D003"),
        (bytes(range(256)) * 8, "D004"),
        (SAMPLE.encode("utf-8")[:-1], "D004"),
        (SAMPLE.encode("big5", "replace"), "D004"),
        (b"x" * (MAX_BYTES + 1), "D002"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Problems) as raised:
        read_bytes(data, "a.txt")
    assert [d.code for d in raised.value.diagnostics] == [code]


def test_a_file_of_200_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    limit = 400 * 1024 * 1024
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "huiqi.cli.main", "document", "tree", str(path)],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{path} D002 ")
    assert time.monotonic() - began < 20


LARGE = {
    "one line": "一" * 600_000,
    "one sentence": "对企业给予补助，" * 40_000,
    "brackets": "（" * 300_000,
    "quotes": "《" * 300_000,
    "assigned": "第一（一）条由市经信局" * 20_000,
    "headings": "一、支持\n" * 6_000,
    "items": "1.给予5万元。\n2.给予6万元。\n" * 3_000,
    "short lines": "好\n" * 10_000,
}


@pytest.mark.parametrize("kind", LARGE)
def test_large_texts_are_read_in_time_that_grows_with_their_size(kind: str) -> None:
    """A quadratic pass would take hours for the long lines."""
    began = time.monotonic()
    document = read_document(Source("a.txt", LARGE[kind]), NAMES)
    assert time.monotonic() - began < 60
    assert misplaced(document) == []
