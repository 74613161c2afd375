"""The page after the recovery code has opened the desk: the user sets a new passphrase before she goes on."""

from taizhang_casework.domain.findings import Finding

from taizhang_desktop.guide.topics import Topic
from taizhang_desktop.kit.parts import Button, label, row, set_tone
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.start.page import StartPage
from taizhang_desktop.start.passphrase_fields import PassphraseForm
from taizhang_desktop.viewmodels.new_passphrase import NewPassphrase


class NewPassphrasePage(StartPage):
    """设置新口令."""

    def __init__(self, model: NewPassphrase) -> None:
        """Begin blank."""
        intro = f"恢复码正确。请为“{model.user}”设置新口令，以后用新口令打开；原来的口令不再有效"
        super().__init__(Icon.LOCK, "设置新口令", intro, Topic.NEW_PASSPHRASE)
        self._model = model
        self.fields = PassphraseForm(title="新口令", again="再输入一次新口令")
        self.rest = label("", "finding", wrap=True)
        self.save = Button("保存新口令并打开", "primary")
        self.body.addWidget(self.fields)
        self.body.addWidget(self.rest)
        self.body.addLayout(row(None, self.save))
        self.rest.hide()
        set_tone(self.rest, Tone.OVERDUE)
        self.setFocusProxy(self.fields)
        self.fields.submitted.connect(self._save)
        self.save.clicked.connect(self._save)
        model.found_fault.connect(self._fault)
        model.failed.connect(self.show_failure)
        model.worked.connect(self._worked)

    def _save(self) -> None:
        if not self.fields.form.faults():
            self._model.save(self.fields.passphrase.value(), self.fields.again.value())

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        self.show_failure(None)
        rest = self.fields.show_findings(findings)
        self.rest.setText("\n".join(finding.says for finding in rest))
        self.rest.setVisible(bool(rest))

    def _worked(self, busy: bool) -> None:  # noqa: FBT001 - a slot
        self.save.setText("正在保存……" if busy else "保存新口令并打开")
        for part in (self.save, self.fields):
            part.setEnabled(not busy)
