"""What a screen shows when it has nothing to show: empty, loading, or in trouble; each says what to do."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from taizhang_desktop.kit.parts import Button, IconLabel, Scrolled, label, row
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Troubled


class StatePage(Scrolled):
    """An icon, a sentence, a hint, perhaps a button, in the middle; it scrolls where large text leaves no room."""

    def __init__(
        self, icon: Icon, says: str, hint: str = "", action: Button | None = None, tone: Tone | None = None
    ) -> None:
        """``action`` is the one thing to do from here."""
        room = QWidget()
        super().__init__(room)
        self.says = label(says, "heading", wrap=True)
        self.hint = label(hint, "muted", wrap=True)
        for words in (self.says, self.hint):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        whole = QVBoxLayout(room)
        whole.addStretch(2)
        whole.addLayout(row(None, IconLabel(icon, 40, tone), None))
        whole.addWidget(self.says)
        whole.addWidget(self.hint)
        self.hint.setVisible(bool(hint))
        if action is not None:
            whole.addLayout(row(None, action, None))
        whole.addStretch(3)


class StateStack(QStackedWidget):
    """A content, or one of the states in its place."""

    def __init__(self, content: QWidget) -> None:
        """Begin with the content."""
        super().__init__()
        self.content = content
        self._state: QWidget | None = None
        self.addWidget(content)

    def show_content(self) -> None:
        """Show the content."""
        self._drop()

    def show_empty(self, says: str, hint: str = "", action: Button | None = None, icon: Icon = Icon.EMPTY) -> None:
        """There is nothing, and that is all right."""
        self._put(StatePage(icon, says, hint, action))

    def show_loading(self, says: str = "正在读取……") -> None:
        """It is being read."""
        self._put(StatePage(Icon.CLOCK, says))

    def show_trouble(self, trouble: Troubled, again: Callable[[], None]) -> None:
        """It could not be read: what happened, what is safe, what to do now; ``again`` reads once more."""
        button = Button("重新读取")
        button.setObjectName("read_again")
        button.clicked.connect(again)
        self._put(
            StatePage(Icon.WARN, f"{trouble.happened}。", f"{trouble.safe}。{trouble.do}。", button, Tone.OVERDUE)
        )

    def _put(self, page: QWidget) -> None:
        self._drop()
        self._state = page
        self.addWidget(page)
        self.setCurrentWidget(page)

    def _drop(self) -> None:
        self.setCurrentWidget(self.content)
        if self._state is not None:
            self.removeWidget(self._state)
            self._state.deleteLater()
            self._state = None
