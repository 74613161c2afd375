"""Putting the look on the application, and keeping it in step with the PC and the user's choice."""

from PySide6.QtCore import QDir, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from taizhang_desktop.look.fonts import FontFiles, Fonts
from taizhang_desktop.look.icons import FOLDER
from taizhang_desktop.look.language import speak_chinese
from taizhang_desktop.look.stylesheet import palette, style_sheet
from taizhang_desktop.look.tokens import Appearance, TextSize, Theme

RARE_AFTER_MS = 300
"""When the faces for rare characters are read: after the first paint, before anybody has opened a list."""


class Look(QObject):
    """The look of this process; one is made by whoever makes the QApplication.

    ``changed`` carries the :class:`Theme` after each change. Widgets need not listen: palette, font and style sheet reach
    them through Qt, and icons are tinted again on ``PaletteChange``.
    """

    changed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        files: FontFiles,
        *,
        appearance: Appearance = Appearance.SYSTEM,
        text_size: TextSize = TextSize.NORMAL,
    ) -> None:
        """Put the look on ``app`` at once."""
        super().__init__(app)
        self._app = app
        self._appearance = appearance
        self._text_size = text_size
        self._window: QWidget | None = None
        self.fonts = Fonts(files)
        if not QDir.searchPaths("taizhang"):
            QDir.addSearchPath("taizhang", str(FOLDER))
        speak_chinese(app)
        app.setStyle("Fusion")
        self._put()
        QTimer.singleShot(RARE_AFTER_MS, self, self.complete_fonts)
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        if self._appearance is Appearance.SYSTEM:
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return Theme.DARK if dark else Theme.LIGHT
        return Theme.DARK if self._appearance is Appearance.DARK else Theme.LIGHT

    @property
    def text_size(self) -> TextSize:
        """The text size in force."""
        return self._text_size

    def choose(self, appearance: Appearance | None = None, text_size: TextSize | None = None) -> None:
        """Take the user's choice; what is None stays."""
        self._appearance = appearance or self._appearance
        self._text_size = text_size or self._text_size
        self._put()

    def dress(self, window: QWidget) -> None:
        """Lay the style sheet on the program's one window instead of the application.

        With one on the application Qt goes through all that is in a part each time that the part is put into another: a screen
        costs three times as much to build. What has no window above it is not dressed.
        """
        self._window = window
        self._app.setStyleSheet("")
        self._put()

    def complete_fonts(self) -> None:
        """Have a glyph for every character of GB 18030; happens by itself a moment after the start, so that the window comes first."""
        if self.fonts.complete():
            self._app.setFont(self.fonts.font(self._text_size))

    def _follow(self) -> None:
        if self._appearance is Appearance.SYSTEM:
            self._put()

    def _put(self) -> None:
        theme = self.theme
        self._app.setFont(self.fonts.font(self._text_size))
        self._app.setPalette(palette(theme))
        dressed = self._window if self._window is not None and isValid(self._window) else self._app
        dressed.setStyleSheet(style_sheet(theme, self._text_size))
        self.changed.emit(theme)
