"""What everybody has: 修改我的口令, and the time until the desk locks itself."""

from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.choice_fields import ChoiceField, Option
from taizhang_desktop.kit.parts import Button, row
from taizhang_desktop.screens.users.card import Card
from taizhang_desktop.settings import IdleMinutes
from taizhang_desktop.start.passphrase_fields import PassphraseForm
from taizhang_desktop.start.secret_field import SecretField
from taizhang_desktop.viewmodels.users import UsersModel


class OwnCard(Card):
    """The old passphrase, and the new one twice."""

    def __init__(self, model: UsersModel) -> None:
        """Begin blank."""
        super().__init__("修改我的口令", f"{model.account.name}打开本机台账的口令。改口令不影响其他人，也不影响数据。")
        self._model = model
        self._handed_in = False
        self.old = SecretField("old_passphrase", "原口令")
        self.fields = PassphraseForm(self.old, title="新口令", again="再输入一次新口令")
        self.save = Button("修改口令", "" if model.manages else "primary")
        self.save.setObjectName("own_save")
        self.put(self.fields, row(None, self.save))
        self.fields.submitted.connect(self._save)
        self.save.clicked.connect(self._save)
        model.found_fault.connect(self._fault)
        model.done.connect(self._done)

    def half_typed(self) -> bool:
        """Whether something was typed."""
        return bool(self.old.value() or self.fields.passphrase.value())

    def _save(self) -> None:
        if not self.fields.form.faults():
            self._handed_in = True
            self._model.change_own(self.old.value(), self.fields.passphrase.value(), self.fields.again.value())

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        if self._handed_in:
            self._handed_in = False
            self.fields.show_findings(findings)

    def _done(self) -> None:
        if self._handed_in:
            self._handed_in = False
            self.old.clear()
            self.fields.forget()


class IdleCard(Card):
    """离开后自动锁定: chosen for this PC, and taken at once."""

    def __init__(self, model: UsersModel) -> None:
        """Show what was chosen."""
        about = "没有动键盘和鼠标超过这个时间，自动锁定；电脑锁屏或睡眠时立即锁定。锁定时填了一半的内容都会保留。"
        super().__init__("自动锁定", about)
        self._model = model
        self.minutes: ChoiceField[IdleMinutes] = ChoiceField(
            "idle_minutes", "离开多久自动锁定（本机）", [Option(each, f"{each.value}分钟") for each in IdleMinutes]
        )
        self.minutes.editor.setObjectName("idle_minutes")
        self.minutes.set_value(model.idle_minutes)
        self.put(self.minutes)
        self.minutes.edited.connect(self._choose)

    def _choose(self) -> None:
        minutes = self.minutes.value()
        if minutes is None:
            self.minutes.set_value(self._model.idle_minutes)
        elif minutes is not self._model.idle_minutes:
            self._model.choose_idle(minutes)
