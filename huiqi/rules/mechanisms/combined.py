"""`sum: [award, award]` — both; `best: [award, award]` — the better one."""

from __future__ import annotations

from collections.abc import Callable

from huiqi.language.yamltree import Map, want_map, want_seq
from huiqi.rules.mechanisms.common import Award, Bench
from huiqi.rules.tell import Teller
from huiqi.rules.words import Line

Lower = Callable[[Map, Bench], Award]


def lower_sum(award: Map, bench: Bench, lower: Lower) -> Award:
    """The parts added; one part whose own test fails adds nothing, and one must hold."""
    return _together(award, "sum", bench, lower, bench.g.add)


def lower_best(award: Map, bench: Bench, lower: Lower) -> Award:
    """The greatest of the parts whose own tests hold."""
    return _together(award, "best", bench, lower, bench.g.max)


def _together(award: Map, form: str, bench: Bench, lower: Lower, join: Callable[[int, int], int]) -> Award:
    parts = _parts(award, form, bench, lower)
    total = bench.zero()
    for part in parts:
        total = join(total, _if_it_holds(part, bench))
    result = Award(total, bench.g.any([part.up_to for part in parts]), [line for part in parts for line in part.lines])
    result.conditions = _one_holds(parts, bench)
    return _capped(result, award, bench)


def _parts(award: Map, form: str, bench: Bench, lower: Lower) -> list[Award]:
    return [lower(want_map(item), bench) for item in bench.entries(award, form)]


def _test(part: Award, bench: Bench) -> int:
    return bench.g.all([line.holds for line in part.conditions if line.holds is not None])


def _if_it_holds(part: Award, bench: Bench) -> int:
    return bench.g.case([(_test(part, bench), part.amount)], bench.zero())


def _one_holds(parts: list[Award], bench: Bench) -> list[Line]:
    if any(not part.conditions for part in parts):
        return []
    words = [word for part in parts for line in part.conditions for word in (*line.words, "；")][:-1]
    return [Line(("以下至少一项成立：", *words), holds=bench.g.any([_test(part, bench) for part in parts]))]


def _capped(result: Award, award: Map, bench: Bench) -> Award:
    result.amount, lines = bench.capped(result.amount, ("合计",), bench.cap(award))
    result.lines += lines
    return result


def say(award: Map, tell: Teller, form: str, say_one: Callable[[Map, Teller], str]) -> str:
    """`（甲）＋（乙）`, `（甲）与（乙）中较高者`"""
    parts = [say_one(want_map(item), tell) for item in want_seq(tell.at(award, form)).items]
    if form == "sum":
        return "（" + "）＋（".join(parts) + "）" + tell.capped(award)
    return tell.pick(f"（{'）与（'.join(parts)}）中较高者", f"the greater of ({') and ('.join(parts)})") + tell.capped(award)
