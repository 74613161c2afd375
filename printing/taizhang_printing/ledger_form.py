"""The form of 附件2 on paper: sizes of sheet, type and columns. All lengths in points unless said otherwise."""

from enum import Enum

import msgspec

from taizhang_printing.document import MM
from taizhang_printing.fonts import FontFace


class Paper(Enum):
    """What 附件2 is printed on, always landscape (domain.md 3: A4 at 9 pt, A3 at 10.5 pt)."""

    A4 = "A4"
    A3 = "A3"


BODY, HEAD, TITLE = FontFace.SONG, FontFace.HEI_MEDIUM, FontFace.SONG_BOLD


class Column(msgspec.Struct, frozen=True):
    """``width`` is in mm on A4; A3 widens all alike. ``left`` sets text from the left, else centred.

    ``name`` keeps a cell in one face where one has all of it; ``only_after`` is where a line of the cell may end.
    """

    width: float
    left: bool = False
    name: bool = False
    only_after: str = ""


COLUMNS = (
    Column(17.5),  # 镇街
    Column(17.5),  # 村
    Column(15.0, name=True),  # 户主姓名
    Column(34.5),  # 身份证
    Column(14.5),  # 预警方式
    Column(18.0, left=True),  # 预警信息来源
    Column(42.5, left=True),  # 具体预警信息
    Column(18.5),  # 信息反馈日期
    Column(14.5),  # 是否符合认定标准
    Column(31.5, left=True),  # 不符合认定标准的主要原因
    Column(20.0),  # 办理结果是否已告知本人
    Column(14.5, name=True, only_after="、"),  # 核查人员
    Column(18.5),  # 办结日期
)
"""In the notice's order; together 277 mm, so that A4 keeps 10 mm at either side."""


class LedgerForm(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of one paper. ``top`` and ``bottom`` are the margins of the table's head and of the last row."""

    width: float
    height: float
    size: float
    title_size: float
    small_size: float
    edges: tuple[float, ...]
    pad: float
    top: float
    bottom: float
    seal: float = 46 * MM

    @property
    def pitch(self) -> float:
        """From line to line inside a cell."""
        return self.size * 1.25

    @property
    def gap(self) -> float:
        """Above and below the text of a cell."""
        return self.size * 0.3

    @property
    def left(self) -> float:
        """Where the table begins."""
        return self.edges[0]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.edges[-1]

    def room(self, column: int, size: float) -> float:
        """How wide a line of the column may be, in 1/1000 em of that size."""
        return (self.edges[column + 1] - self.edges[column] - 2 * self.pad) / size * 1000


def ledger_form(paper: Paper) -> LedgerForm:
    """The measures of that paper."""
    width, height, size = {Paper.A4: (297, 210, 9.0), Paper.A3: (420, 297, 10.5)}[paper]
    margin = 10 * width / 297
    scale = (width - 2 * margin) / sum(column.width for column in COLUMNS)
    edges = [margin]
    for column in COLUMNS:
        edges.append(edges[-1] + column.width * scale)
    return LedgerForm(
        width=width * MM,
        height=height * MM,
        size=size,
        title_size=size * 2,
        small_size=size * 0.83,
        edges=tuple(edge * MM for edge in edges),
        pad=0.8 * MM,
        top=(height - 28) * MM,
        bottom=14 * MM,
    )
