"""What is still undecided hangs on the reachable part of a rule alone."""

from huiqi.rules.graph import Graph
from huiqi.rules.inputs import FactInput
from huiqi.rules.support import support

KNOWN, OPEN = (1, 1), (0, 1)


def choice() -> tuple[Graph, list[int], int]:
    g = Graph()
    inputs = [g.input(FactInput(name, ""), dimension, 1, 0, 1) for name, dimension in (("一", "?"), ("甲", "元"), ("二", "?"), ("乙", "元"), ("丙", "元"))]
    return g, inputs, g.case([(inputs[0], inputs[1]), (inputs[2], inputs[3])], inputs[4])


def hanging(first: tuple[int, int], second: tuple[int, int]) -> list[str]:
    g, inputs, root = choice()
    ends = {root: OPEN} | dict.fromkeys(inputs, OPEN) | {inputs[0]: first, inputs[2]: second}
    return [g.read(n).fact for n in support(g, [root], ends)]  # type: ignore[union-attr]


def test_only_branches_that_can_be_reached_count() -> None:
    assert hanging(OPEN, OPEN) == ["一", "甲", "二", "乙", "丙"]
    assert hanging(KNOWN, OPEN) == ["甲"]
    assert hanging((0, 0), OPEN) == ["二", "乙", "丙"]
    assert hanging(OPEN, KNOWN) == ["一", "甲", "乙"]
    assert hanging((0, 0), (0, 0)) == ["丙"]


def test_what_is_decided_hangs_on_nothing() -> None:
    g, inputs, root = choice()
    assert support(g, [root], {root: KNOWN} | dict.fromkeys(inputs, OPEN)) == []
