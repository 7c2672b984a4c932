"""Bad packs: files that begin with what is said of them. `python -m tests.packs.bad_packs` writes the expectations anew, to be read before they are kept.

Each diagnostic stands as `# EXPECT line:col CODE`, the Chinese and the English sentence behind `# > `, and the line with its caret behind `# | `; lines
are counted below this head.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from huiqi.evaluate.check import check_corpus
from huiqi.language.diagnostics import Diagnostic, Findings, Problems
from huiqi.language.excerpt import excerpt
from huiqi.packs.model import Corpus
from huiqi.packs.registry import add_policy
from tests.lab.build import build

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.yaml"))
HEAD = re.compile(r"\A(?:# (?:EXPECT|>|\|).*\n)*")


def split(path: Path) -> tuple[str, str]:
    """What is expected, and the pack."""
    text = path.read_text(encoding="utf-8")
    head = HEAD.match(text)
    assert head is not None
    return head[0], text[head.end() :]


def told(words: Corpus, pack: str) -> str:
    """What `huiqi check` says of a pack that stands alone with the vocabulary."""
    corpus = Corpus(vocabulary=words.vocabulary, series=words.series, calendar=words.calendar)
    findings = Findings()
    try:
        add_policy(corpus, pack.encode(), "policy.yaml", findings)
        findings.stop()
        check_corpus(corpus)
    except Problems as problems:
        return "".join(line + "\n" for d in problems.diagnostics for line in _lines(d, pack))
    return ""


def _lines(d: Diagnostic, pack: str) -> Iterator[str]:
    yield f"# EXPECT {d.place.line}:{d.place.col} {d.code}"
    yield f"# > {d.zh}"
    yield f"# > {d.en}"
    for line in excerpt(pack, d.place):
        yield f"# | {line}"


def main() -> None:
    with TemporaryDirectory() as folder:
        lab = build(Path(folder))
    for path in BAD:
        _, pack = split(path)
        path.write_text(told(lab, pack) + pack, encoding="utf-8")


if __name__ == "__main__":
    main()
