"""Numbers of expressions: facts, years, growth, dates, series, arithmetic → graph, with the sentence that says them."""

from __future__ import annotations

import datetime

from msgspec import Struct

from huiqi.language import syntax as s
from huiqi.language.diagnostics import Place, did_you_mean, problem
from huiqi.language.lexer import plain
from huiqi.language.parser import parse
from huiqi.language.units import RATE_SCALE, UNITS, format_money
from huiqi.language.yamltree import Scalar
from huiqi.packs.vocabulary import Fact
from huiqi.rules.graph import FEN, MONEY, Graph
from huiqi.rules.inputs import ApplicationDay, BoundInput, ClaimYear, FactInput, HistoryInput, RecognitionDay, SeriesInput, SpanInput
from huiqi.rules.scope import Scope
from huiqi.rules.sizes import size_class
from huiqi.rules.words import Shown, Words, YearOf


class Value(Struct, frozen=True):
    """A lowered number or choice: its node, how it is said, the unit it is shown in, the labels of a choice."""

    node: int
    words: Words
    unit: str = ""
    labels: tuple[str, ...] = ()


class Numbers:
    """Lowers number expressions of one measure into one graph; `Lowering` adds conditions."""

    def __init__(self, graph: Graph, scope: Scope):
        self.g, self.scope = graph, scope
        self._inside: list[str] = []  # derived facts being unfolded, to refuse circles
        self._shift = 0  # years that 前一年(…) and the like have moved everything inside them back

    def _aggregate(self, tree: s.Call) -> Value:
        raise NotImplementedError  # Lowering knows conditions, which a filter needs

    def number_text(self, text: Scalar) -> Value:
        return self.number(parse(text.text, text.place))

    def number(self, tree: s.Expr) -> Value:
        """Lower a tree that must give a number, a date's year or a choice. Raises X0xx."""
        match tree:
            case s.Literal(quantity, text):
                words = format_money(int(quantity.value * FEN)) if quantity.dimension == MONEY else _grouped(text)
                return Value(self.g.const(quantity.value, quantity.dimension), (words,), _unit(quantity.dimension))
            case s.DateLiteral(text, place):
                return Value(self.g.const(_ordinal(text, place), "日期"), (text,), "日期")
            case s.Name(("t",), _):
                return Value(self.g.input(ClaimYear(), "年", 1, 2000, 2100), (YearOf(0), "年"), "")
            case s.Name(("申报日",), _):
                node = self.g.input(ApplicationDay(), "日期", 1, FIRST_DAY, LAST_DAY)
                return Value(node, ("申报日 ", Shown(node, "日期")), "日期")
            case s.Name(("认定", attribute), place):
                return self._bound(attribute, place)
            case s.Name(path, place):
                return self._fact(path[-1], place, 0)
            case s.Arithmetic("+", s.Name(path, place), s.Literal(quantity), _) if self._is_date(path[-1]) and (
                quantity.dimension,
                quantity.value.denominator,
            ) == ("年", 1):
                return self._day(path[-1], place, int(quantity.value))
            case s.Arithmetic(op, left, right, place):
                return self._arithmetic(op, self.number(left), self.number(right), place)
            case s.Negative(operand, _):
                inner = self.number(operand)
                zero = self.g.const(0, self.g[inner.node].dimension)
                return Value(self.g.sub(zero, inner.node), ("−", *inner.words), inner.unit)
            case s.Call():
                return self._function(tree)
        raise problem("X006", tree.place, want="数值", got=what(tree))

    def _function(self, tree: s.Call) -> Value:
        match tree.function, tree.args:
            case "本期", (x,):
                return self._at(x, 0)
            case "前一年", (x,):
                return self._at(x, 1)
            case ("sum" | "count", _) | ("max", (_,)):
                return self._aggregate(tree)
            case "近三年", (x,):
                return self._sum_of_years(x, 2, 0)
            case "前三年", (x,):
                return self._sum_of_years(x, 3, 1)
            case "往年最高", (x,):
                return self._highest_before(x)
            case "累计", (s.Name(x, _), s.Name(day, _), s.Literal(quantity)) if quantity.dimension == "年" and quantity.value.denominator == 1:
                return self._span(x[-1], day[-1], int(quantity.value), tree.place)
            case name, (day, term) if name in self.scope.corpus.series:
                return self._series(name, tree.place, day, term)
            case "增量", (x,):
                now, before = self._at(x, 0), self._at(x, 1)
                node = self.g.sub(now.node, before.node)
                shown = Shown(node, now.unit)
                return Value(node, (flat(self._name_of(x)), "增量 ", shown, "（", *now.words, " − ", *before.words, "）"), now.unit)
            case ("min" | "max") as pick, (x, y):
                a, b = self.number(x), self.number(y)
                self._same(a, b, tree.place, "比大小", "compared")
                node = (self.g.min if pick == "min" else self.g.max)(a.node, b.node)
                return Value(node, (*a.words, " 与 ", *b.words, f" 中较{'小' if pick == 'min' else '大'}的 ", Shown(node, a.unit)), a.unit)
            case ("years_since" | "first_full_year" | "nth_year") as part, (s.Name(path, place),):
                return self._date_part(path[-1], place, part)
        if tree.function in CONDITIONS:
            raise problem("X006", tree.place, want="数值", got="条件")
        if tree.function in GROWTH:
            raise problem("X011", tree.place)
        functions = (*FORMS, *self.scope.corpus.series)
        if tree.function in functions:
            raise problem("X002", tree.place, want=FORMS.get(tree.function, f"{tree.function}(日期, 期限)"), got=count(tree))
        if tree.function in PLANNED:
            raise problem("X010", tree.place, what=f"{tree.function}(…)")
        raise problem("X004", tree.place, name=tree.function, **did_you_mean(tree.function, functions))

    def _name_of(self, tree: s.Expr) -> Words:
        return (tree.path[-1],) if isinstance(tree, s.Name) else ("该数",)

    def _at(self, tree: s.Expr, back: int) -> Value:
        """The value of an expression with every yearly fact in it `back` years earlier."""
        self._shift += back
        try:
            return self.number(tree)
        finally:
            self._shift -= back

    def _sum_of_years(self, tree: s.Expr, first: int, last: int) -> Value:
        values = [self._at(tree, back) for back in range(first, last - 1, -1)]
        node = values[0].node
        for value in values[1:]:
            node = self.g.add(node, value.node)
        back = self._shift
        return Value(node, (YearOf(first + back), "至", YearOf(last + back), "年", *self._name_of(tree), "合计 ", Shown(node, values[0].unit)), values[0].unit)

    def highest_before(self, text: Scalar) -> Value:
        """The greatest earlier value of the yearly fact a text names."""
        return self._highest_before(parse(text.text, text.place))

    def _highest_before(self, tree: s.Expr) -> Value:
        if not isinstance(tree, s.Name):
            raise problem("X002", tree.place, want="按年度的指标", got=what(tree))
        fact, owner = self.scope.fact(tree.path[-1], tree.place)
        if fact.by != "year" or fact.unit not in UNITS:
            raise problem("X006", tree.place, want="按年度的数值", got=the_fact(fact.name))
        unit = UNITS[fact.unit]
        node = self.g.input(HistoryInput(fact.name, owner, self._shift), unit.dimension, unit.scale, fact.least, fact.greatest)
        return Value(node, (YearOf(self._shift), f"年以前{fact.name}最高 ", Shown(node, fact.unit)), fact.unit)

    def _span(self, name: str, day: str, years: int, place: Place) -> Value:
        """`累计(产量, 量产日, 3年)`: the years from that of the day on; before the day there was nothing, so whole years are exact."""
        fact, owner = self.scope.fact(name, place)
        start, day_owner = self.scope.fact(day, place)
        if fact.by != "year" or fact.unit not in UNITS or fact.least < 0 or start.type != "date":
            raise problem("X002", place, want=FORMS["累计"], got=f"累计({name}, {day}, …)")
        if self._shift:
            raise problem("X010", place, what="前一年(累计(…))")
        if owner != day_owner:
            raise problem("X013", place, name=day, kind=list(start.of))
        unit = UNITS[fact.unit]
        node = self.g.input(SpanInput(name, owner, day, years), unit.dimension, unit.scale, 0, fact.greatest * years)
        return Value(node, (f"{day}起{years}个年度{name}累计 ", Shown(node, fact.unit)), fact.unit)

    def _series(self, name: str, place: Place, day: s.Expr, term: s.Expr) -> Value:
        """`LPR(放款日, 期限)`: a rate of the series on the day, for a term given by a choice fact or in quotes."""
        series = self.scope.corpus.series[name]
        if not isinstance(day, s.Name):
            raise problem("X002", day.place, want="日期", got=what(day))
        fact, owner = self.scope.fact(day.path[-1], day.place)
        if fact.type != "date":
            raise problem("X006", day.place, want="日期", got=the_fact(fact.name))
        named, term_fact = "", ""
        if isinstance(term, s.Text):
            named = term.value
            terms: tuple[str, ...] = (named,)
        elif isinstance(term, s.Name):
            choice, term_owner = self.scope.fact(term.path[-1], term.place)
            if term_owner != owner:
                raise problem("X013", term.place, name=choice.name, kind=list(choice.of))
            term_fact, terms = choice.name, choice.values
        else:
            raise problem("X002", term.place, want="期限", got=what(term))
        for known in terms:
            if known not in series.values:
                raise problem("X009", term.place, value=known, name=name, values=list(series.values))
        steps = [int(v * RATE_SCALE) for t in terms for v in series.values[t]]
        read = SeriesInput(name, owner, fact.name, named, term_fact)
        node = self.g.input(read, "比率", RATE_SCALE, min(steps), max(steps))
        return Value(node, (f"{fact.name}{name} ", Shown(node, "%")), "%")

    def _fact(self, name: str, place: Place, back: int) -> Value:
        fact, owner = self.scope.fact(name, place)
        back += self._shift
        if fact.formula and fact.type != "bool":
            return self._derived(fact, place)
        if fact.type == "date":
            return self._day(name, place, 0)
        if fact.type in ("bool", "text"):
            raise problem("X006", place, want="数值", got=the_fact(name))
        yearly = fact.by == "year"
        read = FactInput(name, owner, back if yearly else None)
        year: Words = (YearOf(back), "年") if yearly else ()
        if fact.series:
            node, source = size_class(self.g, self.scope.corpus.sizes[fact.series], fact, owner, back, self.scope.corpus.vocabulary)
            return Value(node, (*year, f"{name} ", Shown(node, "", fact.values), *source), "", fact.values)
        if fact.type == "choice":
            node = self.g.input(read, "选项", 1, 0, fact.greatest)
            return Value(node, (*year, f"{name} ", Shown(node, "", fact.values)), "", fact.values)
        unit = UNITS[fact.unit]
        node = self.g.input(read, unit.dimension, unit.scale, fact.least, fact.greatest)
        return Value(node, (*year, f"{name} ", Shown(node, fact.unit)), fact.unit)

    def _derived(self, fact: Fact, place: Place) -> Value:
        if fact.name in self._inside:
            raise problem("X006", place, want="不自我引用的公式", got=fact.name)
        self._inside.append(fact.name)
        inner = self.number(parse(fact.formula, fact.formula_place))
        self._inside.pop()
        return Value(inner.node, (f"{fact.name} ", Shown(inner.node, inner.unit), "（", *inner.words, "）"), inner.unit)

    def _date_part(self, name: str, place: Place, function: str) -> Value:
        fact, owner = self.scope.fact(name, place)
        if fact.type != "date":
            raise problem("X006", place, want="日期", got=the_fact(name))
        if function == "first_full_year":
            node = self.g.input(FactInput(name, owner, None, "full_year"), "年", 1, 1990, 2101)
            return Value(node, (*self._day(name, place, 0).words, " 后首个完整年度 ", Shown(node, ""), "年"), "")
        year = self.g.input(FactInput(name, owner, None, "year"), "年", 1, 1990, 2100)
        node = self.g.sub(self.g.input(ClaimYear(), "年", 1, 2000, 2100), year)
        if function == "nth_year":
            node = self.g.add(node, self.g.const(1, "年"))
            return Value(node, (*self._day(name, place, 0).words, " 起第 ", Shown(node, ""), " 年"), "年")
        return Value(node, (f"{name}（", Shown(year, "年度"), "）距 ", YearOf(0), "年 ", Shown(node, "年")), "年")

    def _is_date(self, name: str) -> bool:
        fact = self.scope.corpus.vocabulary.facts.get(name)
        return fact is not None and fact.type == "date"

    def _day(self, name: str, place: Place, plus_years: int) -> Value:
        """A day, as days since 0001-01-01, moved by whole years."""
        _, owner = self.scope.fact(name, place)
        node = self.g.input(FactInput(name, owner, None, "day", plus_years), "日期", 1, FIRST_DAY, LAST_DAY)
        return Value(node, (f"{name}{f'后{plus_years}年' if plus_years else ''} ", Shown(node, "日期")), "日期")

    def _bound(self, attribute: str, place: Place) -> Value:
        """等级, 事项 or 名册 of the record the result accrues to."""
        bound = self.scope.bound
        if bound and attribute == "日期":
            return Value(
                self.g.input(RecognitionDay(), "日期", 1, FIRST_DAY, LAST_DAY),
                ("认定日期 ", Shown(self.g.input(RecognitionDay(), "日期", 1, FIRST_DAY, LAST_DAY), "日期")),
                "日期",
            )
        if not bound or attribute not in BOUND:
            raise problem("X010", place, what=f"认定.{attribute}")
        if attribute == "名册":
            labels = tuple(register.name for register in bound)
        else:
            lists = [register.levels if attribute == "等级" else register.events for register in bound]
            labels = tuple(dict.fromkeys(label for labels in lists for label in labels))
        if not labels:
            raise problem("X010", place, what=(f"认定.{attribute}（“{bound[0].name}”没有{attribute}）", f'认定.{attribute} ("{bound[0].name}" has none)'))
        node = self.g.input(BoundInput(BOUND[attribute], labels), "选项", 1, 0, len(labels) - 1)
        return Value(node, (f"认定{attribute} ", Shown(node, "", labels)), "", labels)

    def _arithmetic(self, op: str, a: Value, b: Value, place: Place) -> Value:
        g = self.g
        for dimension in (g[a.node].dimension, g[b.node].dimension):
            if dimension in ("日期", "选项"):
                raise problem("X006", place, want="数值", got=dimension)
        if op in "+-":
            if (g[a.node].dimension, g[b.node].dimension) != ("比率", "百分点"):
                self._same(a, b, place, "相加减", "added")
            node = g.add(a.node, b.node) if op == "+" else g.sub(a.node, b.node)
            return Value(node, ("（", *a.words, " + " if op == "+" else " − ", *b.words, "）"), a.unit)
        if op == "/":
            raise problem("X011", place)
        dimensions = (g[a.node].dimension, g[b.node].dimension)
        plain_ones = [d for d in dimensions if d in ("", "比率")]
        if not plain_ones:
            raise problem("X005", place, left=flat(a.words), right=flat(b.words), action="相乘", action_en="multiplied")
        dimension = next((d for d in dimensions if d not in ("", "比率")), max(plain_ones))
        unit = a.unit if dimensions[0] == dimension else b.unit
        return Value(g.mul(a.node, b.node, dimension), (*a.words, " × ", *b.words), unit)

    def _same(self, a: Value, b: Value, place: Place, action: str, action_en: str) -> None:
        if self.g[a.node].dimension != self.g[b.node].dimension:
            raise problem("X005", place, left=flat(a.words), right=flat(b.words), action=action, action_en=action_en)

    def share(self, value: Value, place: Place, dimension: str = "比率") -> Value:
        """A value that must be a share of something (5%, 1%/年): a number without unit or a 百分点 is none. Raises X006."""
        got = self.g[value.node].dimension
        if got != dimension:
            raise problem("X006", place, want=dimension, got=got or "数")
        return value

    def _text(self, tree: s.Expr) -> str:
        if not isinstance(tree, s.Text):
            raise problem("X002", tree.place, want="单引号文字", got=what(tree))
        return tree.value


