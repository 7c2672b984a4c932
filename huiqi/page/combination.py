"""What the page of a firm says of the best combination: chosen, given up, limits, runner-up, ways over the years, and what could still change it."""

from __future__ import annotations

from msgspec import Struct

from huiqi.combine.explain import Ending
from huiqi.combine.outlook import Outlook, outlook
from huiqi.combine.package import Package, RunnerUp, best_package, course_of
from huiqi.combine.swings import TotalSwing, total_swings
from huiqi.combine.years import Course, courses
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import Result
from huiqi.packs.model import Clause, Corpus, Limit, Policy
from huiqi.packs.say import limit_words


class Chosen(Struct, frozen=True):
    """A result that is paid, in 分; `instead`: what it would take the place of where it depends on selection."""

    result: Result
    subject: str
    course: str
    amount: int
    instead: tuple[Result, ...]


class Cut(Struct, frozen=True):
    """A limit with the clause that states it, its words in the language asked for, and what became of it."""

    policy: Policy
    clause: Clause
    words: str
    ending: Ending


class Shared(Struct, frozen=True):
    """A limit other applicants draw on too."""

    policy: Policy
    clause: Clause
    words: str


class Ways(Struct, frozen=True):
    """Ways that exclude each other over the years, with the years that any of them pays in."""

    policy: Policy
    clause: Clause
    years: tuple[int, ...]
    course: Course


class Combination(Struct, frozen=True):
    """Everything the page shows of a package."""

    package: Package
    chosen: tuple[Chosen, ...]
    cuts: tuple[Cut, ...]
    shared: tuple[Shared, ...]
    runner_up: RunnerUp | None
    ways: tuple[Ways, ...]
    ahead: Outlook
    swings: list[TotalSwing]


def combination(corpus: Corpus, engine: Engine, applicant: Applicant, question: Question, results: list[Result], lang: str) -> Combination:
    """The best package over `results`, which must carry what is missing, as the page shows it."""
    package = best_package(engine, applicant, question, results)
    homes = {x.id: (p, c, x) for p in corpus.policies.values() for c in p.clauses for x in c.limits}
    chosen = [
        Chosen(r, subject_label(applicant, r.subject), course_of(r), amount, tuple(package.instead_of.get(at, ())))
        for at, (r, amount) in enumerate(zip(package.chosen, package.amounts, strict=True))
    ]
    return Combination(
        package,
        tuple(sorted(chosen, key=lambda x: -x.amount)),
        tuple(Cut(*_home(homes[b.limit], lang), b) for b in package.bounds),
        tuple(Shared(*_home(homes[limit.id], lang)) for limit in package.shared),
        package.runner_up,
        tuple(_ways(course, homes) for course in courses(engine, applicant, question, results)),
        outlook(engine, applicant, question, results, package),
        total_swings(engine, applicant, question, results, package),
    )


def subject_label(applicant: Applicant, id_: str | None) -> str:
    """`产品“P1”（名称）`, '' where the applicant itself is meant."""
    subject = applicant.subjects.get(id_ or "")
    if subject is None:
        return ""
    return f"{subject.kind}“{subject.id}”" + (f"（{subject.name}）" if subject.name else "")


def _home(home: tuple[Policy, Clause, Limit], lang: str) -> tuple[Policy, Clause, str]:
    policy, clause, limit = home
    return policy, clause, limit_words(limit, lang)


def _ways(course: Course, homes: dict[str, tuple[Policy, Clause, Limit]]) -> Ways:
    policy, clause, _ = homes[course.limit]
    years = sorted({year for way in course.ways for year, amount in way.years if amount})
    return Ways(policy, clause, tuple(years), course)
