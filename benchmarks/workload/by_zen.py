"""The twelve clauses as one compiled expression of ZEN (package `zen-engine`), run by an interpreter of its own environment.

As a program: reads rows of 元 as JSON lines from stdin, writes one line of seconds a firm and then each firm's answers. ZEN has no
exact money, no bounds and no reasons; it stands here for what a general rule engine takes for statuses and amounts.
"""

from __future__ import annotations

import json
import sys
import time

W, E = 10_000, 100_000_000


def tiers(x: str, rows: list[tuple[int, float]], cap: int) -> str:
    text = str(rows[-1][1])
    for least, rate in reversed(rows[:-1]):
        text = f"({x} >= {least} ? {rate} : {text})"
    return f"min([round({x} * {text}, 2), {cap}])"


def flat(x: str, upper: int, lower: int, rest: str) -> str:
    return f"({x} >= {100 * E} ? {upper} : {x} >= {50 * E} ? {lower} : {rest})"


def clauses() -> list[tuple[str, str]]:
    """(condition, amount) of each measure."""
    research = f"(tech_small ? (rd_now >= {E} ? {200 * W} : min([round((rd_now - rd_prev) * 0.05, 2), {200 * W}]))"
    research += f" : (rd_now >= {5 * E} ? {300 * W} : min([round((rd_now - rd_prev) * 0.05, 2), {300 * W}])))"
    enough = f"(tech_small ? (rd_now >= {E} or rd_now - rd_prev >= {200 * W}) : (rd_now >= {5 * E} or rd_now - rd_prev >= {500 * W}))"
    given = [0, *(n * W for n in (50, 100, 200, 500, 1000, 1500, 3000))]
    reached = "0"
    for n, sum_ in zip((5, 10, 20, 50, 100, 200, 500), given[1:], strict=True):
        reached = f"(sw_rev >= {n * E} ? {sum_} : {reached})"
    step = f"({reached} - {given}[sw_prev_tier])"
    title = f"[0, {20 * W}, {100 * W}, {100 * W}, {200 * W}][title_code]"
    orders = flat("order_incr", 2 * E, E, tiers("order_incr", [(10 * E, 0.05), (5 * E, 0.03), (E, 0.02)], 5000 * W))
    projects = flat("rd_proj_invest", 5 * E, 2 * E, tiers("rd_proj_invest", [(10 * E, 0.10), (5 * E, 0.08), (E, 0.06)], E))
    return [
        (f"is_chain_leader and order_incr >= {E}", orders),
        (f"rd_proj_ok and rd_proj_invest >= {E}", projects),
        (
            f"fs_ok and fs_sales >= {1000 * W} and rev_y0 > 0 and rev_y3 * 1000 >= rev_y0 * 1331",
            tiers("fs_sales", [(3 * E, 0.05), (E, 0.03), (1000 * W, 0.02)], 2000 * W),
        ),
        (f"ni_ok and ni_revenue >= {2000 * W}", tiers("ni_revenue", [(E, 0.10), (5000 * W, 0.08), (2000 * W, 0.06)], 2000 * W)),
        (f"tech_ok and {enough}", research),
        (f"reno_ok and reno_invest >= {1000 * W}", f"min([round(reno_invest * 0.2, 2), {5000 * W}])"),
        ("dig_ok and dig_invest > 0", f"min([round(dig_invest * 0.2, 2), {20 * W}])"),
        (f"fb_ok and fb_sales >= {100 * W}", f"min([round(fb_sales * 0.1, 2), {300 * W}])"),
        (
            "ins_ok and not ins_other_subsidy and ins_rate_bp <= 200 and ins_year >= 1 and ins_year <= 3",
            f"min([round(ins_premium * (1 - 0.1 * ins_year), 2), {300 * W}])",
        ),
        ("title_first and title_code > 0", title),
        ("scale_first", str(20 * W)),
        ("scale_keep3", str(30 * W)),
        (f"eq_ok and eq_invest >= {2000 * W}", f"min([round(eq_loan * min([eq_rate_bp, 100]) / 10000, 2), {1000 * W}])"),
        (f"sw_ok and {step} > 0", step),
        (
            f"sw_ok and sw_applied and sw_rev >= {2 * E} and sw_rev_prev > 0 and sw_rev * 100 > sw_rev_prev * 120 and sw_rd * 5 > sw_rev",
            f"min([round(0.2 * (sw_rd - 0.2 * sw_rev), 2), {1000 * W}])",
        ),
    ]


def main() -> None:
    import zen

    rows = [json.loads(line) for line in sys.stdin]
    parts = [f"e{n}: {condition}, a{n}: ({condition}) ? ({amount}) : 0" for n, (condition, amount) in enumerate(clauses())]
    expression = zen.compile_expression("{" + ", ".join(parts) + "}")
    answers: list[dict[str, object]] = []
    best = 1e9
    for _ in range(5):
        start = time.process_time()
        answers = [expression.evaluate(row) for row in rows]
        best = min(best, time.process_time() - start)
    print(best / len(rows))
    for answer in answers:
        print(json.dumps([[bool(answer[f"e{n}"]), round(float(str(answer[f"a{n}"])) * 100)] for n in range(len(parts))]))


if __name__ == "__main__":
    main()
