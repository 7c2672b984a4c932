"""The long proofs. A module has TITLE and `prove() -> Proof`; `tools/prove.py` runs them and keeps the record."""

from __future__ import annotations

from msgspec import Struct


class Proof(Struct, frozen=True):
    """What was shown, in Markdown, and whether it holds."""

    text: str
    holds: bool
