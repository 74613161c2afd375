"""恢复码和密钥: a fresh recovery code, shown once; and a fresh key for the data."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.parts import Button, column, label, row, set_tone
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.users.card import Card
from taizhang_desktop.start.recovery import KEPT, NOT_KEPT_HERE
from taizhang_desktop.viewmodels.users import UsersModel


class CodeCard(Card):
    """重新生成恢复码."""

    def __init__(self, model: UsersModel) -> None:
        """Begin with the button alone."""
        about = "恢复码丢失、被别人看到，或保管人变动时重新生成。新的生成后，旧的立即作废。"
        super().__init__("恢复码", about)
        self._model = model
        self.begin = Button("重新生成恢复码")
        self.begin.setObjectName("code_begin")
        self.sure = Confirm("旧的恢复码将立即作废，确定重新生成吗？", "生成新的恢复码", "code_sure")
        self.code = label("", "code", wrap=True, select=True)
        self.code.setObjectName("code_text")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setAccessibleName("恢复码")
        self.save = Button("保存为PDF，用来打印", "", Icon.PRINTER)
        self.save.setObjectName("code_save")
        self.saved = label("", "finding", wrap=True)
        self.kept = QCheckBox(KEPT)
        self.kept.setObjectName("code_kept")
        self.fault = label("", "finding", wrap=True)
        self.away = Button("完成")
        self.away.setObjectName("code_away")
        set_tone(self.saved, Tone.DONE)
        set_tone(self.fault, Tone.OVERDUE)
        self.shown = QWidget()
        self.shown.setLayout(
            column(
                self.code,
                label(NOT_KEPT_HERE, "muted", wrap=True),
                row(self.save, None),
                self.saved,
                self.kept,
                self.fault,
                row(None, self.away),
                spacing=SPACE.medium,
            )
        )
        self.put(row(self.begin, None), self.sure, self.shown)
        self.begin.clicked.connect(lambda: self._ask(asking=True))
        self.sure.no.clicked.connect(lambda: self._ask(asking=False))
        self.sure.yes.clicked.connect(model.reissue)
        self.save.clicked.connect(model.save_code)
        self.away.clicked.connect(lambda: model.put_code_away(kept=self.kept.isChecked()))
        self.kept.toggled.connect(lambda _: self.fault.hide())
        model.changed.connect(self._show)
        model.found_fault.connect(self._fault)
        self._show()

    def _ask(self, *, asking: bool) -> None:
        self._model.ask_code(asking=asking)
        (self.sure.no if asking else self.begin).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        state = self._model.state
        fresh = state.code and self.code.text() != state.code
        self.code.setText(state.code)
        self.begin.setVisible(not state.code and not state.asking_code)
        self.sure.setVisible(state.asking_code and not state.code)
        self.sure.yes.setEnabled(not state.busy)
        self.shown.setVisible(bool(state.code))
        self.saved.setText(f"已保存到 {state.saved}，请打开打印后删除文件")
        self.saved.setVisible(bool(state.saved))
        if fresh:
            self.kept.setChecked(False)
            self.fault.hide()
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        own = [finding.says for finding in findings if finding.field == "kept"]
        if own and self.shown.isVisibleTo(self):
            self.fault.setText("\n".join(own))
            self.fault.show()


class KeysCard(Card):
    """更换数据密钥."""

    def __init__(self, model: UsersModel) -> None:
        """Begin with the button alone."""
        about = (
            "有人离岗，或怀疑数据文件连同口令被人拷走时更换：全部数据换一把新钥匙重新加密，旧钥匙打不开以后的数据。"
            "各人的口令和恢复码不变。数据多时要几分钟，期间请不要关机；中途断电也不会丢数据。"
        )
        super().__init__("数据密钥", about)
        self._model = model
        self.begin = Button("更换数据密钥")
        self.begin.setObjectName("keys_begin")
        self.sure = Confirm("更换期间不能办理其他事情，现在更换吗？", "开始更换", "keys_sure")
        self.busy = label("正在更换数据密钥，请稍候……", "muted")
        self.put(row(self.begin, None), self.sure, self.busy)
        self.begin.clicked.connect(lambda: self._ask(asking=True))
        self.sure.no.clicked.connect(lambda: self._ask(asking=False))
        self.sure.yes.clicked.connect(model.rotate)
        model.changed.connect(self._show)
        self._show()

    def _ask(self, *, asking: bool) -> None:
        self._model.ask_keys(asking=asking)
        (self.sure.no if asking else self.begin).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        state = self._model.state
        self.begin.setVisible(not state.asking_keys)
        self.sure.setVisible(state.asking_keys and not state.busy)
        self.busy.setVisible(state.asking_keys and state.busy)


class Confirm(QWidget):
    """A question in its place on the page: no dialog, and 取消 first."""

    def __init__(self, asks: str, does: str, name: str) -> None:
        """``asks`` and ``does`` are Chinese."""
        super().__init__()
        self.no = Button("取消", "quiet")
        self.yes = Button(does, "danger")
        self.yes.setObjectName(name)
        self.setLayout(column(label(asks, wrap=True), row(self.no, self.yes, None)))
