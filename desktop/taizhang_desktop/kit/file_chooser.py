"""Qt's file dialog behind the protocol that view-models know; remembers the folder last used while the program runs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from taizhang_desktop.viewmodels.files import FileKind

_WORDS = (
    (QFileDialog.DialogLabel.LookIn, "位置："),
    (QFileDialog.DialogLabel.FileName, "文件名："),
    (QFileDialog.DialogLabel.FileType, "类型："),
    (QFileDialog.DialogLabel.Reject, "取消"),
)


class QtFileChooser:
    """Implements ``FileChooser``. The dialog is window-modal and never waits inside a slot."""

    def __init__(self, start: Path, *, native: bool = True) -> None:
        """``start`` is the folder shown first; ``native`` false uses Qt's own dialog, which a test can type into."""
        self._folder = start
        self._native = native

    def save(self, title: str, name: str, kind: FileKind, then: Callable[[Path], None]) -> None:
        """See ``FileChooser``."""
        dialog = self._dialog(title, QFileDialog.AcceptMode.AcceptSave, QFileDialog.FileMode.AnyFile, "保存")
        dialog.setNameFilter(_filter(kind))
        dialog.setDefaultSuffix(kind.suffixes[0])
        dialog.selectFile(name)
        self._open(dialog, lambda paths: then(paths[0]))

    def open(
        self, title: str, kind: FileKind, then: Callable[[tuple[Path, ...]], None], *, several: bool = False
    ) -> None:
        """See ``FileChooser``."""
        mode = QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile
        dialog = self._dialog(title, QFileDialog.AcceptMode.AcceptOpen, mode, "打开")
        dialog.setNameFilter(_filter(kind))
        self._open(dialog, then)

    def folder(self, title: str, then: Callable[[Path], None]) -> None:
        """See ``FileChooser``."""
        dialog = self._dialog(title, QFileDialog.AcceptMode.AcceptOpen, QFileDialog.FileMode.Directory, "选择")
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog, lambda paths: then(paths[0]))

    def _dialog(self, title: str, accept: QFileDialog.AcceptMode, mode: QFileDialog.FileMode, yes: str) -> QFileDialog:
        dialog = QFileDialog(QApplication.activeWindow(), title, str(self._folder))
        dialog.setObjectName("file_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not self._native)
        dialog.setAcceptMode(accept)
        dialog.setFileMode(mode)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, yes)
        for part, words in _WORDS:
            dialog.setLabelText(part, words)
        return dialog

    def _open(self, dialog: QFileDialog, then: Callable[[tuple[Path, ...]], None]) -> None:
        def chosen() -> None:
            paths = tuple(Path(path) for path in dialog.selectedFiles())
            if paths:
                self._folder = Path(dialog.directory().absolutePath())
                then(paths)

        dialog.accepted.connect(chosen)
        dialog.open()


def _filter(kind: FileKind) -> str:
    patterns = " ".join(f"*.{suffix}" for suffix in kind.suffixes)
    return f"{kind.label} ({patterns})"
