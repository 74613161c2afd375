"""The page that opens the desk."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.users import UserId

from taizhang_desktop.guide.topics import Topic
from taizhang_desktop.kit.choice_fields import ChoiceField, Option
from taizhang_desktop.kit.field import Form
from taizhang_desktop.kit.parts import Button, column, label, row
from taizhang_desktop.kit.text_fields import TextField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.start.doubt_panel import DoubtPanel
from taizhang_desktop.start.page import StartPage
from taizhang_desktop.start.secret_field import SecretField
from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.key import KeyKind
from taizhang_desktop.viewmodels.unlock import Doubted, KnownUser, Unlock

INTRO = "请输入口令，打开本单位的台账"
LOST = "缺少文件，现在输入口令也打不开"


class UnlockPage(StartPage):
    """Who, and passphrase or recovery code; the window stays alive while the key is tried."""

    def __init__(self, model: Unlock) -> None:
        """Begin with the passphrase; who may open is found out meanwhile."""
        super().__init__(Icon.LOCK, model.office, INTRO, Topic.UNLOCK)
        self._model = model
        self.user: ChoiceField[UserId] = ChoiceField("user", "用户", ())
        self.only = label("", "heading")
        self.only.setObjectName("only_user")
        self.passphrase = SecretField("key", "口令")
        hint = "首次使用时或由管理员重新生成的恢复码，不分大小写，横线可省略；打开后为选中的用户设置新口令"
        self.code = TextField("key", "恢复码", most=200, hint=hint)
        self.who = Form()
        self.who.add(self.user)
        only = QWidget()
        only.setLayout(column(label("用户", "field"), self.only, None, spacing=SPACE.tight))
        self.people = QStackedWidget()
        for part in (QWidget(), only, self.who):
            self.people.addWidget(part)
        self.forms = {KeyKind.PASSPHRASE: Form(), KeyKind.RECOVERY_CODE: Form()}
        self.forms[KeyKind.PASSPHRASE].add(self.passphrase)
        self.forms[KeyKind.RECOVERY_CODE].add(self.code)
        self.remember = QCheckBox("在这台电脑上记住，下次不用输入")
        self.remember.setToolTip("由系统密钥环保管")
        self.remember.setObjectName("remember_key")
        self.open = Button("打开台账", "primary")
        self.other = Button("", "quiet")
        self.key_part = QWidget()
        self.key_part.setLayout(
            column(
                self.people,
                *self.forms.values(),
                self.remember,
                row(self.other, None, self.open),
                spacing=SPACE.medium,
            )
        )
        self.again = Button("文件找回后，再检查一次", "primary")
        self.again.hide()
        self.doubt = DoubtPanel(model)
        self.body.addWidget(self.key_part)
        self.body.addWidget(self.doubt)
        self.body.addLayout(row(None, self.again))
        self._connect()
        self._turned(model.kind)
        model.look()

    def of_training(self, passphrase: str) -> None:
        """Tell the passphrase of the made-up office; nothing of a training is remembered on this PC."""
        self.intro.setText(f"演练已锁定。演练的口令是：{passphrase}")
        self.remember.hide()
        self.other.hide()

    def forget(self) -> None:
        """Forget what was typed: nobody sits there."""
        self.passphrase.clear()
        self.code.set_value("")
        self._model.leave()

    def _connect(self) -> None:
        model = self._model
        for form in self.forms.values():
            form.submitted.connect(self._unlock)
        self.who.submitted.connect(lambda: self._key_field().setFocus(Qt.FocusReason.TabFocusReason))
        self.user.edited.connect(lambda: model.choose(self.user.value()))
        self.remember.toggled.connect(model.keep)
        self.open.clicked.connect(self._unlock)
        self.other.clicked.connect(self._turn)
        model.turned.connect(self._turned)
        model.found_fault.connect(self._fault)
        model.failed.connect(self.show_failure)
        model.worked.connect(self._worked)
        model.knew.connect(self._knew)
        model.lost.connect(self._lost)
        self.again.clicked.connect(model.look)
        model.doubted.connect(self._doubted)

    def _key_field(self) -> SecretField | TextField:
        return self.passphrase if self._model.kind is KeyKind.PASSPHRASE else self.code

    def _lost(self, failure: Troubled) -> None:
        """Nothing is asked for that could not open anything; what is missing is said, and looked for again when it may be back."""
        self._ask(asking=False)
        self.show_failure(failure)
        self.setFocusProxy(self.again)
        self.again.setFocus()

    def _ask(self, *, asking: bool) -> None:
        self.key_part.setVisible(asking)
        self.again.setVisible(not asking)
        self.intro.setText(INTRO if asking else LOST)

    def _knew(self, users: tuple[KnownUser, ...]) -> None:
        if self.again.isVisibleTo(self):
            self.show_failure(None)
            self._ask(asking=True)
            self._turned(self._model.kind)
        self.user.set_options([Option(user.id, user.name) for user in users])
        self.user.set_value(self._model.user)
        self.only.setText(users[0].name if users else "")
        self.people.setCurrentIndex(min(len(users), 2))

    def _unlock(self) -> None:
        if self._model.kind is KeyKind.RECOVERY_CODE or not self.forms[KeyKind.PASSPHRASE].faults():
            self._model.unlock(self._key_field().value())

    def _turn(self) -> None:
        by_code = self._model.kind is KeyKind.RECOVERY_CODE
        self._model.turn(KeyKind.PASSPHRASE if by_code else KeyKind.RECOVERY_CODE)

    def _turned(self, kind: KeyKind) -> None:
        for other, form in self.forms.items():
            form.setVisible(other is kind)
            form.clear_findings()
        self.who.clear_findings()
        by_code = kind is KeyKind.RECOVERY_CODE
        self.remember.setVisible(not by_code)
        self.other.setText("改用口令" if by_code else "忘记口令，用恢复码打开")
        field = self._key_field()
        self.setFocusProxy(field)
        field.setFocus()

    def _doubted(self, doubt: Doubted | None) -> None:
        self.key_part.setVisible(doubt is None)
        self.intro.setText(INTRO if doubt is None else "口令正确，但数据可能不是最新的，没有打开")
        self.doubt.show_doubt(doubt)
        if doubt is None:
            self._key_field().setFocus()

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        self.show_failure(None)
        if self.doubt.isVisible():
            self.doubt.show_findings(findings)
            return
        self.forms[self._model.kind].show_findings(findings)
        self.who.show_findings(findings)
        if findings and self._model.kind is KeyKind.PASSPHRASE:
            self.passphrase.line.selectAll()

    def _worked(self, busy: bool) -> None:  # noqa: FBT001 - a slot
        self.open.setEnabled(not busy)
        self.open.setText("正在打开……" if busy else "打开台账")
        for part in (*self.forms.values(), self.who, self.remember, self.other):
            part.setEnabled(not busy)
        self.doubt.show_busy(busy=busy)
        if not busy and not self.doubt.isVisible():
            self._key_field().setFocus()
