"""Tokens → expression tree, by recursive descent with bounded depth. The grammar is docs/grammar.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

from huiqi.language import syntax as s
from huiqi.language.diagnostics import Place, problem, quoted
from huiqi.language.lexer import Token, tokens
from huiqi.language.units import Quantity

MAX_DEPTH = 40
_COMPARISONS = {"=", "!=", "<", "<=", ">", ">="}
_NESTED = ("括号、函数或否定", "parentheses, functions or negations")
_IF = ("if", "then", "else", "如果", "若", "则", "否则")  # what people write who take a condition for an expression


def parse(text: str, place: Place) -> s.Expr:
    """Parse one expression that stands at `place`. Raises X001, X002, X012, X015, Q005."""
    parser = _Parser(tokens(text, place))
    tree = parser.either()
    parser.expect_end()
    return tree


def _said(token: Token) -> str | tuple[str, str]:
    """A token in a message: in quotes, the end as a word."""
    return token.text if token.kind == "end" else quoted(token.text)


class _Parser:
    def __init__(self, items: list[Token]):
        self.items = items
        self.at = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        return self.items[self.at]

    def take(self) -> Token:
        token = self.items[self.at]
        self.at += 1
        return token

    def is_mark(self, *marks: str) -> bool:
        return self.now.kind == "mark" and self.now.text in marks

    def is_word(self, word: str) -> bool:
        return self.now.kind == "word" and self.now.text == word

    def expect(self, mark: str) -> Token:
        if not self.is_mark(mark):
            raise problem("X002", self.now.place, want=quoted(mark), got=_said(self.now))
        return self.take()

    def expect_end(self) -> None:
        if self.now.kind == "name" and self.now.text in _IF:
            raise problem("X016", self.now.place, text=self.now.text)
        if self.now.kind != "end":
            raise problem("X002", self.now.place, want="表达式结尾", got=_said(self.now))

    @contextmanager
    def _deeper(self, place: Place) -> Iterator[None]:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise problem("X012", place, what=_NESTED, limit=MAX_DEPTH)
        yield
        self.depth -= 1

    def either(self) -> s.Expr:
        with self._deeper(self.now.place):
            return self._chain("or", self._both)

    def _both(self) -> s.Expr:
        return self._chain("and", self._inverse)

    def _chain(self, word: str, part: Callable[[], s.Expr]) -> s.Expr:
        place = self.now.place
        items = [part()]
        while self.is_word(word):
            self.take()
            items.append(part())
        return items[0] if len(items) == 1 else s.Logic(word, tuple(items), place)

    def _inverse(self) -> s.Expr:
        if not self.is_word("not"):
            return self._comparison()
        place = self.take().place
        with self._deeper(place):
            return s.Inverse(self._inverse(), place)

    def _comparison(self) -> s.Expr:
        left = self._sum()
        if self.is_mark(*_COMPARISONS):
            op = self.take()
            return s.Comparison(op.text, left, self._sum(), op.place)
        if self.is_word("between"):
            place = self.take().place
            low = self._sum()
            if not self.is_word("and"):
                raise problem("X002", self.now.place, want=quoted("and"), got=_said(self.now))
            self.take()
            return s.Between(left, low, self._sum(), place)
        if self.is_word("in"):
            place = self.take().place
            self.expect("(")
            choices = [self._sum()]
            while self.is_mark(","):
                self.take()
                choices.append(self._sum())
            self.expect(")")
            return s.Within(left, tuple(choices), place)
        return left

    def _sum(self) -> s.Expr:
        left = self._product()
        while self.is_mark("+", "-"):
            op = self.take()
            left = s.Arithmetic(op.text, left, self._product(), op.place)
        return left

    def _product(self) -> s.Expr:
        left = self._atom()
        while self.is_mark("*", "/"):
            op = self.take()
            left = s.Arithmetic(op.text, left, self._atom(), op.place)
        return left

    def _atom(self) -> s.Expr:
        token = self.take()
        match token.kind:
            case "quantity":
                return s.Literal(cast(Quantity, token.value), token.text, token.place)
            case "text":
                return s.Text(token.text, token.place)
            case "date":
                return s.DateLiteral(token.text, token.place)
            case "ref":
                return s.MeasureRef(token.text, token.place)
            case "name":
                return self._name(token)
            case "word" if token.text in ("some", "every"):
                return self._quantified(token)
        if token.kind == "mark" and token.text == "(":
            inner = self.either()
            self.expect(")")
            return inner
        if token.kind == "mark" and token.text == "-":
            with self._deeper(token.place):
                return s.Negative(self._atom(), token.place)
        raise problem("X002", token.place, want="数值、指标或函数", got=_said(token))

    def _name(self, token: Token) -> s.Expr:
        if token.text in _IF:
            raise problem("X016", token.place, text=token.text)
        if self.is_mark("("):
            return self._call(token)
        path = [token.text]
        while self.is_mark("."):
            self.take()
            if self.now.kind != "name":
                raise problem("X002", self.now.place, want="名称", got=_said(self.now))
            path.append(self.take().text)
        return s.Name(tuple(path), token.place)

    def _quantified(self, token: Token) -> s.Expr:
        if self.now.kind != "name":
            raise problem("X002", self.now.place, want="对象类型", got=_said(self.now))
        kind = self.take().text
        if not self.is_word("satisfies"):
            raise problem("X002", self.now.place, want=quoted("satisfies"), got=_said(self.now))
        self.take()
        with self._deeper(token.place):
            return s.Quantified(token.text == "every", kind, self._inverse(), token.place)

    def _call(self, token: Token) -> s.Expr:
        self.expect("(")
        args: list[s.Expr] = []
        named: list[tuple[str, s.Expr]] = []
        where: s.Expr | None = None
        while not self.is_mark(")"):
            if args or named:
                self.expect(",")
            if self.now.kind == "name" and self.items[self.at + 1].kind == "mark" and self.items[self.at + 1].text == ":":
                name = self.take().text
                self.take()
                named.append((name, self._argument()))
            else:
                args.append(self._argument())
            if self.is_word("where"):
                self.take()
                where = self.either()
                break
        self.expect(")")
        return s.Call(token.text, tuple(args), tuple(named), where, token.place)

    def _argument(self) -> s.Expr:
        first = self.either()
        if self.is_mark(".."):
            place = self.take().place
            return s.Span(first, self._sum(), place)
        return first
