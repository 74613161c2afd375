"""电子印章: the picture on white with its 42 mm, loading and ending it with a reason, and every paper that it was put on."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QWidget
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.print_register import WAY_WORDS, PrintRecord

from taizhang_desktop.kit.field import Form
from taizhang_desktop.kit.parts import Button, column, label, row, set_tone
from taizhang_desktop.kit.text_fields import TextField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.users.card import Card, cards
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.office_seal import SealModel, SealState, reason_faults

ABOUT = (
    "纸质章是默认：不载入图片，印出来的材料留着盖章的地方。载入的图片只存在加密的数据库里，本程序不画章；"
    "只有审核人和管理员能用，每用一次都记下用在哪份材料上。"
)
NEEDS = "PNG图片，背景透明，宽和高相等，496到2000点（300点/英寸以上），四边裁到印章边缘"
_SIDE = 42 / 25.4 * 96
_AROUND, _RULER = 14, 26


def _way(record: PrintRecord) -> str:
    return f"没有{WAY_WORDS[record.way]}成" if record.failed else WAY_WORDS[record.way]


_USES: tuple[Column[PrintRecord, Unsorted], ...] = (
    Column(title="时间", text=lambda line: f"{line.at:%Y-%m-%d %H:%M}", width=9),
    Column(title="谁用的", text=lambda line: line.by, width=5),
    Column(title="用在哪份材料上", text=lambda line: line.paper.says, tip=lambda line: line.paper.says, width=13),
    Column(title="怎么出的", text=_way, width=8),
    Column(title="文件校验码", text=lambda line: line.digest[:16].upper(), width=9),
)


class SealPart(QWidget):
    """The tab of the page of users."""

    def __init__(self, model: SealModel) -> None:
        """Draw the view-model."""
        super().__init__()
        self._model = model
        self._shown: bytes | None = None
        self.picture = QLabel()
        self.picture.setObjectName("seal_picture")
        self.picture.setAccessibleName("电子印章，按42毫米显示")
        self.about = label("", wrap=True)
        self.about.setObjectName("seal_about")
        self.fault = label("", "finding", wrap=True)
        self.fault.setObjectName("seal_fault")
        set_tone(self.fault, Tone.OVERDUE)
        self.load = Button("载入图片", "primary", Icon.ADD)
        self.load.setObjectName("seal_load")
        self.end = Button("停用电子印章")
        self.end.setObjectName("seal_end")
        self.form = Form()
        self.why = TextField("why", "原因", required=True)
        self.why.line.setObjectName("seal_why")
        self.form.add(self.why)
        self.no = Button("取消", "quiet")
        self.no.setObjectName("seal_no")
        self.yes = Button("载入", "primary")
        self.yes.setObjectName("seal_yes")
        self.asking = QWidget()
        self.asking.setLayout(column(self.form, row(None, self.no, self.yes), spacing=SPACE.medium))
        self.uses: ValueTableModel[PrintRecord] = ValueTableModel(_USES, lambda line: line.id, self)
        self.table: ValueTable[PrintRecord] = ValueTable(self.uses)
        self.table.setObjectName("seal_uses")
        self.table.setAccessibleName("电子印章用过的材料")
        self.no_uses = label("还没有用过", "muted")
        whole = Card("电子印章", ABOUT)
        beside = row(self.picture, spacing=SPACE.large)
        beside.addWidget(self.about, 1)
        whole.put(
            beside,
            self.fault,
            self.asking,
            row(self.load, self.end, None),
        )
        used = Card("用过的材料", "最近的在上面；打印、另存、签名都记在这里，没有打成的也记")
        used.put(self.no_uses, self.table)
        self.setLayout(column(cards(whole, used, margin=SPACE.medium)))
        self.load.clicked.connect(model.choose_file)
        self.end.clicked.connect(model.ask_to_end)
        self.no.clicked.connect(self._give_up)
        self.yes.clicked.connect(self._confirm)
        self.form.submitted.connect(self._confirm)
        model.changed.connect(self._show)
        model.found_fault.connect(self._found)
        model.done.connect(lambda: self.load.setFocus(Qt.FocusReason.OtherFocusReason))
        self._fit()
        self._show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The table's height follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.table.setFixedHeight(self.fontMetrics().lineSpacing() * 11)

    def _give_up(self) -> None:
        self._model.give_up()
        self.load.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        why = self.why.value()
        found = (*self.form.faults(), *reason_faults(why))
        if found:
            self._found(found)
        else:
            self._model.confirm(why)

    def _found(self, findings: tuple[Finding, ...]) -> None:
        self.form.show_findings(findings)

    def _show(self) -> None:
        state = self._model.state
        asked = state.candidate is not None or state.ending
        fresh = asked and not self.asking.isVisibleTo(self)
        self.asking.setVisible(asked)
        self.load.setVisible(not asked)
        self.load.setText("载入图片" if state.seal is None else "更换图片")
        self.end.setVisible(not asked and state.seal is not None)
        self.yes.setText("停用" if state.ending else "更换" if state.seal is not None else "载入")
        self.yes.setEnabled(not state.busy)
        self.fault.setVisible(state.fault is not None)
        if state.fault is not None:
            self.fault.setText(f"{state.fault.happened}。{state.fault.safe}。{state.fault.do}。")
        self._draw(state)
        self.about.setText(_about(state))
        self.uses.show_rows(state.uses)
        self.table.setVisible(bool(state.uses))
        self.no_uses.setVisible(not state.uses)
        if fresh:
            self.why.set_value("")
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: SealState) -> None:
        png = state.png if state.candidate is None else state.candidate.png
        if png != self._shown:
            self._shown = png
            self.picture.setPixmap(on_white(png, self.devicePixelRatioF()))
        self.picture.setVisible(bool(png))


def on_white(png: bytes, ratio: float) -> QPixmap:
    """The seal on white as on paper, 42 mm at 96 dots an inch, and a line that is as long as it."""
    wide, high = round(_SIDE + 2 * _AROUND), round(_SIDE + 2 * _AROUND + _RULER)
    drawn = QPixmap(round(wide * ratio), round(high * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.white)
    painter = QPainter(drawn)
    painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
    painter.drawImage(QRectF(_AROUND, _AROUND, _SIDE, _SIDE), QImage.fromData(png))
    painter.setPen(QPen(Qt.GlobalColor.lightGray, 1))
    painter.drawRect(QRectF(0.5, 0.5, wide - 1, high - 1))
    painter.setPen(QPen(Qt.GlobalColor.black, 1))
    y = _SIDE + 2 * _AROUND
    painter.drawLine(QPointF(_AROUND, y), QPointF(_AROUND + _SIDE, y))
    for x in (_AROUND, _AROUND + _SIDE):
        painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
    painter.drawText(QRectF(0, y + 2, wide, _RULER - 4), Qt.AlignmentFlag.AlignCenter, "42毫米")
    painter.end()
    return drawn


def _about(state: SealState) -> str:
    if state.candidate is not None:
        return f"“{state.candidate.name}”\n{state.candidate.width}×{state.candidate.height}点，可以用。打印宽42毫米，左边是差不多的大小。"
    if state.seal is None:
        return f"还没有载入电子印章。\n要求：{NEEDS}。"
    seal = state.seal
    return (
        f"在用的电子印章\n{seal.width}×{seal.height}点，打印宽42毫米。\n"
        f"{seal.loaded_at:%Y-%m-%d}由{seal.loaded_by}载入，原因：{seal.why}"
    )
