"""A plain program → one Python function, made once and kept: straight-line code on integers, no tree to walk.

The text that is compiled holds only names made here and integer literals, never text from a pack or a firm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from huiqi.rules.program import Op, Program

Run = Callable[[Sequence[int]], tuple[int, ...]]

_FORMS = {
    "add": "{0} + {1}",
    "sub": "{0} - {1}",
    "mul": "{0} * {1}",
    "min": "{0} if {0} <= {1} else {1}",
    "max": "{0} if {0} >= {1} else {1}",
    "floor": "{0} // {data}",
    "round": "(2 * {0} + {data}) // (2 * {data})",
    "and": "{0} and {1}",
    "or": "{0} or {1}",
    "not": "not {0}",
    "select": "{1} if {0} else {2}",
}


def compile_program(program: Program) -> Run:
    """A function from the values of `program.inputs()`, in order, to the values of `program.outputs`, in order."""
    inputs = {number: at for at, (number, _) in enumerate(program.inputs())}
    lines = ["def run(i):"]
    for number, op in enumerate(program.ops):
        if op.name != "const":
            lines.append(f" v{number} = {_right(op, program, inputs.get(number, 0))}")
    outputs = [_name(number, program) for number in program.outputs.values()]
    lines.append(f" return ({', '.join(outputs)},)")
    space: dict[str, Run] = {}
    exec(compile("\n".join(lines), "<rule>", "exec"), space)
    return space["run"]


def _right(op: Op, program: Program, at: int) -> str:
    if op.name == "input":
        return f"i[{at}]"
    names = [_name(a, program) for a in op.args]
    if op.name == "compare":
        sign = {"=": "==", "!=": "!="}.get(str(op.data), str(op.data))
        return f"{names[0]} {sign} {names[1]}"
    return _FORMS[op.name].format(*names, data=op.data)


def _name(number: int, program: Program) -> str:
    op = program.ops[number]
    if op.name != "const":
        return f"v{number}"
    return str(bool(op.data)) if op.type == "bool" else f"({op.data})" if int(str(op.data)) < 0 else str(op.data)
