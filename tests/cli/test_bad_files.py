"""`huiqi match FILE` with files nobody should have: exit 2 and a few plain lines, in bounded time and memory."""

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
ANCHOR = "Y002 不允许使用锚点、别名或标签；文字以 & * ! 开头的请加引号 | anchors, aliases and tags are not allowed; quote text that begins with & * !"
DEEP = "Y003 嵌套超过 40 层 | nested deeper than 40 levels"
LARGE = "Y004 文件超过 4 MB | the file is larger than 4 MB"
ENCODING = "Y007 文件不是 UTF-8 文本，请另存为 UTF-8 再用 | the file is not UTF-8 text; save it as UTF-8"
MANY = "Y010 文件内容超过 100000 项 | the file holds more than 100000 values"
LONG = "Y011 一段文字超过 10000 字 | one piece of text is longer than 10000 characters"
CONTROL = "Y001 YAML 写法有误：文件里有不能用的控制字符 | broken YAML: control characters are not allowed"

CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "alias bomb": (lambda: BOMB.encode(), f":1:4 {ANCHOR}"),
    "20,000 brackets": (lambda: b"facts: " + b"[" * 20_000, f":1:47 {DEEP}"),
    "20,000 mappings in one line": (lambda: b"? " * 20_000, f":1:81 {DEEP}"),
    "2,700 mappings by indentation, as many as 4 MB hold": (lambda: "".join(f"{' ' * at}a:\n" for at in range(2_700)).encode(), f":41:41 {DEEP}"),
    "50 MB": (lambda: FIRM.encode() + b"\n" * 50_000_000, f" {LARGE}"),
    "one scalar of 3.9 MB": (lambda: b"facts: {\xe7\xa0\x94: " + b"x" * 3_900_000 + b"}\n", f":1:12 {LONG}"),
    "300,000 keys": (lambda: "".join(f"k{at:06}: a\n" for at in range(300_000)).encode(), f":50000:10 {MANY}"),
    "a key of 1 MB": (lambda: b"k" * 1_000_000 + b": a\n", f":1:1 {LONG}"),
    "binary": (lambda: bytes(range(256)) * 100, f":2:118 {ENCODING}"),
    "GB18030": (lambda: FIRM.encode("gb18030"), f":1:20 {ENCODING}"),
    "UTF-16": (lambda: FIRM.encode("utf-16"), f":1:1 {ENCODING}"),
    "UTF-16 without mark": (lambda: "claim: 2025\n".encode("utf-16-le"), f":1:2 {CONTROL}"),
    "NUL": (lambda: b"claim: 2025\nfacts: \0\n", f":2:8 {CONTROL}"),
    "100,000 digits": (lambda: b"facts: {\xe7\xa0\x94: " + b"9" * 100_000 + b"\xe5\x85\x83}\n", f":1:12 {LONG}"),
    "no such day": (
        lambda: "records:\n- {register: 高新技术企业, from: 9999-99-99}\n".encode(),
        ':2:28 Q005 日期“9999-99-99”不存在，写法如 2025-06-30 | "9999-99-99" is not a date; write it like 2025-06-30',
    ),
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


@pytest.mark.parametrize("name", CASES)
def test_one_line(tmp_path: Path, name: str) -> None:
    make, line = CASES[name]
    path = tmp_path / "firm.yaml"
    path.write_bytes(make())
    assert match(str(path)) == (2, "", f"{path}{line}\n")
    path.unlink()


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/dev/null", "Y006 文件是空的 | the file is empty"),
        ("/dev/zero", LARGE),
        ("/", "Y009 文件读不到：这是一个文件夹 | cannot read the file: Is a directory"),
        ("/none/firm.yaml", "Y009 文件读不到：没有这个文件 | cannot read the file: No such file or directory"),
    ],
)
def test_no_file(path: str, line: str) -> None:
    assert match(path) == (2, "", f"{path} {line}\n")


def test_fifty_findings_and_how_many_more(tmp_path: Path) -> None:
    path = tmp_path / "firm.yaml"
    path.write_text("facts:\n" + "".join(f"  ж{at}: 1元\n" for at in range(45_000)), encoding="utf-8")
    lines = [f'{path}:{at + 2}:3 F001 没有名为“ж{at}”的指标 | there is no fact named "ж{at}"\n' for at in range(50)]
    assert match(str(path)) == (2, "", "".join(lines) + f"{path} C009 另有 44950 处问题没有列出 | and 44950 more\n")


def test_no_such_day_of_application(tmp_path: Path) -> None:
    path = tmp_path / "firm.yaml"
    path.write_text(FIRM, encoding="utf-8")
    line = '--on Q005 日期“9999-99-99”不存在，写法如 2025-06-30 | "9999-99-99" is not a date; write it like 2025-06-30\n'
    assert match(str(path), "--on", "9999-99-99") == (2, "", line)
