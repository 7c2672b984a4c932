"""A command that is typed wrongly is told like any other fault: what is wrong, the nearest name, where the usage stands."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from huiqi.language.diagnostics import Place, did_you_mean, problem

# What argparse says, as (pattern, 中文, English); `\1` … are its own words.
_SAID = (
    (r"the following arguments are required: (.+)", r"缺少 \1", r"\1 is missing"),
    (r"unrecognized arguments: (.+)", r"不认识“\1”", r'"\1" is not known here'),
    (r"argument (\S+): expected (?:one|at least one) argument", r"\1 后面要写一个值", r"\1 needs a value"),
    (r"argument (\S+): invalid int value: '(.*)'", r"\1 要写整数，不是“\2”", r'\1 takes a whole number, not "\2"'),
    (r"argument (\S+): invalid choice: '(.*)' \(choose from .+\)", r"\1 不能是“\2”", r'\1 cannot be "\2"'),
)


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` whose faults are diagnostics (C013), in both languages."""

    def error(self, message: str) -> NoReturn:
        """Raise `Problems` instead of printing the usage and leaving."""
        zh, en = said(message)
        wrong = re.search(r"invalid choice: '(.*)' \(choose from (.+)\)", message)
        names = re.findall(r"[\w-]+", wrong[2]) if wrong else []
        hint = did_you_mean(wrong[1], names) if wrong else {}
        raise problem("C013", Place(self.prog), detail=zh, detail_en=en, usage=f"{self.prog} --help", **hint)


def said(message: str) -> tuple[str, str]:
    """A message of argparse in Chinese and in plainer English; one that is not foreseen stays as it is."""
    for pattern, zh, en in _SAID:
        found = re.fullmatch(pattern, message)
        if found:
            return found.expand(zh), found.expand(en)
    return message, message
