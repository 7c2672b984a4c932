"""The pieces of a program are the program: equal at every breakpoint, beside it, and at random points."""

import random

import pytest

from huiqi.evaluate.compiler import compile_program
from huiqi.evaluate.engine import Engine
from huiqi.evaluate.known import exactly
from huiqi.packs.model import Corpus
from huiqi.rules.inputs import FactInput
from huiqi.rules.pieces import Form, NotPiecewise, pieces
from huiqi.rules.program import BOOL, Program
from tests.population.firms import Firms


def free_inputs(program: Program) -> list[int]:
    return [
        at for at, (number, end) in enumerate(program.inputs()) if isinstance(end.read, FactInput) and not end.read.part and program.ops[number].type != BOOL
    ]


def check(engine: Engine, seed: int) -> tuple[int, int]:
    r = random.Random(seed)
    maker = Firms(engine, 2024, seed)
    compared = refused = 0
    for compiled in engine.compiled.values():
        program = compiled.rule.exact
        run = compile_program(program, [end.read for _, end in program.inputs()], list(program.outputs))
        for free in free_inputs(program):
            ops = [program.ops[number] for number, _ in program.inputs()]
            read = program.inputs()[free][1].read
            edges = sorted(maker.edges.get(getattr(read, "fact", ""), {0}) | {0})
            values = [min(max(r.choice(edges) * r.randrange(1, 4), op.least), op.greatest) if op.type != BOOL else 1 for op in ops]
            ends = {end: values[at] for at, (_, end) in enumerate(program.inputs())}
            end = program.inputs()[free][1]
            try:
                made = pieces(program, ends, {end}, ops[free].least, ops[free].greatest)
            except NotPiecewise:
                refused += 1
                continue
            points = {x + step for form in made.values() for x, _ in form for step in (-1, 0, 1)}
            points |= {r.randint(ops[free].least, ops[free].greatest) for _ in range(20)} | {e + r.randint(-1, 1) for e in edges}
            for x in sorted(p for p in points if ops[free].least <= p <= ops[free].greatest)[:400]:
                here = dict(zip(program.outputs, run([exactly(v) for v in (*values[:free], x, *values[free + 1 :])]) or (), strict=True))
                for name, forms in made.items():
                    form = next(f for first, f in reversed(forms) if first <= x)
                    assert form.at(x) == int(here[name]), (compiled.rule.measure.id, read, name, x)
                compared += 1
    return compared, refused


@pytest.mark.parametrize("seed", [41, 42])
def test_pieces_are_the_program(corpus: Corpus, seed: int) -> None:
    compared, refused = check(Engine(corpus), seed)
    assert compared > 3000
    assert refused <= 12  # steps counted to the end of the domain have more pieces than are drawn


def test_stairs_are_where_a_form_rises() -> None:
    r = random.Random(3)
    for _ in range(200):
        form = Form(r.choice((1, 2, 5)), r.randint(-50, 50), r.choice((10, 20, 100)), r.choice((2, 50)), r.randint(0, 9))
        x = r.randint(0, 60)
        stairs = form.stairs(x)
        assert stairs is not None
        rise, every, by = stairs
        rises = [y for y in range(x + 1, x + 301) if form.at(y) != form.at(y - 1)]
        assert rises == list(range(rise, x + 301, every))
        assert {form.at(y) - form.at(y - 1) for y in rises} == {by}
    assert Form(5, 0, 100).stairs(0) is None  # rounding to a 分 is a line
