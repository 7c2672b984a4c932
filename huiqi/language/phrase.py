"""An expression in words, Chinese or English, for people who read a rule rather than run it. Names of facts and registers stay as the vocabulary has them."""

from __future__ import annotations

from huiqi.language import syntax as s

ZH, EN = 0, 1
_SIGNS = {"=": "＝", "!=": "≠", "<": "＜", "<=": "≤", ">": "＞", ">=": "≥"}
_OPS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
# Functions of one base: what stands around it.
_AROUND = {
    "本期": ("{}", "{}"),
    "前一年": ("前一年{}", "{} of the year before"),
    "近三年": ("近三年{}合计", "{} over the three years to date"),
    "前三年": ("前三年{}合计", "{} over the three years before"),
    "往年最高": ("往年最高{}", "highest earlier {}"),
    "增量": ("{}增量", "increase of {}"),
    "增速": ("{}增速", "growth of {}"),
    "years_since": ("申报年度距{}所在年的年数", "calendar years since {}"),
    "first_full_year": ("{}后首个完整年度", "first full year after {}"),
    "nth_year": ("自{}起的第几年", "ordinal year since {}"),
    "awarded": ("{}已得金额", "what was received under {}"),
    "first": ("首次列入“{}”", "first entry in “{}”"),
    "LPR": ("按{}的LPR", "LPR for {}"),
}
_OVER = {"sum": ("合计", "total"), "count": ("数量", "number"), "max": ("最大值", "greatest"), "min": ("最小值", "smallest")}


def phrase(tree: s.Expr, lang: int) -> str:
    """The expression as a phrase in the language (`ZH` or `EN`)."""
    return _Phrase(lang).of(tree)


