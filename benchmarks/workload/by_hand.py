"""The twelve clauses as a programmer would write them for speed: straight lines on integer 分, no objects, no library.

`exact` answers a firm all of whose facts are known. `bounded` also answers where facts are missing: (status, amount or None, low, high) for
each measure, with the tightest bounds. Both know only these clauses.
"""

from __future__ import annotations

from bisect import bisect_right

W, E = 10**6, 10**10  # 1万元, 1亿元 in 分
MOST = 10**14  # 分; no firm's figure is greater
TIERS = tuple(t * E for t in (5, 10, 20, 50, 100, 200, 500))
GIVEN = tuple(g * W for g in (0, 50, 100, 200, 500, 1000, 1500, 3000))
TITLES = (0, 20 * W, 100 * W, 100 * W, 200 * W)
MEASURES = ("1a", "2a", "3a", "4a", "5a", "6a", "7a", "8a", "8b", "9a", "9b", "9c", "10a", "11a", "12a")
NO = ("ineligible", 0, 0, 0)
Answer = tuple[str, int | None, int, int]


def orders(x: int) -> int:
    if x >= 100 * E:
        return 2 * E
    if x >= 50 * E:
        return E
    a = (x * (5 if x >= 10 * E else 3 if x >= 5 * E else 2) + 50) // 100
    return a if a < 5000 * W else 5000 * W


def research(x: int) -> int:
    if x >= 100 * E:
        return 5 * E
    if x >= 50 * E:
        return 2 * E
    a = (x * (10 if x >= 10 * E else 8 if x >= 5 * E else 6) + 50) // 100
    return a if a < E else E


def first_set(x: int) -> int:
    a = (x * (5 if x >= 3 * E else 3 if x >= E else 2) + 50) // 100
    return a if a < 2000 * W else 2000 * W


def services(x: int) -> int:
    a = (x * (10 if x >= E else 8 if x >= 5000 * W else 6) + 50) // 100
    return a if a < 2000 * W else 2000 * W


def share(x: int, percent: int, cap: int) -> int:
    a = (x * percent + 50) // 100
    return a if a < cap else cap


def interest(loan: int, points: int) -> int:
    a = (loan * (points if points < 100 else 100) + 5000) // 10000
    return a if a < 1000 * W else 1000 * W


def above_fifth(rd: int, rev: int) -> int:
    a = (2 * (5 * rd - rev) + 25) // 50
    return a if a < 1000 * W else 1000 * W


