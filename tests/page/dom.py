"""A page as a tree, with the few questions the tests ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "img", "br"}


class Element:
    """A tag with its attributes and children, text among them."""

    def __init__(self, tag: str, attrs: dict[str, str]):
        self.tag, self.attrs = tag, attrs
        self.children: list[Element | str] = []

    @property
    def text(self) -> str:
        """All text below, with runs of white space as one blank."""
        return " ".join("".join(c if isinstance(c, str) else f"{c._raw()}" for c in self.children).split())

    def _raw(self) -> str:
        return "".join(c if isinstance(c, str) else c._raw() for c in self.children)

    def walk(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, tag: str = "", cls: str = "", **attrs: str) -> list[Element]:
        """Every element below with this tag, class and attributes, in order."""
        wanted = {k.replace("_", "-"): v for k, v in attrs.items()}
        return [
            e for e in self.walk() if (not tag or e.tag == tag) and (not cls or cls in e.attrs.get("class", "").split()) and wanted.items() <= e.attrs.items()
        ]

    def one(self, tag: str = "", cls: str = "", **attrs: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, cls, **attrs)
        return found

    def own_words(self, skip_lang: str) -> str:
        """The text outside elements of another language."""
        parts = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif child.attrs.get("lang") != skip_lang and child.tag not in ("head", "svg"):
                parts.append(child.own_words(skip_lang))
        return " ".join(parts)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"<{closed.tag}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    """The tree of a page; every tag must be closed in order."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    (root,) = builder.open
    return root
