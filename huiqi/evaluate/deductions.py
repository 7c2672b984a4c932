"""What an award takes off for money already given (进档差额、扣除), so that a combination can work it out again on what it chose."""

from __future__ import annotations

from huiqi.evaluate.compiled import Compiled
from huiqi.evaluate.instances import Instance
from huiqi.evaluate.known import Known, exactly
from huiqi.evaluate.resolve import Resolver
from huiqi.evaluate.results import Deduction
from huiqi.rules.inputs import AwardedInput


def deduction(compiled: Compiled, known: list[Known], resolver: Resolver, instance: Instance) -> Deduction | None:
    """The deduction of one result whose amount is known, the least it can be with nothing taken off; None where its award takes nothing off."""
    reads = [read for read in compiled.reads if isinstance(read, AwardedInput)]
    if not reads or instance.subject is None:
        return None
    nothing = [exactly(0) if isinstance(read, AwardedInput) else k for read, k in zip(compiled.reads, known, strict=True)]
    gross = compiled.ends(nothing)
    aid = sum(resolver.received_under(read, instance.subject) for read in reads)
    return Deduction(gross.low if gross else 0, aid, frozenset(m for read in reads for m in read.measures))
