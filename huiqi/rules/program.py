"""A plain program: straight-line operations on integers and conditions, the same for the interpreter and for SQL.

No input of a plain program is ever missing. `pairs` makes two of them from a graph: the *exact* one, used when every
input is known, and the *pair* one, whose inputs are the two ends of what each fact can still be.
"""

from __future__ import annotations

from msgspec import Struct

from huiqi.rules.inputs import Input

BOOL = "bool"
INT = "int"


class Op(Struct, frozen=True):
    """One operation; `args` are earlier operations. `least`/`greatest` bound an integer result (the width proof)."""

    name: str  # const input add sub mul min max floor round compare and or not select
    args: tuple[int, ...]
    data: object
    type: str
    least: int
    greatest: int


class End(Struct, frozen=True):
    """One end of an input: `low`/`high` of a number or condition (must/may), `open` when only its domain limits it, `value` when known."""

    read: Input
    end: str


class Program:
    """Operations in order, equal ones only once, with named outputs."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.outputs: dict[str, int] = {}
        self._known: dict[Op, int] = {}

    def put(self, name: str, args: tuple[int, ...], data: object, type_: str, least: int, greatest: int) -> int:
        """Append an operation, or return the equal one that is there already."""
        op = Op(name, args, data, type_, least, greatest)
        found = self._known.get(op)
        if found is None:
            found = self._known[op] = len(self.ops)
            self.ops.append(op)
        return found

    def const(self, value: int) -> int:
        return self.put("const", (), value, INT, value, value)

    def truth(self, value: bool) -> int:
        return self.put("const", (), value, BOOL, int(value), int(value))

    def input(self, end: End, type_: str, least: int, greatest: int) -> int:
        return self.put("input", (), end, type_, least, greatest)

    def min(self, a: int, b: int) -> int:
        return self._pick("min", a, b, min)

    def max(self, a: int, b: int) -> int:
        return self._pick("max", a, b, max)

    def _pick(self, name: str, a: int, b: int, of) -> int:  # type: ignore[no-untyped-def]
        x, y = self.ops[a], self.ops[b]
        if a == b:
            return a
        return self.put(name, (a, b), None, INT, of(x.least, y.least), of(x.greatest, y.greatest))

    def both(self, a: int, b: int) -> int:
        x, y = self.ops[a], self.ops[b]
        if x.name == "const":
            return b if x.data else a
        if y.name == "const":
            return a if y.data else b
        return a if a == b else self.put("and", (a, b), None, BOOL, 0, 1)

    def either(self, a: int, b: int) -> int:
        x, y = self.ops[a], self.ops[b]
        if x.name == "const":
            return a if x.data else b
        if y.name == "const":
            return b if y.data else a
        return a if a == b else self.put("or", (a, b), None, BOOL, 0, 1)

    def inverse(self, a: int) -> int:
        x = self.ops[a]
        if x.name == "const":
            return self.truth(not x.data)
        return x.args[0] if x.name == "not" else self.put("not", (a,), None, BOOL, 0, 1)

    def compare(self, op: str, a: int, b: int) -> int:
        x, y = self.ops[a], self.ops[b]
        if x.name == y.name == "const":
            p, q = x.least, y.least
            return self.truth({"=": p == q, "!=": p != q, "<": p < q, "<=": p <= q, ">": p > q, ">=": p >= q}[op])
        return self.put("compare", (a, b), op, BOOL, 0, 1)

    def select(self, condition: int, yes: int, no: int) -> int:
        c, x, y = self.ops[condition], self.ops[yes], self.ops[no]
        if c.name == "const":
            return yes if c.data else no
        if yes == no:
            return yes
        return self.put("select", (condition, yes, no), None, x.type, min(x.least, y.least), max(x.greatest, y.greatest))

    def inputs(self) -> list[tuple[int, End]]:
        """Every input operation with what it reads, in order."""
        return [(n, op.data) for n, op in enumerate(self.ops) if op.name == "input" and isinstance(op.data, End)]

    def widest(self) -> int:
        """Bits of the largest integer any operation can reach, from the domains of the inputs."""
        return max((max(abs(op.least), abs(op.greatest)).bit_length() for op in self.ops if op.type == INT), default=0)
