"""The record of the long proof of the packs: what their cases cover, and which changes of a pack they would notice."""

from __future__ import annotations

from pathlib import Path

from huiqi.packs.registry import ROOT, load_corpus
from huiqi.workbench.cases import load_cases
from huiqi.workbench.coverage import CLAUSE, CONDITION, LIMIT, MEASURE, READING, STEP, Coverage, cover
from huiqi.workbench.mutate import EQUIVALENT, KILLED, PENDING, REFUSED, SURVIVED, Report, mutate
from huiqi.workbench.runner import Bench, run
from huiqi.workbench.sums import COMPUTED, STATED, UNVERIFIED, check_sums

STANDARD = 0.95
_HEAD = (
    "| policy | cases | clauses | measures | conditions | steps | readings | limits | mutants | noticed | refused | waiting | equivalent | share |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def pack_record(root: Path = ROOT) -> tuple[str, bool]:
    """A section of docs/proofs.md, and whether every case comes out and every pack is held to the standard. Takes a minute or two."""
    corpus = load_corpus(root)
    cases = load_cases(corpus, (), root)
    bench = Bench(corpus)
    sums, wrong = check_sums(cases)
    faults = run(bench, cases) + wrong
    covered = cover(bench, cases)
    reports = [mutate(bench, policy, cases, root) for policy in covered]
    rows = [_row(report, covered[report.policy], sum(c.policies == (report.policy,) for c in cases)) for report in reports]
    text = (
        "## Cases of the packs\n\n"
        f"{len(cases):,} hand-computed cases, {len(faults)} that do not come out. Of the amounts above zero {sums[COMPUTED]:,} are computed again\n"
        f"from their sums, {sums[STATED]:,} stand in the sum, {sums[UNVERIFIED]:,} do neither.\n\n"
        "Reached of wanted. A mutant is one change of a pack in one place: *noticed* by a case, *refused* by the checker, *waiting* for what\n"
        "enforces limits across applicants.\n\n" + "\n".join([_HEAD, *rows])
    )
    return text, not faults and all(report.share >= STANDARD for report in reports)


def _row(report: Report, coverage: Coverage, cases: int) -> str:
    counts = report.counts()
    reached = ["/".join(map(str, coverage.count(kind))) for kind in (CLAUSE, MEASURE, CONDITION, STEP, READING, LIMIT)]
    tried = counts[KILLED] + counts[SURVIVED]
    cells = [report.policy, cases, *reached, tried, counts[KILLED], counts[REFUSED], counts[PENDING], counts[EQUIVALENT], f"{report.share:.1%}"]
    return f"| {' | '.join(map(str, cells))} |"
