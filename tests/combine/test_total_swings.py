"""A reading that only a limit rests on is told where it would change the total, and the total it names is the one asking for it gives."""

from huiqi.combine.package import Package, best_package
from huiqi.combine.swings import total_swings
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts
from huiqi.packs.model import Corpus

PAUSED = """
claim: 2025
applicant: {kind: 企业, district: 滨江区}
facts: {智造供给类别: 数字化制造工程总包商}
subjects:
- {kind: 研发项目, id: A, facts: {项目研发投入: {2025: 1000万元}, 区内应用模块采购额: {2025: 1000万元}}}
aid:
- {authority: 区, measure: hzbj-2023-supply/4.5.15a, subject: A, period: 2022, amount: 50万元}
- {authority: 区, measure: hzbj-2023-supply/4.5.15a, subject: A, period: 2023, amount: 50万元}
complete: [all]
"""
READING = "hzbj-2023-supply/4.5.15.R2"


def test_a_reading_of_a_limit_says_what_the_total_would_be(corpus: Corpus) -> None:
    """Two years of support and a pause: whether the third year is still inside the three is a reading of the limit."""
    firm, question = read_facts(PAUSED.encode(), "paused.yaml", corpus), Question("2026-06-30")

    def best(choices: dict[str, str]) -> tuple[Engine, Package]:
        engine = Engine(corpus, choices)
        return engine, best_package(engine, firm, question, engine.results(firm, question))

    engine, package = best({})
    (swing,) = total_swings(engine, firm, question, engine.results(firm, question), package)
    assert (swing.reading.id, swing.choice, swing.now, swing.then) == (READING, "paid", sum(package.amounts), 100_0000_00)
    engine, package = best({READING: "paid"})
    assert sum(package.amounts) == swing.then
    assert total_swings(engine, firm, question, engine.results(firm, question), package) == []
