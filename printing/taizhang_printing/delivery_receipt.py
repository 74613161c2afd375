"""送达回证: the form on which the household signs for the letter, or a witness says how it was left."""

import msgspec
from taizhang_casework.domain.letter import ResultNotice

from taizhang_printing.document import MM
from taizhang_printing.drawing import Align, Sheet
from taizhang_printing.fonts import FontFace
from taizhang_printing.official_page import LEFT, MIDDLE, RIGHT, TITLE, TITLE_SIZE, TOP

LABEL, TEXT = FontFace.HEI_MEDIUM, FontFace.FANGSONG
SIZE, PITCH = 14.0, 22.0
LABEL_WIDTH = 38 * MM
PAD = 3 * MM
DAY = "　　　　年　　月　　日"
WAYS = "□当面送达  □留置送达  □邮寄送达  □村委转交"


class Field(msgspec.Struct, frozen=True):
    """A row of the form: its label, its text line by line, its height in mm. ``foot`` stands at the lower right, to be filled in."""

    label: str
    lines: tuple[str, ...]
    height: float
    foot: str = ""


def _fields(notice: ResultNotice) -> tuple[Field, ...]:
    return (
        Field("文书名称\n及文号", (f"《{notice.title}》", f"{notice.office_mark}{notice.number}"), 20),
        Field("受送达人", (notice.addressee,), 14),
        Field("送达单位", (notice.office_name,), 14),
        Field("送达地点", (), 16),
        Field("送达方式", (WAYS,), 16),
        Field("送达时间", (f"{DAY}　　时　　分",), 16),
        Field("收件人签字\n（或捺印）", ("代收的，与受送达人的关系：",), 26, DAY),
        Field("送达人\n（两人签字）", (), 22, DAY),
        Field("见证人签字", ("身份（单位、职务）：",), 22, DAY),
        Field("备注", ("受送达人拒收或不在家的，写明事由和经过：",), 34),
    )


def draw_receipt(sheet: Sheet, notice: ResultNotice) -> None:
    """Fill a page with the form."""
    sheet.text(((LEFT + RIGHT) / 2, TOP - TITLE_SIZE), "送达回证", TITLE, TITLE_SIZE, align=Align.CENTRE, spacing=8)
    top = TOP - 16 * MM
    first = top
    for field in _fields(notice):
        bottom = top - field.height * MM
        sheet.line((LEFT, bottom), (RIGHT, bottom), 0.5)
        _draw_field(sheet, field, top, bottom)
        top = bottom
    sheet.line((LEFT + LABEL_WIDTH, first), (LEFT + LABEL_WIDTH, top), 0.5)
    sheet.box((LEFT, top), (RIGHT - LEFT, first - top), 0.9)


def _draw_field(sheet: Sheet, field: Field, top: float, bottom: float) -> None:
    labels = field.label.split("\n")
    y = (top + bottom) / 2 + (len(labels) - 1) * PITCH / 2 - MIDDLE * SIZE
    for label in labels:
        sheet.text((LEFT + LABEL_WIDTH / 2, y), label, LABEL, SIZE, align=Align.CENTRE)
        y -= PITCH
    x, right = LEFT + LABEL_WIDTH + PAD, RIGHT - PAD
    lines = []
    for text in field.lines:
        measured = sheet.composer.measure(text, TEXT, field=field.label.replace("\n", ""), whole=True)
        lines += [measured.part(*part) for part in sheet.composer.lines(measured, (right - x) / SIZE * 1000)]
    roomy = field.foot or field.label == "备注"
    y = top - 7 * MM if roomy else (top + bottom) / 2 + (len(lines) - 1) * PITCH / 2 - MIDDLE * SIZE
    for line in lines:
        sheet.text((x, y), line, TEXT, SIZE)
        y -= PITCH
    if field.foot:
        sheet.text((right, bottom + 3.5 * MM), field.foot, TEXT, SIZE, align=Align.RIGHT)
