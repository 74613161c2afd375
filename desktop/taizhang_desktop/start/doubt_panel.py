"""The data may not be the newest: what is known, and, in a second step, going on with it."""

from PySide6.QtWidgets import QCheckBox, QWidget
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.parts import Button, column, label, row, set_tone
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.viewmodels.unlock import Doubted, Unlock


class DoubtPanel(QWidget):
    """Going back is the default; going on asks for a tick, then for a button that is never reached by Enter alone."""

    def __init__(self, model: Unlock) -> None:
        """Begin hidden."""
        super().__init__()
        self._model = model
        self.happened = label("", "heading", wrap=True)
        self.happened.setObjectName("doubt_happened")
        self.words = label("", wrap=True)
        self.words.setObjectName("doubt_words")
        self.more = Button("找不回数据，仍要使用……", "quiet")
        self.more.setObjectName("doubt_more")
        self.back = Button("返回，先找回数据", "primary")
        self.back.setObjectName("doubt_back")
        warning = "继续以后，就以现在的数据为准；找回来的新数据不能再合并进来。这个决定和决定的人会记入日志，只有管理员可以这样做。"
        self.sure = QCheckBox("我已找过，确认没有更新的数据文件")
        self.sure.setObjectName("doubt_sure")
        self.go_on = Button("仍然继续（记入日志）", "danger")
        self.go_on.setObjectName("doubt_go_on")
        self.go_on.setAutoDefault(False)
        self.fault = label("", "finding", wrap=True)
        self.fault.setObjectName("doubt_fault")
        set_tone(self.fault, Tone.OVERDUE)
        self.second = QWidget()
        self.second.setLayout(
            column(label(warning, wrap=True), self.sure, self.fault, row(self.go_on, None), spacing=SPACE.medium)
        )
        self.setLayout(
            column(self.happened, self.words, row(self.more, None, self.back), self.second, spacing=SPACE.medium)
        )
        self.hide()
        self.back.clicked.connect(model.put_aside)
        self.more.clicked.connect(self._second)
        self.sure.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(model.go_on)

    def show_doubt(self, doubt: Doubted | None) -> None:
        """Show the first step; None hides the panel."""
        self.setVisible(doubt is not None)
        self.second.hide()
        self.more.show()
        self.sure.setChecked(False)
        self.go_on.setEnabled(False)
        self.show_findings(())
        if doubt is not None:
            self.happened.setText(f"{doubt.happened}。")
            self.words.setText(f"数据情况：{doubt.safe}。\n现在请：{doubt.do}。")
            self.back.setFocus()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Beside the button."""
        self.fault.setText("\n".join(finding.says for finding in findings))
        self.fault.setVisible(bool(findings))

    def show_busy(self, *, busy: bool) -> None:
        """While it is tried, nothing else is."""
        self.back.setEnabled(not busy)
        self.sure.setEnabled(not busy)
        self.go_on.setEnabled(not busy and self.sure.isChecked())

    def _second(self) -> None:
        self.more.hide()
        self.second.show()
        self.sure.setFocus()
