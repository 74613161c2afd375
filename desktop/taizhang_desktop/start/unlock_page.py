"""The page that opens the desk."""

from PySide6.QtWidgets import QCheckBox
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.field import Form
from taizhang_desktop.kit.parts import Button, row
from taizhang_desktop.kit.text_fields import TextField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.start.page import StartPage
from taizhang_desktop.start.secret_field import SecretField
from taizhang_desktop.viewmodels.key import KeyKind
from taizhang_desktop.viewmodels.unlock import Unlock


class UnlockPage(StartPage):
    """Passphrase, or recovery code; the window stays alive while the key is tried."""

    def __init__(self, model: Unlock) -> None:
        """Begin with the passphrase."""
        super().__init__(Icon.LOCK, model.office, "请输入口令，打开本单位的台账")
        self._model = model
        self.passphrase = SecretField("key", "口令")
        self.code = TextField("key", "恢复码", most=200, hint="首次使用时打印或抄写的恢复码，不分大小写，横线可省略")
        self.forms = {KeyKind.PASSPHRASE: Form(), KeyKind.RECOVERY_CODE: Form()}
        self.forms[KeyKind.PASSPHRASE].add(self.passphrase)
        self.forms[KeyKind.RECOVERY_CODE].add(self.code)
        self.remember = QCheckBox("在这台电脑上记住，下次不用输入（由系统密钥环保管）")
        self.remember.setObjectName("remember_key")
        self.open = Button("打开台账", "primary")
        self.other = Button("", "quiet")
        for form in self.forms.values():
            self.body.addWidget(form)
            form.submitted.connect(self._unlock)
        self.body.addWidget(self.remember)
        self.body.addLayout(row(self.other, None, self.open))
        self.remember.toggled.connect(model.keep)
        self.open.clicked.connect(self._unlock)
        self.other.clicked.connect(self._turn)
        model.turned.connect(self._turned)
        model.found_fault.connect(self._fault)
        model.failed.connect(self.show_failure)
        model.worked.connect(self._worked)
        self._turned(model.kind)

    def _unlock(self) -> None:
        field = self.passphrase if self._model.kind is KeyKind.PASSPHRASE else self.code
        self._model.unlock(field.value())

    def _turn(self) -> None:
        by_code = self._model.kind is KeyKind.RECOVERY_CODE
        self._model.turn(KeyKind.PASSPHRASE if by_code else KeyKind.RECOVERY_CODE)

    def _turned(self, kind: KeyKind) -> None:
        for other, form in self.forms.items():
            form.setVisible(other is kind)
            form.clear_findings()
        by_code = kind is KeyKind.RECOVERY_CODE
        self.other.setText("改用口令" if by_code else "忘记口令，用恢复码打开")
        field = self.code if by_code else self.passphrase
        self.setFocusProxy(field)
        field.setFocus()

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        self.show_failure(None)
        form = self.forms[self._model.kind]
        form.show_findings(findings)
        if findings and self._model.kind is KeyKind.PASSPHRASE:
            self.passphrase.line.selectAll()

    def _worked(self, busy: bool) -> None:  # noqa: FBT001 - a slot
        self.open.setEnabled(not busy)
        self.open.setText("正在打开……" if busy else "打开台账")
        for form in self.forms.values():
            form.setEnabled(not busy)
        self.remember.setEnabled(not busy)
        if not busy:
            (self.code if self._model.kind is KeyKind.RECOVERY_CODE else self.passphrase).setFocus()
