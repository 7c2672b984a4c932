"""The list of all readings: where the texts leave a choice, what is taken and why."""

from __future__ import annotations

from huiqi.packs.model import Corpus
from tools.pages.policy import reading_words


def readings_page(corpus: Corpus) -> str:
    """The page in Markdown."""
    parts = [
        "# 口径 Readings",
        "<!-- Generated from the packs by `make docs`; do not edit. -->",
        f"条文可以作两种理解之处，共 {len(corpus.readings)} 项。采用的一种加粗；`huiqi match 情况.yaml --reading 编号=选项` 可换另一种。以申报通知为准。",
        "Where a text can be read in two ways: the choice taken is in bold, and `--reading ID=choice` takes another.",
    ]
    for policy in corpus.policies.values():
        clauses = [c for c in policy.clauses if c.readings]
        if clauses:
            lines = [f"- `{r.id}`（{c.at} {c.title}）　{reading_words(r)}" for c in clauses for r in c.readings]
            parts += [f"## 《{policy.title}》", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"
