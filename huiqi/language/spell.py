"""An expression tree → its one canonical text (docs/grammar.md): plain marks, English words, single blanks, no bracket too many."""

from __future__ import annotations

from huiqi.language import syntax as s

# How tightly a form binds; an operand that binds less tightly than its place asks for stands in brackets.
_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _ATOM = range(7)


def spell(tree: s.Expr) -> str:
    """The canonical text; parsing it gives an equal tree, places apart."""
    return _text(tree, _OR)


def _text(tree: s.Expr, asked: int) -> str:
    text, binds = _form(tree)
    return text if binds >= asked else f"({text})"


def _form(tree: s.Expr) -> tuple[str, int]:
    match tree:
        case s.Literal(_, text):
            return "".join(text.split()), _ATOM
        case s.Text(value):
            return f"'{value}'", _ATOM
        case s.DateLiteral(text) | s.MeasureRef(text):
            return text, _ATOM
        case s.Name(path):
            return ".".join(path), _ATOM
        case s.Call(name, args, named, where):
            items = [_argument(arg) for arg in args] + [f"{key}: {_argument(arg)}" for key, arg in named]
            return f"{name}({', '.join(items)}{f' where {spell(where)}' if where is not None else ''})", _ATOM
        case s.Negative(operand):
            return f"-{_text(operand, _ATOM)}", _ATOM
        case s.Arithmetic("+" | "-" as op, left, right):
            return f"{_text(left, _SUM)} {op} {_text(right, _PRODUCT)}", _SUM
        case s.Arithmetic(op, left, right):
            return f"{_text(left, _PRODUCT)} {op} {_text(right, _ATOM)}", _PRODUCT
        case s.Comparison(op, left, right):
            return f"{_text(left, _SUM)} {op} {_text(right, _SUM)}", _COMPARISON
        case s.Between(operand, low, high):
            return f"{_text(operand, _SUM)} between {_text(low, _SUM)} and {_text(high, _SUM)}", _COMPARISON
        case s.Within(operand, choices):
            return f"{_text(operand, _SUM)} in ({', '.join(_text(c, _SUM) for c in choices)})", _COMPARISON
        case s.Logic(op, items):
            # `and` within `or` keeps its brackets: they save the reader a rule.
            return f" {op} ".join(_text(item, _NOT) for item in items), _OR if op == "or" else _AND
        case s.Inverse(operand):
            return f"not {_text(operand, _NOT)}", _NOT
        case s.Quantified(every, kind, condition):
            # What follows `satisfies` reaches as far as it can, so the form binds like a `not`.
            return f"{'every' if every else 'some'} {kind} satisfies {_text(condition, _NOT)}", _NOT
    raise AssertionError(tree)


def _argument(tree: s.Expr) -> str:
    if isinstance(tree, s.Span):
        return f"{spell(tree.first).replace(' ', '')}..{_text(tree.last, _SUM).replace(' ', '')}"
    return spell(tree)
