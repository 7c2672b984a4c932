"""Exact piecewise form of a plain program in one input: where it changes, and what it is between.

A value over a stretch of the input is `m × ((a·x + b) // d) + c`, in integers: a line (d = 1), or a line that is rounded or
counted in whole steps. Each is monotone, so crossings are found by bisection, exactly.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from huiqi.rules.program import End, Op, Program

MAX_PIECES = 4000


class NotPiecewise(Exception):
    """The program is not piecewise linear in the input, or has too many pieces."""


class Form(Struct, frozen=True):
    """m × ((a·x + b) // d) + c; conditions are 0 or 1 in `c`."""

    a: int
    b: int
    d: int = 1
    m: int = 1
    c: int = 0

    def at(self, x: int) -> int:
        return self.m * ((self.a * x + self.b) // self.d) + self.c

    @property
    def constant(self) -> bool:
        return self.a == 0 or self.m == 0

    def stairs(self, x: int) -> tuple[int, int, int] | None:
        """Where the form goes up in whole steps (每满一定数额): the first rise above `x`, how far apart rises are, and by how much. None for a line."""
        if self.a <= 0 or self.m <= 1 or self.d % self.a or self.d == self.a:
            return None
        rise = -((self.b - self.d * ((self.a * x + self.b) // self.d + 1)) // self.a)
        return rise, self.d // self.a, self.m


Pieces = list[tuple[int, Form]]  # (first x, form), in order; the last reaches the end of the domain


def constant(value: int) -> Form:
    """A form that does not depend on x."""
    return Form(0, 0, 1, 1, value)


def pieces(program: Program, values: dict[End, int], free: set[End], least: int, greatest: int) -> dict[str, Pieces]:
    """The pieces of every output for x in [least, greatest], x standing for the inputs in `free`.

    Raises NotPiecewise.
    """
    worker = _Worker(least, greatest)
    done: list[Pieces] = []
    for op in program.ops:
        done.append(worker.operation(op, done, values, free))
    return {name: done[number] for name, number in program.outputs.items()}


class _Worker:
    def __init__(self, least: int, greatest: int):
        self.least, self.greatest = least, greatest

    def operation(self, op: Op, done: list[Pieces], values: dict[End, int], free: set[End]) -> Pieces:
        match op.name:
            case "const":
                return [(self.least, constant(int(op.data)))]  # type: ignore[call-overload]
            case "input":
                end = op.data
                assert isinstance(end, End)
                return [(self.least, Form(1, 0) if end in free else constant(values[end]))]
        args = [done[a] for a in op.args]
        result: Pieces = []
        for first, last, forms in self._aligned(args):
            result += self._stretch(op, first, last, forms)
        return self._joined(result)

    def _aligned(self, args: list[Pieces]) -> list[tuple[int, int, list[Form]]]:
        starts = sorted({first for pieces_ in args for first, _ in pieces_})
        if len(starts) > MAX_PIECES:
            raise NotPiecewise
        found, at = [], [0] * len(args)
        for n, first in enumerate(starts):
            last = starts[n + 1] - 1 if n + 1 < len(starts) else self.greatest
            for k, pieces_ in enumerate(args):
                while at[k] + 1 < len(pieces_) and pieces_[at[k] + 1][0] <= first:
                    at[k] += 1
            found.append((first, last, [pieces_[at[k]][1] for k, pieces_ in enumerate(args)]))
        return found

    def _stretch(self, op: Op, first: int, last: int, f: list[Form]) -> Pieces:
        match op.name:
            case "add":
                return [(first, _plus(f[0], f[1], 1))]
            case "sub":
                return [(first, _plus(f[0], f[1], -1))]
            case "mul":
                return [(first, _times(f[0], f[1]))]
            case "floor":
                return [(first, _divided(f[0], 1, int(str(op.data))))]
            case "round":
                by = int(str(op.data))
                return [(first, _divided(_plus(_times(f[0], constant(2)), constant(by), 1), 1, 2 * by))]
            case "not":
                return [(first, constant(1 - f[0].at(first)))]
            case "and":
                return [(first, constant(int(bool(f[0].at(first) and f[1].at(first)))))]
            case "or":
                return [(first, constant(int(bool(f[0].at(first) or f[1].at(first)))))]
            case "select":
                return [(first, f[1] if f[0].at(first) else f[2])]
            case "compare":
                test = _TESTS[str(op.data)]
                return [(x, constant(int(test(f[0].at(x), f[1].at(x))))) for x in self._changes(f, first, last, test)]
            case "min" | "max":
                below = op.name == "min"
                return [(x, f[0] if (f[0].at(x) <= f[1].at(x)) == below else f[1]) for x in self._changes(f, first, last, _TESTS["<="])]
        raise NotPiecewise

    def _changes(self, f: list[Form], first: int, last: int, test: Callable[[int, int], bool]) -> list[int]:
        """Where the truth of the test changes: once for inequalities (the difference is monotone), twice for equality."""
        if not (f[0].constant or f[1].constant or (f[0].d == f[1].d == 1)):
            raise NotPiecewise
        if test in (_TESTS["="], _TESTS["!="]):
            cuts = {first, *self._changes(f, first, last, _TESTS["<"]), *self._changes(f, first, last, _TESTS["<="])}
            return sorted(cuts)
        start, end = test(f[0].at(first), f[1].at(first)), test(f[0].at(last), f[1].at(last))
        if start == end:
            return [first]
        low, high = first, last  # the truth differs between them
        while high - low > 1:
            middle = (low + high) // 2
            if test(f[0].at(middle), f[1].at(middle)) == start:
                low = middle
            else:
                high = middle
        return [first, high]

    def _joined(self, found: Pieces) -> Pieces:
        """Neighbours with one form become one piece."""
        result: Pieces = []
        for first, form in found:
            if not result or result[-1][1] != form:
                result.append((first, form))
        if len(result) > MAX_PIECES:
            raise NotPiecewise
        return result


_TESTS: dict[str, Callable[[int, int], bool]] = {
    "=": lambda p, q: p == q,
    "!=": lambda p, q: p != q,
    "<": lambda p, q: p < q,
    "<=": lambda p, q: p <= q,
    ">": lambda p, q: p > q,
    ">=": lambda p, q: p >= q,
}


def _settled(f: Form) -> Form:
    """A constant form as its plain constant."""
    return constant(f.at(0)) if f.constant else f


def _plus(f: Form, g: Form, sign: int) -> Form:
    f, g = _settled(f), _settled(g)
    if g.constant:
        return Form(f.a, f.b, f.d, f.m, f.c + sign * g.c)
    if f.constant:
        return Form(g.a, g.b, g.d, sign * g.m, f.c + sign * g.c)
    if f.d == g.d == 1:
        return Form(f.m * f.a + sign * g.m * g.a, f.m * f.b + sign * g.m * g.b, 1, 1, f.c + sign * g.c)
    raise NotPiecewise


def _times(f: Form, g: Form) -> Form:
    f, g = _settled(f), _settled(g)
    if f.constant:
        f, g = g, f
    if not g.constant:
        raise NotPiecewise
    if f.constant:
        return constant(f.c * g.c)
    return Form(f.a, f.b, f.d, f.m * g.c, f.c * g.c)


def _divided(f: Form, times: int, by: int) -> Form:
    f = _settled(f)
    if f.constant:
        return constant(f.c * times // by)
    if f.d != 1:
        raise NotPiecewise
    return Form(f.m * f.a * times, (f.m * f.b + f.c) * times, by)
