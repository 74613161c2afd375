"""The form kit by keyboard, mouse and input method."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.machine import StepMark
from taizhang_casework.domain.steps import Step
from taizhang_desktop.kit.choice_fields import ChoiceField, MultiChoiceField, Option, YesNoField
from taizhang_desktop.kit.deadline_chip import DeadlineChip, DeadlineView
from taizhang_desktop.kit.field import Field, Form
from taizhang_desktop.kit.giving_way import ends
from taizhang_desktop.kit.parts import Button
from taizhang_desktop.kit.search_fields import FindField
from taizhang_desktop.kit.step_rail import RailStep, StepRail, fitting
from taizhang_desktop.kit.text_fields import DateField, IntegerField, NamesField, ParagraphField, TextField
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.shell.screen import Screen

TODAY = date(2026, 4, 9)
TypeChinese = Callable[[QObject, str], None]


def today() -> date:
    return TODAY


class VisitForm(Form):
    def __init__(self) -> None:
        super().__init__()
        self.day = DateField("visited_on", "入户日期", today, required=True)
        self.visitors = NamesField("visitors", "核查人员")
        self.kind = ChoiceField("kind", "类型", (Option(1, "脱贫不稳定户"), Option(2, "边缘易致贫户")))
        self.count = IntegerField("expected", "应到", unit="人")
        self.risks = MultiChoiceField("risks", "风险", (Option("ill", "因病"), Option("study", "因学")))
        self.met = YesNoField("met", "是否见到本人")
        self.name = TextField("name", "户主", most=3)
        self.words = ParagraphField("conclusion", "核实情况", most=5)
        self.add(self.day, self.visitors)
        self.add(self.kind, self.count)
        self.add(self.risks, self.met)
        self.add(self.name)
        self.add(self.words)


@pytest.fixture
def form(qtbot: QtBot, look: Look) -> Iterator[VisitForm]:
    window = QWidget()
    made = VisitForm()
    QVBoxLayout(window).addWidget(made)
    qtbot.addWidget(window)
    window.resize(900, 600)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.day.setFocus()
    qtbot.waitUntil(made.day.line.hasFocus)
    yield made
    window.close()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_enter_goes_through_all_fields_and_submits_in_the_last_line(qtbot: QtBot, form: VisitForm) -> None:
    submitted: list[bool] = []
    form.submitted.connect(lambda: submitted.append(True))
    order: list[Field] = []
    for _ in range(8):
        here = focused()
        order.append(next(field for field in form.fields if field.isAncestorOf(here)))
        QTest.keyClick(here, Qt.Key.Key_Return)
    assert order == form.fields
    assert not submitted
    assert form.words.text.toPlainText() == "\n"
    QTest.keyClick(form.words.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert submitted == [True]


def test_a_day_typed_short_is_shown_in_full_when_the_field_is_left(qtbot: QtBot, form: VisitForm) -> None:
    assert form.day.value() is None
    QTest.keyClicks(form.day.line, "0407")
    QTest.keyClick(form.day.line, Qt.Key.Key_Return)
    assert form.day.line.text() == "2026-04-07"
    assert form.day.value() == date(2026, 4, 7)


def test_a_day_can_be_blanked_again(qtbot: QtBot, form: VisitForm) -> None:
    form.day.set_value(TODAY)
    form.day.line.selectAll()
    QTest.keyClick(form.day.line, Qt.Key.Key_Delete)
    QTest.keyClick(form.day.line, Qt.Key.Key_Tab)
    assert form.day.value() is None
    assert not form.day.line.text()
    assert not form.faults()


def test_an_unreadable_day_is_a_fault_beside_its_field_and_what_was_typed_stays(qtbot: QtBot, form: VisitForm) -> None:
    QTest.keyClicks(form.day.line, "2026-02-30")
    QTest.keyClick(form.day.line, Qt.Key.Key_Tab)
    assert form.day.line.text() == "2026-02-30"
    assert form.day.below.text() == "没有这一天，请核对"
    assert [fault.code for fault in form.faults()] == ["no_day"]


def test_a_day_is_picked_with_the_mouse(qtbot: QtBot, form: VisitForm) -> None:
    edited: list[bool] = []
    form.day.edited.connect(lambda: edited.append(True))
    QTest.mouseClick(form.day.pick, Qt.MouseButton.LeftButton)
    calendar = form.day.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.selectedDate().toPython() == TODAY
    QTest.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Left)
    QTest.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Return)
    assert form.day.value() == date(2026, 4, 8)
    assert edited == [True]
    qtbot.waitUntil(form.day.line.hasFocus)


def test_chinese_from_an_input_method_reaches_every_field_that_is_typed(
    form: VisitForm, type_chinese: TypeChinese
) -> None:
    type_chinese(form.day.line, "４月７日")
    type_chinese(form.visitors.line, "张三 李四")
    type_chinese(form.count.line, "１２")
    type_chinese(form.name.line, "王𡛕")
    type_chinese(form.words.text, "属实")
    assert form.day.value() == date(2026, 4, 7)
    assert form.visitors.value() == ("张三", "李四")
    assert form.visitors.below.text() == "共2人：张三、李四"
    assert form.count.value() == 12
    assert form.name.value() == "王𡛕"
    assert form.words.value() == "属实"


def test_length_counts_code_points_and_nothing_typed_is_cut(form: VisitForm, type_chinese: TypeChinese) -> None:
    type_chinese(form.name.line, "𠮷𠮷𠮷")
    assert not form.name.faults()
    type_chinese(form.name.line, "𠮷")
    assert form.name.value() == "𠮷𠮷𠮷𠮷"
    assert form.name.below.text() == "最多3个字，多了1个字"
    type_chinese(form.words.text, "一二三四五六七")
    assert [fault.says for fault in form.faults()] == ["最多3个字，多了1个字", "最多5个字，多了2个字"]
    assert focused() is form.name.line


def test_findings_stand_beside_their_fields_all_at_once_and_the_rest_comes_back(form: VisitForm) -> None:
    whole = Finding(field="", code="unmatched", says="请先确认是哪一户")
    hint = Finding(field="visited_on", code="late", says="已超过3个工作日", clause="二（二）", blocks=False)
    blocking = Finding(field="visitors", code="too_few", says="核查人员至少2人")
    rest = form.show_findings((whole, hint, blocking))
    assert rest == (whole,)
    assert form.day.below.text() == "已超过3个工作日（依据：二（二））"
    assert form.day.below.property("tone") == "soon"
    assert form.visitors.below.text() == "核查人员至少2人"
    assert form.visitors.line.property("wrong") == "true"
    assert focused() is form.visitors.line


def test_a_finding_goes_when_its_field_is_changed(qtbot: QtBot, form: VisitForm) -> None:
    form.show_findings((Finding(field="expected", code="blank", says="请填写应到人数"),))
    QTest.keyClicks(form.count.line, "1")
    assert not form.count.findings
    assert form.count.line.property("wrong") == "false"
    QTest.keyClicks(form.count.line, "x")
    assert form.count.below.text() == "请填写整数"


def test_nothing_is_chosen_until_the_user_chooses(qtbot: QtBot, form: VisitForm) -> None:
    assert (form.kind.value(), form.met.value(), form.risks.value()) == (None, None, ())
    QTest.keyClick(form.kind.box, Qt.Key.Key_Down)
    QTest.mouseClick(form.met.no, Qt.MouseButton.LeftButton, pos=QPoint(10, form.met.no.height() // 2))
    box = form.risks.boxes[1]
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(10, box.height() // 2))
    assert (form.kind.value(), form.met.value(), form.risks.value()) == (1, False, ("study",))
    form.met.set_value(None)
    form.kind.set_value(None)
    assert (form.kind.value(), form.met.value()) == (None, None)


@pytest.mark.parametrize("size", TextSize, ids=lambda size: f"text at {size.value} per cent")
def test_a_list_to_choose_from_shows_all_its_lines_whole(
    size: TextSize, qtbot: QtBot, form: VisitForm, look: Look
) -> None:
    look.choose(text_size=size)
    box = form.kind.box
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    room = view.viewport().rect()
    rows = [view.visualRect(view.model().index(row, 0)) for row in range(box.count())]
    box.hidePopup()
    look.choose(text_size=TextSize.NORMAL)
    assert all(room.contains(row) for row in rows), (room, rows)


def test_a_deadline_says_how_long_is_left_and_explains_itself(qtbot: QtBot, look: Look) -> None:
    chip = DeadlineChip()
    qtbot.addWidget(chip)
    lines = ("4月7日收到", "4月8日第1天", "4月12日到期，依据二（二）")
    says: list[tuple[str, object]] = []
    for due in (date(2026, 4, 7), date(2026, 4, 9), date(2026, 4, 11), date(2026, 4, 13)):
        chip.show_deadline(DeadlineView(due=due, explanation=lines), TODAY)
        says.append((chip.text().split()[1], chip.property("tone")))
    assert says == [("逾期2天", "overdue"), ("今天到期", "soon"), ("还剩2天", "soon"), ("还剩4天", "plain")]
    chip.show_deadline(DeadlineView(due=date(2027, 1, 4), provisional=True), TODAY)
    assert chip.text().startswith("预计2027-01-04")
    chip.show_deadline(DeadlineView(due=date(2026, 4, 12), explanation=lines), TODAY)
    with qtbot.waitExposed(chip):
        chip.show()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Escape)


def test_steps_are_chosen_by_mouse_and_arrow_keys(qtbot: QtBot, look: Look) -> None:
    rail = StepRail()
    qtbot.addWidget(rail)
    rail.resize(800, rail.sizeHint().height())
    marks = (StepMark.DONE, StepMark.DONE, StepMark.SKIPPED, StepMark.CURRENT, StepMark.AHEAD)
    labels = ("入户核实", "民主评议", "信息比对", "村级公示", "录入系统")
    steps = tuple(
        RailStep(step=step, label=word, mark=mark, owed=step is Step.SYSTEM_ENTRY)
        for step, word, mark in zip(Step, labels, marks, strict=True)
    )
    rail.show_steps(steps, Step.PUBLIC_NOTICE)
    with qtbot.waitExposed(rail):
        rail.show()
    chosen: list[Step] = []
    rail.chosen.connect(chosen.append)
    QTest.mouseClick(rail, Qt.MouseButton.LeftButton, pos=rail.place_of(Step.HOME_VISIT).toPoint())
    QTest.keyClick(rail, Qt.Key.Key_Left)
    QTest.keyClick(rail, Qt.Key.Key_Right)
    assert chosen == [Step.HOME_VISIT, Step.DEMOCRATIC_REVIEW]
    assert rail.shown is Step.DEMOCRATIC_REVIEW
    assert "信息比对不再重复" in rail.accessibleDescription()
    assert "录入系统补办" in rail.accessibleDescription()


@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("mark", [StepMark.DONE, StepMark.CURRENT])
def test_a_day_with_its_year_is_never_cut_on_the_rail(qtbot: QtBot, look: Look, size: TextSize, mark: StepMark) -> None:
    rail = StepRail()
    qtbot.addWidget(rail)
    look.choose(text_size=size)
    note = "2021年12月28日" if mark is StepMark.DONE else "2021年12月28日已开始"
    step = RailStep(step=Step.HOME_VISIT, label="入户核实", mark=mark, note=note)
    text, font = fitting(step, rail.font(), 145)
    assert note in text
    assert QFontMetrics(font).horizontalAdvance(text) <= 145
    assert fitting(step, rail.font(), 600) == (f"{'已完成' if mark is StepMark.DONE else '待办理'} {note}", rail.font())


def test_a_held_enter_presses_no_second_button(qtbot: QtBot, look: Look) -> None:
    button = Button("本人为户主，建立新户")
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    for repeated in (True, False):
        QApplication.sendEvent(
            button,
            QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated),
        )
    assert pressed == [True]


@pytest.mark.parametrize("size", list(TextSize))
def test_a_line_beside_the_title_gives_way_before_a_button_loses_its_words(
    qtbot: QtBot, look: Look, size: TextSize
) -> None:
    look.choose(text_size=size)
    screen = Screen("案件办理", "阿卜杜·热西提　墨河社区居民委员会" * 2)
    buttons = [Button(words) for words in ("历史", "附件", "绿色通道…", "不符合认定标准…", "重新打开…", "办结…")]
    for button in buttons:
        screen.action_row.addWidget(button)
    qtbot.addWidget(screen)
    screen.resize(1100, 600)
    with qtbot.waitExposed(screen):
        screen.show()
    assert [button.width() >= button.sizeHint().width() for button in buttons] == [True] * len(buttons)
    line = screen.intro_label
    assert line.toolTip() == line.text() or line.width() >= line.sizeHint().width()
    screen.say("38条")
    qtbot.waitUntil(lambda: screen.intro_label.toolTip() == "")


def test_after_a_proposal_was_taken_a_click_elsewhere_keeps_the_keyboard_there(
    qtbot: QtBot, look: Look, type_chinese: Callable[[QObject, str], None]
) -> None:
    """The list of proposals is a window: it may get the keyboard when it is long gone."""
    window, form = QWidget(), Form()
    village = FindField("village_code", "村", [Option("a", "墨河社区"), Option("b", "顺河村")])
    far = TextField("detail", "具体信息")
    form.add(village)
    form.add(far)
    QVBoxLayout(window).addWidget(form)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    village.box.line.setFocus()
    type_chinese(village.box.line, "墨")
    proposals = QApplication.activePopupWidget()
    assert proposals is not None
    QTest.keyClick(proposals, Qt.Key.Key_Return)
    QTest.mouseClick(far.line, Qt.MouseButton.LeftButton)
    assert far.line.hasFocus()
    village.box.setFocus(Qt.FocusReason.ActiveWindowFocusReason)  # as the list does once the screen tells it
    qtbot.waitUntil(far.line.hasFocus)
    assert village.value() == "a"


def test_what_saves_stays_at_the_right_where_nothing_stands_at_the_left(qtbot: QtBot) -> None:
    """A click on the place where 保存 stood must not meet 放弃填写 once that is shown."""
    give_up, save = Button("放弃填写"), Button("保存")
    foot = QWidget()
    foot.setLayout(ends((give_up,), (save,)))
    foot.resize(600, 60)
    qtbot.addWidget(foot)
    give_up.hide()
    with qtbot.waitExposed(foot):
        foot.show()
    before = save.geometry()
    assert before.right() > 560
    give_up.show()
    qtbot.waitUntil(lambda: give_up.width() > 0 and give_up.isVisible())
    assert save.geometry() == before
