"""The preview of a paper: its pages one by one, and printing from here."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from taizhang_desktop.kit.giving_way import ends
from taizhang_desktop.kit.page_picture import STEP, PagePicture
from taizhang_desktop.kit.parts import Button, column, label
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.viewmodels.papers import PaperPreview, PapersModel


class PaperPreviewPart(QWidget):
    """PgUp and PgDn turn pages, + and − change the size. ``left``: back to the list, by the button or Esc."""

    left = Signal()

    def __init__(self, model: PapersModel) -> None:
        """Begin blank."""
        super().__init__()
        self._model = model
        self._shown: PaperPreview | None = None
        self.name = label("", "heading")
        self.page = label("", "muted")
        self.page.setObjectName("papers_page")
        self.picture = PagePicture()
        self.picture.setObjectName("papers_picture")
        self.before = _button("上一页", "papers_before", "PgUp", lambda: model.turn(-1))
        self.after = _button("下一页", "papers_after", "PgDn", lambda: model.turn(1))
        self.smaller = _button("缩小", "papers_smaller", "-", lambda: self.picture.resize_by(1 / STEP))
        self.larger = _button("放大", "papers_larger", "+", lambda: self.picture.resize_by(STEP))
        self.back = _button("返回材料", "papers_to_list", "Esc", self._leave)
        self.states = StateStack(self.picture)
        parts = column(
            ends((self.name, self.page), (self.before, self.after, self.smaller, self.larger, self.back)),
            self.states,
            spacing=SPACE.small,
        )
        parts.setStretchFactor(self.states, 1)
        self.setLayout(parts)

    def begin(self) -> None:
        """Focus the page."""
        self.picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_preview(self, shown: PaperPreview | None) -> None:
        """Show it; None lets the picture go."""
        if shown is self._shown:
            return
        self._shown = shown
        if shown is None:
            self.picture.show_image(None)
            return
        self.name.setText(shown.title)
        self.picture.setAccessibleName(f"{shown.title}的预览")
        several = shown.pages > 1
        self.page.setText(f"第{shown.page + 1}页，共{shown.pages}页" if shown.image is not None else "")
        for button, there in ((self.before, shown.page > 0), (self.after, shown.page + 1 < shown.pages)):
            button.setVisible(several)
            button.setEnabled(there)
        if shown.image is None:
            self.states.show_loading()
        else:
            self.states.show_content()
            self.picture.show_image(shown.image)

    def _leave(self) -> None:
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """What the picture leaves: turning, size, and back."""
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_PageUp: lambda: self._model.turn(-1),
            Qt.Key.Key_PageDown: lambda: self._model.turn(1),
            Qt.Key.Key_Plus: lambda: self.picture.resize_by(STEP),
            Qt.Key.Key_Equal: lambda: self.picture.resize_by(STEP),
            Qt.Key.Key_Minus: lambda: self.picture.resize_by(1 / STEP),
            Qt.Key.Key_Escape: self._leave,
        }
        deed = keys.get(Qt.Key(event.key()))
        if deed is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            deed()


def _button(words: str, name: str, tip: str, deed: Callable[[], object]) -> Button:
    made = Button(words, "quiet")
    made.setObjectName(name)
    made.setToolTip(tip)
    made.clicked.connect(deed)
    return made
