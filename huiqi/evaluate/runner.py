"""A compiled program as a function from what is known of its inputs to its outputs by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from huiqi.evaluate.compiler import compile_program
from huiqi.evaluate.known import Known
from huiqi.rules.inputs import Input
from huiqi.rules.program import Program

Runner = Callable[[Mapping[Input, Known]], dict[str, int]]


def runner(program: Program) -> Runner:
    """Compile once, run often."""
    reads = list(dict.fromkeys(end.read for _, end in program.inputs()))
    names = list(program.outputs)
    run = compile_program(program, reads, names)

    def call(known: Mapping[Input, Known]) -> dict[str, int]:
        values = run([known[read] for read in reads])
        assert values is not None  # nothing guards it
        return dict(zip(names, values, strict=True))

    return call
