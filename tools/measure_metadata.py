"""Metadata and offices read from official texts, measured against the packs: precision and recall of every field.

python tools/measure_metadata.py ../shared/seeds/*.txt
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from huiqi.documents.about.names import Names, installed_names
from huiqi.documents.identify import pack_of
from huiqi.documents.reader import read_file
from huiqi.documents.tree import PolicyText
from huiqi.packs.registry import ROOT, load_corpus

Facts = set[tuple[str, str]]
"""(field, what it says and of which policy)."""


def measure(files: Iterable[Path]) -> dict[str, tuple[Facts, Facts]]:
    """For each field what was read and what the packs say; of two prints of a policy the one that prints a number counts."""
    names, packs = installed_names(), load_corpus().policies
    prints: dict[str, PolicyText] = {}
    for policy in (policy for file in files for policy in read_file(file, names).policies):
        id_ = pack_of(policy.metadata, packs.values())
        if id_ and (id_ not in prints or policy.metadata.number):
            prints[id_] = policy
    read = {fact for id_, policy in prints.items() for fact in _read(id_, policy)}
    said = {fact for id_ in prints for fact in _said(id_, names)}
    fields = dict.fromkeys(field for field, _ in sorted(read | said))
    return {field: ({f for f in read if f[0] == field}, {f for f in said if f[0] == field}) for field in fields}


def _read(id_: str, policy: PolicyText) -> Iterator[tuple[str, str]]:
    m = policy.metadata
    values: dict[str, object] = {
        **{
            "title": m.title.replace(" ", ""),
            "number": m.number,
            "issuers": m.issuers,
            "issued": m.issued,
            "window from": m.first_day,
            "window to": m.last_day,
        },
        **{"benefit_years": m.benefit_from, "admits_earlier": m.admits_earlier, "all_up_to": m.all_up_to, "overlap reach": m.overlap},
        **{"overlap at": m.overlap_at, "funding by": m.funding, "funding at": m.funding_at, "repeals": m.repeals, "lead": m.lead},
    }
    yield from _facts(id_, values)
    for clause in policy.clauses():
        yield "clauses", f"{id_}/{clause.id} {clause.at}"
    for clause_id, offices in policy.offices.items():
        yield from _facts(f"{id_}/{clause_id}", {"clause lead": offices.lead, "clause support": offices.support})


def _said(id_: str, names: Names) -> Iterator[tuple[str, str]]:
    pack = yaml.load((ROOT / "hangzhou" / id_ / "policy.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    window, overlap, funding = (pack.get(key, {}) for key in ("window", "overlap", "funding"))
    values = {
        **{"title": pack["title"].replace(" ", ""), "number": pack.get("number"), "issuers": pack.get("issuers"), "issued": pack.get("issued")},
        **{"window from": window.get("from"), "window to": window.get("to"), "benefit_years": pack.get("benefit_years", {}).get("from")},
        **{"admits_earlier": pack.get("admits_earlier") == "true", "all_up_to": pack.get("all_up_to") == "true", "overlap reach": overlap.get("reach")},
        **{"overlap at": overlap.get("at"), "funding by": funding.get("by"), "funding at": funding.get("at"), "repeals": pack.get("repeals")},
        "lead": _listed(pack.get("lead"), names),
    }
    yield from _facts(id_, values)
    for clause in pack["clauses"]:
        yield "clauses", f"{id_}/{clause['clause']} {clause['at']}"
        offices = {f"clause {key}": _listed(clause.get(key), names) for key in ("lead", "support")}
        yield from _facts(f"{id_}/{clause['clause']}", offices)


def _listed(value: object, names: Names) -> list[str]:
    return [names.proper(name) for name in (value if isinstance(value, list) else [value] if isinstance(value, str) else [])]


def _facts(of: str, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for field, value in values.items():
        for item in value if isinstance(value, (list, tuple)) else [value]:
            if item:
                yield field, f"{of} {item}"


def main(files: list[str]) -> None:
    """Print one line a field, then what was read too much (+) and what was missed (-)."""
    table = measure(Path(file) for file in files)
    for field, (read, said) in table.items():
        right = len(read & said)
        rates = f"precision {right / max(len(read), 1):.3f}  recall {right / max(len(said), 1):.3f}"
        print(f"{field:16} packs {len(said):4}  read {len(read):4}  right {right:4}  {rates}")
    for read, said in table.values():
        for sign, facts in (("+", read - said), ("-", said - read)):
            for field, fact in sorted(facts):
                print(f"  {sign} {field}: {fact}")


if __name__ == "__main__":
    main(sys.argv[1:])
