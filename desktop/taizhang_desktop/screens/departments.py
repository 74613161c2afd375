"""部门预警: who has delivered, the lists that were read, and every row with what became of it."""

from itertools import pairwise

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget
from taizhang_casework.domain.day_words import day_words

from taizhang_desktop.kit.month_box import MonthBox
from taizhang_desktop.kit.parts import Button, chip, column, label, row, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.columns import Align, Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.departments import (
    Delivery,
    DepartmentLine,
    DepartmentsModel,
    DepartmentsState,
    FileLine,
    RowLine,
)
from taizhang_desktop.viewmodels.words import month_name


def _refused(line: FileLine) -> Tone:
    return Tone.OVERDUE if line.refused else Tone.PLAIN


_WORDS = {
    Delivery.DELIVERED: "已提供",
    Delivery.WAITING: "待提供",
    Delivery.LATE: "未提供（逾期）",
    Delivery.NOT_ASKED: "不提供名单",
}
_TONES = {
    Delivery.DELIVERED: Tone.DONE,
    Delivery.WAITING: Tone.SOON,
    Delivery.LATE: Tone.OVERDUE,
    Delivery.NOT_ASKED: Tone.PLAIN,
}
_DEPARTMENTS: tuple[Column[DepartmentLine, Unsorted], ...] = (
    Column(title="部门", text=lambda line: line.short, tip=lambda line: line.name, width=4),
    Column(title="接收", text=lambda line: str(line.accepted) if line.files else "", width=2, align=Align.RIGHT),
    Column(title="本月", text=lambda line: _WORDS[line.delivery], tone=lambda line: _TONES[line.delivery], width=7),
)
_FILES: tuple[Column[FileLine, Unsorted], ...] = (
    Column(title="部门", text=lambda line: line.department, width=4),
    Column(title="行数", text=lambda line: str(line.rows), width=2, align=Align.RIGHT),
    Column(title="接收", text=lambda line: str(line.accepted), width=2, align=Align.RIGHT),
    Column(title="退回", text=lambda line: str(line.refused), width=2, align=Align.RIGHT, tone=_refused),
    Column(title="重复", text=lambda line: str(line.duplicates), width=2, align=Align.RIGHT),
    Column(title="名单文件", text=lambda line: line.file, width=18),
)
_ROWS: tuple[Column[RowLine, Unsorted], ...] = (
    Column(title="行", text=lambda line: str(line.row.provenance.row), width=2, align=Align.RIGHT),
    Column(title="结果", text=lambda line: line.outcome, tone=lambda line: line.tone, width=2),
    Column(title="原因", text=lambda line: line.reasons, width=11),
    Column(title="姓名", text=lambda line: line.row.name, width=5),
    Column(title="身份证", text=lambda line: line.number, width=9),
    Column(title="镇街", text=lambda line: line.row.town_name, width=5),
    Column(title="村（社区）", text=lambda line: line.row.village_name, width=10),
    Column(title="具体预警信息", text=lambda line: line.detail, width=10),
    Column(
        title="日期",
        text=lambda line: "" if line.row.happened_on is None else line.row.happened_on.isoformat(),
        width=6,
    ),
)
_LEFT_WIDTH = 19
"""Characters of the departments' table."""


