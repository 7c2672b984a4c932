"""A random firm that knows everything and answers questions: what each answer tells, what it counts, what is open after it.

Every way to ask is answered alike. A list of subjects or a register is one question; a fact is one for each holder and year. Whoever
names a subject names what it belongs to and says whether there are others of its wider kinds: each of these lists counts as a question
of its own. The registers one result can accrue to are asked together. Records of a subject wait until the subject is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from huiqi.evaluate.applicant import APPLICANT, EARLIER, Applicant, Subject, Values
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.missing import AID, REGISTER
from huiqi.evaluate.results import UNKNOWN, Gap, Result
from huiqi.packs.vocabulary import Vocabulary

HISTORY = "年以前最高"
Key = tuple[str, str]  # what is asked, and whose it is


class Dialogue:
    """The results of a firm that has told nothing yet, or only its lists, and after each answer.

    `asked`: what was asked, in order, and how many answers it took; `decided`: measure → after how many answers it was decided.
    """

    def __init__(self, engine: Engine, question: Question, full: Applicant, with_lists: bool = False):
        self.engine, self.question, self.full = engine, question, full
        self.words = engine.corpus.vocabulary
        self.told = Applicant(full.kind, "", "", "", full.claim, aid=full.aid, complete={"aid"})
        self.told.subjects = {id_: replace(full.subjects[id_], facts={}) for id_ in aided(full)}
        if with_lists:
            self.told.subjects = {s.id: replace(s, facts={}) for s in full.subjects.values()}
            self.told.records, self.told.complete = full.records, {"all"}
        self.asked: dict[Key, int] = {}
        self.by_measure: dict[str, list[Result]] = {}
        self._undecided: dict[str, list[Result]] = {}
        self.decided: dict[str, int] = {}
        self.moved: dict[str, set[str]] = {}  # what was asked → the measures that hung on it
        self._update(self.engine.results(self.told, question))

    @property
    def answers(self) -> int:
        """How many questions were answered."""
        return sum(self.asked.values())

    @property
    def results(self) -> list[Result]:
        """All results, in the order of the documents."""
        return [r for results in self.by_measure.values() for r in results]

    def open(self) -> list[Result]:
        """The results that hang on something that can still be asked, in the order of the documents."""
        return [r for results in self._undecided.values() for r in results if self.left(r)]

    def left(self, result: Result) -> list[Gap]:
        """What a result hangs on that was not asked yet. What was asked and still is missing this firm cannot tell."""
        return [gap for gap in result.gaps if gap.name != AID and _key(gap, self.words) not in self.asked]

    def ask(self, gaps: Iterable[Gap]) -> None:
        """Answer what some results hang on, and look again at what hung on it."""
        names = set()
        for gap in list(gaps):
            for name, of in self._together(gap):
                names |= self._tell(name, of)
        moved = [m for m, results in self._undecided.items() if any(gap.name in names for r in results for gap in r.gaps)]
        for name in names:
            self.moved.setdefault(name, set()).update(moved)
        if moved:
            self._update(self.engine.results(self.told, replace(self.question, measures=tuple(moved))), moved)

    def _update(self, results: list[Result], looked_at: Iterable[str] = ()) -> None:
        fresh: dict[str, list[Result]] = {measure: [] for measure in looked_at}
        for result in results:
            fresh.setdefault(result.measure.id, []).append(result)
        self.by_measure |= fresh
        for measure, found in fresh.items():
            self._undecided[measure] = [r for r in found if not r.received and (r.status == UNKNOWN or r.amount is None or r.aid_uncounted)]
            if not any(self.left(r) for r in self._undecided[measure]):
                self.decided.setdefault(measure, self.answers)

    def _together(self, gap: Gap) -> list[Key]:
        """What is asked with it: the other registers a result can accrue to."""
        if not gap.name.startswith(REGISTER):
            return [_key(gap, self.words)]
        register = gap.name.removeprefix(REGISTER)
        accruals = [r.measure.accrues for r in self.open() if r.unrecorded]
        names = dict.fromkeys(name for a in accruals if a.mode == "recognition" and register in a.names for name in a.names)
        return [(f"{REGISTER}{name}", APPLICANT) for name in names or [register]]

    def _tell(self, name: str, of: str) -> set[str]:
        """Answer one question; the names of all that was told with it."""
        if (name, of) in self.asked:
            return set()
        if name.startswith(REGISTER):
            self.asked[name, of] = 1
            self.told.complete.add(name.removeprefix(REGISTER))
            self._records()
            return {name}
        if name in self.words.kinds:
            return self._list(name)
        self.asked[name, of] = 0
        into, source = (self.told.facts, self.full.facts) if of == APPLICANT else (self.told.subjects[of].facts, self.full.subjects[of].facts)
        self.asked[name, of] = tell(into, source, name)
        return {name}

    def _records(self) -> None:
        known = self.told.subjects.keys() | {APPLICANT}
        self.told.records = [x for x in self.full.records if x.register in self.told.complete and x.of in known]

    def _list(self, kind: str) -> set[str]:
        """Name every subject of a kind, with the lists that go with it."""
        if (kind, APPLICANT) in self.asked:
            return set()
        self.asked[kind, APPLICANT] = 1
        self.told.complete.add(kind)
        names = {kind}
        new = [s for s in self.full.subjects.values() if kind in self.words.family(s.kind) and s.id not in self.told.subjects]
        for subject in new:
            if subject.parent and subject.parent not in self.told.subjects:
                names |= self._list(self.full.subjects[subject.parent].kind)
        self.told.subjects |= {s.id: Subject(s.kind, s.id, s.parent, {}, s.place) for s in new if s.id not in self.told.subjects}
        for subject in new:
            for wider in self.words.family(subject.kind):
                names |= self._list(wider)
        self._records()
        return names


def _key(gap: Gap, words: Vocabulary) -> Key:
    """A list is asked once, whoever it is asked of."""
    return (gap.name, APPLICANT if gap.name.startswith(REGISTER) or gap.name in words.kinds else gap.of)


def tell(told: Values, full: Values, name: str) -> int:
    """Tell a fact, of one year or all before one, as it is named in `missing`; how many answers that took (none: not known)."""
    plain, years = years_of(name)
    value = full.get(plain)
    if not isinstance(value, dict):
        told |= {} if value is None else {plain: value}
        return int(value is not None)
    mine = told.setdefault(plain, {})
    assert isinstance(mine, dict)
    new = {y: v for y, v in value.items() if y in years(value) and y not in mine}
    mine.update(new)
    return int(bool(new))


def years_of(name: str):  # type: ignore[no-untyped-def]
    """A fact's name without its year, and which of some years its question is about."""
    plain, _, year = name.removesuffix("）").partition("（")
    if not year:
        return plain, list
    end = int(year[:4])
    return plain, lambda given: [y for y in given if (y == EARLIER or y < end if year.endswith(HISTORY) else y == end)]


