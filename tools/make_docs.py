"""Write the pages of docs/ that are made from the packs; `--check` fails where a page is not what the packs say.

docs/policies/*.md: one page a policy. docs/readings.md: every reading. docs/overlaps.md: every overlap.
docs/limits.md: every limit where it stands. docs/hard-clauses.md: where each rule stands.
docs/policy.schema.json: keys and closed lists of a pack, for editors.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from huiqi.packs.model import Corpus  # noqa: E402
from huiqi.packs.registry import load_corpus  # noqa: E402
from huiqi.packs.schema import policy_schema  # noqa: E402
from tools.pages.index import index_page  # noqa: E402
from tools.pages.limits import limits_page  # noqa: E402
from tools.pages.overlaps import overlaps_page  # noqa: E402
from tools.pages.policy import policy_page  # noqa: E402
from tools.pages.readings import readings_page  # noqa: E402

DOCS = ROOT / "docs"


def pages(corpus: Corpus) -> dict[Path, str]:
    """Every page by its path."""
    made = {DOCS / "policies" / f"{policy.id}.md": policy_page(corpus, policy) for policy in corpus.policies.values()}
    made |= {DOCS / "overlaps.md": overlaps_page(corpus), DOCS / "limits.md": limits_page(corpus)}
    made |= {DOCS / "readings.md": readings_page(corpus), DOCS / "hard-clauses.md": index_page(corpus)}
    return made | {DOCS / "policy.schema.json": json.dumps(policy_schema(), ensure_ascii=False, indent=1) + "\n"}


def main() -> int:
    made = pages(load_corpus())
    stale = [path for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
    stale += [path for path in (DOCS / "policies").glob("*.md") if path not in made]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not what the packs say; run make docs", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        if path in made:
            path.parent.mkdir(exist_ok=True)
            path.write_text(made[path], "utf-8")
        else:
            path.unlink()
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
