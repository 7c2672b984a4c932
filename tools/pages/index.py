"""Where each rule stands: counts by policy, with a link to the policy's page."""

from __future__ import annotations

from huiqi.packs.model import Corpus


def index_page(corpus: Corpus) -> str:
    """The page in Markdown."""
    rows = []
    for policy in corpus.policies.values():
        measures = [m for c in policy.clauses for m in c.measures]
        limits, readings = (sum(len(x) for x in some) for some in ([c.limits for c in policy.clauses], [c.readings for c in policy.clauses]))
        counts = [len(policy.clauses), len(measures), sum(m.computed and m.pays for m in measures), sum(m.computed and not m.pays for m in measures)]
        cells = [
            f"[{policy.id}](policies/{policy.id}.md)",
            f"《{policy.title}》",
            *map(str, counts),
            str(sum(not m.computed for m in measures)),
            str(limits),
            str(readings),
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(
        [
            "# Hard clauses",
            "",
            "<!-- Generated from the packs by `make docs`; do not edit. -->",
            "",
            "The rules stand in the packs; one page a policy shows them in words. *status*: conditions are printed but no sum; *listed*: no condition that",
            "facts or records could decide.",
            "",
            "| policy | title | clauses | measures | with a sum | status | listed | limits | readings |",
            "|---|---|---|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )
