"""What is still undecided hangs on the reachable part of a rule alone."""

from huiqi.rules.graph import Graph
from huiqi.rules.inputs import FactInput
from huiqi.rules.support import Support

KNOWN, OPEN = (1, 1), (0, 1)
NAMES = {"一": "?", "甲": "元", "二": "?", "乙": "元", "丙": "元"}


def hanging(first: tuple[int, int], second: tuple[int, int], whole: tuple[int, int] = OPEN) -> list[str]:
    """What the choice 一 → 甲, 二 → 乙, else 丙 hangs on, given the ends of its conditions and of itself."""
    g = Graph()
    inputs = [g.input(FactInput(name, ""), dimension, 1, 0, 1) for name, dimension in NAMES.items()]
    root = g.case([(inputs[0], inputs[1]), (inputs[2], inputs[3])], inputs[4])
    support = Support(g, [root])
    ends = {root: whole} | dict.fromkeys(inputs, OPEN) | {inputs[0]: first, inputs[2]: second}
    found = support.sets([end for node in support.nodes for end in ends[node]])
    return [read.fact for read in support.inputs(found[support.at[root]])]  # type: ignore[union-attr]


def test_only_branches_that_can_be_reached_count() -> None:
    assert hanging(OPEN, OPEN) == ["一", "甲", "二", "乙", "丙"]
    assert hanging(KNOWN, OPEN) == ["甲"]
    assert hanging((0, 0), OPEN) == ["二", "乙", "丙"]
    assert hanging(OPEN, KNOWN) == ["一", "甲", "乙"]
    assert hanging((0, 0), (0, 0)) == ["丙"]


def test_what_is_decided_hangs_on_nothing() -> None:
    assert hanging(OPEN, OPEN, KNOWN) == []
