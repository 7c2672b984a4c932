"""Conditions of expressions → graph, with the sentence that says them. Types and units are checked here and in `numbers`."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from huiqi.language import syntax as s
from huiqi.language.diagnostics import Place, did_you_mean, problem
from huiqi.language.parser import parse
from huiqi.language.phrase import ZH, phrase
from huiqi.language.yamltree import Scalar
from huiqi.rules.graph import Graph
from huiqi.rules.inner import Inner
from huiqi.rules.inputs import AggregateInput, FactInput, FirstInput, RecordInput
from huiqi.rules.numbers import FORMS, GROWTH, Numbers, Value, count, flat, the_fact, what
from huiqi.rules.words import NO_RECORD, Either, Entry, Mark, Share, Shown, Words, YearOf, compared, joined

COMPARISONS = {"=": "＝", "!=": "≠", "<": "＜", "<=": "≤", ">": "＞", ">=": "≥"}
NO_CHOICES = ("没有，请删去", "none, leave it out")
MAX_SUBJECTS = 1000  # entries a list of a facts file can have
_FLIP = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class Truth(Struct, frozen=True):
    """A lowered condition and how it is said."""

    node: int
    words: Words


class Lowering(Numbers):
    """Lowers expressions of one measure into one graph. `depth` counts the aggregates around it."""

    depth = 0

    def condition_text(self, text: Scalar) -> Truth:
        return self.condition(parse(text.text, text.place))

    def condition(self, tree: s.Expr) -> Truth:
        """Lower a tree that must give a condition. Raises X0xx."""
        match tree:
            case s.Logic(op, items):
                parts = [self.condition(item) for item in items]
                node = (self.g.all if op == "and" else self.g.any)([p.node for p in parts])
                told = [("（", *p.words, "）") if isinstance(item, s.Logic) else p.words for item, p in zip(items, parts, strict=True)]
                marked = [(*words, " ", Mark(p.node)) for words, p in zip(told, parts, strict=True)]
                return Truth(node, joined(marked, " 且 " if op == "and" else " 或 "))
            case s.Inverse(operand):
                return self._inverse(operand)
            case s.Comparison():
                return self._comparison(tree)
            case s.Between(s.Arithmetic("/") | s.Call("增速" | "年均增长") as operand, low, high, place):
                ends = [self._comparison(s.Comparison(op, operand, end, place)) for op, end in ((">=", low), ("<=", high))]
                return Truth(self.g.all([e.node for e in ends]), joined([e.words for e in ends], " 且 "))
            case s.Between(operand, low, high, place):
                value, least, most = self.number(operand), self.number(low), self.number(high)
                a = self._compare(">=", value, least, place)
                b = self._compare("<=", value, most, place)
                both, span = self.g.all([a, b]), (*least.words, " 与 ", *most.words, " 之间")
                met, failed = ((*value.words, f"，{word} ", *span) for word in ("在", "不在"))
                return Truth(both, (Either(both, met, failed, met),))
            case s.Within(operand, choices, place):
                value = self.number(operand)
                nodes = [self._equal_choice(value, choice) for choice in choices]
                names = "、".join(c.value for c in choices if isinstance(c, s.Text))
                node = self.g.any(nodes)
                return Truth(node, _class(node, value, names))
            case s.Call("has"):
                return self._has(tree)
            case s.Call("first"):
                return self._first(tree)
            case s.Call("held", (s.Name(path, place), s.Span(first, last))):
                return self._held(path[0], place, first, last)
            case s.Call("held"):
                raise problem("X002", tree.place, want=FORMS["held"], got=count(tree))
            case s.Name(path, place) if len(path) == 1 or path[0] in self.scope.corpus.vocabulary.kinds:
                return self._bool_fact(path[-1], place)
            case s.Quantified(every, kind, condition, place):
                op = "every" if every else "some"
                read = self._over(op, kind, None, condition, place)
                node = self.g.input(read, "?", 1, 0, 1)
                return Truth(node, _or_not(node, (f"{'每个' if every else '至少一个'}{kind}符合“{phrase(condition, ZH)}”",)))
        raise problem("X006", tree.place, want="条件", got=what(tree))

    def _has(self, tree: s.Call) -> Truth:
        register, owner, event, level, on = self._records(tree)
        read = RecordInput(register, owner, event, level, at_recognition=on)
        node = self.g.input(read, "?", 1, 0, 1)
        return Truth(node, (f"{'认定当日' if on else ''}“{register}”{event and f'（{event}）'}{level and f'（{level}）'}", Entry(read)))

    def _first(self, tree: s.Call) -> Truth:
        """The first record of a register: in the claim year, or the one the result accrues to."""
        register, owner, event, level, on = self._records(tree)
        node = self.g.input(FirstInput(register, owner, event, level, at_recognition=on), "?", 1, 0, 1)
        when: Words = ("认定日",) if on else (YearOf(0), "年")
        return Truth(node, _or_not(node, (*when, f"首次列入“{register}”{event and f'（{event}）'}{level and f'（{level}）'}")))

    def _records(self, tree: s.Call) -> tuple[str, str, str, str, bool]:
        """The arguments of a record query: register, owner, event, level, whether on the day of recognition."""
        if len(tree.args) != 1 or not isinstance(tree.args[0], s.Name):
            raise problem("X002", tree.place, want=FORMS[tree.function], got=count(tree))
        name = tree.args[0].path[0]
        register, owner = self.scope.register(name, tree.args[0].place)
        named = {key: self._text(value) for key, value in tree.named if key != "on"}
        on = [value for key, value in tree.named if key == "on"]
        if on and not (isinstance(on[0], s.Name) and on[0].path == ("认定", "日期") and self.scope.bound):
            raise problem("X010", on[0].place, what=f"{tree.function}(…, on: …)")
        for key, allowed in (("level", register.levels), ("event", register.events)):
            if key in named and named[key] not in allowed:
                place = next(value.place for given, value in tree.named if given == key)
                raise problem("X009", place, value=named[key], name=name, values=list(allowed) or NO_CHOICES)
        if extra := set(named) - {"level", "event"}:
            raise problem("X010", tree.place, what=f"{tree.function}({sorted(extra)[0]}: …)")
        return name, owner, named.get("event", ""), named.get("level", ""), bool(on)

    def _held(self, name: str, place: Place, first: s.Expr, last: s.Expr) -> Truth:
        """A record in every year of a span `t-2..t`."""
        _, owner = self.scope.register(name, place)
        start, end = self._years_back(first), self._years_back(last)
        nodes = [self.g.input(RecordInput(name, owner, years_back=back), "?", 1, 0, 1) for back in range(start, end - 1, -1)]
        years: Words = (YearOf(start), "年") if start == end else (YearOf(start), "至", YearOf(end), "年各年")
        node = self.g.all(nodes)
        return Truth(node, (*years, f"“{name}”", Shown(node, "", (NO_RECORD if start == end else "并非都有记录", "有记录"))))

    def _years_back(self, tree: s.Expr) -> int:
        match tree:
            case s.Name(("t",), _):
                return 0
            case s.Arithmetic("-", s.Name(("t",), _), s.Literal(quantity), _) if quantity.value.denominator == 1:
                return int(quantity.value)
        raise problem("X002", tree.place, want="t 或 t-2", got=what(tree))

    def _bool_fact(self, name: str, place: Place) -> Truth:
        fact, owner = self.scope.fact(name, place)
        if fact.type != "bool":
            raise problem("X006", place, want="条件", got=the_fact(name))
        if fact.formula:
            if name in self._inside:
                raise problem("X006", place, want="不自我引用的公式", got=name)
            self._inside.append(name)
            inner = self.condition(parse(fact.formula, fact.formula_place))
            self._inside.pop()
            return Truth(inner.node, (f"{name}（", *inner.words, "）"))
        back = self._shift if fact.by == "year" else None
        node = self.g.input(FactInput(name, owner, back), "?", 1, 0, 1)
        return Truth(node, _or_not(node, (name,) if back is None else (YearOf(back), f"年{name}")))

    def _inverse(self, operand: s.Expr) -> Truth:
        """非: a fact that must not hold, a record that must not be there; both are said as they stand."""
        inner = self.condition(operand)
        node = self.g.inverse(inner.node)
        match operand:
            case s.Name(path) if self.scope.corpus.vocabulary.facts[path[-1]].formula:
                name, body = path[-1], inner.words[1:]
                no = f"不{name}" if name.startswith("符合") else f"不是{name}"
                return Truth(node, (Either(node, (f"{no}（", *body), (*inner.words, "，不在范围内"), (f"{no}（", *body)),))
            case s.Name() | s.Call():
                return Truth(node, inner.words)
        return Truth(node, ("不满足：", *inner.words))

    def _comparison(self, tree: s.Comparison) -> Truth:
        for op, a, b in ((tree.op, tree.left, tree.right), (_FLIP[tree.op], tree.right, tree.left)):
            if isinstance(a, s.Arithmetic) and a.op == "/":
                return self._ratio(op, self.number(a.left), self.number(a.right), self.share(self.number(b), b.place), a.place)
            if isinstance(a, s.Call) and a.function in GROWTH:
                return self._growth(op, a, self.share(self.number(b), b.place))
        left = self.number(tree.left)
        if isinstance(tree.right, s.Text):
            if tree.op not in ("=", "!="):
                raise problem("X017", tree.place)
            equal, same = tree.op == "=", self._equal_choice(left, tree.right)
            node = same if equal else self.g.inverse(same)
            name = tree.right.value
            if equal:
                return Truth(node, (Either(node, left.words, (*left.words, f"，不是“{name}”"), (*left.words, f"（应为“{name}”）")),))
            return Truth(node, (Either(node, left.words, (*left.words, "，不在范围内"), (*left.words, f"（“{name}”除外）")),))
        right = self.number(tree.right)
        if (left.labels or right.labels) and (left.labels != right.labels or tree.op not in ("=", "!=")):
            raise problem("X017", tree.place)
        node = self._compare(tree.op, left, right, tree.place)
        return Truth(node, compared(node, left.words, COMPARISONS[tree.op], right.words))

    def _compare(self, op: str, a: Value, b: Value, place: Place) -> int:
        self._same(a, b, place, "比较", "compared")
        return self.g.compare(op, a.node, b.node)

    def _equal_choice(self, value: Value, choice: s.Expr) -> int:
        text = self._text(choice)
        if not value.labels:
            raise problem("X006", choice.place, want="数值", got="文字")
        if text not in value.labels:
            raise problem("X009", choice.place, value=text, name=flat(value.words), values=list(value.labels))
        return self.g.compare("=", value.node, self.g.const(value.labels.index(text), "选项"))

    def _ratio(self, op: str, top: Value, bottom: Value, share: Value, place: Place) -> Truth:
        """`top / bottom op share` by cross-multiplication; false where the base is not above zero (undefined)."""
        self._same(top, bottom, place, "相除", "divided")
        g = self.g
        positive = g.compare(">", bottom.node, g.const(0, g[bottom.node].dimension))
        node = g.all([positive, g.compare(op, top.node, g.mul(bottom.node, share.node, g[top.node].dimension))])
        told: Words = (*top.words, " 占 ", *bottom.words, " 的 ", Share(top.node, bottom.node))
        return Truth(node, compared(node, told, COMPARISONS[op], share.words))

    def _growth(self, op: str, call: s.Call, share: Value) -> Truth:
        """`增速(x) op r` and `年均增长(x, n) op r`, compound; false from a base that is not above zero."""
        years = 1
        if call.function == "年均增长":
            if len(call.args) != 2 or not isinstance(call.args[1], s.Literal) or call.args[1].value.value not in range(1, 10):
                raise problem("X002", call.place, want=FORMS[call.function], got=count(call))
            years = int(call.args[1].value.value)
        elif len(call.args) != 1:
            raise problem("X002", call.place, want=FORMS[call.function], got=count(call))
        rate = self.g[share.node]
        if rate.op != "const":
            raise problem("X010", call.place, what=("增速与不是常数的数比较", "growth compared with what is no constant"))
        now, before = self._at(call.args[0], 0), self._at(call.args[0], years)
        g = self.g
        factor = (1 + Fraction(rate.least, rate.scale)) ** years
        positive = g.compare(">", before.node, g.const(0, g[before.node].dimension))
        node = g.all([positive, g.compare(op, now.node, g.mul(before.node, g.const(factor, ""), g[now.node].dimension))])
        grown = ("，增长 " if years == 1 else f"，{years}年年均增长 ", Share(now.node, before.node, years))
        return Truth(node, compared(node, (*before.words, " 到 ", *now.words, *grown), COMPARISONS[op], share.words))

    # over subjects

    def _aggregate(self, tree: s.Call) -> Value:
        """`sum(产品.产品销售额 where …)`, `count(产品 where …)`, `max(产品.产品销售额)`."""
        target = tree.args[0] if len(tree.args) == 1 else None
        counting = tree.function == "count"
        if not isinstance(target, s.Name) or len(target.path) != (1 if counting else 2):
            raise problem("X002", tree.place, want=FORMS[tree.function], got=count(tree))
        kind = target.path[0]
        read = self._over(tree.function, kind, None if counting else target, tree.where, tree.place)
        inner = cast(Inner, read.inner)
        value = inner.graph[inner.value]
        most = value.greatest * (1 if tree.function == "max" else MAX_SUBJECTS)
        node = self.g.input(read, value.dimension, value.scale, 0, most)
        unit = "" if counting else self.scope.corpus.vocabulary.facts[target.path[1]].unit
        which = f"（{phrase(tree.where, ZH).replace(f'{kind}的', '')}）" if tree.where is not None else ""
        said = {"count": f"{kind}{which}数量 ", "sum": f"{kind}{which}{target.path[-1]}合计 ", "max": f"{kind}{which}{target.path[-1]}最高 "}[tree.function]
        return Value(node, (said, Shown(node, unit)), unit)

    def _over(self, op: str, kind: str, value: s.Name | None, where: s.Expr | None, place: Place) -> AggregateInput:
        """The read of an aggregate: filter and value lowered for one subject of `kind`, at most two deep."""
        kinds = self.scope.corpus.vocabulary.kinds
        if kind not in kinds or kinds[kind].role != "subject":
            raise problem("P006", place, name=kind, table="kinds", **did_you_mean(kind, kinds))
        if self.depth >= 2:
            raise problem("X012", place, what=("对对象的统计", "counts and sums over subjects"), limit=2)
        scope = replace(self.scope, measure=replace(self.scope.measure, subject=kind), bound=())
        low = Lowering(Graph(), scope)
        low.depth, low._shift = self.depth + 1, self._shift
        holds = low.condition(where).node if where is not None else low.g.true()
        number = low.number(value).node if value is not None else low.g.const(1, "")
        if low.g[number].least < 0:
            raise problem("X006", place, want="不小于零的数值", got=kind)
        subject = self.scope.measure.subject
        return AggregateInput(op, kind, f"{op} {kind} {value} {where}", bool(subject) and self._under(kind, subject), Inner(low.g, holds, number))

    def _under(self, kind: str, subject: str) -> bool:
        """Whether subjects of a kind can belong to one of the measure's own kind."""
        words = self.scope.corpus.vocabulary
        return any(set(words.family(subject)) & {p, *words.family(p)} for name in words.family(kind) for p in words.kinds[name].of)


def _class(node: int, value: Value, names: str) -> Words:
    """A choice that must be one of some names."""
    return (Either(node, value.words, (*value.words, f"，不在 {names} 之列"), (*value.words, f"（应为 {names} 之一）")),)


def _or_not(node: int, words: Words) -> Words:
    """A fact or event as it stands where it holds, with 否 or 待补充 behind it where it does not."""
    return (Either(node, words, (*words, "（否）"), (*words, "（待补充）")),)
