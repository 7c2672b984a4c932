"""One measure → one rule: its conditions, its amount, and the two plain programs that compute them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from huiqi.language import syntax as s
from huiqi.language.diagnostics import Findings, Problems, problem, quoted
from huiqi.language.parser import parse
from huiqi.language.yamltree import Map, Node, Scalar, Seq, want_map, want_seq, want_text
from huiqi.packs.model import Clause, Corpus, Measure, Policy
from huiqi.rules.expressions import Lowering
from huiqi.rules.graph import FEN, MONEY, Graph
from huiqi.rules.inputs import AwardedInput, Input
from huiqi.rules.mechanisms import lower_form
from huiqi.rules.mechanisms.common import Award, Bench
from huiqi.rules.pairs import exact_program, pair_program
from huiqi.rules.program import Program
from huiqi.rules.scope import Scope
from huiqi.rules.words import Line, Shown, joined, nodes_of

MAX_BITS = 127  # what HUGEINT, numeric and DECIMAL(38,0) all hold
_AWARDED_MOST = 10**16  # 分; more than any firm has ever been granted


class Rule(Struct, dict=True):
    """A lowered measure. Node numbers point into `graph`.

    `conditions` are reported one by one; `eligible` is all of them; `amount` is money in 分, rounded half up, not below zero;
    `up_to` tells whether it is an upper bound; `least` is the low end where the text prints a range.
    """

    policy: Policy
    clause: Clause
    measure: Measure
    graph: Graph
    conditions: list[Line]
    eligible: int
    amount: int
    up_to: int
    least: int | None
    lines: list[Line]
    readings: dict[str, str]
    _reads: dict[tuple[int, ...], list[Input]] = {}

    @cached_property
    def outputs(self) -> dict[str, int]:
        made = {"eligible": self.eligible, "amount": self.amount, "up_to": self.up_to}
        return made if self.least is None else made | {"least": self.least}

    @cached_property
    def exact(self) -> Program:
        return exact_program(self.graph, self.outputs)

    @cached_property
    def pair(self) -> Program:
        """Amounts are taken where every condition holds."""
        conditions = [line.holds for line in self.conditions if line.holds is not None]
        return pair_program(self.graph, self.outputs, conditions, tuple(name for name in self.outputs if name != "eligible"))

    @cached_property
    def trace(self) -> Program:
        """Both ends of everything the reasons show."""
        shown: dict[str, int] = {}
        for line in (*self.conditions, *self.lines):
            nodes = [line.holds, line.given, *nodes_of(line.words)]
            shown |= {str(node): node for node in nodes if node is not None}
        return pair_program(self.graph, shown)

    @cached_property
    def deducts_itself(self) -> bool:
        """Whether the award deducts what the measure gave before (进档差额)."""
        return any(isinstance(read, AwardedInput) and self.measure.id in read.measures for read in self.reads(self.amount))

    def reads(self, *nodes: int) -> list[Input]:
        """The inputs the given nodes depend on, in order."""
        found = self._reads.get(nodes)
        if found is None:
            found = self._reads[nodes] = [self.graph.read(n) for n in self.graph.inputs(list(nodes))]
        return found


def lower_measure(corpus: Corpus, policy: Policy, clause: Clause, measure: Measure, choices: dict[str, str] | None = None) -> Rule:
    """Lower one computed measure with the readings asked for (others as taken). Raises `Problems` with all faults found."""
    scope = Scope(corpus, policy, clause, measure, choices or {})
    if measure.accrues.mode == "recognition":
        scope.bound = tuple(corpus.vocabulary.registers[name] for name in measure.accrues.names)
    graph = Graph()
    low = Lowering(graph, scope)
    findings = Findings()
    conditions: list[Line] = []
    for node in measure.when:
        try:
            chosen = scope.chosen(node)
            if isinstance(chosen, Seq) and not chosen.items:
                continue  # a reading under which nothing is asked
            truth = low.condition_text(want_text(chosen))
            conditions.append(Line(truth.words, holds=truth.node))
        except Problems as problems:
            findings.take(problems)
    try:
        bench = Bench(low, policy.all_up_to)
        award = _award(measure.award, bench) if measure.award else Award(bench.zero(), graph.false())
    except Problems as problems:
        findings.take(problems)
        findings.stop()
        raise
    findings.stop()
    if measure.award and graph[award.amount].dimension != MONEY:
        raise problem("X006", measure.award.place, want="金额", got=graph[award.amount].dimension or "数")
    conditions += award.conditions
    eligible = graph.all([line.holds for line in conditions if line.holds is not None])
    amount = graph.round(award.amount, FEN)
    least = None if award.least is None else graph.round(award.least, FEN)
    rule = Rule(policy, clause, measure, graph, conditions, eligible, amount, award.up_to, least, award.lines, scope.used_readings)
    return rule


def deducted(policy: Policy, measure: Measure) -> set[str]:
    """The measures whose money the award deducts, under any reading; found without lowering it."""
    found: set[str] = set()
    for text in _less_texts(measure.award) if measure.award else ():
        tree = parse(text.text, text.place)
        refs = [a.ref for a in tree.args if isinstance(a, s.MeasureRef)] if isinstance(tree, s.Call) else []
        found |= {ref if "/" in ref else f"{policy.id}/{ref}" for ref in refs}
    return found


def _less_texts(node: Node) -> Iterator[Scalar]:
    """Every text below a key `less`."""
    if isinstance(node, Map):
        for key, item in node.entries.items():
            yield from _texts(item) if key == "less" else _less_texts(item)
    elif isinstance(node, Seq):
        for item in node.items:
            yield from _less_texts(item)


def _texts(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    else:
        for key, item in node.entries.items() if isinstance(node, Map) else (("", item) for item in node.items):
            yield from _texts(item) if key != "reading" else ()


def prove_width(rule: Rule) -> None:
    """Raise X014 where an operation could pass the widest integer every engine holds."""
    bits = max(rule.exact.widest(), rule.pair.widest())
    if bits > MAX_BITS:
        raise problem("X014", rule.measure.place, bits=bits)


def _award(award: Map, bench: Bench) -> Award:
    result = lower_form(award, bench)
    if "exceptions" in award.entries:
        result = _exceptions(result, award, bench)
    if "less" in award.entries:
        _less(result, award, bench)
    return result


def _exceptions(usual: Award, award: Map, bench: Bench) -> Award:
    """The first exception whose conditions hold replaces the award; the usual tests of its shape then fall away."""
    g = bench.g
    branches: list[tuple[int, Award]] = []
    openings: list[Line] = []
    for item in want_seq(award.entries["exceptions"]):
        body = want_map(item)
        tests = [bench.low.condition_text(want_text(x)) for x in _list(body, "when", bench)]
        condition = g.all([t.node for t in tests])
        branches.append((condition, _award(want_map(bench.parameter(body, "award")), bench)))
        openings.append(Line((*joined([t.words for t in tests], " 且 "), "，改按："), given=condition))
    none = g.all([g.inverse(c) for c, _ in branches])
    result = Award(
        g.case([(c, a.amount) for c, a in branches], usual.amount),
        g.case([(c, a.up_to) for c, a in branches], usual.up_to),
    )
    for (condition, inner), opening in zip(branches, openings, strict=True):
        result.lines.append(opening)
        result.lines += [_given(line, condition, bench) for line in inner.lines]
        result.conditions += [Line(x.words, holds=g.any([g.inverse(condition), x.holds])) for x in inner.conditions if x.holds is not None]
    result.lines += [_given(line, none, bench) for line in usual.lines]
    result.conditions += [Line(x.words, holds=g.any([g.inverse(none), x.holds])) for x in usual.conditions if x.holds is not None]
    return result


def _given(line: Line, condition: int, bench: Bench) -> Line:
    return Line(line.words, line.holds, condition if line.given is None else bench.g.all([condition, line.given]))


def _less(result: Award, award: Map, bench: Bench) -> None:
    """`less: [awarded(16a)]`: the sum minus what was already given, never below zero (进档差额、扣除)."""
    g = bench.g
    for text in _list(award, "less", bench):
        scalar = want_text(text)
        tree = parse(scalar.text, scalar.place)
        if not isinstance(tree, s.Call) or tree.function != "awarded" or not tree.args or not all(isinstance(a, s.MeasureRef) for a in tree.args):
            raise problem("X002", scalar.place, want="awarded(措施)", got=quoted(scalar.text))
        refs = tuple(bench.low.scope.measure_id(a.ref, a.place) for a in tree.args if isinstance(a, s.MeasureRef))
        given = g.input(AwardedInput(refs), MONEY, FEN, 0, _AWARDED_MOST)
        difference = g.max(g.sub(result.amount, given), bench.zero())
        fen = g.round(difference, FEN)
        result.lines.append(Line(("扣除已得的支持 ", Shown(given, MONEY), "，余 ", Shown(fen, MONEY)), given=g.compare(">", given, bench.zero())))
        result.amount = difference


def _list(owner: Map, key: str, bench: Bench) -> list[Scalar]:
    node = owner.entries.get(key)
    if node is None:
        raise problem("P001", owner.place, key=key)
    node = bench.low.scope.chosen(node)
    return [node] if isinstance(node, Scalar) else [want_text(item) for item in want_seq(node)]