def aided(firm: Applicant) -> set[str]:
    """The subjects aid was given for and what they belong to: whoever tells of aid names them."""
    return {id_ for id_ in firm.subjects if any(firm.holds(id_, a.subject) for a in firm.aid)}


def without(firm: Applicant, keys: list[Key], talk: Dialogue) -> Applicant:
    """The firm without some of its answers. With a list go the subjects only it names, and their records."""
    facts, subjects = dict(firm.facts), {s.id: Subject(s.kind, s.id, s.parent, dict(s.facts), s.place) for s in firm.subjects.values()}
    lists = {name.removeprefix(REGISTER) for name, _ in keys if name.startswith(REGISTER) or name in talk.words.kinds}
    for name, of in keys:
        plain, years = years_of(name)
        values = facts if of == APPLICANT else subjects[of].facts
        if plain in values:
            _forget(values, plain, years)
    complete = firm.complete - lists
    named = {s.id for s in subjects.values() if not complete.isdisjoint(talk.words.family(s.kind))} | aided(firm)
    while lost := {id_ for id_ in named if subjects[id_].parent and subjects[id_].parent not in named}:
        named -= lost
    records = [x for x in firm.records if x.register in complete and (x.of == APPLICANT or x.of in named)]
    made = Applicant(firm.kind, "", "", "", firm.claim, facts, {id_: s for id_, s in subjects.items() if id_ in named}, records, complete=complete)
    made.aid = firm.aid
    return made


def _forget(values: Values, fact: str, years: Callable[[Values], list[int]]) -> None:
    value = values.pop(fact)
    if isinstance(value, dict) and (rest := {y: v for y, v in value.items() if y not in years(value)}):  # type: ignore[arg-type]
        values[fact] = rest


def each_once(keys: Iterable[Key]) -> set[Key]:
    """The keys without the years of a fact that one answer about all its earlier years may tell with others."""
    found = set(keys)
    histories = {(years_of(name)[0], of) for name, of in found if HISTORY in name}
    return {(name, of) for name, of in found if HISTORY in name or (years_of(name)[0], of) not in histories}


def whole(talk: Dialogue) -> Applicant:
    """The firm with all its facts, and every list named by itself."""
    full, words = talk.full, talk.words
    made = Applicant(full.kind, "", "", "", full.claim, full.facts, full.subjects, full.records, complete={"aid", *words.registers, *words.kinds})
    made.aid = full.aid
    return made
