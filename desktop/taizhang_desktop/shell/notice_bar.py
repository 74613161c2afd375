"""The bar above the screen: a sentence, its details, one action; it never blocks."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from taizhang_desktop.kit.parts import IconButton, IconLabel, OnceButton, label, restyle
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.viewmodels.notices import Notice

LINES_SHOWN = 6

ICONS = {
    Tone.PLAIN: Icon.INFO,
    Tone.INFO: Icon.INFO,
    Tone.DONE: Icon.DONE,
    Tone.SOON: Icon.WARN,
    Tone.OVERDUE: Icon.WARN,
}


class NoticeBar(QFrame):
    """Hidden while there is nothing to say. ``closing`` is its button with the cross."""

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.setProperty("kind", "bar")
        self._icon = IconLabel(Icon.INFO)
        self.says = label("", wrap=True, select=True)
        self.details = label("", wrap=True, select=True)
        self.action = OnceButton("")
        self.action.clicked.connect(self._do)
        self.closing = IconButton(Icon.CLOSE, "关闭提示（Esc）")
        self._notice: Notice | None = None
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.says)
        words.addWidget(self.details)
        across = QHBoxLayout(self)
        across.setContentsMargins(SPACE.medium, SPACE.small, SPACE.small, SPACE.small)
        across.setSpacing(SPACE.small)
        across.addWidget(self._icon)
        across.addLayout(words, 1)
        across.addWidget(self.action)
        across.addWidget(self.closing)
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show it in place of the present one; None hides the bar."""
        self._notice = notice
        if notice is None:
            self.hide()
            return
        more = len(notice.lines) - LINES_SHOWN
        shown = notice.lines if more <= 0 else (*notice.lines[:LINES_SHOWN], f"……另有{more}条")
        self.says.setText(notice.says)
        self.details.setText("\n".join(shown))
        self.details.setToolTip("\n".join(notice.lines) if more > 0 else "")
        self.details.setVisible(bool(notice.lines))
        self.action.setVisible(notice.action is not None)
        self.action.setText(notice.action.label if notice.action else "")
        self._icon.show_icon(ICONS[notice.tone], notice.tone)
        restyle(self, tone=notice.tone.value)
        self.setAccessibleName(notice.says)
        self.show()

    def _do(self) -> None:
        if self._notice is not None and self._notice.action is not None:
            self._notice.action.do()
