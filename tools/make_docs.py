"""Write docs/hard-clauses.md from the packs; `--check` fails where the page is not what the packs say.

The page lists every clause whose rule is written, computed or draft: what it says, the rule as it stands in the pack, the
readings taken and their alternatives.
"""

from __future__ import annotations

import sys
from pathlib import Path

from huiqi.packs.model import Clause, Measure, Policy
from huiqi.packs.registry import ROOT, load_corpus
from huiqi.packs.say import limit_words

PAGE = ROOT.parent / "docs" / "hard-clauses.md"
STATES = {True: "computed", False: "draft"}


def page() -> str:
    """The whole page."""
    corpus = load_corpus()
    parts = [
        "# Hard clauses",
        "Generated from the packs by `make docs`; do not edit. Every clause whose rule is written: *computed* rules run, *draft* rules are parsed and wait for "
        "hand-computed cases.",
    ]
    for policy in corpus.policies.values():
        source = (ROOT / "hangzhou" / policy.id / "policy.yaml").read_text("utf-8").splitlines()
        clauses = [c for c in policy.clauses if any(_written(m) for m in c.measures) or c.limits]
        if clauses:
            parts.append(f"## 《{policy.title}》\n\n`{policy.id}` {policy.number}".rstrip())
            parts += [_clause(c, policy, source) for c in clauses]
    return "\n\n".join(parts) + "\n"


def _written(measure: Measure) -> bool:
    return measure.award is not None or bool(measure.when)


def _clause(clause: Clause, policy: Policy, source: list[str]) -> str:
    lines = [f"### {clause.at} {clause.title}", clause.summary]
    for measure in clause.measures:
        if _written(measure):
            rule = "\n".join(_rule(measure, source))
            lines.append(f"**{measure.id.rpartition('/')[2]} {measure.title}** ({STATES[measure.computed]}) — {measure.summary}\n\n```yaml\n{rule}\n```")
    if clause.limits:
        lines.append("\n".join(f"- limit {x.id.rpartition('.')[2]}: {limit_words(x)}" for x in clause.limits))
    for r in clause.readings:
        choices = "; ".join(f"{'**' if c == r.taken else ''}{c}: {text}{'**' if c == r.taken else ''}" for c, text in r.choices.items())
        lines.append(f"> Reading {r.id.rpartition('.')[2]}: {r.about} — {choices}. {r.reason}。")
    return "\n\n".join(lines)


def _rule(measure: Measure, source: list[str]) -> list[str]:
    """The lines of `when` and `award` as they stand in the pack."""
    lines: list[str] = []
    taking = False
    for line in source[measure.place.line :]:
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent < 4:
            break
        if indent == 4 and not line.lstrip().startswith("- "):
            taking = line.strip().split(":")[0] in ("when", "award", "accrues")
        if taking and line.strip():
            lines.append(line[4:])
    return lines


def main() -> int:
    made = page()
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text("utf-8") != made:
            print(f"{PAGE.name} is not what the packs say; run make docs", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(made, "utf-8")
    print(f"{Path(PAGE).name}: {made.count(chr(10))} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
