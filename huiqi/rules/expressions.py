"""Expression tree → graph, with the sentence that says it. Types and units are checked here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction

from huiqi.language import syntax as s
from huiqi.language.diagnostics import Place, did_you_mean, problem
from huiqi.language.lexer import plain
from huiqi.language.parser import parse
from huiqi.language.units import UNITS, format_money
from huiqi.language.yamltree import Scalar
from huiqi.packs.vocabulary import Fact
from huiqi.rules.graph import FEN, MONEY, Graph
from huiqi.rules.inputs import BoundInput, ClaimYear, FactInput, RecordInput
from huiqi.rules.scope import Scope
from huiqi.rules.words import Entry, Mark, Share, Shown, Words, YearOf, joined

COMPARISONS = {"=": "等于", "!=": "不等于", "<": "＜", "<=": "≤", ">": "＞", ">=": "≥"}
_FLIP = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Value:
    """A lowered number or choice: its node, how it is said, the unit it is shown in, the labels of a choice."""

    node: int
    words: Words
    unit: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    """A lowered condition and how it is said."""

    node: int
    words: Words


class Lowering:
    """Lowers expressions of one measure into one graph."""

    def __init__(self, graph: Graph, scope: Scope):
        self.g, self.scope = graph, scope
        self._inside: list[str] = []  # derived facts being unfolded, to refuse circles

    def condition_text(self, text: Scalar) -> Truth:
        return self.condition(parse(text.text, text.place))

    def number_text(self, text: Scalar) -> Value:
        return self.number(parse(text.text, text.place))

    # conditions

    def condition(self, tree: s.Expr) -> Truth:
        """Lower a tree that must give a condition. Raises X0xx."""
        match tree:
            case s.Logic(op, items):
                parts = [self.condition(item) for item in items]
                node = (self.g.all if op == "and" else self.g.any)([p.node for p in parts])
                return Truth(node, joined([(*p.words, " ", Mark(p.node)) for p in parts], " 且 " if op == "and" else " 或 "))
            case s.Inverse(operand):
                inner = self.condition(operand)
                return Truth(self.g.inverse(inner.node), ("不属于：", *inner.words))
            case s.Comparison():
                return self._comparison(tree)
            case s.Between(operand, low, high, place):
                value, least, most = self.number(operand), self.number(low), self.number(high)
                a = self._compare(">=", value, least, place)
                b = self._compare("<=", value, most, place)
                return Truth(self.g.all([a, b]), (*value.words, " 在 ", *least.words, " 与 ", *most.words, " 之间"))
            case s.Within(operand, choices, place):
                value = self.number(operand)
                nodes = [self._equal_choice(value, choice) for choice in choices]
                names = "、".join(c.value for c in choices if isinstance(c, s.Text))
                return Truth(self.g.any(nodes), (*value.words, f" 属于 {names}"))
            case s.Call("has"):
                return self._has(tree)
            case s.Call("held", (s.Name(path, place), s.Span(first, last))):
                return self._held(path[0], place, first, last)
            case s.Name(path, place) if len(path) == 1:
                return self._bool_fact(path[0], place)
        raise problem("X006", tree.place, want="条件", got=_what(tree))

    def _has(self, tree: s.Call) -> Truth:
        if len(tree.args) != 1 or not isinstance(tree.args[0], s.Name):
            raise problem("X002", tree.place, want="has(名册)", got="has(…)")
        name = tree.args[0].path[0]
        register, owner = self.scope.register(name, tree.args[0].place)
        named = {key: self._text(value) for key, value in tree.named}
        for key, allowed in (("level", register.levels), ("event", register.events)):
            if key in named and named[key] not in allowed:
                raise problem("X009", tree.place, value=named[key], name=name, values="、".join(allowed))
        if extra := set(named) - {"level", "event"}:
            raise problem("X010", tree.place, what=f"has({sorted(extra)[0]}: …)")
        level, event = named.get("level", ""), named.get("event", "")
        read = RecordInput(name, owner, event, level)
        node = self.g.input(read, "?", 1, 0, 1)
        return Truth(node, (f"列入“{name}”{event and f'（{event}）'}{level and f'（{level}）'}", Entry(read)))

    def _held(self, name: str, place: Place, first: s.Expr, last: s.Expr) -> Truth:
        """A record in every year of a span `t-2..t`."""
        _, owner = self.scope.register(name, place)
        start, end = self._years_back(first), self._years_back(last)
        nodes = [self.g.input(RecordInput(name, owner, years_back=back), "?", 1, 0, 1) for back in range(start, end - 1, -1)]
        years: Words = (YearOf(start), "年") if start == end else (YearOf(start), "至", YearOf(end), "年各年")
        return Truth(self.g.all(nodes), (*years, f"列入“{name}”"))

    def _years_back(self, tree: s.Expr) -> int:
        match tree:
            case s.Name(("t",), _):
                return 0
            case s.Arithmetic("-", s.Name(("t",), _), s.Literal(quantity), _) if quantity.value.denominator == 1:
                return int(quantity.value)
        raise problem("X002", tree.place, want="t 或 t-2", got=_what(tree))

    def _bool_fact(self, name: str, place: Place) -> Truth:
        fact, owner = self.scope.fact(name, place)
        if fact.type != "bool":
            raise problem("X006", place, want="条件", got=f"指标“{name}”")
        if fact.formula:
            if name in self._inside:
                raise problem("X006", place, want="不自我引用的公式", got=name)
            self._inside.append(name)
            inner = self.condition(parse(fact.formula, fact.formula_place))
            self._inside.pop()
            return Truth(inner.node, (f"{name}（", *inner.words, "）"))
        back = 0 if fact.by == "year" else None
        node = self.g.input(FactInput(name, owner, back), "?", 1, 0, 1)
        return Truth(node, ((YearOf(0), "年") if back == 0 else ()) + (name,))

    def _comparison(self, tree: s.Comparison) -> Truth:
        for op, a, b in ((tree.op, tree.left, tree.right), (_FLIP[tree.op], tree.right, tree.left)):
            if isinstance(a, s.Arithmetic) and a.op == "/":
                return self._ratio(op, self.number(a.left), self.number(a.right), self.number(b), a.place)
            if isinstance(a, s.Call) and a.function in ("增速", "年均增长"):
                return self._growth(op, a, self.number(b))
        left = self.number(tree.left)
        if isinstance(tree.right, s.Text):
            node = self._equal_choice(left, tree.right)
            equal = tree.op == "="
            return Truth(node if equal else self.g.inverse(node), (*left.words, f"（应{'为' if equal else '不是'}“{tree.right.value}”）"))
        right = self.number(tree.right)
        node = self._compare(tree.op, left, right, tree.place)
        return Truth(node, (*left.words, f" {COMPARISONS[tree.op]} ", *right.words))

    def _compare(self, op: str, a: Value, b: Value, place: Place) -> int:
        self._same(a, b, place, "比较", "compared")
        return self.g.compare(op, a.node, b.node)

    def _equal_choice(self, value: Value, choice: s.Expr) -> int:
        text = self._text(choice)
        if text not in value.labels:
            raise problem("X009", choice.place, value=text, name=_flat(value.words), values="、".join(value.labels))
        return self.g.compare("=", value.node, self.g.const(value.labels.index(text), "选项"))

    def _ratio(self, op: str, top: Value, bottom: Value, share: Value, place: Place) -> Truth:
        """`top / bottom op share` by cross-multiplication; false where the base is not above zero (undefined)."""
        self._same(top, bottom, place, "相除", "divided")
        g = self.g
        positive = g.compare(">", bottom.node, g.const(0, g[bottom.node].dimension))
        node = g.all([positive, g.compare(op, top.node, g.mul(bottom.node, share.node, g[top.node].dimension))])
        return Truth(node, (*top.words, " 占 ", *bottom.words, " 的 ", Share(top.node, bottom.node, False), f" {COMPARISONS[op]} ", *share.words))

    def _growth(self, op: str, call: s.Call, share: Value) -> Truth:
        """`增速(x) op r` and `年均增长(x, n) op r`, compound; false from a base that is not above zero."""
        years = 1
        if call.function == "年均增长":
            if len(call.args) != 2 or not isinstance(call.args[1], s.Literal):
                raise problem("X002", call.place, want="年均增长(x, 3)", got="年均增长(…)")
            years = int(call.args[1].value.value)
        rate = self.g[share.node]
        if rate.op != "const":
            raise problem("X010", call.place, what="增速与非常数比较")
        now, before = self._at(call.args[0], 0), self._at(call.args[0], years)
        g = self.g
        factor = (1 + Fraction(rate.least, rate.scale)) ** years
        positive = g.compare(">", before.node, g.const(0, g[before.node].dimension))
        node = g.all([positive, g.compare(op, now.node, g.mul(before.node, g.const(factor, ""), g[now.node].dimension))])
        grown = ("，增长 ", Share(now.node, before.node, True)) if years == 1 else (f"，{years}年年均增长",)
        return Truth(node, (*before.words, " 到 ", *now.words, *grown, f" {COMPARISONS[op]} ", *share.words))

    # numbers

    def number(self, tree: s.Expr) -> Value:
        """Lower a tree that must give a number, a date's year or a choice. Raises X0xx."""
        match tree:
            case s.Literal(quantity, text):
                words = format_money(int(quantity.value * FEN)) if quantity.dimension == MONEY else text
                return Value(self.g.const(quantity.value, quantity.dimension), (words,), _unit(quantity.dimension))
            case s.Name(("t",), _):
                return Value(self.g.input(ClaimYear(), "年", 1, 2000, 2100), (YearOf(0), "年"), "")
            case s.Name(("认定", attribute), place):
                return self._bound(attribute, place)
            case s.Name(path, place):
                return self._fact(path[-1], place, 0)
            case s.Arithmetic("+", s.Name(path, place), s.Literal(quantity), _) if self._is_date(path[-1]) and quantity.dimension == "年":
                return self._day(path[-1], place, int(quantity.value))
            case s.Arithmetic(op, left, right, place):
                return self._arithmetic(op, self.number(left), self.number(right), place)
            case s.Negative(operand, _):
                inner = self.number(operand)
                zero = self.g.const(0, self.g[inner.node].dimension)
                return Value(self.g.sub(zero, inner.node), ("−", *inner.words), inner.unit)
            case s.Call():
                return self._function(tree)
        raise problem("X006", tree.place, want="数值", got=_what(tree))

    def _function(self, tree: s.Call) -> Value:
        match tree.function, tree.args:
            case "本期", (x,):
                return self._at(x, 0)
            case "前一年", (x,):
                return self._at(x, 1)
            case "增量", (x,):
                now, before = self._at(x, 0), self._at(x, 1)
                node = self.g.sub(now.node, before.node)
                shown = Shown(node, now.unit)
                return Value(node, (_flat(self._name_of(x)), "增量 ", shown, "（", *now.words, " − ", *before.words, "）"), now.unit)
            case ("min" | "max") as pick, (x, y):
                a, b = self.number(x), self.number(y)
                self._same(a, b, tree.place, "比大小", "compared")
                node = (self.g.min if pick == "min" else self.g.max)(a.node, b.node)
                return Value(node, (*a.words, "与", *b.words, "取小" if pick == "min" else "取大"), a.unit)
            case ("years_since" | "first_full_year") as part, (s.Name(path, place),):
                return self._date_part(path[-1], place, part)
        functions = ("本期", "前一年", "增量", "增速", "年均增长", "min", "max", "years_since", "first_full_year", "has", "held")
        if tree.function in functions:
            raise problem("X002", tree.place, want=f"{tree.function}(…) 的参数", got=f"{len(tree.args)} 个")
        if tree.function in PLANNED:
            raise problem("X010", tree.place, what=f"{tree.function}(…)")
        raise problem("X004", tree.place, name=tree.function, **did_you_mean(tree.function, functions))

    def _name_of(self, tree: s.Expr) -> Words:
        return (tree.path[-1],) if isinstance(tree, s.Name) else ("该数",)

    def _at(self, tree: s.Expr, back: int) -> Value:
        if not isinstance(tree, s.Name):
            raise problem("X002", tree.place, want="按年度的指标", got=_what(tree))
        return self._fact(tree.path[-1], tree.place, back)

    def _fact(self, name: str, place: Place, back: int) -> Value:
        fact, owner = self.scope.fact(name, place)
        if fact.formula and fact.type != "bool":
            return self._derived(fact, back, place)
        if fact.type == "date":
            return self._day(name, place, 0)
        if fact.type in ("bool", "text"):
            raise problem("X006", place, want="数值", got=f"指标“{name}”")
        yearly = fact.by == "year"
        read = FactInput(name, owner, back if yearly else None)
        year: Words = (YearOf(back), "年") if yearly else ()
        if fact.type == "choice":
            node = self.g.input(read, "选项", 1, 0, fact.greatest)
            return Value(node, (*year, f"{name} ", Shown(node, "", fact.values)), "", fact.values)
        unit = UNITS[fact.unit]
        node = self.g.input(read, unit.dimension, unit.scale, fact.least, fact.greatest)
        return Value(node, (*year, f"{name} ", Shown(node, fact.unit)), fact.unit)

    def _derived(self, fact: Fact, back: int, place: Place) -> Value:
        if back or fact.name in self._inside:
            raise problem("X010", place, what=f"推算指标“{fact.name}”的往年值")
        self._inside.append(fact.name)
        inner = self.number(parse(fact.formula, fact.formula_place))
        self._inside.pop()
        return Value(inner.node, (f"{fact.name} ", Shown(inner.node, inner.unit), "（", *inner.words, "）"), inner.unit)

    def _date_part(self, name: str, place: Place, function: str) -> Value:
        fact, owner = self.scope.fact(name, place)
        if fact.type != "date":
            raise problem("X006", place, want="日期", got=f"指标“{name}”")
        if function == "first_full_year":
            node = self.g.input(FactInput(name, owner, None, "full_year"), "年", 1, 1990, 2101)
            return Value(node, (*self._day(name, place, 0).words, " 后首个完整年度 ", Shown(node, "")), "")
        year = self.g.input(FactInput(name, owner, None, "year"), "年", 1, 1990, 2100)
        node = self.g.sub(self.g.input(ClaimYear(), "年", 1, 2000, 2100), year)
        return Value(node, (f"{name}所在年 ", Shown(year, ""), " 至 ", YearOf(0), "年相距 ", Shown(node, "年")), "年")

    def _is_date(self, name: str) -> bool:
        fact = self.scope.corpus.vocabulary.facts.get(name)
        return fact is not None and fact.type == "date"

    def _day(self, name: str, place: Place, plus_years: int) -> Value:
        """A day, as days since 0001-01-01, moved by whole years."""
        _, owner = self.scope.fact(name, place)
        node = self.g.input(FactInput(name, owner, None, "day", plus_years), "日期", 1, FIRST_DAY, LAST_DAY)
        return Value(node, (f"{name}{f'后{plus_years}年' if plus_years else ''} ", Shown(node, "日期")), "日期")

    def _bound(self, attribute: str, place: Place) -> Value:
        if self.scope.bound is None or attribute != "等级":
            raise problem("X010", place, what=f"认定.{attribute}")
        levels = self.scope.bound.levels
        node = self.g.input(BoundInput("level", levels), "选项", 1, 0, max(len(levels) - 1, 0))
        return Value(node, ("认定等级 ", Shown(node, "", levels)), "", levels)

    def _arithmetic(self, op: str, a: Value, b: Value, place: Place) -> Value:
        g = self.g
        if op in "+-":
            self._same(a, b, place, "相加减", "added")
            node = g.add(a.node, b.node) if op == "+" else g.sub(a.node, b.node)
            return Value(node, ("（", *a.words, " + " if op == "+" else " − ", *b.words, "）"), a.unit)
        if op == "/":
            raise problem("X011", place)
        dimensions = (g[a.node].dimension, g[b.node].dimension)
        plain_ones = [d for d in dimensions if d in ("", "比率")]
        if not plain_ones:
            raise problem("X005", place, left=_flat(a.words), right=_flat(b.words), action="相乘", action_en="multiplied")
        dimension = next((d for d in dimensions if d not in ("", "比率")), plain_ones[0])
        unit = a.unit if dimensions[0] == dimension else b.unit
        return Value(g.mul(a.node, b.node, dimension), (*a.words, " × ", *b.words), unit)

    def _same(self, a: Value, b: Value, place: Place, action: str, action_en: str) -> None:
        x, y = self.g[a.node].dimension, self.g[b.node].dimension
        if x != y and {x, y} != {"比率", "百分点"}:
            raise problem("X005", place, left=_flat(a.words), right=_flat(b.words), action=action, action_en=action_en)

    def _text(self, tree: s.Expr) -> str:
        if not isinstance(tree, s.Text):
            raise problem("X002", tree.place, want="单引号文字", got=_what(tree))
        return tree.value


# Functions of the published grammar that no computed measure uses yet.
PLANNED = ("近三年", "前三年", "往年最高", "nth_year", "累计", "sum", "count", "first", "LPR", "awarded")


def _unit(dimension: str) -> str:
    return {"比率": "%", "百分点": "个百分点"}.get(dimension, dimension if dimension in UNITS else "")


def _what(tree: s.Expr) -> str:
    return {"Literal": "数值", "Text": "文字", "Name": "名称", "DateLiteral": "日期", "Call": "函数", "MeasureRef": "措施编号"}.get(
        type(tree).__name__, "表达式"
    )


def _flat(words: Words) -> str:
    return plain("".join(part for part in words if isinstance(part, str)))


FIRST_DAY, LAST_DAY = datetime.date(1990, 1, 1).toordinal(), datetime.date(2150, 12, 31).toordinal()
