"""docs/grammar.md and the program say the same: the printed grammar accepts just what the parser accepts, tokens, units, functions and awards are all there."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from huiqi.language.diagnostics import Findings, Place, Problems
from huiqi.language.lexer import MAX_TOKENS, WORDS, Token, tokens
from huiqi.language.parser import MAX_DEPTH, parse
from huiqi.language.units import MAX_DIGITS, UNITS
from huiqi.packs.drafts import FUNCTIONS, expressions
from huiqi.packs.model import Corpus
from huiqi.packs.read_limit import LIMIT_KEYS
from huiqi.packs.read_policy import AWARD_FORMS, AWARD_KEYS, PART_KEYS, ROW_KEYS
from huiqi.packs.registry import add_policy
from huiqi.rules.numbers import FORMS
from tests.bad.readers import alone

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "grammar.md").read_text("utf-8")
HERE = Place("x", 1, 1)
CLASSES = {"name": "name", "quantity": "quantity", "text": "text", "day": "date", "measure": "ref"}
PIECES = [
    *("甲额", "t", "has", "甲.乙", "200万元", "5%", "2024-02-29", "'甲'", "16a", "hz-2022-software/1a"),
    *("and", "or", "not", "且", "或", "非", "between", "in", "where", "some", "every", "satisfies"),
    *("(", ")", ",", ".", "..", ":", "+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">="),
]


class Grammar(Struct):
    """The printed grammar: each production as a tree of ("or" | "many" | "maybe" | "seq", parts) or a terminal."""

    rules: dict[str, object] = {}

    def ends(self, rule: object, items: list[Token], at: int, known: dict[tuple[str, int], set[int]]) -> set[int]:
        """Where a rule can end that begins at a token."""
        match rule:
            case ("seq", *parts):
                found = {at}
                for part in parts:
                    found = {end for start in found for end in self.ends(part, items, start, known)}
                return found
            case ("or", *parts):
                return {end for part in parts for end in self.ends(part, items, at, known)}
            case ("maybe", part):
                return {at} | self.ends(part, items, at, known)
            case ("many", part):
                found, new = {at}, {at}
                while new:
                    new = {end for start in new for end in self.ends(part, items, start, known)} - found
                    found |= new
                return found
            case ("mark", text):
                return {at + 1} if items[at].kind in ("mark", "word") and items[at].text == text else set()
            case str() if rule in CLASSES:
                return {at + 1} if items[at].kind == CLASSES[rule] else set()
            case str():
                if (rule, at) not in known:
                    known[rule, at] = self.ends(self.rules[rule], items, at, known)
                return known[rule, at]
        raise AssertionError(rule)

    def accepts(self, items: list[Token]) -> bool:
        return len(items) - 1 in self.ends("expression", items, 0, {})


def read_grammar() -> Grammar:
    (block,) = re.findall(r"```\n(.*?)```", PAGE, re.S)
    grammar = Grammar()
    for name, body in re.findall(r"(?ms)^(\w+)\s+= (.*?)(?=^\w+\s+= |\Z)", block):
        parts = re.findall(r'"[^"]+"|\w+|[\[\]{}()|]', body)
        grammar.rules[name] = _either(parts)
        assert parts == []
    return grammar


def _either(parts: list[str]) -> object:
    choices = [_sequence(parts)]
    while parts and parts[0] == "|":
        parts.pop(0)
        choices.append(_sequence(parts))
    return choices[0] if len(choices) == 1 else ("or", *choices)


def _sequence(parts: list[str]) -> object:
    made: list[object] = []
    while parts and parts[0] not in ("|", "]", "}", ")"):
        part = parts.pop(0)
        if part in "[{(":
            inner = _either(parts)
            assert parts.pop(0) == {"[": "]", "{": "}", "(": ")"}[part]
            made.append({"[": ("maybe", inner), "{": ("many", inner), "(": inner}[part])
        else:
            made.append(("mark", part[1:-1]) if part.startswith('"') else part)
    return made[0] if len(made) == 1 else ("seq", *made)


GRAMMAR = read_grammar()


def accepted(text: str) -> bool:
    try:
        parse(text, HERE)
    except Problems:
        return False
    return True


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join))
@settings(max_examples=600)
def test_the_parser_accepts_what_the_printed_grammar_accepts(text: str) -> None:
    assert GRAMMAR.accepts(tokens(text, HERE)) == accepted(text)


SAMPLES = {"name": "甲", "quantity": "5%", "text": "'甲'", "day": "2024-02-29", "measure": "16a"}


def sentence(rule: object, depth: int, r: random.Random) -> str:
    """A text of a rule; at the bottom only what is shortest."""
    match rule:
        case ("seq", *parts):
            return " ".join(sentence(part, depth, r) for part in parts)
        case ("or", *parts):
            return sentence(r.choice(parts) if depth else parts[0], depth, r)
        case ("maybe", part):
            return sentence(part, depth, r) if depth and r.random() < 0.3 else ""
        case ("many", part):
            return " ".join(sentence(part, depth, r) for _ in range(r.choice((0, 0, 1, 2)) if depth else 0))
        case ("mark", text):
            return str(text)
        case str() if rule in SAMPLES or not depth:
            return SAMPLES.get(rule, "甲")
    return sentence(GRAMMAR.rules[str(rule)], depth - 1, r)


def test_every_production_is_parsed() -> None:
    r = random.Random(7)
    made = [sentence("expression", 16, r) for _ in range(1500)]
    assert [text for text in made if len(text) < 1000 and not accepted(text)] == []


def test_every_expression_of_the_packs_is_of_the_printed_grammar(corpus: Corpus, lab: Corpus) -> None:
    texts = [x for c in (corpus, lab) for _, _, m in c.measures.values() for x in expressions(m)]
    assert [x.text for x in texts if not GRAMMAR.accepts(tokens(x.text, x.place))] == []
    assert len(texts) > 500


GOOD = [Path(__file__).resolve().parents[1] / "good" / "packs" / f"every-{what}.yaml" for what in ("expression", "award")]


def test_the_good_packs_show_every_production_function_and_form(lab: Corpus) -> None:
    corpus, findings = alone(lab), Findings()
    add_policy(corpus, GOOD[0].read_bytes(), GOOD[0].name, findings)
    items = [tokens(x.text, x.place) for _, _, m in corpus.measures.values() for x in expressions(m)]
    seen = {token.text for line in items for token in line if token.kind in ("mark", "word")}
    marks = {mark for rule in GRAMMAR.rules.values() for mark in marks_of(rule)}
    assert marks - seen == set()
    assert set(CLASSES.values()) - {token.kind for line in items for token in line} == set()
    assert {*FORMS, *corpus.series, "awarded"} - {token.text for line in items for token in line if token.kind == "name"} == set()
    award = GOOD[1].read_text("utf-8")
    keys = {*AWARD_KEYS, *ROW_KEYS, *(key for part in PART_KEYS.values() for key in part), *LIMIT_KEYS}
    assert [key for key in sorted(keys) if f"{key}:" not in award] == []


def marks_of(rule: object) -> Iterator[str]:
    """The marks and words a rule is written with."""
    match rule:
        case ("mark", str(text)):
            yield text
        case (str(), *parts):
            for part in parts:
                yield from marks_of(part)


def rows(title: str) -> Iterator[list[str]]:
    """The rows of the table with a title, as cells."""
    table = PAGE[PAGE.index(f"| {title} |") :].partition("\n\n")[0]
    for line in table.splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split(" | ")]


@pytest.mark.parametrize("row", list(rows("token")), ids=lambda row: row[0])
def test_each_example_of_a_token_is_one(row: list[str]) -> None:
    examples = re.findall(r"`([^`]+)`", row[2])
    assert examples != []
    assert [[t.kind for t in tokens(x, HERE)] for x in examples] == [[CLASSES[row[0].strip("`")], "end"]] * len(examples)


def test_words_limits_and_units_are_those_of_the_program() -> None:
    words = re.search(r"Words \(`([^`]+)`\)", PAGE)
    assert words and set(words[1].split()) == set(WORDS.values())
    assert f"nest at most {MAX_DEPTH} deep" in PAGE
    assert f"at most {MAX_TOKENS} tokens, a number at most {MAX_DIGITS} characters" in PAGE
    units = PAGE[PAGE.index("**Units.**") : PAGE.index(". Those between")].removeprefix("**Units.**").replace("·", " ").split()
    assert sorted(units) == sorted(UNITS)


def test_every_function_is_on_the_page(corpus: Corpus) -> None:
    named = {name for row in rows("function") for name in re.findall(r"`(\w+)\(", row[0])}
    assert named == {*FORMS, *corpus.series, "awarded"}
    assert set(FUNCTIONS) == named


def test_every_award_is_on_the_page() -> None:
    awards = PAGE[PAGE.index("**Awards.**") :]
    forms, beside, whole = re.findall(r"`([a-z ]+)`", awards)[:3]
    assert forms.split() == AWARD_FORMS
    assert sorted([*forms.split(), *beside.split(), *whole.split()]) == sorted(AWARD_KEYS)
