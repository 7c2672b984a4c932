"""Bad input of every kind, each file with exactly what is said of it on a terminal: place, code, both languages, the line with its caret.

A folder is a kind of input (`READERS`), a file of it one case. Its first lines say what is printed (`#> `; lines of the input are counted below
them) and, where needed, how the input is made (`#: `): `at PATH`, the file it takes the place of; `without PATH`, a file that is left out;
`times N`, how often it is repeated; `as ENCODING`. `python -m tests.bad.told [WORD…]` writes what is printed anew, to be read before it is kept.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from huiqi.cli.main import tell
from huiqi.language.diagnostics import Diagnostic, Problems
from tests.bad import readers as r

HERE = Path(__file__).parent
_HEAD = re.compile(rb"(?:#[>:] .*\n)*")


class Kind(Struct, frozen=True):
    """How a kind of input is read: the function, the name of the file it reads, the other files it needs."""

    read: Callable[[], Iterable[Diagnostic]]
    file: str
    others: Callable[[Path], None] | None = None
    alone: bool = False  # whether only what is said of the file itself counts, not of the installed ones beside it


KINDS = {
    "answers": Kind(r.answers, "answer.json"),
    "cases": Kind(r.cases, "policies/hangzhou/small/tests.yaml", r.small_pack),
    "claims": Kind(r.claims, "claim.yaml", r.firm),
    "commands": Kind(r.commands, "command.txt", r.firm_and_text),
    "facts": Kind(r.facts, "firm.yaml"),
    "lint": Kind(r.lint, "policies/hangzhou/x/policy.yaml", r.sound_pack, alone=True),
    "locks": Kind(r.locks, "ships/source.lock", r.ships),
    "packs": Kind(r.packs, "policy.yaml"),
    "texts": Kind(r.texts, "text.txt"),
    "words": Kind(r.words, "", r.vocabulary, alone=True),
}
CASES = sorted(path for kind in KINDS for path in (HERE / kind).glob("*.*"))


class Terminal(io.StringIO):
    """What a person sees of stderr."""

    def isatty(self) -> bool:
        return True


def split(path: Path) -> tuple[list[str], str, bytes]:
    """How the input is made, what is printed of it, and the input as it stands in the file."""
    data = path.read_bytes()
    head = _HEAD.match(data)
    assert head is not None
    lines = head[0].decode().splitlines()
    return [x for x in lines if x.startswith("#: ")], "".join(f"{x[3:]}\n" for x in lines if x.startswith("#> ")), data[head.end() :]


def expected(path: Path) -> str:
    """What the file says is printed of it."""
    return split(path)[1]


def told(path: Path) -> str:
    """What is printed of a case."""
    how, _, data = split(path)
    kind = KINDS[path.parent.name]
    made = {verb: rest for _, verb, rest in (line.split(" ", 2) for line in how)}
    if "as" in made:
        data = data.decode().encode(made["as"])
    terminal = Terminal()
    with TemporaryDirectory() as folder, contextlib.chdir(folder), contextlib.redirect_stderr(terminal), contextlib.redirect_stdout(io.StringIO()):
        if kind.others:
            kind.others(Path())
        file = Path(made.get("at", kind.file))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data * int(made.get("times", "1")))
        if "without" in made:
            Path(made["without"]).unlink()
        try:
            found = list(kind.read())
        except Problems as problems:
            found = list(problems.diagnostics)
        tell(d for d in found if not kind.alone or d.place.file == str(file))
    return terminal.getvalue()


def main(words: list[str]) -> None:
    for path in CASES:
        if not words or any(word in str(path) for word in words):
            how, _, data = split(path)
            said = "".join(f"#> {line}\n" for line in told(path).splitlines())
            path.write_bytes("".join(f"{line}\n" for line in how).encode() + said.encode() + data)


if __name__ == "__main__":
    main(sys.argv[1:])
