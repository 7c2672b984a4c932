"""Expressions: how they bind, what is refused and where (in words: tests/bad/packs), and that no text gets further than that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.language import syntax as s
from huiqi.language.diagnostics import Place, Problems
from huiqi.language.lexer import MAX_TOKENS
from huiqi.language.parser import MAX_DEPTH, parse

HERE = Place("x", 1, 1)
PIECES = [
    *("研发投入", "产品", "has", "t", "a", "16a", "hz-2022-software/1a", "200万元", "5%", "2024-02-29", "'甲'", "3"),
    *("and", "or", "not", "且", "或", "非", "between", "in", "where", "some", "every", "satisfies"),
    *("(", ")", "（", "）", ",", "，", ".", "..", "…", ":", "+", "-", "*", "/", "×", "=", "!=", "<", "<=", "≥", "'", "‘", " "),
]


def bracketed(tree: s.Expr) -> str:
    """The expression with every bracket it could have."""
    match tree:
        case s.Literal(_, text) | s.DateLiteral(text) | s.MeasureRef(text):
            return text
        case s.Text(text):
            return f"'{text}'"
        case s.Name(path):
            return ".".join(path)
        case s.Span(first, last):
            return f"{bracketed(first)}..{bracketed(last)}"
        case s.Call(function, args, named, where):
            inside = ", ".join([*map(bracketed, args), *(f"{name}: {bracketed(value)}" for name, value in named)])
            return f"{function}({inside}{f' where {bracketed(where)}' if where else ''})"
        case s.Negative(operand):
            return f"(-{bracketed(operand)})"
        case s.Arithmetic(op, left, right) | s.Comparison(op, left, right):
            return f"({bracketed(left)} {op} {bracketed(right)})"
        case s.Between(operand, low, high):
            return f"({bracketed(operand)} between {bracketed(low)} and {bracketed(high)})"
        case s.Within(operand, choices):
            return f"({bracketed(operand)} in ({', '.join(map(bracketed, choices))}))"
        case s.Logic(op, items):
            return f"({f' {op} '.join(map(bracketed, items))})"
        case s.Inverse(operand):
            return f"(not {bracketed(operand)})"
        case s.Quantified(every, kind, condition):
            return f"({'every' if every else 'some'} {kind} satisfies {bracketed(condition)})"


EXPRESSIONS = [
    ("a", "a"),
    ("a + b * c", "(a + (b * c))"),
    ("a - b - c", "((a - b) - c)"),
    ("a / b * c", "((a / b) * c)"),
    ("(a + b) * c", "((a + b) * c)"),
    ("-a + b", "((-a) + b)"),
    ("a * -b", "(a * (-b))"),
    ("a - -1元", "(a - (-1元))"),
    ("a > b + 1元", "(a > (b + 1元))"),
    ("not a > b", "(not (a > b))"),
    ("not not a", "(not (not a))"),
    ("a or b and c", "(a or (b and c))"),
    ("a and b and c", "(a and b and c)"),
    ("(a and b) and c", "((a and b) and c)"),
    ("not a and b", "((not a) and b)"),
    ("a 且 b 或 非 c", "((a and b) or (not c))"),
    ("a between 1% and 5% and b", "((a between 1% and 5%) and b)"),
    ("a between b - 1元 and c + 1元", "(a between (b - 1元) and (c + 1元))"),
    ("a in ('甲', '乙') or b", "((a in ('甲', '乙')) or b)"),
    ("a = '甲'", "(a = '甲')"),
    ("a ≥ ２００万元", "(a >= 200万元)"),
    ("a×b÷c − d", "(((a * b) / c) - d)"),
    ("（a ＋ b）≠ ‘甲’", "((a + b) != '甲')"),
    ("研发投入/营业收入>=5%", "((研发投入 / 营业收入) >= 5%)"),
    ("企业.营业收入 >= 1,000万元", "(企业.营业收入 >= 1,000万元)"),
    ("认定.等级 = '高'", "(认定.等级 = '高')"),
    ("has(链主企业)", "has(链主企业)"),
    ("has(链主企业, level: '国家级', on: 2024-02-29)", "has(链主企业, level: '国家级', on: 2024-02-29)"),
    ("held(AI工厂, t-2..t)", "held(AI工厂, (t - 2)..t)"),
    ("held(AI工厂, t-2…t)", "held(AI工厂, (t - 2)..t)"),
    ("min(a, b + c, 3元)", "min(a, (b + c), 3元)"),
    ("近三年(研发投入) > 2 * 前一年(研发投入)", "(近三年(研发投入) > (2 * 前一年(研发投入)))"),
    ("sum(产品.产品销售额 where 产品.类别 = '首台套' and a)", "sum(产品.产品销售额 where ((产品.类别 = '首台套') and a))"),
    ("count(产品) >= 3项", "(count(产品) >= 3项)"),
    ("some 产品 satisfies 产品销售额 > 0元", "(some 产品 satisfies (产品销售额 > 0元))"),
    ("every 产品 satisfies a and b", "((every 产品 satisfies a) and b)"),
    ("some 产品 satisfies not (a or b)", "(some 产品 satisfies (not (a or b)))"),
    ("awarded(16a, hz-2022-software/1b)", "awarded(16a, hz-2022-software/1b)"),
    ("取证日 + 3年 > 2024-02-29", "((取证日 + 3年) > 2024-02-29)"),
    ("a < 0.2元/瓦 * b", "(a < (0.2元/瓦 * b))"),
    ("andante and orbit", "(andante and orbit)"),
]


@pytest.mark.parametrize(("text", "form"), EXPRESSIONS)
def test_binding(text: str, form: str) -> None:
    assert bracketed(parse(text, HERE)) == form
    assert bracketed(parse(form, HERE)) == form


def refusal(text: str) -> str:
    with pytest.raises(Problems) as caught:
        parse(text, HERE)
    (diagnostic,) = caught.value.diagnostics
    return f"{diagnostic.place.col} {diagnostic.code}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1 X002"),
        ("a +", "4 X002"),
        ("a b", "3 X002"),
        ("a ≥ b ≥ c", "7 X002"),
        ("a ≠ ≠", "5 X002"),
        ("(a", "3 X002"),
        ("max(a b)", "7 X002"),
        ("a between 1元", "13 X002"),
        ("a in 甲", "6 X002"),
        ("a.", "3 X002"),
        ("some 3", "6 X002"),
        ("some 产品 a", "9 X002"),
        ("a ? b", "3 X001"),
        ("'甲", "1 X001"),
        ("5²", "2 X001"),
        ("if a then b", "1 X016"),
        ("a > b if c", "7 X016"),
        ("max(if(a, b), c)", "5 X016"),
        ("a > 2023-02-29", "5 Q005"),
    ],
)
def test_refusals(text: str, told: str) -> None:
    assert refusal(text) == told


@pytest.mark.parametrize(
    ("opening", "closing", "column"),
    [
        ("(", ")", MAX_DEPTH + 1),
        ("max(", ")", 4 * MAX_DEPTH + 1),
        ("not ", "", 4 * MAX_DEPTH - 3),
        ("-", "", MAX_DEPTH),
        ("some x satisfies ", "", 17 * MAX_DEPTH - 16),
    ],
)
def test_depth(opening: str, closing: str, column: int) -> None:
    within = MAX_DEPTH - 1
    parse(opening * within + "a" + closing * within, HERE)
    assert refusal(opening * 60 + "a" + closing * 60) == f"{column} X012"


def test_length() -> None:
    terms = MAX_TOKENS // 2
    parse("+".join("a" * terms), HERE)
    assert refusal("+".join("a" * 5000)) == f"{MAX_TOKENS + 1} X015"


@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=100).map("".join), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
)
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        tree = parse(text, HERE)
    except Problems as problems:
        assert [(d.code[0], 1 <= d.place.col <= len(text) + 1) for d in problems.diagnostics] in ([("X", True)], [("Q", True)])
    else:
        form = bracketed(tree)
        assert bracketed(parse(form, HERE)) == form
