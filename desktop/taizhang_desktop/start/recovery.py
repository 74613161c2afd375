"""The recovery code: shown once, saved or written down, and confirmed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.parts import Button, column, label, row, set_tone
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.viewmodels.first_start import FirstStart, RecoveryCode

NOT_KEPT_HERE = "请打印或抄写后锁入保密柜，不要存放在本机。本程序不保留恢复码，口令和恢复码都丢失时，数据无法找回。"
KEPT = "我已打印或抄写恢复码，并妥善保存"


class RecoveryPanel(QWidget):
    """The code in large type, a button to save it as PDF, and the tick without which there is no going on."""

    def __init__(self, model: FirstStart) -> None:
        """Begin without a code."""
        super().__init__()
        self._model = model
        self.code = label("", "code", wrap=True, select=True)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.advice = label(NOT_KEPT_HERE, "muted", wrap=True)
        self.save = Button("保存为PDF，用来打印", "", Icon.PRINTER)
        self.done = label("", "finding", wrap=True)
        self.kept = QCheckBox(KEPT)
        self.fault = label("", "finding")
        self.finish = Button("开始使用", "primary")
        set_tone(self.done, Tone.DONE)
        set_tone(self.fault, Tone.OVERDUE)
        for words in (self.done, self.fault):
            words.hide()
        parts = (self.code, self.advice, row(self.save, None), self.done, self.kept, self.fault, None)
        self.setLayout(column(*parts, row(None, self.finish), spacing=12))
        self.kept.toggled.connect(self._keep)
        self.finish.clicked.connect(model.finish)

    def show_code(self, code: RecoveryCode) -> None:
        """Show it."""
        self.code.setText(code.text)
        self.code.setAccessibleName("恢复码")

    def saved(self, path: Path) -> None:
        """Say where it was saved."""
        self.done.setText(f"已保存到 {path}，请打开打印后删除文件")
        self.done.show()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Beneath the tick."""
        self.fault.setText("\n".join(finding.says for finding in findings))
        self.fault.setVisible(bool(findings))

    def _keep(self, kept: bool) -> None:  # noqa: FBT001 - a slot
        self.show_findings(())
        self._model.keep(kept=kept)
