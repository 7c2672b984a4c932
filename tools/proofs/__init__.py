"""The long proofs. A module has TITLE and `prove() -> Proof`; `tools/prove.py` runs them and keeps the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown, in Markdown, and whether it holds."""

    text: str
    holds: bool
