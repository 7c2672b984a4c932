"""Outlines, metadata and differences of official texts for the terminal and as JSON."""

from __future__ import annotations

from huiqi.cli.output import pad, wrap
from huiqi.documents.diff import Change, Edit
from huiqi.documents.tree import Clause, Metadata, Node, Offices, PolicyText

KINDS = {"changed": "改动", "renumbered": "改号", "added": "新增", "removed": "删去"}
FIELDS = {
    **{"title": "标题", "number": "文号", "issuers": "发文", "issued": "印发", "issued_month": "印发年月", "first_day": "施行", "last_day": "截止"},
    **{"benefit_from": "奖补起年", "benefit_to": "奖补止年", "admits_earlier": "施行前可参照", "all_up_to": "均为最高标准", "overlap": "重叠范围"},
    **{"overlap_at": "重叠条款", "funding": "资金", "funding_at": "资金条款", "funding_share": "分担比例", "repeals": "废止", "lead": "牵头"},
}


def policy_json(policy: PolicyText) -> dict[str, object]:
    """A policy's metadata and nodes in printed order; a heading that is no clause has `clause: false`."""
    m = policy.metadata
    return {
        "title": m.title,
        "number": m.number or None,
        "issuers": list(m.issuers),
        "issued": m.issued or None,
        "issued_month": m.issued_month or None,
        "window": {"from": m.first_day or None, "to": m.last_day or None},
        "benefit_years": {"from": m.benefit_from or None, "to": m.benefit_to or None},
        "admits_earlier": m.admits_earlier,
        "all_up_to": m.all_up_to,
        "lead": list(m.lead),
        "overlap": {"at": m.overlap_at, "reach": m.overlap} if m.overlap else None,
        "funding": {"at": m.funding_at, "by": list(m.funding), "share": m.funding_share or None} if m.funding else None,
        "repeals": list(m.repeals),
        "file": policy.source.file,
        "nodes": [_node_json(node, policy) for node in policy.walk()],
        "front": [piece.text for piece in policy.front],
        "back": [piece.text for piece in policy.back],
    }


def _node_json(node: Node, policy: PolicyText) -> dict[str, object]:
    offices = policy.offices.get(node.id, Offices())
    place = policy.source.place(node.span[0])
    return {
        "id": node.id,
        "at": node.at,
        "level": node.level,
        "title": node.title or None,
        "clause": node.is_clause,
        "text": node.text,
        "lead": list(offices.lead),
        "support": list(offices.support),
        "line": place.line,
        "col": place.col,
    }


def print_tree(policy: PolicyText) -> None:
    """Title, metadata, and one line a node: id, printed path, title or first words, offices, number of characters."""
    m = policy.metadata
    print(m.title or "（没有标题）")
    for line in _metadata_lines(m):
        print(f"  {line}")
    for node in policy.walk():
        offices = policy.offices.get(node.id, Offices())
        led = "、".join(offices.lead) + (f"（{'、'.join(offices.support)}）" if offices.support else "")
        name = node.title or (node.text if len(node.text) <= 24 else f"{node.text[:23]}…").replace("\n", " ")
        size = f"{len(node.text) - node.prose}字" if node.is_clause else ""
        shown = f"{'  ' * (node.level - 1)}{node.at} {name if name != node.at else ''}"
        print(f"  {pad(node.id if node.is_clause else '', 9)}{pad(shown, 56)} {size:>6}  {led}".rstrip())
    print(f"  条款 {sum(node.is_clause for node in policy.walk())}\n")


def _metadata_lines(m: Metadata) -> list[str]:
    window = f"施行 {m.first_day or '未载'} 至 {m.last_day or '未载明'}"
    lines = [f"文号 {m.number or '来源未载'}　发文 {'、'.join(m.issuers) or '来源未载'}　印发 {m.issued or m.issued_month or '来源未载'}", window]
    if m.benefit_from:
        lines[-1] += f"　奖补时间 {m.benefit_from} 年{'至 ' + m.benefit_to + ' 年' if m.benefit_to else '起'}"
    if m.admits_earlier:
        lines[-1] += "　施行前符合条件的可参照"
    if m.lead:
        lines.append(f"牵头 {'、'.join(m.lead)}")
    if m.overlap:
        lines.append(f"重叠 从优、就高、不重复，对照{'本市各级' if m.overlap == '市' else '各级'}政策（{m.overlap_at}）")
    if m.funding:
        lines.append(f"资金 {'、'.join(m.funding)}{'按 ' + m.funding_share if m.funding_share else '分担，未载比例'}（{m.funding_at}）")
    if m.all_up_to:
        lines.append("所列标准均为最高标准")
    if m.repeals:
        lines.append(f"废止 {'、'.join(m.repeals)}")
    return lines


def metadata_changes(left: Metadata, right: Metadata) -> list[tuple[str, str, str]]:
    """The fields that differ, by their Chinese names, with both values as text."""
    rows = [(name, _value(getattr(left, field)), _value(getattr(right, field))) for field, name in FIELDS.items()]
    return [row for row in rows if row[1] != row[2]]


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def change_json(change: Change) -> dict[str, object]:
    """One differing clause."""
    return {
        "kind": change.kind,
        "left": _side(change.left),
        "right": _side(change.right),
        "wording": [_edit_json(edit) for edit in change.wording],
        "figures": [_edit_json(edit) for edit in change.figures],
    }


def _side(clause: Clause | None) -> dict[str, str] | None:
    return {"id": clause.id, "at": clause.at, "title": clause.title, "place": str(clause.place(0))} if clause else None


def _edit_json(edit: Edit) -> dict[str, str]:
    return {
        **{"before": edit.before, "left": edit.left, "right": edit.right, "after": edit.after},
        **{"left_at": str(edit.left_at), "right_at": str(edit.right_at)},
    }


def print_change(change: Change) -> None:
    """A differing clause: its heading, then wording and figures apart."""
    clause = change.right or change.left
    assert clause is not None
    moved = f"（A 为 {change.left.at}）" if change.left and change.right and change.left.id != change.right.id else ""
    print(f"  {KINDS[change.kind]} {clause.at} {clause.title}{moved}  {clause.id}")
    if change.left is None or change.right is None:
        print("\n".join(wrap(clause.text.replace("\n", " ")[:200], "    ")))
    for label, edits in (("措辞", change.wording), ("数字", change.figures)):
        for edit in edits:
            print(f"    {label} …{edit.before}［{edit.left or '无'} → {edit.right or '无'}］{edit.after}…  {edit.left_at}  {edit.right_at}")
