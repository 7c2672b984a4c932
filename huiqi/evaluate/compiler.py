"""A plain program → one Python function, made once and kept: straight-line code on integers, no tree to walk.

The text that is compiled holds only names made here and integer literals, never text from a pack or a firm. An operation used once is
written where it is used, so that the branch of a choice that is not taken is not worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, cast

from huiqi.rules.inputs import Input
from huiqi.rules.program import BOOL, End, Op, Program

Run = Callable[..., "tuple[int, ...] | None"]  # (what is known of `reads`, the applicant's facts, the claim year)


class Own(NamedTuple):
    """A fact of the applicant that a program reads by itself, `back` years before the claim year (None: not by year), with its domain."""

    fact: str
    back: int | None
    least: int
    greatest: int
    open: bool


_FORMS = {
    "add": "({0} + {1})",
    "sub": "({0} - {1})",
    "mul": "({0} * {1})",
    "min": "({0} if {0} <= {1} else {1})",
    "max": "({0} if {0} >= {1} else {1})",
    "floor": "({0} // {data})",
    "round": "((2 * {0} + {data}) // (2 * {data}))",
    "compare": "({0} {sign} {1})",
    "and": "({0} and {1})",
    "or": "({0} or {1})",
    "not": "(not {0})",
    "select": "({1} if {0} else {2})",
}
_ENDS = {"low": "[0]", "high": "[1]", "open": "[2]", "value": ".best()"}
_NAMES = {"low": "l", "high": "h", "open": "o", "value": "l"}
_DEEPEST = 40  # how far operations are written inside each other; Python's parser allows about 200


def compile_program(
    program: Program, reads: Sequence[Input], outputs: Sequence[str], guards: Sequence[str] = (), own: Mapping[Input, Own] | None = None
) -> Run:
    """A function from what is known of `reads`, in order, and from the facts in `own`, to the values of the named outputs.

    It gives None as soon as one of the outputs named in `guards` does not hold. An output the program does not have is 0.
    """
    own = own or {}
    wanted = [program.outputs[name] for name in (*guards, *outputs) if name in program.outputs]
    text = _Text(program, {read: at for at, read in enumerate(reads)}, own, wanted)
    for name in guards:
        text.lines.append(f" if not {text.of(program.outputs[name])}: return None")
    values = [text.of(program.outputs[name]) if name in program.outputs else "0" for name in outputs]
    text.lines.append(f" return ({', '.join(values)}{',' * bool(values)})")
    space: dict[str, object] = {f"n{at}": one.fact for at, one in enumerate(own.values())} | {"none": {}}
    exec(compile("\n".join(text.lines), "<rule>", "exec"), space)
    return cast(Run, space["run"])


class _Text:
    """Writes the operations that are asked for, each once."""

    def __init__(self, program: Program, places: dict[Input, int], own: Mapping[Input, Own], wanted: list[int]):
        self.program, self.places = program, places
        self.own = {read: (at, one) for at, (read, one) in enumerate(own.items())}
        self.lines = ["def run(k, f=none, t=0):"]
        self.fetched: set[int] = set()
        self.done: dict[int, tuple[str, int]] = {}  # text and depth
        self.uses = [0] * len(program.ops)
        for number in wanted:
            self.uses[number] += 1
        for number in range(len(program.ops) - 1, -1, -1):
            op = program.ops[number]
            for a in op.args if self.uses[number] else ():
                self.uses[a] += 2 if op.name in ("min", "max") else 1

    def of(self, number: int) -> str:
        """The text of an operation, after the lines it needs."""
        todo = [number]
        while todo:
            at = todo[-1]
            waiting = [a for a in self.program.ops[at].args if a not in self.done]
            if waiting:
                todo += waiting
                continue
            todo.pop()
            if at not in self.done:
                self.done[at] = self._written(at)
        return self.done[number][0]

    def _written(self, number: int) -> tuple[str, int]:
        op = self.program.ops[number]
        if isinstance(op.data, End) and op.data.read in self.own:
            return self._fetched(op.data), 0
        if op.name == "const":
            return (str(bool(op.data)) if op.type == BOOL else f"({op.data})", 0)
        text = self._right(op)
        depth = 1 + max((self.done[a][1] for a in op.args), default=0)
        if self.uses[number] < 2 and depth < _DEEPEST:
            return text, depth
        self.lines.append(f" v{number} = {text}")
        return f"v{number}", 0

    def _fetched(self, end: End) -> str:
        at, own = self.own[end.read]
        if at not in self.fetched:
            self.fetched.add(at)
            value = f"f.get(n{at})" if own.back is None else f"f.get(n{at}, none).get(t - {own.back})"
            missing = f"l{at}, h{at}, o{at} = {own.least}, {own.greatest}, {own.open}"
            self.lines += [f" l{at} = {value}", f" if l{at} is None: {missing}", f" else: h{at}, o{at} = l{at}, False"]
        return f"{_NAMES[end.end]}{at}"

    def _right(self, op: Op) -> str:
        if op.name == "input":
            assert isinstance(op.data, End)
            return f"k[{self.places[op.data.read]}]{_ENDS[op.data.end]}"
        sign = {"=": "=="}.get(str(op.data), op.data)
        return _FORMS[op.name].format(*(self.done[a][0] for a in op.args), data=op.data, sign=sign)
