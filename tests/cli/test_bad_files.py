"""`huiqi match FILE` with files nobody should have: exit 2 and a few lines (their words: tests/bad), in bounded time and memory."""

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SECONDS, BYTES = 20, 1_500_000_000

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
FIRM = "applicant: {name: 示例科技有限公司}\nfacts:\n  研发投入: {2025: 8000万元}\n"
CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "alias bomb": (lambda: BOMB.encode(), ":1:4 Y002"),
    "20,000 brackets": (lambda: b"facts: " + b"[" * 20_000, ":1:47 Y003"),
    "20,000 mappings in one line": (lambda: b"? " * 20_000, ":1:81 Y003"),
    "2,700 mappings by indentation, as many as 4 MB hold": (lambda: "".join(f"{' ' * at}a:\n" for at in range(2_700)).encode(), ":41:41 Y003"),
    "50 MB": (lambda: FIRM.encode() + b"\n" * 50_000_000, " Y004"),
    "one scalar of 3.9 MB": (lambda: b"facts: {\xe7\xa0\x94: " + b"x" * 3_900_000 + b"}\n", ":1:12 Y011"),
    "300,000 keys": (lambda: "".join(f"k{at:06}: a\n" for at in range(300_000)).encode(), ":50000:10 Y010"),
    "a key of 1 MB": (lambda: b"k" * 1_000_000 + b": a\n", ":1:1 Y011"),
    "100,000 digits": (lambda: b"facts: {\xe7\xa0\x94: " + b"9" * 100_000 + b"\xe5\x85\x83}\n", ":1:12 Y011"),
}


def match(*arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of `huiqi match`, with little time and memory."""
    done = subprocess.run(
        [Path(sys.executable).parent / "huiqi", "match", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES)),
    )
    return done.returncode, done.stdout, done.stderr


def place_and_code(path: str) -> str:
    """Where and what the one line of errors is."""
    code, out, err = match(path)
    assert (code, out, err.count("\n")) == (2, "", 1)
    return " ".join(err.split(" ")[:2])


@pytest.mark.parametrize("name", CASES)
def test_one_line(tmp_path: Path, name: str) -> None:
    make, told = CASES[name]
    path = tmp_path / "firm.yaml"
    path.write_bytes(make())
    assert place_and_code(str(path)) == f"{path}{told}"
    path.unlink()


def test_a_file_without_end() -> None:
    assert place_and_code("/dev/zero") == "/dev/zero Y004"


def test_fifty_findings_and_how_many_more(tmp_path: Path) -> None:
    path = tmp_path / "firm.yaml"
    path.write_text("facts:\n" + "".join(f"  ж{at}: 1元\n" for at in range(45_000)), encoding="utf-8")
    code, out, err = match(str(path))
    lines = [" ".join(line.split(" ")[:2]) for line in err.splitlines()]
    assert (code, out) == (2, "")
    assert lines == [*(f"{path}:{at + 2}:3 F001" for at in range(50)), f"{path} C009"]
    assert "44950" in err.splitlines()[-1]
