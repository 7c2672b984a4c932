"""The fact store: one physical schema generated from the vocabulary.

A wide table for applicants and for each kind of subject, each with a second table by year; `records`, `aid`, `parents`
(every subject with everything it belongs to, itself included) and `complete` (which lists are whole). Money is BIGINT 分,
rates are BIGINT millionths, choices are positions, dates are DATE.
"""

from __future__ import annotations

from msgspec import Struct
from sqlglot import exp

from huiqi.packs.vocabulary import Fact, Vocabulary

APPLICANT_TABLE = "applicant"


class Table(Struct, frozen=True):
    """Columns by name with their SQL type, in order."""

    name: str
    columns: dict[str, str]


def subject_table(kind: str) -> str:
    """The table of a kind of subject."""
    return f"subject_{kind}"


def column_type(fact: Fact) -> str:
    """SQL type of a fact."""
    return {"date": "DATE", "bool": "BOOLEAN", "choice": "SMALLINT", "text": "TEXT"}.get(fact.type, "BIGINT")


def tables(vocabulary: Vocabulary) -> dict[str, Table]:
    """Every table of the fact store by name."""
    made: dict[str, Table] = {}
    applicants = [k.name for k in vocabulary.kinds.values() if k.role == "applicant"]
    _wide(made, APPLICANT_TABLE, {"firm": "BIGINT", "kind": "TEXT", "code": "TEXT", "name": "TEXT", "district": "TEXT"}, applicants, vocabulary)
    for kind in vocabulary.kinds.values():
        if kind.role == "subject":
            keys = {"firm": "BIGINT", "subject": "TEXT", "parent": "TEXT"}
            _wide(made, subject_table(kind.name), keys, [kind.name], vocabulary)
    for table in (
        Table("records", {"firm": "BIGINT", "subject": "TEXT", "register": "TEXT", "event": "TEXT", "level": "TEXT", "first_day": "DATE", "last_day": "DATE"}),
        Table("aid", {"firm": "BIGINT", "subject": "TEXT", "measure": "TEXT", "matter": "TEXT", "authority": "TEXT", "period": "TEXT", "amount": "BIGINT"}),
        Table("parents", {"firm": "BIGINT", "subject": "TEXT", "ancestor": "TEXT", "kind": "TEXT", "depth": "SMALLINT"}),
        Table("complete", {"firm": "BIGINT", "list": "TEXT"}),
    ):
        made[table.name] = table
    return made


def create_sql(table: Table, dialect: str = "duckdb") -> str:
    """CREATE TABLE in a dialect of sqlglot (duckdb, postgres, spark)."""
    columns = [exp.ColumnDef(this=exp.to_identifier(name, quoted=True), kind=exp.DataType.build(type_)) for name, type_ in table.columns.items()]
    made = exp.Create(this=exp.Schema(this=exp.Table(this=exp.to_identifier(table.name, quoted=True)), expressions=columns), kind="TABLE")
    return made.sql(dialect, pretty=True)


def _wide(made: dict[str, Table], name: str, keys: dict[str, str], kinds: list[str], vocabulary: Vocabulary) -> None:
    own = [f for f in vocabulary.facts.values() if not f.formula and any(vocabulary.applies(f, kind) for kind in kinds)]
    once = {f.name: column_type(f) for f in own if f.by != "year"}
    yearly = {f.name: column_type(f) for f in own if f.by == "year"}
    made[name] = Table(name, keys | once)
    key = {column: type_ for column, type_ in keys.items() if column in ("firm", "subject")}
    made[f"{name}_year"] = Table(f"{name}_year", key | {"year": "SMALLINT"} | yearly)
