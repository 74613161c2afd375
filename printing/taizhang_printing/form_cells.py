"""What a form is put together from: cells in rows, paragraphs, places to sign. Lengths in mm, type sizes in points."""

from collections.abc import Sequence
from datetime import date

import msgspec
from taizhang_casework.domain.papers.choice import Choice

from taizhang_printing.drawing import Align
from taizhang_printing.fonts import FontFace
from taizhang_printing.ledger_words import in_words

TITLE, LABEL, TEXT = FontFace.SONG_BOLD, FontFace.HEI_MEDIUM, FontFace.FANGSONG

HAND = 9.0
"""A row that is written on by hand is at least so high."""
BLANK_DAY = "　　　年　　月　　日"
UNTICKED, TICKED = "□", "☑"
BETWEEN = "  "
"""Stands between two choices; a line ends there and nowhere else."""
RULE = "＿"
"""A place to write within a sentence is made of these."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of a row; of ``width`` 0 it shares equally what the others leave.

    ``size`` 0 is the form's. ``top`` sets the text from the top, with room to write below; ``ruled`` draws lines to write on
    there. ``foot`` stands at the lower right. ``field`` is what trouble calls it (else the label before it), ``name``
    keeps it in one face where one has all of it. ``one_line``: smaller type comes before a second line.
    """

    text: str = ""
    width: float = 0
    face: FontFace = TEXT
    size: float = 0
    align: Align = Align.CENTRE
    top: bool = False
    ruled: bool = False
    foot: str = ""
    field: str = ""
    name: bool = False
    one_line: bool = False
    only_after: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Cells side by side. ``height`` is the least; ``grow`` is its share of what a form of one page leaves over, ``most`` what it takes.

    Neighbouring rows of the same ``side`` have one upright label before them. ``keep`` holds it on the page of the next block.
    """

    cells: tuple[Cell, ...]
    height: float = HAND
    grow: float = 0
    most: float = 1000
    side: str = ""
    keep: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows under a head that comes again on each page."""

    head: Row
    rows: tuple[Row, ...]


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """Text across the page, its first line indented by so many characters. ``size`` 0 is the form's; ``pitch`` in em."""

    text: str
    size: float = 0
    face: FontFace = TEXT
    indent: int = 2
    align: Align = Align.LEFT
    pitch: float = 1.6
    field: str = "版面文字"
    keep: bool = False


class Ends(msgspec.Struct, frozen=True, kw_only=True):
    """A line with one text at its left end and one at its right."""

    left: str = ""
    right: str = ""
    size: float = 0
    height: float = 7.5
    keep: bool = True


class Signing(msgspec.Struct, frozen=True, kw_only=True):
    """Places to sign in a row of equal columns: after a text that ends in a colon comes a line to write on."""

    fields: tuple[str, ...]
    height: float = 11
    size: float = 0
    keep: bool = False


class SealPlace(msgspec.Struct, frozen=True, kw_only=True):
    """An office's or village's name centred above the date, at the right, with room for the stamp over both."""

    name: str
    day: str
    height: float = 45
    size: float = 0


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing; it grows like a row, and is left out at the top of a further page."""

    height: float = 4
    grow: float = 0
    most: float = 1000


Block = Row | Table | Paragraph | Ends | Signing | SealPlace | Gap


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A whole paper. ``whose`` it is is named by trouble; ``personal`` ones are marked 内部资料 and say who printed them and when.

    Where the blocks do not fit on one page, ``sizes`` are tried in turn; where none helps, it is as many pages as it needs in the
    first of them. ``numbered`` puts 第×页 共×页 under each page. ``drop`` is how far the title stands below the top.
    """

    title: str
    blocks: tuple[Block, ...]
    author: str
    whose: str = ""
    personal: bool = False
    landscape: bool = False
    title_size: float = 20
    drop: float = 0
    sizes: tuple[float, ...] = (11, 10, 9)
    numbered: bool = True


class Column(msgspec.Struct, frozen=True):
    """A column of a table: its head, and what each cell of it is like but for the text."""

    head: str
    cell: Cell = Cell()

    @classmethod
    def of(
        cls,
        head: str,
        width: float = 0,
        *,
        name: bool = False,
        one_line: bool = False,
        left: bool = False,
        only_after: str = "",
    ) -> "Column":
        """The usual kinds of column."""
        align = Align.LEFT if left else Align.CENTRE
        field = head.replace("\n", "")
        cell = Cell(width=width, align=align, name=name, one_line=one_line, field=field, only_after=only_after)
        return cls(head, cell)


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    height: float = HAND,
    head_height: float = HAND,
    grows_to: float = 0,
    side: str = "",
    size: float = 0,
) -> Table:
    """Rows of texts under their heads; ``grows_to`` is the height that they take where a form of one page has room to give."""
    heads = tuple(label(column.head, column.cell.width, size=size) for column in columns)
    return Table(
        head=Row(cells=heads, height=head_height, side=side),
        rows=tuple(
            Row(
                cells=tuple(
                    msgspec.structs.replace(column.cell, text=text, size=size)
                    for column, text in zip(columns, texts, strict=True)
                ),
                height=height,
                grow=float(grows_to > height),
                most=max(0, grows_to - height),
                side=side,
            )
            for texts in rows
        ),
    )


def label(text: str, width: float = 0, *, size: float = 0) -> Cell:
    """A label; a line feed in it ends a line."""
    return Cell(text=text, width=width, face=LABEL, size=size)


def prose(
    text: str,
    width: float = 0,
    *,
    field: str = "",
    foot: str = "",
    ruled: bool = True,
    more: bool = False,
    size: float = 0,
) -> Cell:
    """Sentences, from the upper left; where there are none, or ``more`` are to be added by hand, lines to write on."""
    return Cell(
        text=text,
        width=width,
        align=Align.LEFT,
        top=True,
        ruled=ruled and (more or not text),
        foot=foot,
        field=field,
        size=size,
    )


def ticks(choices: Sequence[Choice], width: float = 0, *, align: Align = Align.LEFT, size: float = 0) -> Cell:
    """Boxes, each before its words; those that are chosen are ticked."""
    return Cell(text=boxes(choices), width=width, align=align, only_after=" ", size=size)


def boxes(choices: Sequence[Choice]) -> str:
    """The same as text."""
    return BETWEEN.join(f"{TICKED if each.chosen else UNTICKED}{each.label}" for each in choices)


def day_words(day: date | None) -> str:
    """The day without leading zeros; where it is not known, room to write it and never another day."""
    return BLANK_DAY if day is None else in_words(day)


def number_words(number: int | None) -> str:
    """The number; where it is not known, nothing."""
    return "" if number is None else f"{number}"


def or_rule(text: str, characters: int) -> str:
    """The text; where there is none, a line of so many characters to write on."""
    return text or RULE * characters
