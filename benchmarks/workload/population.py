"""Random firms for the twelve clauses: flat rows in integer 分, some on the edges of thresholds, some facts missing; and the same as applicants."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

from huiqi.evaluate.applicant import EARLIER, Aid, Applicant
from huiqi.packs.model import Corpus
from huiqi.packs.registry import ROOT, load_corpus

HERE = Path(__file__).parent
CLAIM = 2024
WAN, YI = 10**6, 10**10  # 分
STEPS = (5, 10, 20, 50, 100, 200, 500)  # 亿元, the tiers of clause 11
GIVEN = (0, 50, 100, 200, 500, 1000, 1500, 3000)  # 万元
Row = dict[str, int]

# column: (fact, year or None, median in 分, edges in 分)
MONEY: dict[str, tuple[str, int | None, int, tuple[int, ...]]] = {
    "order_incr": ("订单增量", None, 3 * YI // 2, (YI, 5 * YI, 10 * YI, 50 * YI, 100 * YI)),
    "rd_proj_invest": ("攻关投入", None, YI, (YI, 5 * YI, 10 * YI, 50 * YI, 100 * YI)),
    "fs_sales": ("首台套销售", None, 2000 * WAN, (1000 * WAN, YI, 3 * YI)),
    "rev_y0": ("营收", CLAIM - 3, 2 * YI, (1000 * YI // 10,)),
    "rev_y3": ("营收", CLAIM, 3 * YI, (1331 * YI // 10,)),
    "ni_revenue": ("新基建收入", None, 4000 * WAN, (2000 * WAN, 5000 * WAN, YI)),
    "rd_now": ("研发", CLAIM, 5000 * WAN, (YI, 5 * YI)),
    "rd_prev": ("研发", CLAIM - 1, 4000 * WAN, (YI - 200 * WAN, YI)),
    "reno_invest": ("技改投资", None, 1500 * WAN, (1000 * WAN,)),
    "dig_invest": ("数改投入", None, 60 * WAN, (0, 1)),
    "fb_sales": ("首批次销售", None, 400 * WAN, (100 * WAN,)),
    "ins_premium": ("保费", None, 80 * WAN, ()),
    "eq_invest": ("装备投资", None, 3000 * WAN, (2000 * WAN,)),
    "eq_loan": ("贷款", None, 5000 * WAN, ()),
    "sw_rev": ("软件营收", CLAIM, 4 * YI, tuple(n * YI for n in (2, *STEPS))),
    "sw_rev_prev": ("软件营收", CLAIM - 1, 3 * YI, (5 * YI // 3,)),
    "sw_rd": ("软件研发", None, YI, (2 * YI // 5, YI)),
}
FLAGS = {
    **{"is_chain_leader": "链主", "rd_proj_ok": "攻关立项", "fs_ok": "首台套", "ni_ok": "新基建", "tech_ok": "科技认定", "tech_small": "科技小企业"},
    **{"reno_ok": "技改", "dig_ok": "数改", "fb_ok": "首批次", "ins_ok": "投保", "ins_other_subsidy": "另有保费补贴", "title_first": "首次获称号"},
    **{"scale_first": "首次上规", "scale_keep3": "连续在规", "eq_ok": "装备项目", "sw_ok": "软件企业", "sw_applied": "软件申报"},
}
BASIS_POINTS = {"ins_rate_bp": ("保险费率", 350), "eq_rate_bp": ("贷款利率", 800)}


def corpus() -> Corpus:
    """The workload's policy with its facts beside the common vocabulary, and no other policy."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "policies")
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("hz-*", "hzbj-*"))
        (root / "hangzhou" / "bench").mkdir()
        shutil.copy(HERE / "policy.yaml", root / "hangzhou" / "bench" / "policy.yaml")
        shutil.copy(HERE / "facts.yaml", root / "hangzhou" / "vocabulary" / "facts" / "bench.yaml")
        return load_corpus(root)


def row(r: random.Random, missing: float) -> Row:
    """One firm; each fact but the tier reached before is missing with the given probability."""
    found: Row = {}
    for name, (_, _, median, edges) in MONEY.items():
        pick = r.random()
        value = int(median * r.lognormvariate(0, 1.7)) if pick > 0.2 or not edges else max(0, r.choice(edges) + r.choice((-1, 0, 1)))
        found[name] = min(value, 600 * YI)
    if r.random() < 0.1:
        found["order_incr"] *= -1
    found |= {name: int(r.random() < 0.7) for name in FLAGS}
    found |= {name: r.choice((r.randrange(below), 100, 200, 201)) for name, (_, below) in BASIS_POINTS.items()}
    found |= {"ins_year": r.randrange(5), "title_code": r.randrange(5)}
    found = {name: value for name, value in found.items() if r.random() >= missing}
    return found | {"sw_prev_tier": r.choice((0, 0, 1, 2, r.randrange(8)))}


def applicant(values: Row) -> Applicant:
    """The row as an applicant whose lists are whole."""
    firm = Applicant("企业", "", "", "", CLAIM, complete={"all"})
    years: dict[str, dict[int, int]] = {}
    for name, (fact, year, _, _) in MONEY.items():
        if name in values and year is not None:
            years.setdefault(f"基准{fact}", {})[year] = values[name]
        elif name in values:
            firm.facts[f"基准{fact}"] = values[name]
    tier = values["sw_prev_tier"]
    steps = {EARLIER: STEPS[tier - 1] * YI if tier else 0}
    firm.facts |= years | {"基准台阶营收": steps | ({CLAIM: values["sw_rev"]} if "sw_rev" in values else {})}
    firm.facts |= {f"基准{fact}": values[name] for name, fact in FLAGS.items() if name in values}
    firm.facts |= {f"基准{fact}": values[name] * 100 for name, (fact, _) in BASIS_POINTS.items() if name in values}
    firm.facts |= {fact: values[name] for name, fact in (("ins_year", "基准投保年次"), ("title_code", "基准称号")) if name in values}
    if tier:
        firm.aid.append(Aid("bench/11a", "", "市", "", str(CLAIM - 1), GIVEN[tier] * WAN))
    return firm
