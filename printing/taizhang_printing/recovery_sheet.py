"""The sheet with a vault's recovery code: printed once, kept in the safe, read back by a person who types it."""

from datetime import date, datetime, time
from pathlib import Path

from taizhang_printing.composing import Faces
from taizhang_printing.document import MM, Document, deflate
from taizhang_printing.drawing import Align, Sheet
from taizhang_printing.files import write_whole
from taizhang_printing.fonts import FontFace
from taizhang_printing.ledger_words import in_words
from taizhang_printing.official_page import HEIGHT, LEFT, RIGHT, TOP, WIDTH

TITLE, LABEL, TEXT, CODE = FontFace.SONG_BOLD, FontFace.HEI_MEDIUM, FontFace.SONG, FontFace.HEI_MEDIUM
TITLE_SIZE, SIZE, PITCH, CODE_SIZE = 22.0, 12.0, 21.0, 26.0
CODE_CELL = 20.5
"""The place of one sign of the code; all alike, so that groups stand under one another."""

GROUPS_A_LINE = 4
FILE_TITLE = "台账数据库恢复码"
PURPOSE = (
    "忘记口令、或者换了电脑、系统密钥不可用时，凭这个恢复码可以重新打开本单位的台账数据库。",
    "没有口令、也没有恢复码，任何人（包括软件作者）都打不开这个数据库。",
)
KEEPING = (
    "1. 只打印一份，装入信封封存，信封骑缝处签名，放在单位的保险柜或者机要柜里，由专人保管。",
    "2. 不要拍照，不要扫描，不要存在电脑、手机、U盘或者微信里；不要和数据库的备份放在一起。",
    "3. 打印后请把保存这页的PDF文件彻底删除。",
    "4. 一旦泄露或者怀疑泄露，请立即告诉单位负责人，并把数据文件夹移到别人碰不到的地方。",
    "5. 输入时不分大小写，短横可以不输。恢复码里没有字母I、L、O、U。",
)


def write_recovery_sheet(code: str, office_name: str, created_on: date, path: Path, *, mark: str = "") -> None:
    """Write the one page to ``path``, whole or not at all; PrintingTrouble where it cannot be printed or kept.

    ``code`` is groups joined by dashes. The file is readable by its owner alone; deleting it afterwards is up to the user.
    """
    write_whole(path, recovery_sheet_bytes(code, office_name, created_on, mark=mark))


def recovery_sheet_bytes(code: str, office_name: str, created_on: date, *, mark: str = "") -> bytes:
    """The same as a PDF in memory."""
    made_at = datetime.combine(created_on, time())
    document = Document(Faces(), title=FILE_TITLE, author=office_name, made_at=made_at, mark=mark)
    sheet = Sheet(document.composer)
    middle = (LEFT + RIGHT) / 2
    sheet.text((middle, TOP - TITLE_SIZE), FILE_TITLE, TITLE, TITLE_SIZE, align=Align.CENTRE)
    owner = document.composer.measure(f"{office_name}　　{in_words(created_on)}生成", TEXT, field="单位名称")
    sheet.text((middle, TOP - 20 * MM), owner, TEXT, SIZE, align=Align.CENTRE)
    end = _draw_code(sheet, code.split("-"), TOP - 30 * MM)
    y = end - 14 * MM
    for heading, paragraphs in (("做什么用", PURPOSE), ("怎样保管", KEEPING)):
        sheet.text((LEFT, y), heading, LABEL, SIZE + 2)
        y = _draw_paragraphs(sheet, paragraphs, y - PITCH * 1.3) - PITCH * 0.6
    y -= PITCH
    for label in ("封存人（签字）：", "保管人（签字）：", "封存日期："):
        stop = sheet.text((LEFT, y), label, TEXT, SIZE)
        sheet.line((stop, y - 2), (LEFT + 80 * MM, y - 2), 0.4)
        y -= PITCH * 1.4
    document.add_page(WIDTH, HEIGHT, deflate(sheet.content()))
    return document.to_bytes()


def _draw_code(sheet: Sheet, groups: list[str], top: float) -> float:
    """The groups in a frame, every sign in a place of its own; the frame's lower edge."""
    rows = [groups[start : start + GROUPS_A_LINE] for start in range(0, len(groups), GROUPS_A_LINE)]
    pitch = CODE_SIZE * 1.8
    bottom = top - len(rows) * pitch - 6 * MM
    sheet.box((LEFT, bottom), (RIGHT - LEFT, top - bottom), 1.2)
    longest = max(sum(map(len, row)) + len(row) - 1 for row in rows)
    y = top - 3 * MM - pitch / 2 - CODE_SIZE * 0.36
    for row in rows:
        x = (LEFT + RIGHT - longest * CODE_CELL) / 2 + CODE_CELL / 2
        for sign in "-".join(row):
            sheet.text((x, y), sign, CODE, CODE_SIZE, align=Align.CENTRE)
            x += CODE_CELL
        y -= pitch
    return bottom


def _draw_paragraphs(sheet: Sheet, paragraphs: tuple[str, ...], y: float) -> float:
    composer = sheet.composer
    for paragraph in paragraphs:
        measured = composer.measure(paragraph, TEXT, field=FILE_TITLE)
        for start, end in composer.lines(measured, (RIGHT - LEFT) / SIZE * 1000):
            sheet.text((LEFT, y), measured.part(start, end), TEXT, SIZE)
            y -= PITCH
    return y
