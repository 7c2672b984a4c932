"""Prints one invented policy in the many ways printers do: widths, page marks, brackets, spaces, blank lines. Its clauses stay the same."""

from __future__ import annotations

import re

from hypothesis import strategies as st
from msgspec import Struct

from huiqi.documents.structure.blocks import width
from huiqi.documents.tree import PolicyText

TITLE = "云岭市人民政府办公室关于支持海洋装备产业发展的若干措施"
OPENING = "为培育海洋装备产业，增强研发制造能力，结合我市实际，制定如下措施。"
CLOSING = "本措施自2024年5月1日起施行，有效期三年，由市经信局负责牵头组织实施。本措施与我市别的同类政策相重的，从优、就高、不重复。"
LONG = (
    "鼓励企业加大研发投入，对年度研发投入达到{a}万元、{b}万元的企业，分别按研发投入的{c}%、{d}%给予补助，单个企业每年最高不超过{b}万元；"
    "对首次列入目录的产品（不含改型产品），每个产品给予{a}万元奖励。"
)
NUMERALS = ["", *"一二三四五六七八九", "十", *(f"十{n}" for n in "一二三四五六七八九"), "二十"]


class Item(Struct, frozen=True):
    """A numbered item of an invented policy: the id it must get, its number, its title and prose ('' where it only heads others)."""

    id: str
    style: str
    number: int
    title: str
    prose: str


class Print(Struct, frozen=True):
    """How a policy is printed: characters a line (0 = whole paragraphs), lines a page, brackets, blanks, blank lines, and the page number's form."""

    width: int
    page: int
    narrow: bool
    spaced: bool
    blank_lines: bool
    page_mark: str


PRINTS = st.builds(
    Print,
    width=st.sampled_from([0, 0, 26, 30, 38, 45]),
    page=st.sampled_from([0, 7, 12, 25]),
    narrow=st.booleans(),
    spaced=st.booleans(),
    blank_lines=st.booleans(),
    page_mark=st.sampled_from(["- {} -", "第{}页", "— {} —", "第{}页\n{}"]),
)


@st.composite
def policies(draw: st.DrawFn) -> list[Item]:
    """The items of a policy in one of five outlines."""
    outline = draw(st.sampled_from(["parts", "running", "sections", "deep", "articles"]))
    sizes = draw(st.lists(st.integers(2, 4), min_size=2, max_size=4))
    items: list[Item] = []
    count = 0
    for section, size in enumerate(sizes, 1):
        if outline == "sections":
            items.append(Item(str(section), "section", section, f"支持方向之{NUMERALS[section]}", _prose(draw)))
            continue
        items.append(Item(f"s{section}", "chapter" if outline == "articles" else "section", section, f"支持方向之{NUMERALS[section]}", ""))
        for part in range(1, size + 1):
            count += 1
            if outline == "deep":
                items.append(Item(f"{section}.{part}", "paren", part, f"推进工作之{NUMERALS[part]}", ""))
                items += [Item(f"{section}.{part}.{n}", "digit", n, "", _prose(draw)) for n in range(1, 3)]
            elif outline == "parts":
                items.append(Item(f"{section}.{part}", "paren", part, f"推进工作之{NUMERALS[part]}", _prose(draw)))
            else:
                items.append(Item(str(count), "article" if outline == "articles" else "paren", count, "", _prose(draw)))
    return items


def _prose(draw: st.DrawFn) -> str:
    numbers = [draw(st.integers(1, 99)) for _ in range(4)]
    return LONG.format(**dict(zip("abcd", numbers, strict=True))) * draw(st.integers(1, 2))


def paragraphs(items: list[Item]) -> list[str]:
    """The paragraphs of the policy, as an editor would type them."""
    texts = [TITLE, "（2024年3月）", OPENING]
    for item in items:
        mark = {
            **{"section": f"{NUMERALS[item.number]}、", "chapter": f"第{NUMERALS[item.number]}章　", "article": f"第{NUMERALS[item.number]}条　"},
            **{"paren": f"（{NUMERALS[item.number]}）", "digit": f"{item.number}."},
        }[item.style]
        if item.style in ("section", "chapter"):
            texts += [mark + item.title, *([item.prose] if item.prose else [])]
        else:
            texts.append(mark + (f"{item.title}。" if item.title else "") + item.prose)
    return [*texts, CLOSING]


def printed(items: list[Item], way: Print) -> str:
    """The text of an invented policy as printed in one way."""
    return typeset(paragraphs(items), way)


def typeset(texts: list[str], way: Print) -> str:
    """Paragraphs as printed in one way."""
    lines: list[str] = []
    for text in texts:
        text = "".join(_spaced(text)) if way.spaced else text
        text = text.translate(str.maketrans("（），；：", "(),;:")) if way.narrow else text
        lines += [text] if not way.width else _wrapped(text, way.width)
    return ("\n\n" if way.blank_lines else "\n").join(_paged(lines, way))


def _wrapped(text: str, ems: int) -> list[str]:
    """Lines of so many ems; no line begins with a closing mark, no figure and no word in Latin letters is cut."""
    lines, line = [], ""
    for piece in re.findall(r"[0-9A-Za-z.&+-]+%?|.[，。；：、）”,;:)]*", text):
        if width(line + piece) > ems:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line]


def _spaced(text: str) -> list[str]:
    """A blank between figures and words, as many printers set it."""
    return [f"{' ' if at and char.isdigit() != text[at - 1].isdigit() and (char + text[at - 1]).isalnum() else ''}{char}" for at, char in enumerate(text)]


def _paged(lines: list[str], way: Print) -> list[str]:
    if not way.page:
        return lines
    paged: list[str] = []
    for at, line in enumerate(lines):
        if at and at % way.page == 0:
            number = at // way.page
            paged.append(way.page_mark.format(number, number))
        paged.append(line)
    return paged


def retyped(policy: PolicyText) -> list[str]:
    """The paragraphs of a policy that was read, as an editor would type them again: title, then every paragraph in its printed order."""
    typed: list[tuple[int, str]] = []
    for node in policy.walk():
        start = 0
        for at, text in enumerate(node.text.split("\n")):
            begin = node.span[0] if at == 0 else node.body.offset(start)
            typed.append((begin, (node.mark.text if at == 0 else "") + text))
            start += len(text) + 1
    return [policy.metadata.title, *(text for _, text in sorted(typed))]
