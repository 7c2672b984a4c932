"""A compiled program as a function from what is known of its inputs to its outputs by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from huiqi.evaluate.compiler import Run, compile_program
from huiqi.evaluate.known import Known
from huiqi.rules.inputs import Input
from huiqi.rules.program import End, Program

Runner = Callable[[Mapping[Input, Known]], dict[str, int]]


def runner(program: Program) -> Runner:
    """Compile once, run often."""
    run: Run = compile_program(program)
    ends: list[End] = [end for _, end in program.inputs()]
    names = list(program.outputs)

    def call(known: Mapping[Input, Known]) -> dict[str, int]:
        return dict(zip(names, run([known[end.read].end(end.end) for end in ends]), strict=True))

    return call
