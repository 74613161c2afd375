"""A page of the manual as deeds: each sentence of a numbered step has one of few forms, and any other is refused.

A step is ``3. sentence；sentence。`` What stands in （…） explains and is not done; so does a line that begins with ``>``.
「…」 names what is to be read on the screen, `…` is what to type or to choose.
"""

import re
from enum import Enum
from pathlib import PurePosixPath

import msgspec


class Act(Enum):
    """What a sentence has the reader do."""

    OPEN = re.compile(r"打开程序")
    PRESS = re.compile(r"点「(?P<name>[^」]+)」")
    TICK = re.compile(r"勾「(?P<name>[^」]+)」")
    TYPE = re.compile(r"「(?P<name>[^」]+)」填 `(?P<value>[^`]+)`")
    TYPE_ENTER = re.compile(r"「(?P<name>[^」]+)」填 `(?P<value>[^`]+)`，按回车")
    TYPE_TODAY = re.compile(r"「(?P<name>[^」]+)」填今天的日期")
    CHOOSE = re.compile(r"「(?P<name>[^」]+)」选 `(?P<value>[^`]+)`")
    CELLS = re.compile(r"「(?P<name>[^」]+)」下面的表，从第一格起，依次按 `(?P<value>[0-9 ]+)`")
    FILE = re.compile(r"弹出的窗口里，文件名填 `(?P<value>[^`]+)`，按回车")
    TITLE = re.compile(r"标题变成“(?P<value>[^”]+)”")
    READ = re.compile(r"看到“(?P<value>[^”]+)”")
    ROW = re.compile(r"表里“(?P<name>[^”]+)”那一行，“(?P<column>[^”]+)”是“(?P<value>[^”]+)”")


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence: what to do, with what, and where it stands."""

    act: Act
    says: str
    line: int
    name: str = ""
    value: str = ""
    column: str = ""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """How the screen looks here: the name of the picture's file without its ending."""

    name: str
    line: int


class UnreadablePage(Exception):  # noqa: N818 - what is wrong is the page
    """A line has no form that a reader could follow literally; the text says which."""


_STEP = re.compile(r"(?P<number>\d+)\. (?P<says>.+)。")
_PICTURE = re.compile(r"!\[[^\]]+\]\((?P<path>[^)]+\.png)\)")
_QUOTED_OR_REMARK = re.compile(r"(「[^」]*」|`[^`]*`|“[^”]*”)|（[^（）]*）")


def read_page(text: str) -> tuple[Deed | Picture, ...]:
    """The deeds and pictures in order; UnreadablePage for a line or sentence of no known form, and for a step out of order."""
    found: list[Deed | Picture] = []
    last = 0
    for line, words in enumerate(text.splitlines(), start=1):
        step, picture = _STEP.fullmatch(words), _PICTURE.fullmatch(words)
        if step is not None:
            last += 1
            if int(step["number"]) != last:
                raise UnreadablePage(f"line {line}: step {step['number']} stands where {last} belongs")
            found += [_deed(sentence, line) for sentence in _without_remarks(step["says"]).split("；")]
        elif picture is not None:
            found.append(Picture(name=PurePosixPath(picture["path"]).stem, line=line))
        elif words and not words.startswith(("#", ">")):
            raise UnreadablePage(f"line {line}: neither heading, remark, step nor picture: {words}")
    return tuple(found)


def _without_remarks(says: str) -> str:
    """Brackets that belong to a name or a value stay."""
    return _QUOTED_OR_REMARK.sub(lambda found: found[1] or "", says)


def _deed(sentence: str, line: int) -> Deed:
    for act in Act:
        form = act.value.fullmatch(sentence)
        if form is not None:
            return Deed(act=act, says=sentence, line=line, **form.groupdict())
    raise UnreadablePage(f"line {line}: no sentence that can be followed: {sentence}")
