"""`huiqi replay`: a stored `match --json` asked again with its own facts; whether the answers are equal, and which versions differ."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from types import NoneType
from typing import Any

from huiqi.cli.main import known
from huiqi.cli.match import answered, document
from huiqi.cli.output import as_json
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_applicant, read_bytes
from huiqi.language.diagnostics import Place, problem
from huiqi.language.text import is_date
from huiqi.language.yamltree import read_yaml, want_map
from huiqi.packs.registry import load_corpus

Json = dict[str, Any]
SHAPES: Json = {
    "on": str,
    "claim": int,
    "asked": {"readings": dict, "policies": [str]},
    "facts": dict,
    "versions": {"engine": str, "packs": dict},
    "results": [{"measure": str, "subject": {"id": (str, NoneType)}, "period": str, "status": str}],
    "combination": dict,
}


def replay(args: argparse.Namespace) -> int:
    """0 when every result and the combination are equal, 1 when not."""
    corpus = load_corpus()
    data = read_bytes(args.file)
    stored = _stored(data, args.file)
    applicant = read_applicant(want_map(want_map(read_yaml(data, args.file)).entries["facts"]), corpus)
    for id_ in stored["asked"]["readings"]:
        known(id_, corpus.readings, "口径", "reading", args.file)
    for id_ in stored["asked"]["policies"]:
        known(id_, corpus.policies, "政策", "policy", args.file)
    question = Question(stored["on"], stored["claim"], tuple(stored["asked"]["policies"]))
    now: Json = json.loads(json.dumps(document(answered(Engine(corpus, stored["asked"]["readings"]), applicant, question))))
    versions = list(_versions(stored["versions"], now["versions"]))
    differences = [*_results(stored["results"], now["results"]), *_fields("combination", stored["combination"], now["combination"])]
    if args.json:
        as_json({"equal": not differences, "versions": versions, "differences": differences})
    else:
        _print(stored, versions, differences)
    return 1 if differences else 0


def _stored(data: bytes, file: str) -> Json:
    try:
        found = json.loads(data)
    except json.JSONDecodeError as error:
        raise problem("C011", Place(file, error.lineno, error.colno)) from None
    except (ValueError, RecursionError):  # no UTF-8, or nested without end
        raise problem("C011", Place(file)) from None
    wrong = [key for key, shape in SHAPES.items() if not _fits(found.get(key) if isinstance(found, dict) else None, shape)]
    if not wrong and not is_date(found["on"]):
        wrong = ["on"]
    if wrong:
        raise problem("C012", Place(file), key=wrong)
    return dict(found)


def _fits(value: Any, shape: Any) -> bool:
    """Whether a stored value has a shape: a type, a list of shapes that all entries fit, or the keys a mapping must have."""
    match shape:
        case dict():
            return isinstance(value, dict) and all(key in value and _fits(value[key], inner) for key, inner in shape.items())
        case list():
            return isinstance(value, list) and all(_fits(item, shape[0]) for item in value)
    return isinstance(value, shape)


def _versions(before: Json, now: Json) -> Iterator[Json]:
    """Engine and packs whose version differs; one that is not there has none."""
    old, new = ({"engine": v["engine"], **v["packs"]} for v in (before, now))
    for name in sorted({*old, *new}, key=lambda n: (n != "engine", n)):
        if old.get(name) != new.get(name):
            yield {"name": name, "stored": old.get(name), "now": new.get(name)}


def _results(before: list[Json], now: list[Json]) -> Iterator[Json]:
    old, new = ({(r["measure"], r["subject"]["id"], r["period"]): r for r in results} for results in (before, now))
    for key in dict.fromkeys([*old, *new]):
        name = " ".join(x for x in key if x)
        if key not in new or key not in old:
            yield {"result": name, "field": "", "stored": old.get(key, {}).get("status"), "now": new.get(key, {}).get("status")}
        else:
            yield from _fields(name, old[key], new[key])


def _fields(name: str, before: Json, now: Json) -> Iterator[Json]:
    for field in dict.fromkeys([*before, *now]):
        if before.get(field) != now.get(field):
            yield {"result": name, "field": field, "stored": before.get(field), "now": now.get(field)}


def _print(stored: Json, versions: list[Json], differences: list[Json]) -> None:
    print(f"申报日期 {stored['on']}，申报年度 {stored['claim']}，原有结果 {len(stored['results'])} 项")
    for v in versions:
        print(f"  版本不同 {v['name']}：原 {v['stored'] or '无'}，现 {v['now'] or '无'}")
    if not versions:
        print("  程序与政策包的版本都相同")
    for d in differences:
        old, new = (json.dumps(d[key], ensure_ascii=False) for key in ("stored", "now"))
        print(f"  {d['result']} {d['field'] or '有无'}：原 {_short(old)}，现 {_short(new)}")
    print(f"结果不同，共 {len(differences)} 处。| {len(differences)} differences." if differences else "结果全部相同。| All results are equal.")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