def exact(r: dict[str, int]) -> tuple[tuple[bool, int], ...]:
    """(eligible, amount) of each measure; every fact must be there."""
    x = r["order_incr"]
    ok1 = r["is_chain_leader"] and x >= E
    y = r["rd_proj_invest"]
    ok2 = r["rd_proj_ok"] and y >= E
    z = r["fs_sales"]
    ok3 = r["fs_ok"] and z >= 1000 * W and r["rev_y0"] > 0 and r["rev_y3"] * 1000 >= r["rev_y0"] * 1331
    s = r["ni_revenue"]
    ok4 = r["ni_ok"] and s >= 2000 * W
    ok5, a5, d = 0, 0, r["rd_now"]
    if r["tech_ok"]:
        top, step, flat = (E, 200 * W, 200 * W) if r["tech_small"] else (5 * E, 500 * W, 300 * W)
        more = d - r["rd_prev"]
        if d >= top:
            ok5, a5 = 1, flat
        elif more >= step:
            ok5, a5 = 1, share(more, 5, flat)
    t = r["reno_invest"]
    ok6 = r["reno_ok"] and t >= 1000 * W
    v = r["dig_invest"]
    ok7 = r["dig_ok"] and v > 0
    f = r["fb_sales"]
    ok8 = r["fb_ok"] and f >= 100 * W
    n = r["ins_year"]
    ok8b = r["ins_ok"] and not r["ins_other_subsidy"] and r["ins_rate_bp"] <= 200 and 1 <= n <= 3
    c = r["title_code"]
    ok9 = r["title_first"] and c > 0
    ok10 = r["eq_ok"] and r["eq_invest"] >= 2000 * W
    w = r["sw_rev"]
    tier, before = bisect_right(TIERS, w), r["sw_prev_tier"]
    ok11 = r["sw_ok"] and tier > before
    p = r["sw_rd"]
    ok12 = r["sw_ok"] and r["sw_applied"] and w >= 2 * E and r["sw_rev_prev"] > 0 and w * 100 > r["sw_rev_prev"] * 120 and p * 5 > w
    return (
        (ok1, orders(x) if ok1 else 0),
        (ok2, research(y) if ok2 else 0),
        (ok3, first_set(z) if ok3 else 0),
        (ok4, services(s) if ok4 else 0),
        (ok5, a5),
        (ok6, share(t, 20, 5000 * W) if ok6 else 0),
        (ok7, share(v, 20, 20 * W) if ok7 else 0),
        (ok8, share(f, 10, 300 * W) if ok8 else 0),
        (ok8b, share(r["ins_premium"], 100 - 10 * n, 300 * W) if ok8b else 0),
        (ok9, TITLES[c] if ok9 else 0),
        (r["scale_first"], 20 * W if r["scale_first"] else 0),
        (r["scale_keep3"], 30 * W if r["scale_keep3"] else 0),
        (ok10, interest(r["eq_loan"], r["eq_rate_bp"]) if ok10 else 0),
        (ok11, GIVEN[tier] - GIVEN[before] if ok11 else 0),
        (ok12, above_fifth(p, w) if ok12 else 0),
    )


def told(must: bool, may: bool, low: int, high: int) -> Answer:
    if not may:
        return NO
    if must:
        return ("eligible", low if low == high else None, low, high)
    return ("unknown", 0 if high == 0 else None, 0, high)


