"""`huiqi`: commands, options, exit codes (2 bad input, 1 failed check, 0 otherwise)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from huiqi import __version__
from huiqi.cli.usage import Parser
from huiqi.language.diagnostics import Diagnostic, Place, Problems, did_you_mean, problem
from huiqi.language.excerpt import excerpt
from huiqi.language.yamltree import MAX_BYTES
from huiqi.packs.reader import is_date


def main(argv: list[str] | None = None) -> int:
    """Run one command; problems with input go to stderr, one line each."""
    try:
        args = parser().parse_args(argv)
        return int(args.run(args))
    except Problems as problems:
        tell(problems.diagnostics)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def tell(diagnostics: Iterable[Diagnostic]) -> None:
    """Each finding on one line of stderr; on a terminal also the line of the file with a caret."""
    for item in diagnostics:
        print(item, file=sys.stderr)
        if sys.stderr.isatty():
            for line in excerpt(_source(item.place.file), item.place):
                print(f"    {line}", file=sys.stderr)


def _source(file: str) -> str:
    """The text of a file a finding names, '' where it cannot be read: the finding itself says more."""
    for path in (Path(file), examples().parent / file):
        if path.is_file() and path.stat().st_size <= MAX_BYTES:
            try:
                return path.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError:
                break
    return ""


def parser() -> argparse.ArgumentParser:
    """All commands of the program."""
    top = Parser(prog="huiqi", description="惠企：可执行的产业政策 | industrial policy as code")
    top.add_argument("--version", action="version", version=f"huiqi {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    match = _command(commands, "match", "match", "符合哪些措施、能得多少 | every result, then the best combination")
    _facts(match)
    explain = _command(commands, "explain", "match", "一项措施的理由 | reasons of one measure", "explain")
    explain.add_argument("measure", metavar="MEASURE", help="措施编号，如 hz-2022-iot/1.1a | measure id")
    _facts(explain)

    _facts(_command(commands, "questions", "ask", "接下来最值得补充的事实 | next facts worth asking", "questions"))
    profile = _command(commands, "profile", "ask", "金额随一个指标变化的曲线 | the curve of every result against one fact", "profile")
    _facts(profile)
    profile.add_argument("fact", metavar="FACT", help="指标，如 研发投入 | a fact")
    profile.add_argument("--subject", metavar="ID", help="对象编号，默认申报主体 | subject, default the applicant")
    profile.add_argument("--combination", action="store_true", help="JSON 只给最优组合的曲线 | in JSON the curve of the best combination")
    profile.add_argument("--year", type=int, help="年度，默认申报年度 | year, default the claim year")

    claim = _command(commands, "check-claim", "claim", "申报的一组措施是否成立 | what of a claimed set stands", "check_claim_command")
    _facts(claim)
    claim.add_argument("claim", metavar="CLAIM.yaml", help="申报清单：措施、对象、期间、金额 | the claimed measures")

    again = _command(commands, "replay", "replay", "重算存下的结果，看是否相同 | ask a stored match --json again", "replay")
    again.add_argument("file", metavar="FILE", help="match --json 的输出 | what match --json wrote")

    _command(commands, "policies", "library", "政策清单 | list of policies", "policies")
    show = _command(commands, "show", "library", "一份政策、一条条款或一项措施 | a policy, clause or measure", "show")
    show.add_argument("id", metavar="ID", help="编号，如 hz-2022-iot、hz-2022-iot/1.1、hz-2022-iot/1.1a | an id")
    show.add_argument("--readings", action="store_true", help="口径 | readings")
    facts = _command(commands, "facts", "library", "指标清单 | facts the packs know", "facts")
    facts.add_argument("words", nargs="*", help="名称或对象包含的字 | filter by name or kind")

    search = _command(commands, "search", "search", "在措施、条款、指标、名册中查找 | find measures, clauses, facts, registers")
    search.add_argument("words", nargs="+", metavar="WORDS", help="要找的字词，须全部出现 | words that must all occur")
    checking = _command(commands, "check", "check", "检查政策包 | check the packs", "check")
    checking.add_argument("--strict", action="store_true", help="有提示也算不通过 | warnings fail too")
    test = _command(commands, "test", "test", "跑手算的算例 | run the hand-computed cases", "test")
    test.add_argument("policies", nargs="*", metavar="POLICY", help="只看这些政策 | only these policies")
    test.add_argument("--coverage", action="store_true", help="列出没有算例到达之处 | list what no case reaches")
    test.add_argument("--mutate", action="store_true", help="逐处改错，看算例能否发现 | change one place at a time and see whether a case notices")
    fmt = _command(commands, "fmt", "fmt", "把政策包整理成规范写法 | canonical spelling of packs")
    fmt.add_argument("paths", nargs="*", metavar="PATH", help="文件或目录，默认全部政策包 | files or folders, default all packs")
    fmt.add_argument("--check", action="store_true", help="只检查，不改写 | name the files, write nothing")
    _document(commands)
    schema = _command(commands, "schema", "schema", "事实库的表结构或政策包的 JSON Schema | tables of the fact store, JSON Schema of a pack")
    schema.add_argument("--dialect", default="duckdb", choices=["duckdb", "postgres", "spark"], help="SQL 方言 | SQL dialect")
    schema.add_argument("--pack", action="store_true", help="政策包的 JSON Schema | JSON Schema of policy.yaml")
    serve = _command(commands, "serve", "serve", "打开网页 | open the page", "serve")
    serve.add_argument("facts", nargs="*", metavar="FACTS.yaml", help="主体情况文件，默认示例企业 | facts files, default the example firms")
    serve.add_argument("--port", type=int, default=8000, help="端口，默认 8000 | port")
    return top


def _command(commands, name: str, module: str, text: str, function: str = "") -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]
    made: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    made.add_argument("--json", action="store_true", help="输出 JSON | print JSON")

    def run(args: argparse.Namespace) -> int:
        from importlib import import_module

        result: int = getattr(import_module(f"huiqi.cli.{module}"), function or name)(args)
        return result

    made.set_defaults(run=run)
    return made


def _document(commands) -> None:  # type: ignore[no-untyped-def]
    made = commands.add_parser("document", help="读官方文件 | official texts", description="读官方文件 | official texts")
    group = made.add_subparsers(required=True, metavar="COMMAND")
    tree = _command(group, "tree", "document", "条款结构与文件信息 | outline and metadata", "tree")
    load = _command(group, "import", "document", "存成数据，供政策库显示原文 | store the wording as data", "import_texts")
    for command in (tree, load):
        command.add_argument("files", nargs="+", metavar="FILE", help="文本文件 | text file")
    load.add_argument("-o", "--output", metavar="DIR", required=True, help="写到哪个目录 | folder to write to")
    check = _command(group, "check", "document_check", "政策包、锁与原文逐数核对 | packs against locks, and texts against locks", "check")
    check.add_argument("files", nargs="*", metavar="FILE", help="原文；不给就只核对政策包与锁 | texts; without any, packs against locks only")
    lock = _command(group, "lock", "document_check", "按原文重新生成锁 | make the locks of these texts again", "lock")
    lock.add_argument("files", nargs="+", metavar="FILE", help="同一政策的各印本都要给 | every print of a policy")
    draft = _command(group, "draft", "document_draft", "由原文起草政策包 | the skeleton of a pack from a text", "draft")
    draft.add_argument("file", metavar="FILE", help="文本文件 | text file")
    draft.add_argument("--policy", metavar="N", type=int, help="只起草文件中的第几份政策 | only the Nth policy of the file")
    draft.add_argument("-o", "--output", metavar="DIR", required=True, help="写到哪个目录 | folder to write to")
    review = _command(group, "lint", "document_lint", "公平竞争审查用语 | wording a fair-competition review asks about", "lint")
    review.add_argument("files", nargs="+", metavar="FILE", help="文本文件 | text file")
    diff = _command(group, "diff", "document", "逐条比较两份文本，措辞与数字分开 | compare two texts clause by clause", "diff")
    diff.add_argument("left", metavar="A", help="文本文件 | text file")
    diff.add_argument("right", metavar="B", help="文本文件 | text file")


def _facts(made: argparse.ArgumentParser) -> None:
    made.add_argument("facts", metavar="FACTS.yaml", help="主体情况文件 | facts file")
    made.add_argument("--on", metavar="DATE", help="申报日期，默认今天 | date of application")
    made.add_argument(
        "--policy", metavar="ID", nargs="+", action="extend", default=[], help="只看这些政策，写在文件之后 | only these policies, named after the file"
    )
    made.add_argument(
        "--reading", metavar="ID=CHOICE", nargs="+", action="extend", default=[], help="换用另一口径，编号见 show --readings | take another reading"
    )


def day(text: str | None) -> str:
    """The date of application: as given, or today."""
    if text is None:
        return date.today().isoformat()
    if not is_date(text):
        raise problem("Q005", Place("--on"), text=text)
    return text


def readings(items: list[str]) -> dict[str, str]:
    """`ID=choice` options as a mapping."""
    chosen = {}
    for item in items:
        id_, sign, choice = item.partition("=")
        if not sign:
            raise problem("C002", Place("--reading"), example="hz-2022-iot/1.1.R1=marginal")
        chosen[id_] = choice
    return chosen


def known(id_: str, table: dict, what: str, what_en: str, option: str) -> str:  # type: ignore[type-arg]
    """An id that must be in `table`, or C001."""
    if id_ not in table:
        look = {"政策": "huiqi policies", "指标": "huiqi facts", "口径": ""}.get(what, "huiqi search")
        raise problem("C001", Place(option), id=id_[:60], what=(what, what_en), **did_you_mean(id_, table, look=look))
    return id_


def examples() -> Path:
    """The folder of example firms."""
    return Path(__file__).resolve().parents[2] / "examples"


def entry() -> None:
    """The console script."""
    sys.exit(main())


if __name__ == "__main__":
    entry()
