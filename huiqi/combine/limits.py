"""The limits of the packs as they bear on the results of one applicant: what they list, by what they count, what aid has used up.

A limit whose key names no applicant and no subject is shared with other applicants; inside one applicant it holds all the same.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from huiqi.combine.overlap import EVERY, authority, contains, matched
from huiqi.evaluate.applicant import APPLICANT, Aid, Applicant
from huiqi.evaluate.compiled import Compiled
from huiqi.evaluate.instances import Instance
from huiqi.evaluate.resolve import Resolver
from huiqi.evaluate.results import Result
from huiqi.language.units import read_quantity
from huiqi.language.yamltree import Map, Node, Scalar, Seq
from huiqi.packs.check_limit import is_expression
from huiqi.packs.model import Accrual, Clause, Corpus, Limit, Measure, Policy
from huiqi.packs.read_limit import FORMS, limit_in_force
from huiqi.packs.vocabulary import Vocabulary
from huiqi.rules.measure import lower_measure

Group = tuple[str, ...]


class Item(Struct, frozen=True):
    """One entry of `over`, `one_of` or `together`: measures, or a matter paid by given authorities."""

    measures: frozenset[str] = frozenset()
    matter: str = ""
    authorities: tuple[str, ...] = ()

    def covers(self, policy: Policy, measure: Measure, words: Vocabulary) -> bool:
        """Whether a measure falls under the entry."""
        if measure.id in self.measures:
            return True
        return contains(self.matter, measure.matter, words) and authority(policy, words) in self.authorities

    def covers_aid(self, aid: Aid, corpus: Corpus) -> bool:
        """Whether aid received falls under the entry; upstream money that is matched counts as what it is matched for."""
        if aid.measure in self.measures:
            return True
        known = corpus.measures.get(aid.measure)
        matter = aid.matter or (known[2].matter if known else "")
        if not self.matter or aid.authority not in self.authorities:
            return False
        words = corpus.vocabulary
        return contains(self.matter, matter, words) or any(
            contains(matched(m), matter, words) and contains(self.matter, m.matter, words) for _, _, m in corpus.measures.values() if matched(m)
        )


class Rule(Struct, frozen=True):
    """A limit under the readings in force, with the clause that states it and its entries."""

    limit: Limit
    policy: Policy
    clause: Clause
    items: tuple[Item, ...]

    def entry(self, policy: Policy, measure: Measure, words: Vocabulary) -> int:
        """The number of the first entry a measure falls under, -1 where none does."""
        return next((n for n, item in enumerate(self.items) if item.covers(policy, measure, words)), -1)

    @property
    def form(self) -> str:
        """`over`, `one_of` or `together`."""
        return next(key for key in FORMS if key in self.limit.body.entries)

    @property
    def shared(self) -> bool:
        """Whether other applicants draw on the same limit."""
        return (
            self.form == "over"
            and not any(per in ("企业", "申报主体", "机构", "医疗机构") for per in self.limit.per)
            and all(per in ("年度", "等级", "区县", "培育批次") for per in self.limit.per)
        )


def rules(corpus: Corpus, choices: dict[str, str]) -> list[Rule]:
    """Every limit of the corpus under the readings asked for, in clause order."""
    homes = ((policy, clause) for policy in corpus.policies.values() for clause in policy.clauses)
    return [rule_under(limit, policy, clause, corpus, choices) for policy, clause in homes for limit in clause.limits]


def rule_under(written: Limit, policy: Policy, clause: Clause, corpus: Corpus, choices: dict[str, str]) -> Rule:
    """One limit under the readings asked for."""
    limit = limit_in_force(written, corpus, choices)
    node = next((limit.body.entries[key] for key in FORMS if key in limit.body.entries), None)
    nodes = node.items if isinstance(node, Seq) else () if node is None else (node,)
    return Rule(limit, policy, clause, tuple(_item(x, policy, corpus) for x in nodes))


def _item(node: Node, policy: Policy, corpus: Corpus) -> Item:
    if isinstance(node, Scalar):
        full = node.text if "/" in node.text else f"{policy.id}/{node.text}"
        named = corpus.policies.get(full.partition("/")[0])
        clause = next((c for c in named.clauses if c.id == full), None) if named else None
        return Item(frozenset([m.id for m in clause.measures] if clause else [full]))
    assert isinstance(node, Map)
    who = node.entries.get("authority")
    names = [x.text for x in (who.items if isinstance(who, Seq) else (who,)) if isinstance(x, Scalar)]
    matter = node.entries.get("matter")
    return Item(matter=matter.text if isinstance(matter, Scalar) else "", authorities=EVERY if names in ([], ["any"]) else tuple(names))


def group(rule: Rule, subject: str, period: str, level: str, applicant: Applicant, claim: int, words: Vocabulary) -> Group | None:
    """What a limit counts by, for something about a subject in a period at a level; None where the key does not apply to it or is not known."""
    key = []
    for per in rule.limit.per:
        kind = words.kinds.get(per)
        if per in ("年度", "培育批次"):
            key.append(period[:4] if period[:4].isdigit() else str(claim))
        elif per == "等级":
            key.append(level)
        elif per == "区县" or per == "申报主体" or (kind and kind.role == "applicant"):
            key.append(APPLICANT)
        else:
            at = subject
            while at and per not in words.family(applicant.subjects[at].kind):
                at = applicant.subjects[at].parent
            if not at:
                return None
            key.append(at)
    return None if "等级" in rule.limit.per and not level else tuple(key)


class Used(Struct, frozen=True):
    """Aid that falls under a limit for one group."""

    aid: Aid
    item: int


def used(rule: Rule, key: Group, applicant: Applicant, claim: int, corpus: Corpus) -> list[Used]:
    """Aid received that falls under the limit in the same group."""
    found = []
    for aid in applicant.aid:
        for number, item in enumerate(rule.items):
            if item.covers_aid(aid, corpus) and group(rule, aid.subject, aid.period, _tier(aid, applicant, corpus), applicant, claim, corpus.vocabulary) == key:
                found.append(Used(aid, number))
                break
    return found


def _tier(aid: Aid, applicant: Applicant, corpus: Corpus) -> str:
    """The level aid was given for: as stated, else that of the record whose day is its period."""
    known = corpus.measures.get(aid.measure)
    names = known[2].accrues.names if known else ()
    there = (r.level for r in applicant.records if r.register in names and (r.of, r.first_day) == (aid.subject, aid.period[:10]))
    return aid.tier or next(there, "")


def followed(result: Result, applicant: Applicant, corpus: Corpus) -> list[Aid]:
    """Aid for the same matter and subject under any city policy: years supported before count on under the policy that follows (连续支持)."""
    found = []
    for aid in applicant.aid:
        known = corpus.measures.get(aid.measure)
        matter = aid.matter or (known[2].matter if known else "")
        apart = known is not None and known[0].id == result.policy.id and aid.measure != result.measure.id  # each counts its own years
        if aid.authority in ("市", "区") and not apart and aid.subject == (result.subject or "") and matter == result.measure.matter:
            found.append(aid)
    return found


class Most(Struct, frozen=True):
    """The money a limit allows, in 分: both ends, the high one None where nothing limits it."""

    low: int
    high: int | None


def most(rule: Rule, result: Result, key: Group, resolver: Resolver, corpus: Corpus, choices: dict[str, str]) -> Most:
    """What `at_most` comes to for the group of a result: a sum, or an expression over the facts of the group's subject."""
    node = rule.limit.body.entries["at_most"]
    year = result.period[:4] if result.period[:4].isdigit() else str(resolver.claim)
    if isinstance(node, Map):
        node = next((value for years, value in node.entries.items() if years[:4] <= year <= years[-4:]), Scalar("", node.place))
    assert isinstance(node, Scalar)
    if not node.text:
        return Most(0, 0)
    if not is_expression(node.text):
        plain = read_quantity(node.text, "元", node.place)
        return Most(plain, plain)
    subject = next((x for x in key if x in resolver.applicant.subjects), APPLICANT)
    kind = resolver.applicant.subjects[subject].kind if subject else ""
    award = Map({"fixed": node}, {"fixed": node.place}, node.place)
    measure = replace(result.measure, subject=kind, accrues=Accrual("year"), when=(), award=award)
    compiled = Compiled(lower_measure(corpus, rule.policy, rule.clause, measure, choices), corpus.vocabulary)
    ends = compiled.ends(compiled.known(resolver, Instance(subject, year)))
    assert ends is not None  # nothing is asked of it
    return Most(ends.low, None if ends.open else ends.high)


def years_of(text: str) -> int:
    """`3年` → 3."""
    return int(text.removesuffix("年"))
