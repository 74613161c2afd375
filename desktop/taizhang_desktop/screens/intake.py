"""登记预警信息: the form for a warning that came to the town's own desk."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import TakenIn

from taizhang_desktop.kit.choice_fields import ChoiceField, Option
from taizhang_desktop.kit.field import Form
from taizhang_desktop.kit.parts import Button, card, column, label, row
from taizhang_desktop.kit.search_fields import FindField, SuggestField
from taizhang_desktop.kit.text_fields import DateField, ParagraphField, TextField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.viewmodels.intake import IntakeForm, IntakeModel

_NUMBER_HINT = "无证件的可以留空，按户口簿登记"


class IntakePage(QWidget):
    """The form. ``left`` when the user goes back; what was typed stays. ``taken`` carries the new case's id."""

    left = Signal()
    taken = Signal(str)

    def __init__(self, model: IntakeModel) -> None:
        """Draw an empty form."""
        super().__init__()
        self._model = model
        self._more = False
        self.channel: ChoiceField[Channel] = ChoiceField(
            "channel", "预警方式", [Option(value, words) for value, words in model.channels], required=True
        )
        self.source = SuggestField("source", "预警信息来源", placeholder="选择或填写", required=True)
        self.name = TextField("name", "姓名", required=True)
        self.id_number = TextField("id_number", "身份证号码", most=30, hint=_NUMBER_HINT)
        self.village: FindField[str] = FindField(
            "village_code",
            "村（社区）",
            [Option(code, words) for code, words in model.villages],
            placeholder="输入村名中的字查找",
            required=True,
        )
        self.received_on = DateField("received_on", "信息反馈日期", model.today, required=True)
        self.detail = ParagraphField("detail", "具体预警信息", most=300, lines=3, required=True)
        self.form = Form()
        self.form.add(self.channel, self.source)
        self.form.add(self.name, self.id_number)
        self.form.add(self.village, self.received_on)
        self.form.add(self.detail)
        self.save = Button("登记", "primary", Icon.SAVE)
        self.save_more = Button("登记并继续录入", icon=Icon.ADD)
        self.back = Button("返回台账", "quiet")
        self._name_parts()
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """Gone to."""
        (self.name if self.channel.value() is not None else self.channel).setFocus(Qt.FocusReason.OtherFocusReason)

    def unsaved(self) -> bool:
        """Whether something typed would be lost."""
        form = self.value()
        return bool(form.name or form.id_number or form.detail)

    def value(self) -> IntakeForm:
        """The form as it stands."""
        return IntakeForm(
            channel=self.channel.value(),
            source=self.source.value(),
            detail=self.detail.value(),
            name=self.name.value(),
            id_number=self.id_number.value(),
            village_code=self.village.value() or "",
            received_on=self.received_on.value(),
        )

    def _name_parts(self) -> None:
        for field in self.form.fields:
            field.editor.setObjectName(f"intake_{field.name}")
        self.source.box.line.setObjectName("intake_source_line")
        self.village.box.line.setObjectName("intake_village_line")
        self.save.setObjectName("intake_save")
        self.save_more.setObjectName("intake_save_more")
        self.back.setObjectName("intake_back")

    def _lay_out(self) -> None:
        inside = column(
            row(label("登记预警信息", "heading"), label("带 * 的必须填写", "small"), None),
            self.form,
            row(self.back, None, self.save_more, self.save),
            spacing=SPACE.large,
        )
        room = QWidget()
        room.setProperty("kind", "clear")
        within = QVBoxLayout(room)
        within.setContentsMargins(0, 0, 0, 0)
        within.addWidget(card(inside))
        within.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(room)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _connect(self) -> None:
        self.channel.edited.connect(self._channel_chosen)
        self.form.edited.connect(lambda: self._model.look(self.value()))
        self.form.submitted.connect(self._save)
        self.save.clicked.connect(self._save)
        self.save_more.clicked.connect(self._save_more)
        self.back.clicked.connect(self.left)
        escape = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
        self._model.changed.connect(self._show)
        self._model.faulted.connect(self._fault)
        self._model.taken.connect(self._taken)

    def _channel_chosen(self) -> None:
        channel = self.channel.value()
        self.source.set_suggestions(self._model.sources(channel))

    def _save(self) -> None:
        self._more = False
        self._hand_in()

    def _save_more(self) -> None:
        self._more = True
        self._hand_in()

    def _hand_in(self) -> None:
        """Say the form's own faults and the rules' together, or hand it in."""
        faults = self.form.faults()
        if not faults:
            self._model.save(self.value())
            return
        fields = {fault.field for fault in faults}
        self._fault((*faults, *(found for found in self._model.check(self.value()) if found.field not in fields)))

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        self.form.show_findings(findings)

    def _show(self) -> None:
        state = self._model.state
        about = "\n".join(filter(None, (state.person, state.known)))
        self.id_number.show_hint(about or _NUMBER_HINT)
        self.received_on.show_hint(state.forecast)
        for button in (self.save, self.save_more):
            button.setEnabled(not state.busy)

    def _taken(self, done: TakenIn) -> None:
        self.name.set_value("")
        self.id_number.set_value("")
        self.detail.set_value("")
        if self._more:
            self._model.look(self.value())
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.channel.set_value(None)
        self._channel_chosen()
        self.source.set_value("")
        self.village.set_value(None)
        self.received_on.set_value(None)
        self.taken.emit(done.case)
