"""The canonical text of an expression means what the expression meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.language import syntax as s
from huiqi.language.diagnostics import Place
from huiqi.language.parser import parse
from huiqi.language.spell import spell
from huiqi.language.units import quantity_at

HERE = Place("x", 1, 1)


def bare(tree: object) -> object:
    """The tree without places and without the spelling of its literals."""
    if isinstance(tree, tuple):
        return tuple(bare(item) for item in tree)
    fields = getattr(tree, "__struct_fields__", None)
    if fields is None or isinstance(tree, Place):
        return tree
    return (type(tree).__name__, *(bare(getattr(tree, f)) for f in fields if f != "place" and not (f == "text" and isinstance(tree, s.Literal))))


def literal(text: str) -> s.Expr:
    found = quantity_at(text, 0)
    assert found is not None
    return s.Literal(found[0], text, HERE)


names = st.sampled_from(["营业收入", "产品.产品销售额", "认定.等级", "t"]).map(lambda n: s.Name(tuple(n.split(".")), HERE))
leaves = st.one_of(
    names,
    st.sampled_from(["200万元", "5%", "10个百分点", "1%/年", "0.2元/瓦", "30万辆", "3年", "7"]).map(literal),
    st.sampled_from(["国家级", "首次认定"]).map(lambda v: s.Text(v, HERE)),
    st.just(s.DateLiteral("2024-02-29", HERE)),
    st.just(s.MeasureRef("hz-2022-software/1a", HERE)),
)


def larger(inner: st.SearchStrategy[s.Expr]) -> st.SearchStrategy[s.Expr]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(s.Arithmetic, st.sampled_from("+-*/"), inner, inner, st.just(HERE)),
        st.builds(s.Comparison, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), inner, inner, st.just(HERE)),
        st.builds(s.Between, inner, inner, inner, st.just(HERE)),
        st.builds(s.Within, inner, several, st.just(HERE)),
        st.builds(s.Logic, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3).map(tuple), st.just(HERE)),
        st.builds(s.Inverse, inner, st.just(HERE)),
        st.builds(s.Negative, inner, st.just(HERE)),
        st.builds(s.Quantified, st.booleans(), st.just("产品"), inner, st.just(HERE)),
        st.builds(s.Call, st.just("has"), several, st.just(()), st.none() | inner, st.just(HERE)),
        st.builds(s.Call, st.just("held"), several, inner.map(lambda x: (("level", x),)), st.none(), st.just(HERE)),
    )


@given(st.recursive(leaves, larger, max_leaves=12))
def test_the_text_parses_to_the_same_tree(tree: s.Expr) -> None:
    assert bare(parse(spell(tree), HERE)) == bare(tree)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("研发投入≥200万元 且 非 大户", "研发投入 >= 200万元 and not 大户"),
        ("( 研发投入  + 营业收入 ) * 5％", "(研发投入 + 营业收入) * 5%"),
        ("甲 >= 1 or (乙 >= 2 and 丙 >= 3)", "甲 >= 1 or (乙 >= 2 and 丙 >= 3)"),
        ("((甲 - (乙 - 丙)))", "甲 - (乙 - 丙)"),
        ("held(高新技术企业,t - 2 .. t)", "held(高新技术企业, t-2..t)"),
        ("sum(产品.产品销售额 where 产品.类别=‘首台套’)", "sum(产品.产品销售额 where 产品.类别 = '首台套')"),
        ("not (甲 >= 1 and 乙 >= 1)", "not (甲 >= 1 and 乙 >= 1)"),
    ],
)
def test_one_spelling(written: str, canonical: str) -> None:
    assert spell(parse(written, HERE)) == canonical
    assert spell(parse(canonical, HERE)) == canonical
