"""The exact curve of each result against one fact, with everything else as it is (design §4): pieces, cliffs, the next step."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.compiled import Compiled
from huiqi.evaluate.engine import Engine, Question, out_of_force
from huiqi.evaluate.instances import Instance, instances
from huiqi.evaluate.known import Known
from huiqi.evaluate.resolve import Given, Resolver
from huiqi.packs.vocabulary import Fact
from huiqi.rules.inputs import FactInput, Input
from huiqi.rules.pieces import NotPiecewise, Pieces, pieces


class Stairs(Struct, frozen=True):
    """An amount that goes up in whole steps: first at the value `rise`, then `every` so much of the fact, by `by` 分."""

    rise: int
    every: int
    by: int

    def after(self, value: int) -> int:
        """The first value above `value` at which it goes up."""
        return self.rise + max(0, (value - self.rise) // self.every + 1) * self.every


class Piece(Struct, frozen=True):
    """The fact from `first` to `last` (smallest steps, both in): whether the measure pays, how much at both ends, in 分; between them a line or stairs."""

    first: int
    last: int
    eligible: bool
    at_first: int
    at_last: int
    stairs: Stairs | None = None

    def next_stair(self, value: int) -> Piece | None:
        """The rest of the piece from the next stair above `value`; None where there is none."""
        if self.stairs is None or (rise := self.stairs.after(value)) > self.last:
            return None
        paid = self.at_first + ((rise - self.stairs.rise) // self.stairs.every + 1) * self.stairs.by
        return Piece(rise, self.last, self.eligible, paid, self.at_last)


class Curve(Struct, frozen=True):
    """The pieces of one result; `now` is the present value of the fact, None where it is missing."""

    measure: str
    subject: str | None
    period: str
    now: int | None
    pieces: tuple[Piece, ...]

    def piece_at(self, value: int) -> Piece:
        """The piece a value of the fact lies in."""
        return next(p for p in reversed(self.pieces) if p.first <= value)

    def next_step(self) -> Piece | None:
        """The nearest greater value from which more is paid than the present piece ever pays; None at the top."""
        if self.now is None:
            return None
        here = self.piece_at(self.now)
        if here.eligible and (stair := here.next_stair(self.now)):
            return stair
        most = max(here.at_first, here.at_last) if here.eligible else 0
        return next((p for p in self.pieces if p.first > self.now and p.eligible and p.at_first > most), None)

    def cliffs(self) -> list[tuple[int, int, int]]:
        """Where one more step of the fact changes the amount by more than the curve's slope would: (value, before, after)."""
        found = []
        for a, b in zip(self.pieces, self.pieces[1:], strict=False):
            slope = abs(b.at_last - b.at_first) // max(b.last - b.first, 1) + 1
            if abs(b.at_first - a.at_last) > slope:
                found.append((b.first, a.at_last, b.at_first))
        return found


def curves(engine: Engine, applicant: Applicant, question: Question, fact: Fact, subject: str, year: int | None) -> list[Curve]:
    """The curve of every result in force that reads the fact of that holder ('' = the applicant) and year.

    Results that need other facts still missing, or are not piecewise linear in this one, have no curve.
    """
    claim = question.claim or applicant.claim or int(question.on[:4]) - 1
    resolver = Resolver(applicant, engine.corpus, question.on, claim)
    found: list[Curve] = []
    for measure_id in engine.order:
        policy, _, measure = engine.corpus.measures[measure_id]
        if out_of_force(policy, question.on, claim) or not set(measure.applicant) & set(engine.corpus.vocabulary.family(applicant.kind)):
            continue
        compiled = engine.compiled[measure_id]
        for instance in instances(policy, measure, applicant, question.on, claim, engine.corpus.vocabulary):
            if instance.subject is None or instance.unrecorded:
                continue
            inputs = compiled.known(resolver, instance)
            known = dict(zip(compiled.reads, inputs, strict=True))
            free = _free(known, resolver, instance, fact, subject, year, claim)
            if free:
                curve = _curve(compiled, instance, known, free, fact)
                found += [curve] if curve else []
            resolver.given.append(_given(compiled, instance, inputs))
    return found


def _given(compiled: Compiled, instance: Instance, known: list[Known]) -> Given:
    ends = compiled.ends(known)
    low = ends.low if ends and ends.must else 0
    high = ends.high if ends else 0
    is_open = ends is not None and ends.open
    return Given(compiled.rule.measure.id, instance.subject or "", low if low == high else None, low, None if is_open else high)


def _free(known: dict[Input, Known], resolver: Resolver, instance: Instance, fact: Fact, subject: str, year: int | None, claim: int) -> set[Input]:
    """The inputs that are the fact asked about."""
    found: set[Input] = set()
    for read in known:
        if isinstance(read, FactInput) and read.fact == fact.name and not read.part:
            holder = resolver.holder(read.owner, instance)
            here = holder if isinstance(holder, str) else holder.id if holder else None
            if here == subject and (read.years_back is None or claim - read.years_back == year):
                found.add(read)
    return found


def _curve(compiled: Compiled, instance: Instance, known: dict[Input, Known], free: set[Input], fact: Fact) -> Curve | None:
    program = compiled.rule.exact
    if any(not k.usable for read, k in known.items() if read not in free):
        return None
    ends = {end for _, end in program.inputs()}
    values = {end: known[end.read].best() for end in ends if end.read not in free}
    try:
        made = pieces(program, values, {end for end in ends if end.read in free}, fact.least, fact.greatest)
    except NotPiecewise:
        return None
    if not any(form.at(first) for first, form in made["eligible"]):
        return None
    now = next((k.low if k.certain else None for read, k in known.items() if read in free), None)
    return Curve(compiled.rule.measure.id, instance.subject, instance.period, now, tuple(_merged(made["eligible"], made["amount"], fact.greatest)))


def _merged(eligible: Pieces, amount: Pieces, greatest: int) -> list[Piece]:
    starts = sorted({first for first, _ in (*eligible, *amount)})
    result: list[Piece] = []
    for n, first in enumerate(starts):
        last = starts[n + 1] - 1 if n + 1 < len(starts) else greatest
        holds = bool(next(f for x, f in reversed(eligible) if x <= first).at(first))
        form = next(f for x, f in reversed(amount) if x <= first)
        stairs = form.stairs(first) if holds else None
        going_up = Stairs(*stairs) if stairs and stairs[0] <= last else None
        piece = Piece(first, last, holds, form.at(first) if holds else 0, form.at(last) if holds else 0, going_up)
        before = result[-1] if result else None
        flat = piece.at_first == piece.at_last and before is not None and before.at_first == before.at_last == piece.at_first
        if before is not None and before.eligible == holds and (not holds or flat):
            piece = replace(piece, first=result.pop().first)
        result.append(piece)
    return result
