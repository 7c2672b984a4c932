"""How each kind of input is read, in an empty folder that holds it with what it needs. Each gives its findings, raises them, or prints them itself."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from huiqi.cli.main import main
from huiqi.combine.claim import read_claim
from huiqi.documents.about.names import Names
from huiqi.documents.locks.encoded import read_encoded
from huiqi.documents.locks.lock import write_lock
from huiqi.documents.locks.proof import text_faults
from huiqi.documents.reader import read_file
from huiqi.evaluate.check import check_corpus
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.language.diagnostics import Diagnostic, Findings, in_order
from huiqi.packs.model import Corpus
from huiqi.packs.registry import ROOT, add_policy, load_corpus
from huiqi.workbench.cases import load_cases
from huiqi.workbench.lint import lint as lint_corpus
from huiqi.workbench.lint import refused
from huiqi.workbench.mutate import mutate
from huiqi.workbench.runner import Bench, run
from huiqi.workbench.sums import check_sums
from tests.documents.test_locks import PACK, TEXT
from tests.lab.build import build
from tests.workbench.pack import POLICY, case

TESTS = Path(__file__).resolve().parents[1]
LIMITS = "  limits:\n  - {id: L1, over: [1a], per: [年度], at_most: 15万元, excess: office}\n"
SMALL, POLICIES = "small", Path("policies")
FIRM = (TESTS / "good" / "facts" / "plain.yaml").read_bytes()
SOUND = (TESTS / "workbench" / "clean" / "05-reading.yaml").read_text("utf-8").replace("planted", "x").replace("of: 研发投入", "of: 试验支出")


@cache
def shipped() -> Corpus:
    """The packs of the repository."""
    return load_corpus()


@cache
def lab() -> Corpus:
    """The vocabulary with the facts of the lab, and no policy."""
    with TemporaryDirectory() as folder:
        return alone(build(Path(folder)))


def alone(corpus: Corpus) -> Corpus:
    """What is installed beside the policies."""
    return replace(corpus, policies={}, measures={}, readings={})


def command(*arguments: str) -> tuple[Diagnostic, ...]:
    """Run a command, which prints its findings itself and must fail or have some."""
    main(list(arguments))
    return ()


def facts() -> Iterable[Diagnostic]:
    read_facts_file("firm.yaml", shipped())
    return ()


def packs() -> Iterable[Diagnostic]:
    check_pack(Path("policy.yaml").read_bytes())
    return ()


def check_pack(data: bytes) -> None:
    """A policy that stands alone with the vocabulary of the lab. Raises `Problems`."""
    corpus, findings = alone(lab()), Findings()
    add_policy(corpus, data, "policy.yaml", findings)
    findings.stop()
    check_corpus(corpus)


def claims() -> Iterable[Diagnostic]:
    read_claim("claim.yaml", read_facts_file("firm.yaml", shipped()), shipped())
    return ()


def answers() -> Iterable[Diagnostic]:
    return command("replay", "answer.json")


def texts() -> Iterable[Diagnostic]:
    return command("document", "tree", "text.txt")


def commands() -> Iterable[Diagnostic]:
    return command(*shlex.split(Path("command.txt").read_text("utf-8")))


def firm(folder: Path) -> None:
    (folder / "firm.yaml").write_bytes(FIRM)


def firm_and_text(folder: Path) -> None:
    firm(folder)
    shutil.copy(TESTS / "documents" / "texts" / "gazette.txt", folder)


def vocabulary(folder: Path) -> None:
    """What is installed, without its policies."""
    shutil.copytree(ROOT, folder / POLICIES, ignore=shutil.ignore_patterns("hz-*", "hzbj-*", "tests.yaml"))


def words() -> Iterable[Diagnostic]:
    check_corpus(load_corpus(POLICIES))
    return ()


def small_pack(folder: Path) -> None:
    """A policy with a case, as the tests of the workbench have it."""
    vocabulary(folder)
    home = folder / POLICIES / "hangzhou" / SMALL
    home.mkdir()
    (home / "policy.yaml").write_text(POLICY + LIMITS, "utf-8")
    (home / "tests.yaml").write_text(case("一", "1亿元", "1000万元", "10万元"), "utf-8")


def cases() -> Iterable[Diagnostic]:
    corpus = load_corpus(POLICIES)
    found = load_cases(corpus, (), POLICIES)
    bench = Bench(corpus)
    faults = [fault.finding for fault in (*run(bench, found), *check_sums(found)[1])]
    if Path("policies/hangzhou/small/equivalent.yaml").exists():
        mutate(bench, SMALL, found, POLICIES)
    return faults


def sound_pack(folder: Path) -> None:
    vocabulary(folder)
    (folder / POLICIES / "hangzhou" / "x").mkdir()
    (folder / POLICIES / "hangzhou" / "x" / "policy.yaml").write_text(SOUND, "utf-8")


def lint() -> Iterable[Diagnostic]:
    corpus = load_corpus(POLICIES)
    (policy,) = corpus.policies
    return in_order([*refused(corpus), *lint_corpus(corpus, (policy,), POLICIES)])


def ships(folder: Path) -> None:
    """An invented text with its pack and its lock."""
    (folder / "ships.txt").write_text(TEXT, "utf-8")
    home = folder / "ships"
    home.mkdir()
    (home / "policy.yaml").write_text(PACK, "utf-8")
    pack = read_encoded(home / "policy.yaml")
    prints = [text for name in ("ships.txt",) for text in read_file(folder / name, Names({})).policies]
    (home / "source.lock").write_text(write_lock("lab-ships", prints, pack.parameters, pack.general), "utf-8")


def locks() -> Iterable[Diagnostic]:
    """Pack against lock and text against lock; with a second print, what makes one lock of both."""
    pack = read_encoded(Path("ships/policy.yaml"))
    (text,) = read_file(Path("ships.txt"), Names({})).policies
    if Path("second.txt").exists():
        (second,) = read_file(Path("second.txt"), Names({})).policies
        write_lock("lab-ships", [text, second], pack.parameters, pack.general)
    if not pack.lock_file.exists():
        return pack.faults()
    return in_order([*pack.faults(), *text_faults(pack.lock(), text, pack.parameters)])
