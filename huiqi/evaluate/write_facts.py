"""An applicant → the content of a facts file, so that what was answered can be kept with the answer and asked again."""

from __future__ import annotations

import datetime
from typing import Any

from huiqi.evaluate.applicant import APPLICANT, EARLIER, Applicant, Values
from huiqi.language.units import format_steps
from huiqi.packs.vocabulary import Fact, Vocabulary

Content = dict[str, Any]


def facts_content(applicant: Applicant, vocabulary: Vocabulary) -> Content:
    """The keys of a facts file with their values as text; `read_applicant` gives the same applicant back. Empty keys are left out."""
    head = {"kind": applicant.kind, "name": applicant.name, "code": applicant.code, "district": applicant.district}
    subjects = [
        _filled({"kind": s.kind, "id": s.id, "of": s.parent, "name": s.name, "facts": _values(s.facts, vocabulary)}) for s in applicant.subjects.values()
    ]
    records = [
        _filled({"register": r.register, "event": r.event, "level": r.level, "of": r.of, "from": r.first_day, "to": r.last_day, "issuer": r.issuer})
        for r in applicant.records
    ]
    aid = [
        _filled({"measure": a.measure, "matter": a.matter, "authority": a.authority, "subject": a.subject, "period": a.period, "tier": a.tier})
        | {"amount": format_steps(a.amount, "元")}
        for a in applicant.aid
    ]
    content: Content = {"claim": str(applicant.claim or ""), "applicant": _filled(head), "facts": _values(applicant.facts, vocabulary)}
    return _filled(content | {"records": records, "subjects": subjects, "aid": aid, "complete": sorted(applicant.complete)})


def _filled(content: Content) -> Content:
    return {key: value for key, value in content.items() if value not in (APPLICANT, [], {})}


def _values(values: Values, vocabulary: Vocabulary) -> Content:
    written: Content = {}
    for name, value in values.items():
        fact = vocabulary.facts[name]
        if isinstance(value, dict):
            written[name] = {"earlier" if year == EARLIER else str(year): _text(steps, fact) for year, steps in value.items()}
        else:
            written[name] = _text(value, fact)
    return written


def _text(steps: int, fact: Fact) -> str:
    match fact.type:
        case "bool":
            return "是" if steps else "否"
        case "choice":
            return fact.values[steps]
        case "date":
            return datetime.date.fromordinal(steps).isoformat()
    return format_steps(steps, fact.unit)
