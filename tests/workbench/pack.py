"""One small policy with cases, on which every figure of coverage and mutation is worked out by hand."""

POLICY = """\
policy: small
title: 试验
window: {from: 2024-01-01, to: 2026-12-31}
summary: 试验
clauses:
- clause: 1
  at: 一
  title: 试验
  kind: measure
  summary: 试验
  measures:
  - id: a
    title: 试验
    summary: 试验
    applicant: 企业
    matter: 研发投入
    instrument: grant
    decision: automatic
    accrues: year
    when:
    - 营业收入 >= 1亿元
    award:
      table:
        of: 研发投入
        rows:
        - {from: 1000万元, fixed: 10万元}
        - {from: 5000万元, fixed: {reading: R1, low: 50万元, high: 60万元}}
  readings:
  - id: R1
    about: 试验
    choices: {low: 低, high: 高}
    taken: low
    reason: 试验
"""

_CASE = """\
- case: {name}
  on: {on}
{more}  facts: {{营业收入: {{2024: {revenue}}}, 研发投入: {{2024: {research}}}}}
  complete: [all]
  expect:
  - {{measure: 1a, status: {status}, amount: {amount}, sum: {amount}}}
"""


def case(name: str, revenue: str, research: str, amount: str = "0元", on: str = "2025-06-01", more: str = "") -> str:
    """A case in YAML."""
    status = "ineligible" if amount == "0元" else "eligible"
    return _CASE.format(name=name, on=on, more=f"  {more}\n" if more else "", revenue=revenue, research=research, status=status, amount=amount)
