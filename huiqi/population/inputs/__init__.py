"""Inputs of a rule → columns over the fact store: both ends of what each can be, never NULL."""

from __future__ import annotations

from datetime import date

from huiqi.population.inputs import facts, records, sums
from huiqi.population.inputs.reader import Ends, Reader
from huiqi.population.sql import number
from huiqi.rules.graph import Node
from huiqi.rules.inputs import (
    AggregateInput,
    ApplicationDay,
    AwardedInput,
    BoundInput,
    ClaimYear,
    ClassInput,
    FactInput,
    FirstInput,
    HistoryInput,
    Input,
    RecognitionDay,
    RecordInput,
    SeriesInput,
    SpanInput,
)


def ends(reader: Reader, read: Input, node: Node) -> Ends:
    """The ends of one input, joining what it needs."""
    match read:
        case FactInput():
            return facts.fact(reader, read, node)
        case HistoryInput():
            return facts.history(reader, read, node)
        case SpanInput():
            return facts.span(reader, read, node)
        case SeriesInput():
            return facts.series(reader, read, node)
        case ClassInput():
            return facts.size_class(reader, read, node)
        case RecordInput():
            return records.record(reader, read)
        case FirstInput():
            return records.first_record(reader, read)
        case RecognitionDay():
            return records.recognition_day(reader, node)
        case BoundInput():
            return records.bound(reader, read)
        case AggregateInput():
            return sums.aggregate(reader, read, node, ends)
        case AwardedInput():
            return sums.awarded(reader, read, node)
        case ClaimYear():
            return Ends(number(reader.claim), number(reader.claim))
        case ApplicationDay():
            day = date.fromisoformat(reader.on).toordinal()
            return Ends(number(day), number(day))
    raise AssertionError(read)
