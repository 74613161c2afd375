"""Qt's own words (file dialogs, context menus of text, calendars) in Chinese."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

CATALOGUES = ("qtbase_zh_CN", "qt_zh_CN")


def speak_chinese(app: QApplication) -> None:
    """Install Qt's Chinese catalogue on ``app`` and count days and weeks as people do here."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name in CATALOGUES:
        words = QTranslator(app)
        if words.load(name, folder):
            app.installTranslator(words)
            return
