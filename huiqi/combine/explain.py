"""Why a result was dropped, in favour of what, and which limits bound and by how much."""

from __future__ import annotations

from msgspec import Struct

from huiqi.combine.build import Bar, Cause, Ceiling, Model
from huiqi.combine.solve import Solution
from huiqi.evaluate.applicant import Aid
from huiqi.evaluate.results import Result, yuan
from huiqi.language.units import format_money


class Dropped(Struct, frozen=True):
    """A result that is not chosen: why, the rule behind it (a limit, or the policy with the sentence on overlap), in favour of what."""

    result: Result
    because: str
    rule: str
    favoured: str
    in_favour_of: Result | None = None


class Ending(Struct, frozen=True):
    """A limit that bound, or could not be applied: money in 分 (or a number where `counts`).

    `before`: what the results come to without it; `at_most`: what it leaves them, after what aid has used up of `printed`.
    """

    limit: str
    key: tuple[str, ...]
    at_most: int
    before: int
    printed: int
    received: int
    counts: bool
    shared: bool
    applied: bool

    def as_json(self) -> dict[str, object]:
        """An entry of `combination.limits`."""
        say = str if self.counts else yuan
        return {
            "id": self.limit,
            "at_most": say(self.at_most),
            "before": say(self.before),
            "printed": say(self.printed),
            "received": say(self.received),
            "shared": self.shared,
            "applied": self.applied,
        }


def explain(model: Model, found: Solution) -> list[Dropped]:
    """Every result of the model that is not paid, with the reason."""
    barred = [_barred(result, bar) for result, bar in model.bars]
    return barred + [_dropped(at, model, found) for at in range(len(model.pool)) if not found.paid.get(at)]


def _barred(result: Result, bar: Bar) -> Dropped:
    names = "、".join(dict.fromkeys(aid_name(a) for a in bar.aid))
    because = {
        "overlap": f"同一事项已获{names}，不重复支持",
        "one_of": f"已获{names}，不再享受",
        "count": f"已获{names}，支持年限已满或已中断",
    }[bar.cause.kind]
    return Dropped(result, because, bar.cause.source, bar.aid[0].measure or f"{bar.aid[0].authority} {bar.aid[0].matter}")


def aid_name(aid: Aid) -> str:
    """`国家“首台套保险”支持80万元（2024）`."""
    period = f"（{aid.period}）" if aid.period else ""
    return (
        f"{aid.authority}级" * (aid.authority != "国家")
        + "国家" * (aid.authority == "国家")
        + f"“{aid.measure or aid.matter}”支持{format_money(aid.amount)}{period}"
    )


def _dropped(at: int, model: Model, found: Solution) -> Dropped:
    result = model.pool[at]
    against = [(pair, cause) for pair, cause in model.conflicts.items() if at in pair and found.paid.get(_other(pair, at))]
    if against:
        _, cause = max(against, key=lambda item: (found.paid[_other(item[0], at)], -_other(item[0], at)))
        rivals = sorted({_other(p, at) for p, c in against if c.kind == cause.kind}, key=lambda m: (-found.paid[m], m))
        return _against(result, [(model.pool[m], found.paid[m]) for m in rivals], cause)
    for count in model.counts:
        if at in count.members and sum(1 for m in count.members if found.paid.get(m)) + count.received >= count.printed:
            rivals = [m for m in sorted(count.members) if found.paid.get(m)]
            received = f"（已获{count.received}项）" if count.received else ""
            because = f"最多{count.printed}项{received}，名额已用完"
            favoured = model.pool[max(rivals, key=lambda m: (found.paid[m], -m))] if rivals else None
            return Dropped(result, because, count.rule.limit.id, favoured.measure.id if favoured else "已获支持", favoured)
    for cap in model.caps:
        if at in cap.members and cap.sure and sum(found.paid.get(m, 0) for m in cap.members) + cap.received >= cap.printed:
            rivals = [m for m in sorted(cap.members) if found.paid.get(m)]
            favoured = model.pool[rivals[0]] if rivals else None
            because = f"限额 {format_money(cap.printed)} 已用完"
            return Dropped(result, because, cap.rule.limit.id, favoured.measure.id if favoured else "已获支持", favoured)
    candidate = model.problem.candidates[at]
    given = [d for d in candidate.deducts if found.paid.get(d)]
    favoured = model.pool[given[-1]] if given else None
    because = "扣除已得的支持后没有余额" if given else "加入后合计不会更高"
    return Dropped(result, because, result.clause.id, favoured.measure.id if favoured else "", favoured)


def _against(result: Result, rivals: list[tuple[Result, int]], cause: Cause) -> Dropped:
    """`rivals`: the chosen results it cannot stand beside, the greatest first, with what they are paid."""
    other, names = rivals[0][0], "、".join(f"{r.measure.id}（{format_money(paid)}）" for r, paid in rivals)
    why = f"属同一事项（{result.measure.matter}），从优、就高、不重复" if cause.kind == "overlap" else "只能享受一项"
    return Dropped(result, f"与 {names} {why}", cause.source, other.measure.id, other)


def _other(pair: tuple[int, int], at: int) -> int:
    return pair[0] if pair[1] == at else pair[1]


def endings(model: Model, found: Solution) -> list[Ending]:
    """The limits that bound, and those whose money is not known yet."""
    return [e for e in (*(_money(c, model, found) for c in model.caps), *(_number(c, model, found) for c in model.counts)) if e is not None]


def _money(cap: Ceiling, model: Model, found: Solution) -> Ending | None:
    """What the members would come to but for this cap; those shut out by something else do not count."""
    left = max(cap.printed - cap.received, 0)
    if not cap.sure:
        return Ending(
            cap.rule.limit.id, cap.key, left, sum(found.paid.get(m, 0) for m in cap.members), cap.printed, cap.received, False, cap.rule.shared, False
        )
    free = {m for m in cap.members if found.paid.get(m) or _only(m, cap, model, found)}
    before = sum(max(model.problem.candidates[m].amount - sum(found.paid.get(d, 0) for d in model.problem.candidates[m].deducts), 0) for m in free)
    if before <= left:
        return None
    return Ending(cap.rule.limit.id, cap.key, left, before, cap.printed, cap.received, False, cap.rule.shared, True)


def _only(at: int, cap: Ceiling, model: Model, found: Solution) -> bool:
    """Whether nothing but the cap keeps a member out."""
    return _dropped(at, model, found).rule == cap.rule.limit.id


def _number(count: Ceiling, model: Model, found: Solution) -> Ending | None:
    taken = [m for m in count.members if found.paid.get(m)]
    out = [m for m in count.members if not found.paid.get(m) and _only(m, count, model, found)]
    if not out:
        return None
    left = max(count.printed - count.received, 0)
    return Ending(count.rule.limit.id, count.key, left, len(taken) + len(out), count.printed, count.received, True, count.rule.shared, True)
