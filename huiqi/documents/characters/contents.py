"""The table of contents: lines with dotted leaders, and from the heading 目录 the lines that stand again further on."""

from __future__ import annotations

import re

from huiqi.documents.characters.lines import Line
from huiqi.documents.tree import Removed

_LEADER = re.compile(r"[.…·．‥]{4,}[0-9\-—]{0,6}$")
_HEADING = re.compile(r"目[录次]")
_TAIL = re.compile(r"[.…·．‥\s]*[0-9]{0,3}$")
REACH = 200
"""A table of contents is looked for within so many lines of its heading."""


def drop_contents(lines: list[Line]) -> tuple[list[Line], list[Removed]]:
    """The lines without the table of contents, and its lines as removed."""
    listed = {i for i, line in enumerate(lines) if _LEADER.search(line.text)}
    heading = next((i for i, line in enumerate(lines[:REACH]) if _HEADING.fullmatch(line.text)), None)
    if heading is not None:
        listed |= set(range(heading, _end(lines, heading, listed)))
    removed = [Removed("contents", *lines[i].raw.span) for i in sorted(listed)]
    return [line for i, line in enumerate(lines) if i not in listed], removed


def _end(lines: list[Line], heading: int, leaders: set[int]) -> int:
    """One past the last entry: up to the last leader; without leaders up to the last line that stands again later."""
    near = [i for i in leaders if heading < i < heading + REACH]
    if near:
        return max(near) + 1
    later = "".join(line.text for line in lines[heading + 1 :])
    end, length = heading + 1, 0
    for i in range(heading + 1, min(len(lines), heading + REACH)):
        length += len(lines[i].text)
        entry = _TAIL.sub("", lines[i].text)
        if not entry or entry[-1] in "。；" or later.find(entry, length) < 0:
            break
        end = i + 1
    return end