BOUND = {"等级": "level", "事项": "event", "名册": "register"}

# Functions of the published grammar that no computed measure uses yet.
PLANNED = ("awarded",)
# How each function is called, for messages.
FORMS = {name: f"{name}(x)" for name in ("本期", "前一年", "近三年", "前三年", "往年最高", "增量", "增速")} | {
    "年均增长": "年均增长(x, 3)",
    "min": "min(a, b)",
    "max": "max(a, b)",
    "sum": "sum(产品.产品销售额 where …)",
    "count": "count(产品 where …)",
    "累计": "累计(产量, 量产日, 3年)",
    **{name: f"{name}(取证日)" for name in ("years_since", "first_full_year", "nth_year")},
    "has": "has(名册)",
    "first": "first(名册)",
    "held": "held(名册, t-2..t)",
}
CONDITIONS = ("has", "held", "first")
GROWTH = ("增速", "年均增长")


def _unit(dimension: str) -> str:
    return {"比率": "%", "百分点": "个百分点"}.get(dimension, dimension if dimension in UNITS else "")


def _grouped(text: str) -> str:
    """`1,000辆` for `1000辆`."""
    digits = text[: len(text) - len(text.lstrip("0123456789"))]
    return f"{int(digits):,}{text[len(digits) :]}" if digits else text


