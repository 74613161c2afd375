"""A field for a passphrase: dots, an eye to look, and a hint when the capitals are locked."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from taizhang_desktop.kit.parts import IconButton
from taizhang_desktop.kit.text_fields import TextField
from taizhang_desktop.look.icons import Icon

CAPITALS = "大写锁定（Caps Lock）已打开"


class SecretField(TextField):
    """``clear()`` forgets what was typed."""

    def __init__(self, name: str, title: str, *, hint: str = "", required: bool = False) -> None:
        """Begin with dots."""
        super().__init__(name, title, most=200, hint=hint, required=required, secret=True)
        self._hint_of_old = hint
        self.eye = IconButton(Icon.EYE, "按住显示输入的内容")
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QHBoxLayout(self.line)
        inner.setContentsMargins(0, 0, 3, 0)
        inner.addStretch(1)
        inner.addWidget(self.eye)
        self.line.setTextMargins(0, 0, 30, 0)
        self.eye.pressed.connect(lambda: self.line.setEchoMode(QLineEdit.EchoMode.Normal))
        self.eye.released.connect(lambda: self.line.setEchoMode(QLineEdit.EchoMode.Password))
        self.line.installEventFilter(self)

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A capital without Shift tells that the capitals are locked; Qt has no other way to ask."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text().isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            locked = event.text().isascii() and event.text().isupper() != shifted
            self.show_hint(CAPITALS if locked else self._hint_of_old)
        return super().eventFilter(watched, event)
