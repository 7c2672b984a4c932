"""What the mechanisms share: reading parameters, caps, the lowered award."""

from __future__ import annotations

from msgspec import Struct

from huiqi.language.diagnostics import problem
from huiqi.language.yamltree import Map, Node, Scalar, Seq, want_map, want_seq, want_text
from huiqi.rules.expressions import Lowering
from huiqi.rules.graph import CONST, FEN, MONEY, Graph
from huiqi.rules.numbers import Value
from huiqi.rules.words import Line, Shown, Words

TWO_ENDS = {"want_zh": "两个数：[最低, 最高]", "want_en": "two values, [least, most],"}


class Award(Struct):
    """A lowered award. `amount` ≥ 0 in 元; `up_to` is the condition under which the amount is an upper bound (不超过).

    `conditions` are tests the shape itself makes (the lowest tier reached, one whole step). `least` is the low end of a range.
    """

    amount: int
    up_to: int
    lines: list[Line] = []
    conditions: list[Line] = []
    least: int | None = None


class Bench:
    """Where a mechanism works: the lowering of its measure, and whether sums are upper bounds unless said otherwise."""

    def __init__(self, low: Lowering, up_to: bool):
        self.low, self.up_to = low, up_to

    @property
    def g(self) -> Graph:
        return self.low.g

    def parameter(self, owner: Map, key: str) -> Node:
        """The value of a key, after the choice of a reading where it is written as one. Raises P001."""
        node = owner.entries.get(key)
        if node is None:
            raise problem("P001", owner.place, key=key)
        return self.low.scope.chosen(node)

    def entries(self, owner: Map, key: str) -> tuple[Node, ...]:
        """The entries of a list that cannot be empty."""
        found = want_seq(self.parameter(owner, key))
        if not found.items:
            raise problem("P001", found.place, key=key)
        return found.items

    def number(self, owner: Map, key: str) -> Value:
        """A parameter or base as a number."""
        return self.low.number_text(want_text(self.parameter(owner, key)))

    def share(self, owner: Map, key: str, dimension: str = "比率") -> Value:
        """A parameter that is a share of a base, or one for each year."""
        node = want_text(self.parameter(owner, key))
        return self.low.share(self.low.number_text(node), node.place, dimension)

    def money(self, owner: Map, key: str) -> Value:
        """A parameter that must be a sum of money. Raises X006."""
        return self._money(want_text(self.parameter(owner, key)))

    def _money(self, text: Scalar) -> Value:
        value = self.low.number_text(text)
        if self.g[value.node].dimension != MONEY:
            raise problem("X006", text.place, want="金额", got=self.g[value.node].dimension or "数")
        return value

    def text(self, owner: Map, key: str, default: str) -> str:
        """A parameter that is a word."""
        return want_text(self.parameter(owner, key)).text if key in owner.entries else default

    def kind(self, owner: Map, inherited: bool) -> int:
        """The condition "this is an upper bound", constant for one form or row."""
        word = self.text(owner, "kind", "up_to" if inherited else "exact")
        if word not in ("up_to", "exact"):
            raise problem("P003", owner.entries["kind"].place, value=word, values=["up_to", "exact"])
        return self.g.true() if word == "up_to" else self.g.false()

    def cap(self, owner: Map) -> Value | None:
        """The cap of a form or row; `none` and absent mean no cap."""
        if "cap" not in owner.entries:
            return None
        node = want_text(self.parameter(owner, "cap"))
        return None if node.text == "none" else self._money(node)

    def zero(self) -> int:
        return self.g.const(0, MONEY)

    def floored(self, amount: int) -> int:
        """An amount is never below zero."""
        return amount if self.g[amount].least >= 0 else self.g.max(amount, self.zero())

    def capped(self, amount: int, how: Words, cap: Value | None, given: int | None = None) -> tuple[int, list[Line]]:
        """The amount under its cap, and the lines that say the sum and whether the cap bound."""
        printed = self.g[amount].op == CONST
        lines = [Line(how if printed else (*how, " = ", Shown(self.g.round(amount, FEN), MONEY)), given=given)]
        if cap is None:
            return amount, lines
        over = self.g.compare(">", amount, cap.node)
        worth: Words = () if self.g[cap.node].op == CONST else (" = ", Shown(self.g.round(cap.node, FEN), MONEY))
        lines.append(Line(("超过封顶额，按 ", *cap.words, *worth, " 计"), given=over if given is None else self.g.all([given, over])))
        return self.g.min(amount, cap.node), lines


def rows_of(form: Map, key: str) -> list[Map]:
    """The rows of a table as mappings."""
    node = form.entries.get(key)
    if not isinstance(node, Seq) or not node.items:
        raise problem("P001", form.place if node is None else node.place, key=key)
    return [want_map(item) for item in node.items]
