"""The published schema accepts every pack and refuses what the reader refuses of keys and closed lists."""

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from huiqi.packs.registry import ROOT
from huiqi.packs.schema import policy_schema
from tests.bad.told import HERE, split

PACKS = [*sorted(ROOT.glob("hangzhou/*/policy.yaml")), ROOT.parent / "tests" / "lab" / "policy.yaml", *sorted((HERE.parent / "good" / "packs").glob("*.yaml"))]
STRUCTURE = ("p001-missing", "p002-unknown-keys", "p003-values", "p008-no-shape", "p009-shape", "p017-forms", "p020-limit-forms", "y008-not-a-list")
VALIDATOR = Draft202012Validator(policy_schema())


def faults(text: str) -> int:
    return len(list(VALIDATOR.iter_errors(yaml.load(text, Loader=yaml.BaseLoader))))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(policy_schema())


@pytest.mark.parametrize("path", PACKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_packs_are_accepted(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == 0


@pytest.mark.parametrize("name", STRUCTURE)
def test_faults_of_structure_are_refused(name: str) -> None:
    assert faults(split(HERE / "packs" / f"{name}.yaml")[2].decode()) > 0
