"""Titles and ids: an outline of numbered parts → nodes that bear the clause ids of packs.

Digits follow the printed path. Where the numbers of the second level run on through the sections, the section falls away. A section is `sN`,
or `N` where most sections of the document are not divided, so that the sections are its articles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from huiqi.documents.characters.marks import ARTICLE, CHAPTER, DECIMAL, DIGIT, FINE, HEADING, NARROW, PARAGRAPH, PAREN, PART, TOP
from huiqi.documents.characters.numerals import NUMERALS
from huiqi.documents.structure.blocks import Block
from huiqi.documents.structure.headings import SIGNS
from huiqi.documents.structure.outline import Outline, Part
from huiqi.documents.text import Traced, join
from huiqi.documents.tree import Node

_SENTENCE = re.compile(r"[^。]*。")
_CLOSING_TITLE = re.compile(r"附则|其他|其他事项|其它|施行时间|实施时间")
_CLOSING_TEXT = re.compile(r"施行|实施|有效期|废止")
_SAYS = re.compile(r"[0-9](?:年|月|日|万|亿|元|%|家|个|项)")
_FEW_WORDS = re.compile(r"（[^（），。；]{2,14}）|[^，。；：（）0-9]{2,14}[。：]")
LONGEST_TITLE = 36


def name_parts(outline: Outline) -> list[Node]:
    """The nodes of a policy in printed order: opening, parts, closing."""
    nodes = [_prose("preamble", "开头", outline.opening)] if outline.opening else []
    naming = _Naming(runs_on(outline), Counter())
    nodes += [naming.node(part, path, _at("", part, False)) for part, path in _paths(outline)]
    if outline.closing:
        nodes.append(_prose("final", "结尾", outline.closing))
    return nodes


def _prose(id_: str, at: str, blocks: Sequence[Block]) -> Node:
    return Node(id_, at, "", 1, Traced(), join([b.body for b in blocks], "\n"), 0)


def _paths(outline: Outline) -> Iterator[tuple[Part, str]]:
    """The parts of the first level with their ids."""
    whole = sum(not part.parts for part in outline.parts) * 2 > len(outline.parts)
    for part in outline.parts:
        if part is outline.parts[-1] and _closes(part):
            yield part, "final"
        else:
            plain = part.mark.style not in TOP or (whole and not part.parts and part.mark.style != HEADING)
            yield part, f"{'' if plain else 's'}{part.mark.number}"


def _closes(part: Part) -> bool:
    """Whether a last section without parts holds the closing provisions."""
    text = "".join(block.text for block in part.blocks[1:])
    title = part.blocks[0].rest.text
    return not part.parts and bool(part.mark.style in TOP and _CLOSING_TITLE.fullmatch(title) and _CLOSING_TEXT.search(text))


def runs_on(outline: Outline) -> str:
    """The style whose numbers run on through the sections, '' where they begin anew or there is but one divided section."""
    styles = Counter(child.mark.style for part in outline.parts for child in part.parts)
    if not styles:
        return ""
    style = ARTICLE if styles[ARTICLE] else styles.most_common(1)[0][0]
    divided = [[c.mark.number for c in part.parts if c.mark.style == style] for part in outline.parts]
    divided = [numbers for numbers in divided if numbers]
    if style == ARTICLE:
        return style
    return style if len(divided) > 1 and all(b[0] > a[-1] for a, b in pairwise(divided)) else ""


class _Naming(Struct, frozen=True):
    """Names nodes: the style that runs on through the sections, and how often each id was given."""

    running: str
    given: Counter[str]

    def node(self, part: Part, path: str, at: str, level: int = 1, titled: bool = True) -> Node:
        """A part and all under it. A number printed twice in one place takes the next free id, 1.3.02 beside 1.3."""
        self.given[path] += 1
        id_ = path if self.given[path] == 1 else f"{path}{'' if path[0] == 's' else '.'}0{self.given[path]}"
        base = str(part.mark.number) if level == 1 and path != "final" else id_
        inline = _share_titles(part.parts)
        children = []
        for child in part.parts:
            free = level == 1 and child.mark.style == self.running
            child_path = str(child.mark.number) if free else f"{base}.{child.mark.number}"
            children.append(self.node(child, child_path, _at(at, child, free), level + 1, inline))
        body, title, prose = _titled(part, titled)
        return Node(id_, at, title, level, part.blocks[0].label, body, prose, tuple(children))


def _at(above: str, part: Part, free: bool) -> str:
    """The printed path as a citation shows it: 二（三）, 二（四）2; an article or a number that runs through the sections stands alone, 第5条."""
    if part.mark.style == PARAGRAPH:
        return f"第{part.mark.number}段"
    if part.mark.style == HEADING:
        return part.blocks[0].text.strip(SIGNS).removeprefix("问：")
    if part.mark.style in (DECIMAL, FINE):
        return part.blocks[0].label.text
    text = re.sub(rf"[^{NUMERALS}0-9①-⑳]", "", part.blocks[0].label.text)
    if part.mark.style == ARTICLE or (free and part.mark.style == DIGIT):
        return f"第{text}条"
    if part.mark.style in (CHAPTER, PART):
        return above + part.blocks[0].label.text.strip()
    return above + {PAREN: f"（{text}）", NARROW: f"（{text}）"}.get(part.mark.style, text)


def _share_titles(parts: Sequence[Part]) -> bool:
    """Whether most of the parts beside each other begin with a short sentence that heads the rest."""
    return sum(_first_sentence(part) > 0 for part in parts) * 2 > len(parts)


def _first_sentence(part: Part) -> int:
    """The length of a first sentence that can be a title, else 0."""
    text = part.blocks[0].rest.text
    found = _SENTENCE.match(text)
    if not found or found.end() > LONGEST_TITLE or _SAYS.search(found.group()) or (found.end() == len(text) and len(part.blocks) == 1 and not part.parts):
        return 0
    return found.end()


def _heading(part: Part, titled: bool) -> int:
    """The length of the title a part begins with: a line of its own, the first sentence where its siblings have such, a few words that say nothing."""
    first, more = part.blocks[0], bool(part.parts or len(part.blocks) > 1)
    text = first.rest.text
    if more and (first.short or part.mark.style == HEADING):
        return len(text)
    found = _FEW_WORDS.match(text)
    if found and found.end() < len(text) + more:
        return found.end()
    return _first_sentence(part) if titled else 0


def _titled(part: Part, titled: bool) -> tuple[Traced, str, int]:
    """Own text of a part, its title, and where the prose begins."""
    body = join([part.blocks[0].rest, *(block.body for block in part.blocks[1:])], "\n")
    end = _heading(part, titled)
    title = body.text[:end].strip("（）" if body.text[:1] == "（" else f"{SIGNS}。").removeprefix("问：")
    while end < len(body) and body.text[end] in "\n ":
        end += 1
    return body, title, end
