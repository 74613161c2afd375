"""The page of help beside the work, read and scrolled like any text."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QVBoxLayout

from taizhang_desktop.kit.parts import Button, IconButton, label, row
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE

WIDTH, NARROWEST = 26, 14
"""In Chinese characters."""
LINE_HEIGHT, BETWEEN = 115, 6
"""Percent of the font's, and px between paragraphs."""
LARGER = {1: 2, 2: 1}
"""By how many steps of size the headings of a level are larger than the text."""


class HelpPane(QFrame):
    """``closing`` is its cross, ``keys`` its button that shows the keys. Hidden until a page is shown."""

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.setObjectName("help_pane")
        self.keys = Button("按键一览", "quiet")
        self.keys.setObjectName("help_keys")
        self.keys.setToolTip("?、Ctrl+/")
        self.keys.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.closing = IconButton(Icon.CLOSE, "关闭帮助（Esc）")
        self.closing.setObjectName("help_close")
        self.closing.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.text = QTextBrowser()
        self.text.setObjectName("help_text")
        self.text.setAccessibleName("帮助")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.large, SPACE.medium, SPACE.small, SPACE.medium)
        whole.setSpacing(SPACE.small)
        whole.addLayout(row(label("帮助", "muted"), None, self.keys, self.closing))
        whole.addWidget(self.text, 1)
        self._markdown = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.hide()

    def show_page(self, markdown: str) -> None:
        """Show a page from its top; the same page stays where it was scrolled to."""
        if markdown == self._markdown:
            return
        self._markdown = markdown
        self._draw()
        self.text.verticalScrollBar().setValue(0)

    def narrowest(self) -> int:
        """The width in px below which it cannot be read."""
        return self.fontMetrics().horizontalAdvance("国") * NARROWEST

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """So many characters of its font."""
        return QSize(self.fontMetrics().horizontalAdvance("国") * WIDTH, 400)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As narrow as it can be read."""
        return QSize(self.narrowest(), 100)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._draw()

    def _draw(self) -> None:
        self.text.setMarkdown(self._markdown)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        spaced.setBottomMargin(BETWEEN)
        document = self.text.document()
        document.setIndentWidth(self.fontMetrics().horizontalAdvance("国") * 1.2)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)
        block = document.begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                cursor.setPosition(block.position())
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(_heading(level))
            block = block.next()


def _heading(level: int) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setProperty(QTextFormat.Property.FontSizeAdjustment.value, LARGER.get(level, 0))
    made.setFontWeight(QFont.Weight.Medium)
    return made
