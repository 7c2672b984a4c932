"""`huiqi schema`: the tables of the fact store as SQL, or the JSON Schema of a pack."""

from __future__ import annotations

import argparse

from huiqi.cli.output import as_json
from huiqi.packs.registry import load_corpus
from huiqi.packs.schema import policy_schema


def schema(args: argparse.Namespace) -> int:
    """Print CREATE TABLE statements in a dialect, or with `--pack` the JSON Schema of policy.yaml."""
    if args.pack:
        as_json(policy_schema())
        return 0
    from huiqi.population.schema import create_sql, tables

    made = tables(load_corpus().vocabulary)
    if args.json:
        as_json({table.name: table.columns for table in made.values()})
    else:
        for table in made.values():
            print(create_sql(table, args.dialect) + ";")
    return 0