class _Phrase:
    def __init__(self, lang: int):
        self.lang = lang

    def pick(self, zh: str, en: str) -> str:
        return (zh, en)[self.lang]

    def of(self, tree: s.Expr, inner: bool = False) -> str:
        """`inner`: within another form, where a compound needs brackets."""
        match tree:
            case s.Literal(_, text):
                return "".join(text.split())
            case s.Text(value):
                return f"“{value}”"
            case s.DateLiteral(value) | s.MeasureRef(value):
                return value
            case s.Name(("认定", attribute)):
                return self.pick(
                    f"认定{attribute}", {"等级": "level", "事项": "event", "名册": "register", "日期": "day"}.get(attribute, attribute) + " recognised"
                )
            case s.Name(("t",)):
                return self.pick("申报年度", "claim year")
            case s.Name(("申报日",)):
                return self.pick("申报日", "day of application")
            case s.Name(path):
                return "的".join(path) if self.lang == ZH else ".".join(path)
            case s.Span(first, last):
                ends = dict.fromkeys((self._year(first), self._year(last)))
                return self.pick("至", " to ").join(ends)
            case s.Call():
                return self._call(tree)
            case s.Negative(operand):
                return f"－{self.of(operand, True)}"
            case s.Arithmetic("*", s.Literal(_, text) as share, whole) | s.Arithmetic("*", whole, s.Literal(_, text) as share) if text.endswith("%"):
                return self.pick(f"{self.of(whole, True)}的{self.of(share)}", f"{self.of(share)} of {self.of(whole, True)}")
            case s.Arithmetic(op, left, right):
                text = f"{self.of(left, True)} {_OPS[op]} {self.of(right, True)}"
                return f"（{text}）" if inner else text
            case s.Comparison("=" | "!=" as op, left, s.Text(value)):
                return f"{self.of(left)}{self.pick('为' if op == '=' else '不是', ' is ' if op == '=' else ' is not ')}“{value}”"
            case s.Comparison(op, left, right):
                return f"{self.of(left)} {_SIGNS[op]} {self.of(right)}"
            case s.Between(operand, low, high):
                return f"{self.of(operand)} {self.pick('在', 'between')} {self.of(low)} {self.pick('与', 'and')} {self.of(high)}{self.pick(' 之间', '')}"
            case s.Within(operand, choices):
                names = self.pick("、", ", ").join(self.of(c) for c in choices)
                return f"{self.of(operand)}{self.pick('为', ' is one of ')}{names}{self.pick('之一', '')}"
            case s.Logic(op, items):
                word = self.pick({"and": "，且", "or": "，或"}[op], f" {op} ")
                text = word.join(self.of(item, True) for item in items)
                return f"（{text}）" if inner else text
            case s.Inverse(s.Call("has" | "held") as call):
                return self._record(call, [self.of(arg) for arg in call.args], no=True)
            case s.Inverse(s.Name(path) as operand):
                zh = f"不{path[-1]}" if path[-1].startswith("符合") else f"{self.of(operand)}为“否”"
                return self.pick(zh, f"not {self.of(operand)}")
            case s.Inverse(operand):
                return self.pick(f"不满足（{self.of(operand)}）", f"not ({self.of(operand)})")
            case s.Quantified(every, kind, condition):
                such = self._inside(condition, s.Name((kind,), tree.place))
                return self.pick(f"{'每个' if every else '有'}{kind}{'均' if every else ''}满足：{such}", f"{'every' if every else 'some'} {kind} with {such}")
        raise AssertionError(tree)

    def _call(self, call: s.Call) -> str:
        args = [self.of(arg) for arg in call.args]
        if call.function in ("has", "held"):
            return self._record(call, args)
        if call.where is not None or (call.function in _OVER and len(args) == 1):
            zh, en = _OVER[call.function]
            such = self._inside(call.where, call.args[0]) if call.where is not None else ""
            which = self.pick(f"（{such}）", f" where {such}") if such else ""
            return self.pick(f"{args[0]}{which}{zh}", f"{en} of {args[0]}{which}")
        if call.function in ("min", "max"):
            both = self.pick("与", " and ").join(args)
            smaller = call.function == "min"
            return self.pick(f"{both}中{'较小' if smaller else '较大'}者", f"the {'smaller' if smaller else 'greater'} of {both}")
        if call.function == "年均增长":
            return self.pick(f"{args[0]}近{args[1]}年年均增长", f"yearly growth of {args[0]} over {args[1]} years")
        if call.function == "累计":
            return self.pick(f"自{args[1]}起{args[2]}内{args[0]}累计", f"{args[0]} within {args[2]} of {args[1]}")
        around = _AROUND.get(call.function, ("{}", "{}"))
        return around[self.lang].format(self.pick("、", ", ").join(args))

    def _inside(self, condition: s.Expr, over: s.Expr) -> str:
        """A filter over subjects, whose facts need not say each time whose they are."""
        kind = over.path[0] if isinstance(over, s.Name) else ""
        return self.of(condition).replace(f"{kind}{'的' if self.lang == ZH else '.'}", "")

    def _year(self, tree: s.Expr) -> str:
        """A year counted from the claim year: `t`, `t-2`."""
        match tree:
            case s.Arithmetic("-", s.Name(("t",)), s.Literal(_, back)):
                return self.pick(f"申报年度前{back}年", f"t−{back}")
            case s.Name(("t",)):
                return self.pick("申报年度", "t")
        return self.of(tree)

    def _record(self, call: s.Call, args: list[str], no: bool = False) -> str:
        """That a record is valid on the day, or in each year of a span; `no`: that none is."""
        named = {key: value.value if isinstance(value, s.Text) else self.of(value) for key, value in call.named}
        marks = self.pick("，", ", ").join(value for key, value in named.items() if key != "on")
        what = f"“{args[0]}”" + (self.pick(f"（{marks}）", f" ({marks})") if marks else "")
        if call.function == "held":
            several = "至" in args[1] or " to " in args[1]
            zh = f"{args[1]}{'并非各年都' if no and several else '没' if no else '各年都' if several else ''}有{what}记录"
            return self.pick(zh, f"{'not ' if no else ''}holds {what} in {'each year of ' if several else ''}{args[1]}")
        day = self.pick(f"在{named['on']}" if "on" in named else "", f" on {named['on']}" if "on" in named else "")
        return self.pick(f"{day}{'没有有效的' if no else ''}{what}{'' if no else '有效'}", f"{'not ' if no else ''}holds {what}{day}")
