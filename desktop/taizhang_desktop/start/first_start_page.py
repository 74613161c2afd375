"""The pages of the first start, one after the other."""

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.guide.topics import Topic
from taizhang_desktop.kit.leaving import may_lose
from taizhang_desktop.kit.parts import Button, column, row
from taizhang_desktop.kit.text_fields import TextField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.start.office_choice import OfficeChoice
from taizhang_desktop.start.page import StartPage
from taizhang_desktop.start.passphrase_fields import PassphraseForm
from taizhang_desktop.start.recovery import RecoveryPanel
from taizhang_desktop.viewmodels.first_start import FirstStart, RecoveryCode, Stage

INTROS = {
    Stage.OFFICE: "第1步，共3步：本机给哪个单位使用？以后不能更改",
    Stage.USER: "第2步，共3步：设定管理员和口令，数据用口令加密，只保存在本机",
    Stage.RECOVERY: "第3步，共3步：保存恢复码，忘记口令时只有它能打开台账",
}


NOT_KEPT = (
    "恢复码还没有保存，关闭后不会再显示。\n台账已经建好，用口令可以打开；打开后请在“用户”页重新生成恢复码，打印后锁好。"
)


class FirstStartPage(StartPage):
    """Office, user and passphrase, recovery code."""

    def __init__(self, model: FirstStart) -> None:
        """Begin with the office."""
        super().__init__(Icon.LEDGER, "首次使用", INTROS[Stage.OFFICE], Topic.FIRST_START)
        self._model = model
        self._told = False
        self.office = OfficeChoice(model)
        self.user = UserPanel(model)
        self.recovery = RecoveryPanel(model)
        self.pages = QStackedWidget()
        for page in (self.office, self.user, self.recovery):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages)
        self.setFocusProxy(self.office)
        model.moved.connect(self._moved)
        model.failed.connect(self.show_failure)
        model.found_fault.connect(self._fault)
        model.coded.connect(self._coded)
        model.saved.connect(self.recovery.saved)
        self.recovery.save.clicked.connect(model.save_code)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """The recovery code is shown once and kept nowhere: the window stays until it is kept, or given up on the second try."""
        if self._model.stage is Stage.RECOVERY and not self._model.kept:
            told = self._told
            self._told = True
            if not told:
                self._model.finish()
                self.recovery.kept.setFocus()
            if not told or not may_lose(self, (NOT_KEPT,), "仍要关闭"):
                event.ignore()
                return
        super().closeEvent(event)

    def _moved(self, stage: Stage) -> None:
        self.show_failure(None)
        self.intro.setText(INTROS[stage])
        self.pages.setCurrentIndex(stage)
        first: dict[Stage, QWidget] = {
            Stage.OFFICE: self.office,
            Stage.USER: self.user.name,
            Stage.RECOVERY: self.recovery.save,
        }
        first[stage].setFocus()

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        panels: dict[Stage, OfficeChoice | UserPanel | RecoveryPanel] = {
            Stage.OFFICE: self.office,
            Stage.USER: self.user,
            Stage.RECOVERY: self.recovery,
        }
        panels[self._model.stage].show_findings(findings)

    def _coded(self, code: RecoveryCode) -> None:
        self.user.forget()
        self.recovery.show_code(code)


class UserPanel(QWidget):
    """Who works here, and the passphrase twice."""

    def __init__(self, model: FirstStart) -> None:
        """Begin blank."""
        super().__init__()
        self._model = model
        hint = "写入办理记录，每一处更改都记着是谁做的；其他经办人、审核人以后由管理员新增"
        self.name = TextField("user_name", "管理员姓名", most=50, hint=hint)
        self.form = PassphraseForm(self.name)
        self.passphrase, self.again, self.strength = self.form.passphrase, self.form.again, self.form.strength
        self.back = Button("上一步")
        self.make = Button("建立台账", "primary")
        self.setLayout(column(self.form, row(self.back, None, self.make), spacing=16))
        self.form.submitted.connect(self._make)
        self.make.clicked.connect(self._make)
        self.back.clicked.connect(model.back)
        model.worked.connect(self._worked)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Beside the fields."""
        self.form.show_findings(findings)

    def forget(self) -> None:
        """Forget the passphrase."""
        self.form.forget()

    def _make(self) -> None:
        if not self.form.form.faults():
            self._model.make(self.name.value(), self.passphrase.value(), self.again.value())

    def _worked(self, busy: bool) -> None:  # noqa: FBT001 - a slot
        self.make.setText("正在建立……" if busy else "建立台账")
        for part in (self.make, self.back, self.form):
            part.setEnabled(not busy)