class DepartmentsScreen(DeskScreen):
    """部门预警."""

    def __init__(self, model: DepartmentsModel) -> None:
        """Draw the view-model."""
        super().__init__("部门预警", model)
        self._model = model
        self._left = QWidget()
        self.month = MonthBox(model.state.month)
        self.take = Button("导入名单", "primary", Icon.ADD)
        self.take.setObjectName("import_lists")
        self.only_refused = QCheckBox("只看退回和重复")
        self.only_refused.setObjectName("only_refused")
        self.departments: ValueTableModel[DepartmentLine] = ValueTableModel(_DEPARTMENTS, lambda line: line.key, self)
        self.files: ValueTableModel[FileLine] = ValueTableModel(_FILES, lambda line: line.id, self)
        self.rows: ValueTableModel[RowLine] = ValueTableModel(_ROWS, lambda line: line.id, self)
        self.department_table: ValueTable[DepartmentLine] = ValueTable(self.departments)
        self.file_table: ValueTable[FileLine] = ValueTable(self.files)
        self.row_table: ValueTable[RowLine] = ValueTable(self.rows)
        for table, name, words in (
            (self.department_table, "department_table", "各部门"),
            (self.file_table, "file_table", "已导入的名单"),
            (self.row_table, "row_table", "名单逐行结果"),
        ):
            table.setObjectName(name)
            table.setAccessibleName(words)
        self.delivered = chip("")
        self.delivered.setObjectName("departments_delivered")
        self.action_row.addWidget(self.month)
        self.action_row.addWidget(self.take)
        self.row_stack = StateStack(self.row_table)
        self.list_stack = StateStack(self._lists())
        self.stack = StateStack(self._content())
        self.body.addWidget(self.stack, 1)
        keyboard: list[QWidget] = [
            self.take,
            self.month.before,
            self.month.after,
            self.department_table,
            self.file_table,
        ]
        for one, following in pairwise([*keyboard, self.only_refused, self.row_table]):
            self.setTabOrder(one, following)
        self.take.clicked.connect(model.import_lists)
        self.month.moved.connect(model.show_month)
        self.only_refused.toggled.connect(model.show_only_refused)
        self.file_table.picked.connect(self._pick)
        self.first = self.take
        model.changed.connect(self._show)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pane at the left follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _content(self) -> QWidget:
        content = QWidget()
        across = QHBoxLayout(content)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE.medium)
        self._left.setLayout(column(row(label("各部门", "heading"), None, self.delivered), self.department_table))
        across.addWidget(self._left)
        across.addWidget(self.list_stack, 1)
        self._fit()
        return content

    def _lists(self) -> QWidget:
        lists = QWidget()
        whole = column(
            label("已导入的名单", "heading"),
            self.file_table,
            row(label("逐行结果", "heading"), None, self.only_refused),
            self.row_stack,
        )
        whole.setStretchFactor(self.file_table, 2)
        whole.setStretchFactor(self.row_stack, 3)
        lists.setLayout(whole)
        return lists

    def _fit(self) -> None:
        self._left.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * _LEFT_WIDTH)

    def _pick(self, key: str) -> None:
        if key and key != self._model.state.chosen:
            self._model.choose(key)

    def _show(self) -> None:
        state = self._model.state
        self.month.show_month(state.month)
        self.say(f"应在{day_words(state.due, state.today)}前提供（依据：一（二）1）")
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
            return
        if not state.loaded:
            self.stack.show_loading()
            return
        self.stack.show_content()
        self.departments.show_rows(state.departments)
        self.delivered.setText(f"已提供 {state.delivered}/{len(state.asked)}")
        all_here = state.delivered == len(state.asked)
        set_tone(self.delivered, Tone.DONE if all_here else Tone.OVERDUE if state.late else Tone.SOON)
        self.files.show_rows(state.files)
        self.rows.show_rows(state.rows)
        if state.chosen and self.file_table.current_key() != state.chosen:
            self.file_table.go_to(state.chosen)
        self._show_lists(state)

    def _show_lists(self, state: DepartmentsState) -> None:
        if not state.files:
            hint = "点“导入名单”，可以一次选择几个部门的Excel文件"
            self.list_stack.show_empty(f"{month_name(state.month)}还没有导入名单", hint)
            return
        self.list_stack.show_content()
        if state.rows:
            self.row_stack.show_content()
        else:
            says = "这份名单没有退回或重复的行" if state.only_refused else "这份名单没有数据行"
            self.row_stack.show_empty(says, icon=Icon.DONE)
