"""The twelve clauses in Python decimals of 元, each tier in a table: the plain way to write exact money, for firms all of whose facts are known."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT, W, E = Decimal("0.01"), Decimal(10_000), Decimal(100_000_000)
ZERO = Decimal("0.00")
Tiers = Sequence[tuple[Decimal, str]]
ORDERS = ((10 * E, "0.05"), (5 * E, "0.03"), (E, "0.02"))
RESEARCH = ((10 * E, "0.10"), (5 * E, "0.08"), (E, "0.06"))
FIRST_SET = ((3 * E, "0.05"), (E, "0.03"), (1000 * W, "0.02"))
SERVICES = ((E, "0.10"), (5000 * W, "0.08"), (2000 * W, "0.06"))
STEPS = [n * E for n in (5, 10, 20, 50, 100, 200, 500)]
GIVEN = [n * W for n in (0, 50, 100, 200, 500, 1000, 1500, 3000)]
TITLES = [ZERO, 20 * W, 100 * W, 100 * W, 200 * W]
Row = dict[str, Decimal]


def rounded(x: Decimal) -> Decimal:
    return x.quantize(CENT, rounding=ROUND_HALF_UP)


def tier(x: Decimal, tiers: Sequence[tuple[Decimal, str]], cap: Decimal) -> Decimal:
    return next((min(rounded(x * Decimal(rate)), cap) for least, rate in tiers if x >= least), ZERO)


def share(x: Decimal, rate: str, cap: Decimal) -> Decimal:
    return min(rounded(x * Decimal(rate)), cap)


def flat(x: Decimal, upper: Decimal, lower: Decimal) -> Decimal | None:
    """The two highest tiers of clauses 1 and 2 are sums."""
    return upper if x >= 100 * E else lower if x >= 50 * E else None


def decimals(r: Row) -> list[tuple[bool, Decimal]]:
    """(eligible, amount) of each measure, in the order of `by_hand.MEASURES`."""
    out: list[tuple[bool, Decimal]] = []

    def put(ok: object, amount: Decimal) -> None:
        out.append((bool(ok), amount if ok else ZERO))

    x, y = r["order_incr"], r["rd_proj_invest"]
    put(r["is_chain_leader"] and x >= E, flat(x, 2 * E, E) or tier(x, ORDERS, 5000 * W))
    put(r["rd_proj_ok"] and y >= E, flat(y, 5 * E, 2 * E) or tier(y, RESEARCH, E))
    grown = r["rev_y0"] > 0 and r["rev_y3"] >= r["rev_y0"] * Decimal("1.1") ** 3
    put(r["fs_ok"] and r["fs_sales"] >= 1000 * W and grown, tier(r["fs_sales"], FIRST_SET, 2000 * W))
    put(r["ni_ok"] and r["ni_revenue"] >= 2000 * W, tier(r["ni_revenue"], SERVICES, 2000 * W))
    top, step, cap = (E, 200 * W, 200 * W) if r["tech_small"] else (5 * E, 500 * W, 300 * W)
    more = r["rd_now"] - r["rd_prev"]
    put(r["tech_ok"] and (r["rd_now"] >= top or more >= step), cap if r["rd_now"] >= top else share(more, "0.05", cap))
    put(r["reno_ok"] and r["reno_invest"] >= 1000 * W, share(r["reno_invest"], "0.20", 5000 * W))
    put(r["dig_ok"] and r["dig_invest"] > 0, share(r["dig_invest"], "0.20", 20 * W))
    put(r["fb_ok"] and r["fb_sales"] >= 100 * W, share(r["fb_sales"], "0.10", 300 * W))
    insured = r["ins_ok"] and not r["ins_other_subsidy"] and r["ins_rate_bp"] <= 200 and 1 <= r["ins_year"] <= 3
    put(insured, min(rounded(r["ins_premium"] * (1 - Decimal("0.1") * r["ins_year"])), 300 * W))
    put(r["title_first"] and r["title_code"] > 0, TITLES[int(r["title_code"])])
    put(r["scale_first"], 20 * W)
    put(r["scale_keep3"], 30 * W)
    rate = min(r["eq_rate_bp"] / 10000, Decimal("0.01"))
    put(r["eq_ok"] and r["eq_invest"] >= 2000 * W, min(rounded(r["eq_loan"] * rate), 1000 * W))
    reached = sum(r["sw_rev"] >= least for least in STEPS)
    more = GIVEN[reached] - GIVEN[int(r["sw_prev_tier"])]
    put(r["sw_ok"] and more > 0, more)
    base = r["sw_rd"] - Decimal("0.2") * r["sw_rev"]
    grown = r["sw_rev_prev"] > 0 and r["sw_rev"] > Decimal("1.2") * r["sw_rev_prev"]
    put(r["sw_ok"] and r["sw_applied"] and r["sw_rev"] >= 2 * E and grown and base > 0, share(base, "0.2", 1000 * W))
    return out
