"""Addresses → answers: which page an address means, its words in the language asked for, and what is said when it is wrong."""

from __future__ import annotations

import difflib
import re
from datetime import date
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from msgspec import Struct

from huiqi import __version__
from huiqi.combine.package import COURSES
from huiqi.evaluate.engine import Engine
from huiqi.packs.model import Corpus
from huiqi.packs.reader import is_date
from huiqi.page import money, views
from huiqi.page.firms import Firm
from huiqi.page.policy import policy_page
from huiqi.page.texts import LANGUAGES, TEXTS, say

T = TypeVar("T")
_HERE = Path(__file__).resolve().parent
_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_HTML = "text/html; charset=utf-8"
_FIGURE = re.compile(r"\d[\d.,-]*[万亿]*[元%人辆家年类档条]?[，。；、）]?")
_PIECES = re.compile(rf"((?<= )[✓✗？]|{_FIGURE.pattern})")
_NAMES = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff\w（）、]*)")
_MARK_CLASS = {"✓": "yes", "✗": "no", "？": "open"}
DAYS = ("2026-06-30", "2025-06-30", "2024-06-30", "2023-06-30")  # the years the example firms have data for


class Answer(Struct, frozen=True):
    """What goes back: status, type and body."""

    status: int
    type: str
    body: bytes


class Ask(Struct, frozen=True):
    """A request as understood: the day (`given` as it was written, '' when it was not) and the language."""

    path: str
    on: str
    given: str
    lang: str

    def url(self, path: str, anchor: str = "", **changes: str) -> str:
        """The address of a page, keeping the day and the language unless they are changed; an empty value leaves one out."""
        kept = {"on": self.given, "lang": "" if self.lang == LANGUAGES[0] else self.lang} | changes
        query = urlencode({k: v for k, v in kept.items() if v})
        return quote(path) + (f"?{query}" if query else "") + (f"#{quote(anchor)}" if anchor else "")


class Wrong(Exception):
    """An address that cannot be answered: the status and what to say, as a key of `texts` with its blanks."""

    def __init__(self, status: int, key: str, **values: object):
        super().__init__(key)
        self.status, self.key, self.values = status, key, values


class Site:
    """All pages over one corpus and one set of firms; `own`: they are the user's, not the invented ones. Nothing is kept between requests."""

    def __init__(self, corpus: Corpus, firms: dict[str, Firm], own: bool = False):
        self.corpus, self.firms, self.engine, self.own = corpus, firms, Engine(corpus), own
        self.static = {p.name: Answer(200, _TYPES[p.suffix], p.read_bytes()) for p in (_HERE / "static").iterdir() if p.suffix in _TYPES}
        self.templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.filters |= {
            "wan": money.wan,
            "exact": money.exact,
            "plain": money.plain,
            "prose": prose,
            "ended": ended,
            "anchor": anchor,
            "named": named,
        }
        self.templates.tests |= {"rounded": money.is_rounded}

    def answer(self, target: str) -> Answer:
        """The answer to one address (path and query as they arrived)."""
        try:
            parts = urlsplit("//host" + target if target.startswith("/") else target)
            path = "/" + unquote(parts.path, errors="replace").lstrip("/")  # one slash, or a link back would leave the site
            query = {k: v[-1].strip() for k, v in parse_qs(parts.query, max_num_fields=20).items()}
        except ValueError:
            return self.wrong(400)
        given = query.get("on", "")
        lang = query.get("lang", "")
        ask = Ask(path, given or date.today().isoformat(), given, lang if lang in LANGUAGES else LANGUAGES[0])
        try:
            if not is_date(ask.on):
                raise Wrong(400, "bad_date", text=given[:40])
            return self._page(ask)
        except Wrong as wrong:
            return self.wrong(wrong.status, path, ask.lang, wrong)

    def _page(self, ask: Ask) -> Answer:
        kind, _, name = ask.path.removeprefix("/").partition("/")
        if ask.path == "/":
            return self._render("home.html", ask, views.home(self.corpus, self.engine, self.firms, ask.on))
        if kind == "static" and name in self.static:
            return self.static[name]
        if kind == "firm":
            firm = _known(self.firms, name, "no_firm")
            return self._render("firm.html", ask, views.firm_page(self.corpus, self.engine, firm, ask.on, ask.lang))
        if kind == "policy":
            policy = _known(self.corpus.policies, name, "no_policy")
            return self._render("policy.html", ask, policy_page(self.engine, policy, self.corpus, ask.on, ask.lang))
        raise Wrong(404, "why_404")

    def wrong(self, status: int, path: str = "/", lang: str = LANGUAGES[0], wrong: Wrong | None = None) -> Answer:
        """A page that says in both languages what is wrong and where to go."""
        status = status if f"error_{status}" in TEXTS else 400
        key, values = (wrong.key, wrong.values) if wrong else (f"why_{status}", {})
        said = {each: _fill(key, each, values) for each in LANGUAGES}
        retry = path if key == "bad_date" else ""
        near = str(values.get("near", ""))
        values = {"status": status, "said": said, "retry": retry, "near": (path[: path.index("/", 1) + 1] + near, near) if near else None}
        return self._render("error.html", Ask(path, "", "", lang), values, status)

    def _render(self, template: str, ask: Ask, values: dict[str, object], status: int = 200) -> Answer:
        def t(key: str, **blanks: object) -> str:
            return say(key, ask.lang, **blanks)

        other = next(each for each in LANGUAGES if each != ask.lang)
        frame = {
            "ask": ask,
            "own": self.own,
            "t": t,
            "say": say,
            "known": TEXTS,
            "url": ask.url,
            "other_url": ask.url(ask.path, lang="" if other == LANGUAGES[0] else other),
            "days": DAYS,
            "courses": COURSES,
            "version": __version__,
            "packs": self.corpus.policies,
        }
        body = self.templates.get_template(template).render(frame | values)
        return Answer(status, _HTML, body.encode("utf-8", errors="replace"))


def _known(table: dict[str, T], name: str, key: str) -> T:
    if name not in table:
        near = difflib.get_close_matches(name[:60], table, n=1, cutoff=0.5)
        raise Wrong(404, key, id=name[:60], near=near[0] if near else "")
    return table[name]


def _fill(key: str, lang: str, values: dict[str, object]) -> str:
    """The words for a fault; a near name becomes a hint."""
    near = values.get("near")
    hint = say("hint", lang, near=near) if near else {"zh": "。", "en": "."}[lang]
    return say(key, lang, **{**values, "hint": hint})


def named(text: str) -> Markup:
    """An English sentence whose Chinese names are marked as Chinese."""
    return Markup("").join(Markup('<span lang="zh-CN">{}</span>').format(part) if at % 2 else escape(part) for at, part in enumerate(_NAMES.split(text)))


def prose(text: str) -> Markup:
    """Text of a pack or a reason: ✓, ✗ and ？ after a comparison set apart, figures kept together with their units."""
    return Markup("").join(_piece(piece) for piece in _PIECES.split(text))


def _piece(piece: str) -> Markup:
    if piece in _MARK_CLASS:
        return Markup('<span class="mark {}">{}</span>').format(_MARK_CLASS[piece], piece)
    return Markup('<span class="nb">{}</span>').format(piece) if _FIGURE.fullmatch(piece) else escape(piece)


def ended(text: str, mark: str) -> str:
    """A sentence with its mark, whether or not it was written with one."""
    return text if text.endswith(("。", "？")) else text + mark


def anchor(clause_id: str) -> str:
    """The anchor of a clause on its policy's page: `hz-2022-iot/1.1` → `c-1.1`."""
    return "c-" + clause_id.partition("/")[2]
