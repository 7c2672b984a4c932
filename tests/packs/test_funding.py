"""Who pays: the rule that covers a measure, readings, and shares that sum to the 分."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.packs.about import about, funding_line
from huiqi.packs.funding import COVERED, exact_parts, funding, funding_json, funding_rule, funding_words, parted, percent
from huiqi.packs.model import Corpus, Part

SHARES = st.lists(st.integers(0, 1000), min_size=1, max_size=5).filter(sum)


def words(corpus: Corpus, measure: str, **choices: str) -> str | None:
    paid = funding(corpus, measure, {k: v for k, v in choices.items() if v})
    return None if paid is None else funding_words(paid)


def test_art_16_is_the_citys_and_the_rest_is_shared(corpus: Corpus) -> None:
    """66号: 除第16条外 shared by the final provisions; art. 3 says 市本级 itself, which is a reading."""
    told = {m: words(corpus, m) for m, (p, _, x) in corpus.measures.items() if p.id == "hz-2025-integration" and x.shape != "none"}
    assert {m for m, said in told.items() if said == "市（第16条、结尾）"} == {f"hz-2025-integration/16{letter}" for letter in "abc"}
    assert {m for m, said in told.items() if said == "市（第3条）"} == {"hz-2025-integration/3a", "hz-2025-integration/3b"}
    assert set(told.values()) == {"市（第16条、结尾）", "市（第3条）", "市、区县分担，比例未载明（结尾）"}


def test_a_reading_decides_who_pays(corpus: Corpus) -> None:
    measure, reading = "hz-2025-integration/3a", "hz-2025-integration/3.R1"
    assert funding_json(corpus, measure) == {
        "at": "第3条",
        "by": ["市"],
        "share": [{"payer": "市", "least": "100%", "greatest": "100%"}],
        "summary": None,
        "reading": {"id": reading, "choice": "city"},
    }
    shared = funding(corpus, measure, {reading: "shared"})
    assert shared is not None and (shared.by, shared.parts) == (("市", "区县"), ())


def test_a_printed_ratio_is_a_term_of_the_clause(corpus: Corpus) -> None:
    half = Fraction(1, 2)
    for measure in ("hz-2022-biopharma/23a", "hz-2022-ic/3.11c"):
        paid = funding(corpus, measure)
        assert paid is not None and exact_parts(paid) == {"市": half, "区县": half}
    for measure in ("hz-2023-equipment/7a", "hz-2023-materials/4a", "hz-2023-energy/2.3.4a"):
        paid = funding(corpus, measure)
        assert paid is not None and exact_parts(paid) is None
        assert paid.parts == (Part("市", Fraction(0), half), Part("区县", half, Fraction(1)))
        assert funding_words(paid) == f"市至多50%，其余区县（{paid.at}）"


def test_every_measure_that_pays_has_a_payer_and_nothing_else_has(corpus: Corpus) -> None:
    """What funds invest, tax law gives and offices do in kind is paid by nobody's budget unless its clause says so."""
    silent = {m for m, (_, _, x) in corpus.measures.items() if x.shape != "none" and funding_rule(corpus, m) is None}
    assert {corpus.measures[m][2].instrument for m in silent} & set(COVERED) == set()
    assert all(funding_rule(corpus, m) is None for m, (_, _, x) in corpus.measures.items() if x.shape == "none")


def test_what_is_paid_to_a_district_is_not_shared_by_it(corpus: Corpus) -> None:
    transfers = {m for m, (_, _, x) in corpus.measures.items() if x.instrument == "transfer"}
    assert len(transfers) == 9
    assert {paid.by for m in transfers if (paid := funding(corpus, m))} == {("市",)}


def test_a_district_policy_is_the_districts(corpus: Corpus) -> None:
    own = [m for m, (p, _, x) in corpus.measures.items() if p.id == "hzbj-2023-supply" and x.shape != "none" and x.instrument in COVERED]
    assert {paid.by for m in own if (paid := funding(corpus, m))} == {("区县",)}


def test_lines_say_what_a_rule_is_over_and_what_it_rests_on(corpus: Corpus) -> None:
    notes = {note.key: note.text for note in about(corpus, corpus.policies["hz-2025-integration"])}
    assert notes["funding"] == "市、区县分担，比例未载明（结尾），第16条除外"
    park = next(c for c in corpus.policies["hz-2022-biopharma"].clauses if c.id == "hz-2022-biopharma/18")
    assert [funding_line(rule, corpus) for rule in park.funding] == ["18a：市（四（十八），口径 18.R1）", "18b、18c：区县（四（十八））"]
    assert funding_line(park.funding[0], corpus, {"hz-2022-biopharma/18.R1": "shared"}) == "18a：市、区县分担，比例未载明（结尾，口径 18.R1）"


def test_a_policy_says_what_it_holds_besides_money(corpus: Corpus) -> None:
    energy = {note.key: note.text for note in about(corpus, corpus.policies["hz-2023-energy"])}
    assert energy["all_up_to"] == "所列标准均为最高标准"
    assert energy["benefit"] == "2023年 至 未载明"
    assert energy["applies_by"] == "申报日期在有效期内（口径 hz-2023-energy/final.R1）"
    pharma = {note.key: note.text for note in about(corpus, corpus.policies["hz-2022-biopharma"])}
    assert (pharma["repeals"], pharma["earlier"]) == ("杭政办函〔2021〕39号", "施行前符合条件的可参照执行")
    iot = {note.key: note.text for note in about(corpus, corpus.policies["hz-2022-iot"])}
    assert iot["linked"].split("、")[0] == "hz-2023-vision/4.1.1"


@given(st.integers(0, 10**15), SHARES)
def test_parts_sum_to_the_fen(amount: int, weights: list[int]) -> None:
    """Nothing is lost or made, and no payer is off by a 分 or more."""
    parts = {f"p{n}": Fraction(w, sum(weights)) for n, w in enumerate(weights)}
    made = parted(amount, parts)
    assert sum(made.values()) == amount
    assert all(abs(made[p] - amount * part) < 1 for p, part in parts.items())
    assert all(made[p] == 0 for p, part in parts.items() if part == 0)


def test_an_odd_fen_goes_to_the_earlier_payer() -> None:
    assert parted(101, {"市": Fraction(1, 2), "区县": Fraction(1, 2)}) == {"市": 51, "区县": 50}
    assert parted(100, {"省": Fraction(1, 3), "市": Fraction(1, 3), "区县": Fraction(1, 3)}) == {"省": 34, "市": 33, "区县": 33}


@pytest.mark.parametrize("parts", [{"市": Fraction(1, 2)}, {"市": Fraction(3, 2), "区县": Fraction(-1, 2)}, {}])
def test_parts_that_do_not_make_one_are_refused(parts: dict[str, Fraction]) -> None:
    with pytest.raises(ValueError):
        parted(100, parts)


def test_percentages_of_two_places_and_fractions_beyond() -> None:
    told = [percent(Fraction(*x)) for x in ((1, 2), (1, 1), (0, 1), (1, 3), (1, 8), (3, 10000))]
    assert told == ["50%", "100%", "0%", "1/3", "12.5%", "0.03%"]
