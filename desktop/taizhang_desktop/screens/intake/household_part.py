"""One household: everybody who belongs or belonged to it, what can be changed, and its lines in the ledger."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget
from taizhang_casework.domain.people import HouseholdId, Membership, PersonId, Relation

from taizhang_desktop.kit.parts import Button, Scrolled, card, column, label, permit, row
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.draft_banner import DraftBanner
from taizhang_desktop.screens.intake.member_form import MemberForm
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import CLOSE, ValueTable
from taizhang_desktop.viewmodels.intake_households import HouseholdsModel, LedgerLineOf, MemberLine
from taizhang_desktop.viewmodels.member_deed import DEED_TITLES, MemberDeed

MEMBERS: tuple[Column[MemberLine, Unsorted], ...] = (
    Column(title="姓名", text=lambda line: line.name, width=5),
    Column(title="关系", text=lambda line: line.relation, width=3),
    Column(title="性别年龄", text=lambda line: line.about, width=5),
    Column(title="身份证", text=lambda line: line.number, width=10),
    Column(title="电话", text=lambda line: line.phone, width=7),
    Column(title="从", text=lambda line: line.since, width=5),
    Column(title="到", text=lambda line: line.until or "现在", width=5),
    Column(title="原因", text=lambda line: line.because, width=8),
)
LINES: tuple[Column[LedgerLineOf, Unsorted], ...] = (
    Column(title="反馈日期", text=lambda line: line.received_on, width=6),
    Column(title="预警方式", text=lambda line: line.channel, width=5),
    Column(title="办到", text=lambda line: line.closed, width=9),
    Column(title="具体预警信息", text=lambda line: line.detail, width=12),
)
_FEWEST, _MOST = 3, 7


class HouseholdPart(QWidget):
    """The members with their buttons, or the form of what is being changed in their place."""

    def __init__(self, model: HouseholdsModel) -> None:
        """Begin without a household."""
        super().__init__()
        self._model = model
        self._of: HouseholdId | None = None
        self.stale = DraftBanner()
        self.title = label("", "heading", wrap=True, select=True)
        self.title.setObjectName("household_title")
        self.unmask = Button("显示完整号码", "quiet", Icon.EYE)
        self.unmask.setObjectName("household_unmask")
        self._members: ValueTableModel[MemberLine] = ValueTableModel(MEMBERS, lambda line: line.id, self)
        self.members: ValueTable[MemberLine] = ValueTable(self._members, height=CLOSE)
        self.members.setObjectName("household_members")
        self.members.setAccessibleName("家庭成员，包括以前的")
        self._lines: ValueTableModel[LedgerLineOf] = ValueTableModel(LINES, lambda line: line.id, self)
        self.lines: ValueTable[LedgerLineOf] = ValueTable(self._lines, height=CLOSE)
        self.lines.setObjectName("household_lines")
        self.lines.setAccessibleName("本户的台账")
        self.buttons = {deed: Button(words) for deed, words in DEED_TITLES.items()}
        for deed, button in self.buttons.items():
            button.setObjectName(f"household_{deed.value}")
            button.clicked.connect(lambda _=False, deed=deed: self.change(deed))
        self._form: MemberForm | None = None
        self.people = QWidget()
        self.people.setLayout(column(self.members, row(*self.buttons.values(), None), spacing=SPACE.small))
        self._changing = column(self.people)
        head = row()
        head.addWidget(self.title, 1)
        head.addWidget(self.unmask)
        inside = column(
            head,
            self.stale,
            self._changing,
            label("本户的台账（回车打开）", "field"),
            self.lines,
            spacing=SPACE.medium,
        )
        room = QWidget()
        within = column(card(inside), None)
        room.setLayout(within)
        self.setLayout(column(Scrolled(room)))
        self.unmask.clicked.connect(model.unmask)
        self.members.picked.connect(self._permit)
        self.members.opened.connect(lambda _: self.change(MemberDeed.CORRECT))
        self.lines.opened.connect(model.open_case)
        model.saved.connect(self._back)
        model.changed.connect(self._show)
        model.went_on.connect(self._go_on)
        model.draft_settled.connect(self._show_draft)
        self.stale.checked.connect(self._check_draft)
        self.stale.dropped.connect(self._drop_useless)
        self._show()

    @property
    def form(self) -> MemberForm:
        """The form, made when it is first asked for."""
        if self._form is None:
            self._form = MemberForm(self._model)
            self._form.hide()
            self._changing.addWidget(self._form)
            self._form.left.connect(self._back)
            self._form.form.edited.connect(self._show_draft)
        return self._form

    @property
    def _open_form(self) -> MemberForm | None:
        """The form while it stands in the place of the members."""
        return None if self._form is None or self._form.isHidden() else self._form

    def begin(self) -> None:
        """Gone to."""
        if self._open_form is None:
            self.members.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.members.current_key() and self._members.rowCount():
                self.members.selectRow(0)

    def change(self, deed: MemberDeed) -> None:
        """Open the form of a deed, where it can be done."""
        member = self._chosen()
        if deed not in {MemberDeed.LEAVE, MemberDeed.CORRECT} or member is not None:
            self._open(deed, member)

    def _open(self, deed: MemberDeed, member: Membership | None) -> None:
        self.people.hide()
        self.form.show()
        self.form.begin(deed, member, self._model.present())
        self._show_draft()

    def _go_on(self, deed: MemberDeed, person: PersonId | None) -> None:
        """The form that was half-typed last, unless another one is open."""
        member = next((each for each in self._model.present() if each.person.id == person), None)
        free = self._open_form is None or self._open_form.whose == (deed, person)
        if free and (person is None or member is not None):
            self._open(deed, member)

    def _show_draft(self) -> None:
        sheet, drafts, today = self._model.view.sheet, self._model.drafts, self._model.today()
        form = None if self._open_form is None else self._open_form.whose
        if sheet is not None:
            self.stale.tell(drafts.stale(sheet.household, form, today), drafts.useless(sheet.household))

    def _check_draft(self) -> None:
        if self._model.view.sheet is not None and self._open_form is not None:
            self._model.drafts.check(self._model.view.sheet.household, self._open_form.whose, self._model.today())
            self._show_draft()

    def _drop_useless(self) -> None:
        if self._model.view.sheet is not None:
            self._model.drafts.drop_useless(self._model.view.sheet.household)
            self._show_draft()

    def _close(self) -> None:
        if self._form is not None:
            self._form.hide()
        self.people.show()

    def _back(self) -> None:
        self._close()
        self._show_draft()
        self.members.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> Membership | None:
        """The present membership that is current in the list."""
        line = self._members.row_at(self.members.currentIndex().row())
        if line is None or not line.lasting:
            return None
        return next((m for m in self._model.present() if m.person.id == line.person), None)

    def _permit(self, _: str = "") -> None:
        member, present = self._chosen(), self._model.present()
        head_stays = member is not None and member.relation is Relation.HEAD and len(present) > 1
        tip = "户主离开前请先变更户主" if head_stays else "先在名单里选一个现在的成员"
        permit(self.buttons[MemberDeed.LEAVE], "", can=member is not None and not head_stays, tip=tip)
        permit(self.buttons[MemberDeed.CORRECT], "", can=member is not None, tip="姓名、号码、电话、关系写错的改过来")
        others = [m for m in present if m.relation is not Relation.HEAD]
        permit(self.buttons[MemberDeed.HEAD], "", can=bool(others), tip="" if others else "本户没有其他成员")

    def _show(self) -> None:
        view = self._model.view
        of = None if view.sheet is None else view.sheet.household.id
        if of != self._of:
            self._of = of
            self._close()
        self.title.setText(view.title)
        self._members.show_rows(view.members)
        if view.members and not self.members.current_key():
            self.members.selectRow(0)
        self._lines.show_rows(view.lines)
        permit(self.unmask, self._model.may_not_unmask, can=not view.unmasked, tip="看了谁的完整号码，记入日志")
        self._fit()
        self._permit()
        self._show_draft()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The tables follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Each table as high as its rows, within reason."""
        for table in (self.members, self.lines):
            table.fit()
            lines = min(max(table.model().rowCount(), _FEWEST), _MOST) + 1
            table.setFixedHeight(lines * table.verticalHeader().defaultSectionSize() + 2 * SPACE.medium)
