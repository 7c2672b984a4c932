"""What all inputs of one measure share: the joins they need, and the relations that hold facts."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from sqlglot import exp

from huiqi.packs.model import Corpus
from huiqi.packs.vocabulary import Vocabulary
from huiqi.population.schema import APPLICANT_TABLE, subject_table
from huiqi.population.sql import col, either, first_by, table, text


class Ends(Struct):
    """Columns for the ends of one input. For money already given, as `Known`: `value` is what is known of it, `settled` that only aid is not whole."""

    low: exp.Expr
    high: exp.Expr
    open: exp.Expr = field(default_factory=exp.false)
    value: exp.Expr | None = None
    settled: exp.Expr | None = None

    def end(self, name: str) -> exp.Expr:
        """One end, as a pair program names it: low, high, open."""
        return {"low": self.low, "high": self.high, "open": self.open}[name].copy()

    def uncounted(self) -> Ends:
        """See `Known.uncounted`."""
        if self.value is None or self.settled is None:
            return self
        low, high = (either(self.settled.copy(), self.value.copy(), end.copy()) for end in (self.low, self.high))
        return Ends(low, high, exp.and_(self.open.copy(), exp.Not(this=self.settled.copy())))


class Reader(Struct):
    """Collects the joins that the inputs of one measure need, onto the relation `i` (firm, subject, level, …)."""

    corpus: Corpus
    on: str
    claim: int
    measure: str
    joins: list[tuple[exp.Expr, exp.Expr]] = []
    _aliases: dict[object, str] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the corpus."""
        return self.corpus.vocabulary

    def join(self, key: object, relation: exp.Query, on: Sequence[exp.Expr]) -> str:
        """The alias of a relation joined under `key`, once; in `on` the table `?` is the relation."""
        alias = self._aliases.get(key)
        if alias is None:
            alias = self._aliases[key] = f"j{len(self._aliases)}"
            conditions = exp.and_(*(self._bind(c, alias) for c in on))
            self.joins.append((relation.subquery(alias, copy=False), conditions))
        return alias

    def _bind(self, condition: exp.Expr, alias: str) -> exp.Expr:
        bound = condition.copy()
        for column in bound.find_all(exp.Column):
            if column.table == "?":
                column.set("table", exp.to_identifier(alias))
        return bound

    def holder(self, owner: str) -> exp.Expr:
        """The id under which facts of kind `owner` stand for the instance: '' for the applicant, NULL when not known."""
        if not owner:
            return text("")
        kinds = [text(k.name) for k in self.vocabulary.kinds.values() if owner in self.vocabulary.family(k.name)]
        ranked = (
            exp.select(col("firm"), col("subject"), col("ancestor"), exp.alias_(first_by(["firm", "subject"], "depth"), "rank"))
            .from_(table("parents"))
            .where(col("kind").isin(*kinds))
            .subquery("r")
        )
        nearest = exp.select(col("firm"), col("subject"), col("ancestor")).from_(ranked).where(col("rank").eq(1))
        alias = self.join(("holder", owner), nearest, [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(col("subject", "i"))])
        return col("ancestor", alias)

    def given(self, fact: str, owner: str, yearly: bool) -> exp.Query:
        """(firm, subject, [year,] fact) over every table that holds the fact for `owner`."""
        names = [APPLICANT_TABLE] if not owner else [subject_table(k) for k in self.vocabulary.kinds if owner in self.vocabulary.family(k)]
        parts: list[exp.Select] = []
        for name in names:
            subject = col("subject") if owner else exp.alias_(text(""), "subject", quoted=True)
            one = exp.select(col("firm"), subject, col(fact)).from_(table(name + "_year" * yearly))
            parts.append(one.select(col("year")) if yearly else one)
        relation: exp.Query = parts[0]
        for other in parts[1:]:
            relation = exp.union(relation, other, distinct=False)
        return relation

    def value(self, fact: str, owner: str, years_back: int | None) -> exp.Column:
        """The fact of the holder in one year (or once), NULL where it is not given."""
        relation = self.given(fact, owner, years_back is not None)
        on: list[exp.Expr] = [col("firm", "?").eq(col("firm", "i")), col("subject", "?").eq(self.holder(owner))]
        if years_back is not None:
            on.append(col("year", "?").eq(self.claim - years_back))
        return col(fact, self.join(("fact", fact, owner, years_back), relation, on))
