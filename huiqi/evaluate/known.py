"""What is known of one input of a rule."""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """What an input can still be. `open`: its high end is only the end of the domain.

    For money already given: `value` is what is known of it, and `settled` tells that only the list of aid is not complete.
    """

    low: int
    high: int
    open: bool = False
    value: int | None = None
    settled: bool = False

    @property
    def certain(self) -> bool:
        return self.low == self.high

    @property
    def usable(self) -> bool:
        """Whether an amount can be worked out from it, if need be without counting all aid."""
        return self.low == self.high or self.settled

    def uncounted(self) -> Known:
        """The same with no other aid than what is known, where only the list of aid is not complete."""
        return exactly(self.best()) if self.settled else self

    def best(self) -> int:
        """The one value an exact program takes: the low end of what is certain, else what is known of the money given."""
        return self.low if self.value is None else self.value


def exactly(value: int) -> Known:
    """An input that is known. (Made without the named arguments of a class, since nearly every input is one.)"""
    return tuple.__new__(Known, (value, value, False, None, False))
