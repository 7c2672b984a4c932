"""Applicants → the fact store in DuckDB."""

from __future__ import annotations

import datetime
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import duckdb

from huiqi.evaluate.applicant import APPLICANT, Applicant, Values
from huiqi.packs.vocabulary import Vocabulary
from huiqi.population.schema import APPLICANT_TABLE, Table, create_sql, subject_table, tables

Row = dict[str, object]


def create(db: duckdb.DuckDBPyConnection, vocabulary: Vocabulary) -> dict[str, Table]:
    """Make the empty tables."""
    made = tables(vocabulary)
    for table in made.values():
        db.execute(create_sql(table))
    return made


def load(db: duckdb.DuckDBPyConnection, applicants: Iterable[Applicant], vocabulary: Vocabulary) -> None:
    """Create the tables and fill them; firms are numbered from 0 in the order given."""
    made = create(db, vocabulary)
    rows: dict[str, list[Row]] = {name: [] for name in made}
    for firm, applicant in enumerate(applicants):
        _applicant(rows, firm, applicant, vocabulary)
    with tempfile.TemporaryDirectory() as folder:
        for name, table in made.items():
            if rows[name]:
                path = Path(folder, "rows.json")
                path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows[name]), "utf-8")
                columns = "{" + ", ".join(f"'{c}': '{t}'" for c, t in table.columns.items()) + "}"
                db.execute(f"INSERT INTO \"{name}\" SELECT * FROM read_json(?, format='newline_delimited', columns={columns})", [str(path)])


def _applicant(rows: dict[str, list[Row]], firm: int, a: Applicant, vocabulary: Vocabulary) -> None:
    head: Row = {"firm": firm, "kind": a.kind, "code": a.code, "name": a.name, "district": a.district}
    _wide(rows, APPLICANT_TABLE, head, {"firm": firm}, a.facts, vocabulary)
    for subject in a.subjects.values():
        key: Row = {"firm": firm, "subject": subject.id}
        _wide(rows, subject_table(subject.kind), key | {"parent": subject.parent}, key, subject.facts, vocabulary)
        at, depth = subject.id, 0
        while at:
            rows["parents"].append(key | {"ancestor": at, "kind": a.subjects[at].kind, "depth": depth})
            at, depth = a.subjects[at].parent, depth + 1
        rows["parents"].append(key | {"ancestor": APPLICANT, "kind": a.kind, "depth": depth})
    rows["parents"].append({"firm": firm, "subject": APPLICANT, "ancestor": APPLICANT, "kind": a.kind, "depth": 0})
    for r in a.records:
        rows["records"].append(
            {
                "firm": firm,
                "subject": r.of,
                "register": r.register,
                "event": r.event,
                "level": r.level,
                "first_day": r.first_day,
                "last_day": r.last_day or None,
            }
        )
    for x in a.aid:
        rows["aid"].append(
            {
                "firm": firm,
                "subject": x.subject,
                "measure": x.measure,
                "matter": x.matter,
                "authority": x.authority,
                "period": x.period,
                "amount": x.amount,
            }
        )
    rows["complete"].extend({"firm": firm, "list": name} for name in sorted(a.complete))


def _wide(rows: dict[str, list[Row]], table: str, head: Row, key: Row, facts: Values, vocabulary: Vocabulary) -> None:
    once: Row = {}
    years: dict[int, Row] = {}
    for name, value in facts.items():
        type_ = vocabulary.facts[name].type
        if isinstance(value, dict):
            for year, steps in value.items():
                years.setdefault(year, {})[name] = _stored(steps, type_)
        else:
            once[name] = _stored(value, type_)
    rows[table].append(head | once)
    rows[f"{table}_year"].extend(key | {"year": year} | values for year, values in years.items())


def _stored(value: int, type_: str) -> object:
    if type_ == "date":
        return datetime.date.fromordinal(value).isoformat()
    return bool(value) if type_ == "bool" else value