def _ordinal(text: str, place: Place) -> int:
    try:
        return datetime.date.fromisoformat(text).toordinal()
    except ValueError:
        raise problem("Q005", place, text=text) from None


def the_fact(name: str) -> tuple[str, str]:
    """A fact in a message, in both languages."""
    return f"指标“{name}”", f'the fact "{name}"'


def count(tree: s.Call) -> tuple[str, str]:
    """The arguments of a call in a message."""
    given = len(tree.args) + len(tree.named)
    form = f"{tree.function}({'…' if given else ''})"
    return f"{form}，有 {given} 项", f"{form} with {given} argument{'s' if given != 1 else ''}"


def what(tree: s.Expr) -> str:
    """What kind of thing a tree is, for a message."""
    return {"Literal": "数值", "Text": "文字", "Name": "名称", "DateLiteral": "日期", "Call": "函数", "MeasureRef": "措施编号"}.get(
        type(tree).__name__, "表达式"
    )


def flat(words: Words) -> str:
    """A sentence without its blanks, as `甲额` of `2025年甲额 1,000元`."""
    parts = [part.removeprefix("年") if at and isinstance(words[at - 1], YearOf) else part for at, part in enumerate(words) if isinstance(part, str)]
    return plain("".join(parts)).strip()


FIRST_DAY, LAST_DAY = datetime.date(1990, 1, 1).toordinal(), datetime.date(2150, 12, 31).toordinal()
