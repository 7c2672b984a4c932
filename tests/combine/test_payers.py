"""Who pays the best combination: nothing is lost, and printed shares add up to the 分."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace

from huiqi.combine.package import COURSES, best_package
from huiqi.combine.payers import borne
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.language.diagnostics import Place
from huiqi.packs.model import Corpus, Funding, FundingRule, Part

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_borne_is_what_is_paid(corpus: Corpus, path: Path) -> None:
    """With the texts' own payers, and with shares of one and two thirds that part no sum evenly."""
    third = Funding("试验", ("市", "区县"), (Part("市", Fraction(1, 3), Fraction(1, 3)), Part("区县", Fraction(2, 3), Fraction(2, 3))), "")
    rule = FundingRule((), (), "", {"": third}, Place("试验"))
    shared = replace(corpus, measures={m: (replace(p, funding=(rule,)), replace(c, funding=()), x) for m, (p, c, x) in corpus.measures.items()})
    applicant, engine = read_facts_file(str(path), corpus), Engine(corpus)
    for on in ("2023-10-10", "2026-06-30"):
        package = best_package(engine, applicant, Question(on), engine.results(applicant, Question(on)))
        told = borne(package, corpus, {})
        assert {c: sum(b.courses[c] for b in told) for c in COURSES} == {c: package.total(c) for c in COURSES}
        for entry in borne(package, shared, {}):
            assert entry.parts is not None and sum(entry.parts.values()) == entry.total
            assert abs(entry.parts["市"] - Fraction(entry.total, 3)) <= len(package.chosen)


def test_the_city_pays_districts_alone(corpus: Corpus) -> None:
    """66号: the awards of article 16 to the district are the city's, all else the firm gets is shared without a ratio."""
    applicant, engine = read_facts_file(str(next(p for p in EXAMPLES if p.stem == "carmaker")), corpus), Engine(corpus)
    package = best_package(engine, applicant, Question("2026-06-30"), engine.results(applicant, Question("2026-06-30")))
    told = [(b.paid.by, b.total, b.parts) for b in borne(package, corpus, {}) if b.paid]
    assert told == [(("市", "区县"), 1380_0000_00, None), (("市",), 1950_0000_00, {"市": 1950_0000_00})]
    assert [b.as_json()["share"] for b in borne(package, corpus, {})] == [None, [{"payer": "市", "least": "100%", "greatest": "100%"}]]
