"""`huiqi show` prints a clause with all it holds."""

import argparse

import pytest

from huiqi.cli.library import show
from huiqi.packs.model import Corpus


def test_every_limit_is_told_where_it_stands(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    policy = corpus.policies["hzbj-2023-supply"]
    assert show(argparse.Namespace(id=policy.id, json=False, readings=False)) == 0
    told = [line.strip() for line in capsys.readouterr().out.splitlines() if line.strip().startswith("限额 ")]
    written = [(limit.id.rpartition("/")[2], "、".join(x.rpartition("/")[2] for x in limit.over)) for clause in policy.clauses for limit in clause.limits]
    assert [line.partition("：")[0] for line in told] == [f"限额 {name}（{over}）" if over else f"限额 {name}" for name, over in written]
    assert all(line.partition("：")[2] for line in told)
