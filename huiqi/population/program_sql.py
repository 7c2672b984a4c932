"""A plain program → SQL: one common table expression for each level, so that shared steps are computed once.

Columns are never NULL. Integers that can pass 2^62 are computed in the wide type of the dialect.
"""

from __future__ import annotations

from sqlglot import exp

from huiqi.rules.program import Op, Program

WIDE = {"duckdb": "HUGEINT"}
NARROW_BITS = 62


class ProgramSql:
    """Adds the operations of one program to a chain of CTEs. Columns are `prefix` + operation number."""

    def __init__(self, program: Program, prefix: str, dialect: str = "duckdb"):
        self.program, self.prefix, self.wide = program, prefix, WIDE[dialect]
        self.levels = self._levels()

    def _levels(self) -> list[list[int]]:
        depth: list[int] = []
        levels: list[list[int]] = []
        for number, op in enumerate(self.program.ops):
            at = 0 if op.name in ("const", "input") else 1 + max(depth[a] for a in op.args)
            depth.append(at)
            if at:
                while len(levels) < at:
                    levels.append([])
                levels[at - 1].append(number)
        return levels

    def column(self, number: int) -> exp.Expr:
        """The value of an operation, as a literal or a column of the chain."""
        op = self.program.ops[number]
        if op.name == "const":
            return exp.Boolean(this=bool(op.data)) if op.type == "bool" else exp.Literal.number(int(str(op.data)))
        return exp.column(f"{self.prefix}{number}")

    def chain(self, query: exp.Select, last: str) -> tuple[exp.Select, str]:
        """Add every level to a query after the CTE `last`; the new last CTE."""
        for level in range(len(self.levels)):
            name = f"{self.prefix}_{level}"
            query = query.with_(name, as_=exp.select("*", *self.steps(level), copy=False).from_(last, copy=False), copy=False)
            last = name
        return query, last

    def steps(self, level: int) -> list[exp.Expr]:
        """The columns a level adds."""
        return [exp.alias_(self._right(self.program.ops[n]), f"{self.prefix}{n}") for n in self.levels[level]]

    def _right(self, op: Op) -> exp.Expr:
        a = [self.column(n) for n in op.args]
        match op.name:
            case "add":
                return exp.Add(this=self._fit(a[0], op), expression=a[1])
            case "sub":
                return exp.Sub(this=self._fit(a[0], op), expression=exp.paren(a[1]))
            case "mul":
                return exp.Mul(this=self._fit(a[0], op), expression=a[1])
            case "min" | "max":
                test = (exp.LTE if op.name == "min" else exp.GTE)(this=a[0], expression=a[1])
                return exp.Case().when(test, a[0]).else_(a[1])
            case "floor":
                return exp.IntDiv(this=a[0], expression=exp.Literal.number(int(str(op.data))))
            case "round":
                return self._round(a[0], op)
            case "compare":
                kind = {"=": exp.EQ, "!=": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE}[str(op.data)]
                return kind(this=a[0], expression=a[1])
            case "and":
                return exp.And(this=a[0], expression=a[1])
            case "or":
                return exp.Or(this=a[0], expression=a[1])
            case "not":
                return exp.Not(this=exp.paren(a[0]))
            case "select":
                return exp.Case().when(a[0], a[1]).else_(a[2])
        raise AssertionError(op.name)

    def _round(self, value: exp.Expr, op: Op) -> exp.Expr:
        by = int(str(op.data))
        double = exp.Mul(this=self._fit(value, op, by * 2), expression=exp.Literal.number(2))
        return exp.IntDiv(this=exp.paren(exp.Add(this=double, expression=exp.Literal.number(by))), expression=exp.Literal.number(2 * by))

    def _fit(self, value: exp.Expr, op: Op, factor: int = 1) -> exp.Expr:
        """The value in a type that holds the result: small literals would otherwise make 32-bit integers."""
        most = max(abs(op.least), abs(op.greatest)) * factor + factor
        if most.bit_length() > NARROW_BITS:
            return exp.cast(value, self.wide)
        return exp.cast(value, "BIGINT") if most.bit_length() > 30 else value
