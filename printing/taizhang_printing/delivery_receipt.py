"""送达回证: the form on which the household signs for the letter, or a witness says how it was left."""

import msgspec
from taizhang_casework.domain.letter import ResultNotice

from taizhang_printing.composing import Measured
from taizhang_printing.document import MM
from taizhang_printing.drawing import Align, Sheet
from taizhang_printing.fonts import FontFace
from taizhang_printing.official_page import LEFT, MIDDLE, RIGHT, TITLE, TITLE_SIZE, TOP

LABEL, TEXT = FontFace.HEI_MEDIUM, FontFace.FANGSONG
SIZE, PITCH = 14.0, 22.0
LABEL_WIDTH = 38 * MM
PAD = 3 * MM
TEXT_LEFT, TEXT_RIGHT = LEFT + LABEL_WIDTH + PAD, RIGHT - PAD
DAY = "　　　　年　　月　　日"
WAYS = "□当面送达  □留置送达  □邮寄送达  □村委转交"


class Field(msgspec.Struct, frozen=True):
    """A row of the form: its label, its text line by line, its height in mm, more where the text needs it.

    A ``roomy`` one has its text at the top and leaves room to write; ``foot`` stands at the lower right, to be filled in.
    """

    label: str
    lines: tuple[str, ...]
    height: float
    foot: str = ""
    roomy: bool = False


def _fields(notice: ResultNotice) -> tuple[Field, ...]:
    return (
        Field("文书名称\n及文号", (f"《{notice.title}》", f"{notice.office_mark}{notice.number}"), 20),
        Field("受送达人", (notice.addressee,), 14),
        Field("送达单位", (notice.office_name,), 14),
        Field("送达地点", (), 16),
        Field("送达方式", (WAYS,), 16),
        Field("送达时间", (f"{DAY}　　时　　分",), 16),
        Field("收件人签字\n（或捺印）", ("代收的，与受送达人的关系：",), 26, DAY, roomy=True),
        Field("送达人\n（两人签字）", (), 22, DAY),
        Field("见证人签字", ("身份（单位、职务）：",), 22, DAY, roomy=True),
        Field("备注", ("受送达人拒收或不在家的，写明事由和经过：",), 34, roomy=True),
    )


def draw_receipt(sheet: Sheet, notice: ResultNotice) -> None:
    """Fill a page with the form."""
    sheet.text(((LEFT + RIGHT) / 2, TOP - TITLE_SIZE), "送达回证", TITLE, TITLE_SIZE, align=Align.CENTRE, spacing=8)
    top = TOP - 16 * MM
    first = top
    for field in _fields(notice):
        lines = _lines(sheet, field)
        bottom = top - max(field.height * MM, len(lines) * PITCH + 2 * PAD)
        sheet.line((LEFT, bottom), (RIGHT, bottom), 0.5)
        _draw_field(sheet, field, lines, top, bottom)
        top = bottom
    sheet.line((LEFT + LABEL_WIDTH, first), (LEFT + LABEL_WIDTH, top), 0.5)
    sheet.box((LEFT, top), (RIGHT - LEFT, first - top), 0.9)


def _lines(sheet: Sheet, field: Field) -> list[Measured]:
    composer, room = sheet.composer, (TEXT_RIGHT - TEXT_LEFT) / SIZE * 1000
    lines = []
    for text in field.lines:
        measured = composer.measure(text, TEXT, field=field.label.replace("\n", ""), whole=True)
        lines += [measured.part(*part) for part in composer.lines(measured, room)]
    return lines


def _draw_field(sheet: Sheet, field: Field, lines: list[Measured], top: float, bottom: float) -> None:
    labels = field.label.split("\n")
    middle = (top + bottom) / 2 - MIDDLE * SIZE
    y = middle + (len(labels) - 1) * PITCH / 2
    for label in labels:
        sheet.text((LEFT + LABEL_WIDTH / 2, y), label, LABEL, SIZE, align=Align.CENTRE)
        y -= PITCH
    y = top - 7 * MM if field.roomy else middle + (len(lines) - 1) * PITCH / 2
    for line in lines:
        sheet.text((TEXT_LEFT, y), line, TEXT, SIZE)
        y -= PITCH
    if field.foot:
        sheet.text((TEXT_RIGHT, bottom + 3.5 * MM), field.foot, TEXT, SIZE, align=Align.RIGHT)
