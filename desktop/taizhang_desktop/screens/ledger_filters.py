"""Over the table of 预警台账: the views, and a chip for each filter."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from taizhang_casework.domain.list_views import MOST_CHARACTERS, READY_MADE, ListView

from taizhang_desktop.kit.flow import FlowRow
from taizhang_desktop.kit.parts import Button, column, label, row, set_tone
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.table.columns import ColumnPlace
from taizhang_desktop.viewmodels.ledger import EVERYTHING, LedgerModel
from taizhang_desktop.viewmodels.ledger_chips import Chip, ChipOption


class ChipButton(Button):
    """A filter. Space or Enter opens its values, Delete clears it."""

    picked = Signal(object)

    def __init__(self) -> None:
        """Begin without a chip."""
        super().__init__("", "chip")
        self._chip: Chip | None = None
        self.setProperty("tone", Tone.PLAIN.value)
        self.clicked.connect(self._open)

    def show_chip(self, chip: Chip) -> None:
        """Show what it is set to."""
        if chip == self._chip:
            return
        self._chip = chip
        self.setObjectName(f"ledger_chip_{chip.kind.value}")
        self.setText(f"{chip.says} ▾")
        self.setAccessibleName(f"筛选：{chip.title}，{'全部' if chip.chosen is None else chip.chosen.label}")
        self.setToolTip("" if chip.chosen is None else "按 Delete 取消这一项")
        set_tone(self, Tone.PLAIN if chip.chosen is None else Tone.INFO)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete clears, the arrow down opens."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.picked.emit(None)
        elif event.key() == Qt.Key.Key_Down:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        chip = self._chip
        if chip is None:
            return
        menu = QMenu(self)
        menu.setObjectName("ledger_chip_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for option in (ChipOption(None, "全部"), *chip.options):
            action = menu.addAction(option.label)
            action.setCheckable(True)
            set_to = None if chip.chosen is None else chip.chosen.value
            action.setChecked(option.value == set_to)
            action.triggered.connect(self._picker(option.value))
            if action.isChecked():
                menu.setActiveAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _picker(self, value: object) -> Callable[[], None]:
        return lambda: self.picked.emit(value)


class LedgerFilters(QWidget):
    """The row of views and the row of chips; under them, while a view is being named, its name."""

    def __init__(self, model: LedgerModel, places: Callable[[], tuple[ColumnPlace, ...]]) -> None:
        """Draw the filters of the view-model; ``places`` tells how the columns are arranged, which a kept view takes along."""
        super().__init__()
        self._model = model
        self._places = places
        self._drawn: tuple[ListView, ...] = ()
        self._views: list[tuple[ListView, Button]] = []
        self.views = FlowRow()
        self.chips = FlowRow()
        self.buttons: dict[str, ChipButton] = {}
        for chip in model.chips:
            button = ChipButton()
            button.show_chip(chip)
            button.picked.connect(self._setter(chip))
            self.buttons[chip.kind.value] = button
            self.chips.add(button)
        self.beyond = label("", "small")
        self.chips.add(self.beyond)
        self.keep = Button("保存为视图…", "quiet")
        self.keep.setObjectName("ledger_keep_view")
        self.remove = Button("删除此视图", "quiet")
        self.remove.setObjectName("ledger_remove_view")
        self.forget = Button("清除条件", "quiet")
        self.forget.setObjectName("ledger_forget_filters")
        for deed in (self.forget, self.keep, self.remove):
            self.chips.add(deed)
        self.naming = ViewName()
        self.naming.hide()
        whole = column(self.views, self.chips, self.naming, spacing=SPACE.small)
        self.setLayout(whole)
        self.keep.clicked.connect(self._begin_naming)
        self.remove.clicked.connect(model.take_view_away)
        self.forget.clicked.connect(model.forget_filters)
        self.naming.left.connect(self._end_naming)
        self.naming.named.connect(self._name)
        model.name_fault.connect(self.naming.show_fault)
        model.view_kept.connect(self._end_naming)
        self.show_state()

    def show_state(self) -> None:
        """Follow the view-model."""
        model, state = self._model, self._model.state
        self._show_views()
        for chip in model.chips:
            self.buttons[chip.kind.value].show_chip(chip)
        self.beyond.setText("、".join(model.beyond_chips))
        self.beyond.setVisible(bool(model.beyond_chips))
        own = state.view in state.kept
        new = state.asks and not own and state.view not in READY_MADE and not state.query.text
        self.keep.setVisible(new)
        self.remove.setVisible(own)
        self.forget.setVisible(state.asks)

    def _show_views(self) -> None:
        views = self._model.views
        if views != self._drawn:
            for _, button in self._views:
                self.views.drop(button)
            self._views = [(view, self._view_button(view)) for view in views]
            self._drawn = views
        for view, button in self._views:
            button.setChecked(view == self._model.state.view)

    def _view_button(self, view: ListView) -> Button:
        button = Button(view.name, "pill")
        button.setObjectName(f"ledger_view_{view.id or 'all'}")
        button.setCheckable(True)
        button.setAccessibleName(f"视图：{view.name}")
        button.clicked.connect(lambda: self._model.show_view(view))
        self.views.add(button)
        button.show()
        return button

    def _setter(self, chip: Chip) -> Callable[[object], None]:
        return lambda value: self._model.set_chip(chip.kind, value)

    def _begin_naming(self) -> None:
        self.naming.begin()

    def _name(self, name: str) -> None:
        self._model.keep_view(name, self._places())

    def _end_naming(self) -> None:
        if self.naming.isVisible():
            self.naming.hide()
            button = next((made for view, made in self._views if view == EVERYTHING), self.forget)
            button.setFocus(Qt.FocusReason.OtherFocusReason)


class ViewName(QWidget):
    """A name for what is asked. Enter keeps it, Escape leaves."""

    named = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.name = QLineEdit()
        self.name.setObjectName("ledger_view_name")
        self.name.setAccessibleName("视图名称")
        self.name.setPlaceholderText(f"视图名称，最多{MOST_CHARACTERS}个字")
        self.save = Button("保存视图")
        self.save.setObjectName("ledger_view_save")
        self.cancel = Button("取消", "quiet")
        self.fault = label("", "finding")
        set_tone(self.fault, Tone.OVERDUE)
        self.fault.hide()
        self.setLayout(row(self.name, self.save, self.cancel, self.fault, None))
        self.name.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 16)
        self.name.returnPressed.connect(self._give)
        self.save.clicked.connect(self._give)
        self.cancel.clicked.connect(self.left)

    def begin(self) -> None:
        """Ask for a name."""
        self.name.clear()
        self.show_fault("")
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_fault(self, says: str) -> None:
        """Say what is wrong with the name; nothing where it is empty."""
        self.fault.setText(says)
        self.fault.setVisible(bool(says))
        self.name.setProperty("wrong", "true" if says else "false")
        self.name.style().unpolish(self.name)
        self.name.style().polish(self.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        self.named.emit(self.name.text())