def bounded(r: dict[str, int]) -> list[Answer]:
    """The answer of each measure whatever is missing."""
    g = r.get
    out = []
    # 1–4: the amount rises with its base
    for flag, name, least, pay, lowest in (
        ("is_chain_leader", "order_incr", E, orders, -MOST),
        ("rd_proj_ok", "rd_proj_invest", E, research, 0),
        ("fs_ok", "fs_sales", 1000 * W, first_set, 0),
        ("ni_ok", "ni_revenue", 2000 * W, services, 0),
    ):
        ok, x = g(flag), g(name)
        xl, xh = (lowest, MOST) if x is None else (x, x)
        must, may = ok == 1 and xl >= least, ok != 0 and xh >= least
        if name == "fs_sales" and may:
            y0, y3 = g("rev_y0"), g("rev_y3")
            y0l, y0h = (0, MOST) if y0 is None else (y0, y0)
            y3l, y3h = (0, MOST) if y3 is None else (y3, y3)
            must = must and y0l > 0 and y3l * 1000 >= y0h * 1331
            may = y0h > 0 and y3h * 1000 >= max(y0l, 1) * 1331
        out.append(told(must, may, pay(xl if xl > least else least), pay(xh)) if may else NO)
    # 5: rises with this year's figure, falls with last year's; two kinds of firm
    ok, small, d, b = g("tech_ok"), g("tech_small"), g("rd_now"), g("rd_prev")
    dl, dh = (0, MOST) if d is None else (d, d)
    bl, bh = (0, MOST) if b is None else (b, b)
    if ok == 0:
        out.append(NO)
    else:
        must, may, low, high = ok == 1, False, MOST, 0
        for kind, top, step, flat in ((1, E, 200 * W, 200 * W), (0, 5 * E, 500 * W, 300 * W)):
            if small is not None and small != kind:
                continue
            must = must and (dl >= top or dl - bh >= step)
            if dh >= top or dh - bl >= step:
                may = True
                least = flat if dl >= top else share(max(dl - bh, step), 5, flat)
                most = flat if dh >= top else share(dh - bl, 5, flat)
                if dl < top <= dh and top - 1 - bl >= step:
                    most = max(most, share(top - 1 - bl, 5, flat))
                low, high = min(low, least), max(high, most)
        out.append(told(must, may, low, high))
    # 6, 7, 8a: a share of a base
    for flag, name, least, percent, cap in (
        ("reno_ok", "reno_invest", 1000 * W, 20, 5000 * W),
        ("dig_ok", "dig_invest", 1, 20, 20 * W),
        ("fb_ok", "fb_sales", 100 * W, 10, 300 * W),
    ):
        ok, x = g(flag), g(name)
        if ok == 0 or (x is not None and x < least):
            out.append(NO)
        elif x is None:
            out.append(told(False, True, 0, cap))
        else:
            a = share(x, percent, cap)
            out.append(told(ok == 1, True, a, a))
    # 8b: falls by the year
    ok, other, points, n, x = g("ins_ok"), g("ins_other_subsidy"), g("ins_rate_bp"), g("ins_year"), g("ins_premium")
    if ok == 0 or other == 1 or (points is not None and points > 200) or (n is not None and not 1 <= n <= 3):
        out.append(NO)
    else:
        first, last = (1, 3) if n is None else (n, n)
        low = 0 if x is None else share(x, 100 - 10 * last, 300 * W)
        high = 300 * W if x is None else share(x, 100 - 10 * first, 300 * W)
        out.append(told(ok == 1 and other == 0 and points is not None and n is not None, True, low, high))
    # 9: fixed sums
    ok, c = g("title_first"), g("title_code")
    if ok == 0 or c == 0:
        out.append(NO)
    elif c is None:
        out.append(told(False, True, 0, 200 * W))
    else:
        out.append(told(ok == 1, True, TITLES[c], TITLES[c]))
    for name, sum_ in (("scale_first", 20 * W), ("scale_keep3", 30 * W)):
        ok = g(name)
        out.append(told(ok == 1, ok != 0, sum_, sum_))
    # 10: rises with loan and rate
    ok, x, loan, points = g("eq_ok"), g("eq_invest"), g("eq_loan"), g("eq_rate_bp")
    if ok == 0 or (x is not None and x < 2000 * W):
        out.append(NO)
    else:
        low = 0 if loan is None or points is None else interest(loan, points)
        high = interest(MOST if loan is None else loan, 10000 if points is None else points)
        out.append(told(ok == 1 and x is not None, True, low, high))
    # 11: by tiers
    ok, x, before = g("sw_ok"), g("sw_rev"), r["sw_prev_tier"]
    tier = 7 if x is None else bisect_right(TIERS, x)
    if ok == 0 or tier <= before:
        out.append(NO)
    elif x is None:
        out.append(told(False, True, 0, GIVEN[7] - GIVEN[before]))
    else:
        out.append(told(ok == 1, True, GIVEN[tier] - GIVEN[before], GIVEN[tier] - GIVEN[before]))
    # 12: rises with research, falls with revenue
    asked, b, p = g("sw_applied"), g("sw_rev_prev"), g("sw_rd")
    xl, xh = (0, MOST) if x is None else (x, x)
    bl, bh = (0, MOST) if b is None else (b, b)
    pl, ph = (0, MOST) if p is None else (p, p)
    least = max(xl, 2 * E, max(bl, 1) * 120 // 100 + 1)
    if ok == 0 or asked == 0 or least > xh or bh <= 0 or ph * 5 <= least:
        out.append(NO)
    else:
        must = ok == 1 and asked == 1 and xl >= 2 * E and bl > 0 and xl * 100 > bh * 120 and pl * 5 > xh
        out.append(told(must, True, above_fifth(max(pl, xh // 5 + 1), xh) if must else 0, above_fifth(ph, least)))
    return out
