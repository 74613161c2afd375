"""登记预警信息: the form for a warning that came to the town's own desk, its household found first; in its place the grid for many."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.forecast_chain import ForecastChain
from taizhang_casework.services.intake import TakenIn

from taizhang_desktop.kit.parts import Button, IconLabel, Scrolled, card, column, label, row
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.find_part import FindPart
from taizhang_desktop.screens.intake.forecast_part import ForecastPart
from taizhang_desktop.screens.intake.form_part import NUMBER_HINT, IntakeFields
from taizhang_desktop.screens.intake.rows_page import RowsPage
from taizhang_desktop.viewmodels.intake import IntakeModel
from taizhang_desktop.viewmodels.intake_drafts import HOUSEHOLD, TypedForm
from taizhang_desktop.viewmodels.intake_form import IntakeForm


class IntakePage(QWidget):
    """The form. ``left`` when the user goes back; what was typed stays. ``taken`` carries the new case's id."""

    left = Signal()
    taken = Signal(str)

    def __init__(self, model: IntakeModel, form: IntakeFields | None = None) -> None:
        """Draw an empty form; ``form`` are its fields where they were made before."""
        super().__init__()
        self._model = model
        self._more = False
        self._coming: TypedForm = {}
        self._handed_in: tuple[IntakeForm, TypedForm] = (IntakeForm(), {})
        self.households = FindPart(model.finder, model.mask)
        self.form = form or IntakeFields(model)
        self._as_shown: TypedForm = self.form.typed()
        self.chosen = _ChosenPart()
        self.forecast = ForecastPart()
        self.whole = label("", "finding", wrap=True)
        self.whole.setObjectName("intake_whole")
        self.whole.setProperty("tone", "overdue")
        self.whole.hide()
        self.save = Button("登记", "primary", Icon.SAVE)
        self.save_more = Button("登记并继续录入", icon=Icon.ADD)
        self.many = Button("批量登记", "quiet", Icon.LEDGER)
        self.back = Button("返回台账", "quiet")
        for button, name in (
            (self.save, "save"),
            (self.save_more, "save_more"),
            (self.many, "many"),
            (self.back, "back"),
        ):
            button.setObjectName(f"intake_{name}")
        self.many.setToolTip("从Excel、WPS粘贴许多行，或导入村里填好的干部排查表")
        self._rows: RowsPage | None = None
        self.single = QWidget()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.single)
        self.draft = label("", "small")
        self.draft.setObjectName("intake_draft")
        self._lay_out()
        self._connect()
        self._put_back()
        self._show()

    @property
    def rows(self) -> RowsPage:
        """The grid, made when it is first asked for."""
        if self._rows is None:
            self._rows = RowsPage(self._model.rows)
            self._rows.left.connect(self.show_single)
            self.pages.addWidget(self._rows)
        return self._rows

    @property
    def many_shown(self) -> bool:
        """Whether the grid stands in the form's place."""
        return self.pages.currentWidget() is not self.single

    def begin(self) -> None:
        """Gone to."""
        if self.many_shown:
            self.rows.begin()
            return
        if self.form.channel.value() is None or not self.begun:
            self.households.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._first_of_person()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Left: what is half-typed is written now."""
        self._model.drafts.shelf.flush()
        super().hideEvent(event)

    def unsaved(self) -> bool:
        """Whether something typed would be lost: what is kept would not."""
        return self.begun and not self._model.drafts.safe

    @property
    def begun(self) -> bool:
        """Whether something is typed that is not in the ledger."""
        return self._form_begun or self._model.rows.begun

    @property
    def _form_begun(self) -> bool:
        """Whether the form is another than it was first shown, were it only a day or a choice."""
        return self.form.typed() != self._as_shown

    def value(self) -> IntakeForm:
        """The form as it stands."""
        return self.form.value()

    def show_many(self) -> None:
        """Open the grid."""
        self.pages.setCurrentWidget(self.rows)
        self.rows.begin()

    def show_single(self) -> None:
        """Go back to the form."""
        self.pages.setCurrentWidget(self.single)
        self.begin()

    def _lay_out(self) -> None:
        inside = column(
            row(label("登记预警信息", "heading"), label("带 * 的必须填写", "small"), None),
            self.households,
            self.chosen,
            self.form,
            self.whole,
            self.forecast,
            spacing=SPACE.medium,
        )
        room = QWidget()
        within = QVBoxLayout(room)
        within.setContentsMargins(0, 0, 0, 0)
        within.addWidget(card(inside))
        within.addStretch(1)
        buttons = row(self.back, self.many, None, self.draft, self.save_more, self.save)
        whole = column(Scrolled(room), buttons, spacing=SPACE.small)
        self.single.setLayout(whole)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.pages)

    def _connect(self) -> None:
        self.households.passed.connect(lambda: self.form.channel.setFocus(Qt.FocusReason.TabFocusReason))
        self.households.chosen.connect(self._model.choose)
        self.chosen.none.connect(self._choose_none)
        self.chosen.opened.connect(self._model.open_household)
        self.chosen.take_known.connect(lambda: self._model.choose(self._model.state.known_household))
        self.form.edited.connect(lambda: self._model.look(self.value()))
        self.form.edited.connect(self._keep)
        self._model.drafts.shelf.read.connect(self._put_back)
        self._model.drafts.shelf.settled.connect(self._say_kept)
        self.form.submitted.connect(self._save)
        self.save.clicked.connect(self._save)
        self.save_more.clicked.connect(self._save_more)
        self.many.clicked.connect(self.show_many)
        self._model.rows.taken.connect(self._rows_taken)
        self.back.clicked.connect(self.left)
        escape = QShortcut(QKeySequence("Esc"), self.single, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
        self._model.changed.connect(self._show)
        self._model.faulted.connect(self._fault)
        self._model.taken.connect(self._taken)

    def _put_back(self) -> None:
        """The form as it was left, unless somebody began it anew meanwhile."""
        left = self._model.drafts.form
        if not left or self._form_begun:
            return
        self._coming = left if left.get(HOUSEHOLD) else {}
        self.form.retype(left)
        self._say_kept()
        if self._coming:
            self._model.choose(left[HOUSEHOLD])
        self._model.look(self.value())

    def _keep(self) -> None:
        """While a known household is still being read, what is kept of it stays."""
        if not self._coming:
            self._model.drafts.keep_form(self.form.typed(), begun=self._form_begun)
            self._say_kept()

    def _say_kept(self) -> None:
        self.draft.setText(self._model.drafts.says)

    def _choose_none(self) -> None:
        self._model.choose_none()
        self.households.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_of_person(self) -> None:
        first = self.form.person if self._model.state.chosen is not None else self.form.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self._more = False
        self._hand_in()

    def _save_more(self) -> None:
        self._more = True
        self._hand_in()

    def _hand_in(self) -> None:
        """Say the form's own faults and the rules' together, or hand it in."""
        faults = tuple(fault for field in self.form.fields if field.isVisibleTo(self.form) for fault in field.faults())
        if not faults:
            if not self._model.state.busy:
                self._handed_in = (self.value(), self.form.typed())
            self._model.save(self.value())
            return
        fields = {fault.field for fault in faults}
        self._fault((*faults, *(found for found in self._model.check(self.value()) if found.field not in fields)))

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        rest = self.form.show_findings(findings)
        self.whole.setText("\n".join(finding.says for finding in rest))
        self.whole.setVisible(bool(rest))

    def _show(self) -> None:
        state = self._model.state
        about = "\n".join(filter(None, (state.person, state.known)))
        self.form.id_number.show_hint(about or NUMBER_HINT)
        if state.number_fault and not self.form.id_number.findings:
            wrong = Finding(field="id_number", code="bad_id", says=state.number_fault)
            self.form.id_number.show_findings((wrong,))
        if not any(each.blocks for each in self.form.applied_on.findings):
            self.form.applied_on.show_findings(state.likely_slips)
        before = self.form.value().household
        self.form.show_chosen(state.chosen)
        self.chosen.show_state(state.chosen.says if state.chosen is not None else "", known=state.known_household)
        if state.chosen is not None and self._coming:
            coming, self._coming = self._coming, {}
            self.form.retype(coming)
        self._keep()
        self.households.setVisible(state.chosen is None)
        if state.chosen is not None and before != state.chosen.household.id:
            self.households.blank()
            first = self.form.channel if self.form.channel.value() is None else self.form.person
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.forecast.show_chain(state.chain)
        self.form.received_on.show_hint("" if state.chain is None else _short(state.chain))
        for button in (self.save, self.save_more):
            button.setEnabled(not state.busy)

    def _taken(self, done: TakenIn) -> None:
        self.whole.setVisible(False)
        self.households.blank()
        since = self._typed_since()
        self.form.begin_again(same_kind=self._more)
        self._as_shown = self.form.typed()
        if since:
            self.form.retype({**self.form.typed(), **since})
            self._fault((TYPED_SINCE,))
        self._model.look(self.value())
        self._keep()
        if self._more or since:
            self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.taken.emit(done.case)

    def _typed_since(self) -> TypedForm:
        """What stands in the fields now and was not handed in; a day that was only written in full since is the same."""
        (form, typed), now = self._handed_in, self.value()
        return {
            name: text
            for name, text in self.form.typed().items()
            if name != HOUSEHOLD and text != typed.get(name, text) and getattr(now, name) != getattr(form, name)
        }

    def _rows_taken(self) -> None:
        self.pages.setCurrentWidget(self.single)
        self.left.emit()


def _short(chain: ForecastChain) -> str:
    """The chain in a few words beside the day; the whole stands beneath the form."""
    visit = next((link.on for link in chain.links if link.label == "最迟入户核实"), None)
    said = "" if visit is None else f"最迟{day_words(visit, chain.today)}入户，"
    return f"{said}{'15天可以完成' if chain.holds else '15天会超期，请提前办理'}，见下方"


TYPED_SINCE = Finding(
    field="",
    code="typed_since",
    says="登记的时候又填写的内容还在表格里，没有登记；属于刚登记的一条的，请到该条办理页更正",
)
"""Said where something was typed while the form was being saved."""


class _ChosenPart(QFrame):
    """The known household that was chosen, or the offer to choose the one that the number belongs to."""

    none = Signal()
    opened = Signal()
    take_known = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.says = label("", wrap=True)
        self.says.setObjectName("intake_chosen")
        self.members = Button("家庭成员", "quiet")
        self.members.setObjectName("intake_members")
        self.other = Button("不选这一户", "quiet")
        self.other.setObjectName("intake_choose_none")
        self.known = Button("选择这一户", "quiet", Icon.HOUSE)
        self.known.setObjectName("intake_take_known")
        across = row(IconLabel(Icon.HOUSE))
        across.addWidget(self.says, 1)
        for button, told in ((self.members, self.opened), (self.other, self.none), (self.known, self.take_known)):
            across.addWidget(button)
            button.clicked.connect(told)
        self.setLayout(across)

    def show_state(self, chosen: str, *, known: str) -> None:
        """Show what was chosen, else that the number belongs to a household, else nothing."""
        self.setVisible(bool(chosen or known))
        self.says.setText(chosen or "这个身份证号码属于台账中已有的一户，选择后不用再填姓名和村")
        self.members.setVisible(bool(chosen))
        self.other.setVisible(bool(chosen))
        self.known.setVisible(not chosen and bool(known))
