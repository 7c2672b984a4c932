"""Interpreter ≡ DuckDB on many random firms, on two dates that between them have every policy in force, with the readings as taken and with every other
choice of every reading the computed measures use."""

from __future__ import annotations

from itertools import product

from huiqi.evaluate.engine import Engine
from huiqi.packs.registry import load_corpus
from tests.population.compare import both
from tools.proofs import Proof

TITLE = "Interpreter and DuckDB"
FIRMS, OTHERS = 10_000, 2_000
DATES = ("2025-11-20", "2025-12-30")


def prove() -> Proof:
    """Every status, amount and bound of every random firm, by both engines."""
    corpus = load_corpus()
    engine = Engine(corpus)
    used = {id_: corpus.readings[id_] for measure in engine.order for id_ in engine.compiled[measure].rule.readings}
    runs: list[tuple[str, dict[str, str], int]] = [("as taken", {}, FIRMS)]
    for at in range(max(len(r.choices) for r in used.values()) - 1):
        others = {id_: [c for c in r.choices if c != r.taken] for id_, r in used.items()}
        choices = {id_: rest[at] for id_, rest in others.items() if at < len(rest)}
        runs.append((f"alternative {at + 1} of {len(choices)} readings", choices, OTHERS))
    lines, wrong, firms = [], 0, 0
    for (at, (name, choices, count)), on in product(enumerate(runs), DATES):
        by_sql, by_python = both(Engine(corpus, choices), on, int(on[:4]) - 1, count, 1000 + at)
        different = len(set(by_sql) ^ set(by_python))
        wrong, firms = wrong + different, firms + count
        lines.append(f"| {on} | {name} | {count:,} | {len(by_python):,} | {different} |")
    head = f"{firms:,} random firms with missing facts through {len(engine.order)} measures: {wrong} differences in status, amount or bounds."
    table = "| application | readings | firms | results compared | differences |\n|---|---|---|---|---|\n" + "\n".join(lines)
    return Proof(f"{head}\n\n{table}", wrong == 0)
