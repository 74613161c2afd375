"""材料: which papers there are, why one cannot be made yet, what was printed before, and the four buttons that all papers have."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QStackedWidget, QWidget

from taizhang_desktop.guide.keys import PRINT, bind
from taizhang_desktop.kit.flow import FlowRow
from taizhang_desktop.kit.parts import Button, Scrolled, card, column, label, permit, row, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.kit.text_fields import read_number
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.printers import SIDES_WORDS, PrinterChoice, Sides
from taizhang_desktop.screens.papers.preview import PaperPreviewPart
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.papers import BlankSheets, PaperLine, PapersModel, PapersView

NO_PRINTER = "这台电脑上没有打印机。可以点“保存”存成PDF，到有打印机的电脑上打印。"
_ANY_TRAY = "纸盒按打印机设置"


class PapersPane(QWidget):
    """Enter on a line looks at it, Ctrl+P prints, Esc goes back: from the preview to the list, from the list to ``left``."""

    left = Signal()

    def __init__(self, model: PapersModel, *, back: str = "返回表格") -> None:
        """``back`` are the words of the button that leaves."""
        super().__init__()
        self._model = model
        self._asked_copies = "1"
        self.count = label("", "small")
        self.leave = Button(back, "quiet")
        self.leave.setObjectName("papers_leave")
        self.rows: ValueTableModel[PaperLine] = ValueTableModel(_COLUMNS, lambda line: line.key, self)
        self.table: ValueTable[PaperLine] = ValueTable(self.rows)
        self.table.setObjectName("papers_table")
        self.table.setAccessibleName("材料")
        self.why = label("", "finding", wrap=True)
        self.why.setObjectName("papers_why")
        set_tone(self.why, Tone.SOON)
        self.record = label("", "small", wrap=True, select=True)
        self.record.setObjectName("papers_record")
        self.printer, self.tray, self.sides = QComboBox(), QComboBox(), QComboBox()
        self.copies = QLineEdit("1")
        self.no_printer = label(NO_PRINTER, "muted", wrap=True)
        self.no_printer.setObjectName("papers_no_printer")
        self.look = Button("预览", icon=Icon.EYE)
        self.print = Button("打印", "primary", Icon.PRINTER)
        self.save = Button("保存", icon=Icon.SAVE)
        self.save_all = Button("全部保存")
        self.preview = PaperPreviewPart(model)
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show()

    def take_room(self, *, wanted: bool) -> None:
        """While it is not looked at it must not make the window larger."""
        room = QSizePolicy.Policy.Preferred if wanted else QSizePolicy.Policy.Ignored
        self.setSizePolicy(room, room)

    def begin(self) -> None:
        """Take the focus."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape leaves the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The field of the copies follows the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _lay_out(self) -> None:
        read = QWidget()
        read.setLayout(column(self.why, self.record, None, spacing=SPACE.small))
        listing = QWidget()
        both = column(self.table, Scrolled(read), spacing=SPACE.small)
        both.setStretch(0, 6)
        both.setStretch(1, 1)
        listing.setLayout(both)
        self.stack = StateStack(listing)
        front = QWidget()
        front.setLayout(
            column(row(label("材料", "heading"), self.count, None, self.leave), self.stack, spacing=SPACE.small)
        )
        self.pages.addWidget(front)
        self.pages.addWidget(self.preview)
        how = FlowRow()
        self.copies_words = label("份数")
        for part in (self.printer, self.tray, self.sides, self.copies_words, self.copies):
            how.add(part)
        deeds = row(self.save_all, None, self.save, self.look, self.print)
        names: tuple[tuple[QWidget, str, str], ...] = (
            (self.printer, "printer", "打印机"),
            (self.tray, "tray", "纸盒"),
            (self.sides, "sides", "单双面"),
            (self.copies, "copies", "份数"),
            (self.look, "look", "预览"),
            (self.print, "print", "打印"),
            (self.save, "save", "保存"),
            (self.save_all, "save_all", "全部保存"),
        )
        for named, name, words in names:
            named.setObjectName(f"papers_{name}")
            named.setAccessibleName(words)
        for box in (self.printer, self.tray, self.sides):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.print.setToolTip("Ctrl+P")
        inside = column(self.pages, self.no_printer, how, deeds, spacing=SPACE.medium)
        inside.setStretch(0, 1)
        self.setLayout(column(card(inside)))
        self._fit()

    def _fit(self) -> None:
        if hasattr(self, "copies"):
            self.copies.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * 4)

    def _connect(self) -> None:
        model = self._model
        self.leave.clicked.connect(self.left)
        self.table.picked.connect(model.choose)
        self.table.opened.connect(lambda _: self._look())
        self.look.clicked.connect(self._look)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(model.save)
        self.save_all.clicked.connect(model.save_all)
        self.preview.left.connect(self._to_list)
        for box in (self.printer, self.tray, self.sides):
            box.activated.connect(self._printer_chosen)
        bind(PRINT, self, self._print, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        model.changed.connect(self._show)

    def _look(self) -> None:
        if self.look.isEnabled():
            self._model.look()
            self.preview.begin()

    def _to_list(self) -> None:
        self._model.look_no_more()
        self.begin()

    def _print(self) -> None:
        if self.print.isEnabled():
            self._model.print(read_number(self.copies.text()))

    def _printer_chosen(self) -> None:
        sides = self.sides.currentData()
        self._model.set_printer(
            PrinterChoice(
                printer=self.printer.currentData() or "",
                tray=self.tray.currentData() or "",
                sides=sides if isinstance(sides, Sides) else Sides.AS_SET,
            )
        )

    def _show(self) -> None:
        view = self._model.view
        self.preview.show_preview(view.preview)
        looking = view.preview is not None
        if self.pages.currentIndex() != int(looking):
            self.pages.setCurrentIndex(int(looking))
        if view.trouble is not None:
            self.stack.show_trouble(view.trouble, self._model.refresh)
        elif view.lines is None:
            self.stack.show_loading()
        else:
            self.stack.show_content()
            self._show_lines(view, view.lines)
        self._show_printers(view)
        self._show_deeds(view)

    def _show_lines(self, view: PapersView, lines: tuple[PaperLine, ...]) -> None:
        self.rows.show_rows(lines)
        if view.chosen and self.table.current_key() != view.chosen:
            self.table.go_to(view.chosen)
        ready = sum(bool(line.ready) for line in lines)
        self.count.setText(f"共{len(lines)}种，现在可以做{ready}种")
        line = view.line
        self.why.setText("" if line is None else _why(line))
        self.why.setVisible(bool(self.why.text()))
        self.record.setText("" if line is None else _record(line))

    def _show_printers(self, view: PapersView) -> None:
        offers = view.printers or ()
        chosen = next((offer for offer in offers if offer.name == view.choice.printer), None)
        _fill(self.printer, [(offer.name, offer.name) for offer in offers], view.choice.printer)
        trays = () if chosen is None else chosen.trays
        _fill(self.tray, [(_ANY_TRAY, ""), *((tray, tray) for tray in trays)], view.choice.tray)
        _fill(self.sides, [(words, sides) for sides, words in SIDES_WORDS.items()], view.choice.sides)
        for part in (self.printer, self.copies, self.copies_words):
            part.setVisible(bool(offers))
        self.tray.setVisible(bool(trays))
        self.sides.setVisible(chosen is not None and chosen.both_sides)
        self.no_printer.setVisible(view.printers == ())

    def _show_deeds(self, view: PapersView) -> None:
        line = view.line
        ready = line is not None and bool(
            line.ready
        )  # also while one is made: a button that has the focus must keep it
        why = "" if line is None or line.ready else "；".join(line.cannot)
        permit(self.look, "", can=ready and view.preview is None, tip=why)
        permit(self.save, "", can=ready, tip=why)
        again = line is not None and bool(line.prints) and not isinstance(view.subject, BlankSheets)
        self.print.setText("补打" if again else "打印")
        self.print.setAccessibleName(self.print.text())
        permit(
            self.print,
            "",
            can=ready and bool(view.printers),
            tip=why or (NO_PRINTER if view.printers == () else "Ctrl+P"),
        )
        every = any(each.ready for each in view.lines or ())
        permit(self.save_all, "", can=every, tip="能做的材料各存一个PDF，放进一个文件夹")
        self.look.setVisible(view.preview is None)


def _state(line: PaperLine) -> str:
    if not line.ready:
        return f"还不能做：{line.cannot[0]}" if line.cannot else "还不能做"
    if line.cannot:
        return f"{line.ready}户可以做，{len(line.cannot)}户还不能"
    return "可以做" if line.ready == 1 else f"{line.ready}户可以做"


def _why(line: PaperLine) -> str:
    return "" if not line.cannot else "还不能做：\n" + "\n".join(line.cannot)


def _record(line: PaperLine) -> str:
    if not line.prints:
        return "还没有打印或保存过。"
    return f"打印和保存记录（{len(line.prints)}次）：\n" + "\n".join(line.prints)


_COLUMNS: tuple[Column[PaperLine, Unsorted], ...] = (
    Column(title="材料", text=lambda line: line.title, width=11),
    Column(title="次数", text=lambda line: f"{len(line.prints)}次" if line.prints else "", width=3),
    Column(title="情况", text=_state, width=10),
)


def _fill(box: QComboBox, items: list[tuple[str, object]], chosen: object) -> None:
    """Only where it offers something else: a box that somebody opened must not change under the hand."""
    if [(box.itemText(at), box.itemData(at)) for at in range(box.count())] != items:
        box.clear()
        for words, value in items:
            box.addItem(words, value)
    at = next((at for at in range(box.count()) if box.itemData(at) == chosen), 0)
    if box.count() and box.currentIndex() != at:
        box.setCurrentIndex(at)
