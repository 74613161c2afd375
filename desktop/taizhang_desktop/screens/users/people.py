"""本机用户: the list, and beneath it the small form of what is being done to one of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.offices import Role
from taizhang_casework.domain.rights import ROLE_WORDS

from taizhang_desktop.kit.choice_fields import ChoiceField, Option
from taizhang_desktop.kit.field import Form
from taizhang_desktop.kit.parts import Button, column, label, row, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.kit.text_fields import TextField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.users.card import Card, cards
from taizhang_desktop.start.passphrase_fields import PassphraseForm
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.users import Deed, UserLine, UsersModel

_COLUMNS: tuple[Column[UserLine, Unsorted], ...] = (
    Column(title="姓名", text=lambda line: line.name, width=10),
    Column(title="角色", text=lambda line: line.role, width=4),
    Column(title="状态", text=lambda line: line.state, tone=lambda line: line.tone, width=4),
)
ROLES = (
    "经办人：登记预警信息、核实办理、出具告知书。\n"
    "审核人：另可认定不符合、办结、重新打开，录入收入线，封存、打印月度台账，导出数据包。\n"
    "管理员：另可管理用户、口令、恢复码，恢复备份。一个人的单位，管理员什么都能办。"
)


class PeoplePart(QWidget):
    """The list, its buttons, and one form at a time."""

    def __init__(self, model: UsersModel) -> None:
        """Draw the view-model."""
        super().__init__()
        self._model = model
        self.rows: ValueTableModel[UserLine] = ValueTableModel(_COLUMNS, lambda line: line.account.id, self)
        self.table: ValueTable[UserLine] = ValueTable(self.rows)
        self.table.setObjectName("users_table")
        self.table.setAccessibleName("本机用户")
        self.buttons = {
            Deed.ADD: Button("新增用户", "primary", Icon.ADD),
            Deed.ROLE: Button("改角色"),
            Deed.RESET: Button("重设口令"),
            Deed.END: Button("停用"),
        }
        self.cards: dict[Deed, DeedCard] = {
            Deed.ADD: AddCard(model),
            Deed.ROLE: RoleCard(model),
            Deed.RESET: ResetCard(model),
            Deed.END: EndCard(model),
        }
        for deed, button in self.buttons.items():
            button.setObjectName(f"users_{deed.value}")
            button.clicked.connect(lambda _=False, deed=deed: self.begin(deed))
        self.stack = StateStack(self.table)
        self.roles = Card("三种角色", ROLES)
        left, right = QWidget(), cards(self.roles, *self.cards.values())
        left.setLayout(column(row(*self.buttons.values(), None), self.stack, spacing=SPACE.medium))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, SPACE.medium, 0, 0)
        across.setSpacing(SPACE.large)
        across.addWidget(left, 5)
        across.addWidget(right, 6)
        self.setFocusProxy(self.table)
        self.table.picked.connect(model.choose)
        model.added.connect(self._added)
        model.changed.connect(self._show)
        self._show()

    def half_typed(self) -> bool:
        """Whether a form is open in which something was typed."""
        deed = self._model.state.deed
        return deed is not None and self.cards[deed].half_typed()

    def _added(self, user: str) -> None:
        self.table.go_to(user)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, deed: Deed) -> None:
        """Open the form of a deed, where it can be done."""
        self._model.begin(deed)
        if self._model.state.deed is deed:
            self.cards[deed].begin()

    def _show(self) -> None:
        state = self._model.state
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
        else:
            self.stack.show_content()
        self.rows.show_rows(state.lines)
        if state.lines and not self.table.current_key():
            self.table.selectRow(0)
            state = self._model.state
        line = state.line
        for deed, button in self.buttons.items():
            why = "" if deed is Deed.ADD else "请先选中一名用户" if line is None else line.why_not(deed)
            adding = deed is Deed.ADD and state.deed is Deed.ADD
            button.setEnabled(not why and not state.busy and not adding)
            button.setToolTip(why)
        ended = line is not None and not line.account.active
        self.buttons[Deed.RESET].setText("重设口令并启用" if ended else "重设口令")
        self.roles.setVisible(state.deed is None)
        for deed, card in self.cards.items():
            card.show_deed(line, shown=deed is state.deed, busy=state.busy)


class DeedCard(Card):
    """A small form about a user. The button that does it is at the right; 取消 closes the form."""

    def __init__(self, model: UsersModel, heading: str, about: str, does: str, *, kind: str = "") -> None:
        """``does`` are the words of the button, ``kind`` is the button's."""
        super().__init__(heading, about)
        self._model = model
        self._handed_in = False
        self.whom = label("", "heading", wrap=True)
        self.rest = label("", "finding", wrap=True)
        set_tone(self.rest, Tone.OVERDUE)
        self.rest.hide()
        self.cancel = Button("取消", "quiet")
        self.do = Button(does, kind)
        self.do.setObjectName("users_do")
        self.put(self.whom)
        self.cancel.clicked.connect(lambda: model.begin(None))
        self.do.clicked.connect(self._hand_in)
        model.found_fault.connect(self._fault)
        model.done.connect(self._done)
        self.hide()

    def half_typed(self) -> bool:
        """Whether something was typed."""
        return False

    def begin(self) -> None:
        """Opened: forget what was there, and begin to type."""
        self.forget()

    def forget(self) -> None:
        """Forget what was typed."""
        self.rest.hide()

    def show_deed(self, line: UserLine | None, *, shown: bool, busy: bool) -> None:
        """Show the form for this user, or hide it."""
        self.whom.setText("" if line is None else f"{line.name}　{line.role}")
        self.setVisible(shown)
        self.do.setEnabled(not busy)

    def hand_in(self) -> None:
        """Have it done."""
        raise NotImplementedError

    def show_findings(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Beside the fields; those of no field come back."""
        return findings

    def _foot(self) -> None:
        self.put(self.rest, row(None, self.cancel, self.do))

    def _hand_in(self) -> None:
        self._handed_in = True
        self.hand_in()

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        if self._handed_in:
            self._handed_in = False
            rest = self.show_findings(findings)
            self.rest.setText("\n".join(finding.says for finding in rest))
            self.rest.setVisible(bool(rest))

    def _done(self) -> None:
        if self._handed_in:
            self._handed_in = False
            self.forget()


def role_field() -> ChoiceField[Role]:
    """One of the three roles."""
    made: ChoiceField[Role] = ChoiceField("role", "角色", [Option(role, ROLE_WORDS[role]) for role in Role])
    made.editor.setObjectName("users_role_field")
    return made


class AddCard(DeedCard):
    """新增用户."""

    def __init__(self, model: UsersModel) -> None:
        """Begin blank."""
        about = "用户名写入办理记录，每一处更改都记着是谁做的。初始口令由您当面告诉本人，本人在“我的口令”中修改。"
        super().__init__(model, "新增用户", about, "新增", kind="primary")
        self.whom.hide()
        self.name = TextField("user_name", "姓名", most=50)
        self.name.editor.setObjectName("users_name")
        self.role = role_field()
        self.fields = PassphraseForm(self.name, self.role, title="初始口令", again="再输入一次初始口令")
        self.put(self.fields)
        self._foot()
        self.fields.submitted.connect(self._hand_in)
        for field in (self.name, self.role):
            field.edited.connect(self._keep)
        self.cancel.clicked.connect(model.give_up_new)

    def half_typed(self) -> bool:
        """See :class:`DeedCard`."""
        secret = self.fields.passphrase.value() or self.fields.again.value()
        return bool(secret) or (bool(self.name.line.text()) and not self._model.new_is_safe)

    def _keep(self) -> None:
        """The name and the role; a passphrase is never kept."""
        self._model.keep_new(self.name.line.text(), self.role.value())

    def begin(self) -> None:
        """Opened: the name and the role as they were left."""
        super().begin()
        name, role = self._model.typed_new
        self.name.set_value(name)
        self.role.set_value(role)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """See :class:`DeedCard`."""
        super().forget()
        self.name.set_value("")
        self.role.set_value(None)
        self.fields.forget()

    def show_deed(self, line: UserLine | None, *, shown: bool, busy: bool) -> None:
        """See :class:`DeedCard`; it is about nobody of the list."""
        del line
        super().show_deed(None, shown=shown, busy=busy)

    def hand_in(self) -> None:
        """See :class:`DeedCard`."""
        if not self.fields.form.faults():
            secret = self.fields.passphrase.value(), self.fields.again.value()
            self._model.add(self.name.value(), self.role.value(), *secret)

    def show_findings(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """See :class:`DeedCard`."""
        return self.fields.show_findings(findings)


class RoleCard(DeedCard):
    """改角色."""

    def __init__(self, model: UsersModel) -> None:
        """Begin blank."""
        super().__init__(model, "改角色", "新角色从该用户下次打开台账时起生效。", "改为这个角色")
        self.role = role_field()
        self.form = Form()
        self.form.add(self.role)
        self.put(self.form)
        self._foot()
        self.form.submitted.connect(self._hand_in)

    def begin(self) -> None:
        """See :class:`DeedCard`."""
        super().begin()
        line = self._model.state.line
        self.role.set_value(None if line is None else line.account.role)
        self.role.setFocus(Qt.FocusReason.OtherFocusReason)

    def hand_in(self) -> None:
        """See :class:`DeedCard`."""
        self._model.set_role(self.role.value())

    def show_findings(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """See :class:`DeedCard`."""
        return self.form.show_findings(findings)


class ResetCard(DeedCard):
    """重设口令."""

    def __init__(self, model: UsersModel) -> None:
        """Begin blank."""
        about = "用于本人忘记口令，或停用后重新启用。原来的口令和电脑上记住的钥匙都不再有效。"
        super().__init__(model, "重设口令", about, "重设口令")
        self.fields = PassphraseForm(title="新口令", again="再输入一次新口令")
        self.put(self.fields)
        self._foot()
        self.fields.submitted.connect(self._hand_in)

    def half_typed(self) -> bool:
        """See :class:`DeedCard`."""
        return bool(self.fields.passphrase.value())

    def begin(self) -> None:
        """See :class:`DeedCard`."""
        super().begin()
        self.fields.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """See :class:`DeedCard`."""
        super().forget()
        self.fields.forget()

    def hand_in(self) -> None:
        """See :class:`DeedCard`."""
        if not self.fields.form.faults():
            self._model.reset(self.fields.passphrase.value(), self.fields.again.value())

    def show_findings(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """See :class:`DeedCard`."""
        return self.fields.show_findings(findings)


class EndCard(DeedCard):
    """停用: what it means, and the button."""

    def __init__(self, model: UsersModel) -> None:
        """Say it."""
        about = (
            "停用后，该用户的口令不能再打开本机台账；姓名保留在办理记录中，也不能再给别人用。以后可以重设口令重新启用。"
        )
        super().__init__(model, "停用用户", about, "确认停用", kind="danger")
        self._foot()

    def begin(self) -> None:
        """See :class:`DeedCard`: not the button that does it."""
        super().begin()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def hand_in(self) -> None:
        """See :class:`DeedCard`."""
        self._model.end()
