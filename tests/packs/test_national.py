"""National data: values on and around the days they change, and refusal outside what is known."""

import datetime
from fractions import Fraction

from huiqi.packs.model import Corpus

ONE_YEAR, FIVE_YEARS = "1年期", "5年期以上"


def test_lpr_changes_on_its_day(corpus: Corpus) -> None:
    lpr = corpus.series["LPR"]
    assert lpr.on("2021-12-19", ONE_YEAR) is None
    assert lpr.on("2021-12-20", ONE_YEAR) == Fraction(380, 10000)
    assert lpr.on("2023-08-20", ONE_YEAR) == Fraction(355, 10000)
    assert lpr.on("2023-08-21", ONE_YEAR) == Fraction(345, 10000)
    assert lpr.on("2024-02-19", FIVE_YEARS) == Fraction(420, 10000)
    assert lpr.on("2024-02-20", FIVE_YEARS) == Fraction(395, 10000)
    assert lpr.on("2026-08-20", FIVE_YEARS) == Fraction(350, 10000)
    assert lpr.on("2026-08-21", FIVE_YEARS) is None


def test_days_off_and_worked_weekends(corpus: Corpus) -> None:
    working = corpus.calendar.is_working
    assert working(datetime.date(2025, 10, 1)) is False  # National Day
    assert working(datetime.date(2025, 9, 28)) is True  # a worked Sunday
    assert working(datetime.date(2025, 9, 27)) is False  # a Saturday
    assert working(datetime.date(2025, 9, 29)) is True
    assert working(datetime.date(2027, 1, 4)) is None  # a year the table does not know


def test_working_days_a_year(corpus: Corpus) -> None:
    days = [datetime.date(2022, 1, 1) + datetime.timedelta(n) for n in range(5 * 366)]
    counts = {year: sum(bool(corpus.calendar.is_working(d)) for d in days if d.year == year) for year in range(2022, 2027)}
    # 5 working days a week less the statutory holidays that fall on them: 11 days to 2024, 13 from 2025.
    weekdays = {year: sum(d.weekday() < 5 for d in days if d.year == year) for year in counts}
    statutory = {2022: 11, 2023: 11, 2024: 11, 2025: 13, 2026: 13}
    assert all(abs(weekdays[y] - counts[y] - statutory[y]) <= 2 for y in counts), counts
