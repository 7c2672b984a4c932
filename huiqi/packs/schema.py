"""The JSON Schema of policy.yaml, made from the same tables the reader uses, so that an editor can help while a pack is written.

The schema knows keys and closed lists. Names, expressions, ids and figures are checked by `huiqi check`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from huiqi.packs import read_policy as keys
from huiqi.packs.model import PAYERS
from huiqi.packs.read_funding import FUNDING_KEYS, RULE_KEYS
from huiqi.packs.read_limit import FORMS, LIMIT_KEYS

Schema = dict[str, Any]
TEXT: Schema = {"type": ["string", "number", "integer", "boolean"], "description": "text; the reader takes every scalar as text"}
ANY: Schema = {}


def policy_schema() -> Schema:
    """JSON Schema (2020-12) of a policy.yaml."""
    award = _reading("award")
    definitions: Schema = {
        "text": TEXT,
        "texts": _several(_ref("text")),
        "reading": {"type": "object", "required": ["reading"], "properties": {"reading": _ref("text")}},
        "value": {"anyOf": [_ref("text"), _ref("reading")]},
        "clause": _clause(),
        "measure": _measure(),
        "award": _award(award),
        "table": _map(keys.PART_KEYS["table"], {"rows": _list(_ref("row")), "mode": _reading_of(["whole", "marginal"])}, ["rows"]),
        "row": _map(keys.ROW_KEYS, {"kind": _reading_of(["exact", "up_to"])}),
        "limit": _limit(),
        "funding": {"anyOf": [_paid(("over", "but")), {"type": "object", "required": ["reading"], "properties": _paid(RULE_KEYS)["properties"]}]},
        "term": _map(("name", "value", "summary"), {}, ["name"]),
        "target": _map(("name", "value", "year", "summary", "lead"), {"lead": _ref("texts")}, ["name", "value"]),
        "step": _map(
            ("id", "stage", "by", "support", "within", "summary"),
            {"stage": {"enum": list(keys.STAGES)}, "by": _ref("texts"), "support": _ref("texts")},
            ["id", "stage", "summary"],
        ),
        "readingOfClause": _map(
            ("id", "about", "choices", "taken", "reason"),
            {"choices": {"type": "object", "minProperties": 2, "additionalProperties": _ref("text")}},
            ["id", "about", "choices", "taken", "reason"],
        ),
    }
    window = _map(("from", "to"), {}, ["from"])
    top = _map(
        keys.POLICY_KEYS,
        {
            "issuers": _ref("texts"),
            "repeals": _ref("texts"),
            "window": window,
            "benefit_years": _map(("from", "to"), {}),
            "applies_by": {"anyOf": [{"enum": list(keys.APPLIES_BY)}, _ref("reading")]},
            "overlap": ANY,
            "funding": _several(_ref("funding")),
            "clauses": _list(_ref("clause")),
        },
        ["policy", "title", "window", "summary", "clauses"],
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Huiqi policy pack", **top, "$defs": definitions}


def _paid(more: Collection[str]) -> Schema:
    """Who pays, in one way."""
    own: Schema = {"by": _several({"enum": list(PAYERS)}), "over": _ref("texts"), "but": _ref("texts"), "kind": {"enum": ["exact", "up_to"]}}
    return _map((*FUNDING_KEYS, *more), own, ["by"])


def _clause() -> Schema:
    lists = {"measures": "measure", "limits": "limit", "terms": "term", "targets": "target", "steps": "step", "readings": "readingOfClause"}
    own = {key: _list(_ref(name)) for key, name in lists.items()} | {key: _ref("texts") for key in ("lead", "support", "see")}
    return _map(keys.CLAUSE_KEYS, own | {"kind": {"enum": list(keys.KINDS)}, "funding": _several(_ref("funding"))}, ["clause", "title", "kind", "summary"])


def _measure() -> Schema:
    own: Schema = {
        "applicant": _ref("texts"),
        "instrument": {"enum": list(keys.INSTRUMENTS)},
        "decision": {"enum": list(keys.DECISIONS)},
        "shape": {"enum": list(keys.SHAPES)},
        "accrues": ANY,
        "draft": {"enum": [True, False, "true", "false"]},
        "when": _several(_ref("value")),
        "award": _ref("award"),
    }
    made = _map(keys.MEASURE_KEYS, own, ["id", "title", "summary", "applicant", "instrument", "decision"])
    return made | {"oneOf": [{"required": ["award"]}, {"required": ["shape"]}]}


def _limit() -> Schema:
    made = _map(LIMIT_KEYS, dict.fromkeys(LIMIT_KEYS, ANY) | {"because": _ref("text")}, ["id"])
    return made | {"oneOf": [{"required": [form]} for form in FORMS], "dependentRequired": {"together": ["because"]}}


def _award(reading: Schema) -> Schema:
    own: Schema = {
        "table": {"anyOf": [_ref("table"), _ref("reading")]},
        "kind": _reading_of(["exact", "up_to"]),
        "less": _several(_ref("value")),
        "exceptions": _list(_map(("when", "award"), {"when": _several(_ref("value")), "award": _ref("award")}, ["when", "award"])),
        **{key: _map(keys.PART_KEYS[key], {"rates": ANY}, keys.PART_KEYS[key]) for key in ("steps", "schedule", "interest")},
        **{key: _list(_ref("award")) for key in ("sum", "best")},
        "range": ANY,
        "per": ANY,
    }
    made = _map(keys.AWARD_KEYS, own)
    one = {"oneOf": [{"required": [form]} for form in keys.AWARD_FORMS]}
    return {"anyOf": [made | one, reading]}


def _map(known: Collection[str], own: Schema, required: Collection[str] = ()) -> Schema:
    """A mapping with just these keys; a key without a schema of its own holds a value."""
    properties = {key: own.get(key, _ref("value")) for key in known}
    return {"type": "object", "additionalProperties": False, "properties": properties, **({"required": list(required)} if required else {})}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _several(item: Schema) -> Schema:
    """One, or a list of them."""
    return {"anyOf": [item, _list(item)]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _reading(name: str) -> Schema:
    """A reading whose choices are each of the named form."""
    return {"type": "object", "required": ["reading"], "properties": {"reading": _ref("text")}, "additionalProperties": _ref(name)}


def _reading_of(values: list[str]) -> Schema:
    return {"anyOf": [{"enum": values}, _ref("reading")]}
