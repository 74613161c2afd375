"""Taking from the screen, at once, whatever stands beside the page: dialogs, menus, tips, and what was copied."""

from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget


def clear_screen(window: QWidget) -> None:
    """Leave nothing of the program on the screen but its ``window``, and nothing of it in the clipboard."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        pass
    for other in QApplication.topLevelWidgets():
        if other is window or not other.isVisible():
            continue
        if isinstance(other, QDialog):
            other.reject()
        else:
            other.close()
    clear_clipboard()


def clear_clipboard() -> None:
    """Take back what this program put into the clipboard; what others put there stays."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
