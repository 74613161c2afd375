"""部门预警: who has delivered, the lists that were read, and every row with what became of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSplitter, QWidget
from taizhang_casework.domain.changes import Changes

from taizhang_desktop.kit.month_box import MonthBox
from taizhang_desktop.kit.parts import Button, column, label, row
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.shell.screen import Screen
from taizhang_desktop.table.columns import Align, Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.departments import Delivery, DepartmentLine, DepartmentsModel, FileLine, RowLine


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
    Column(title="部门", text=lambda line: line.name, width=9),
    Column(title="本月", text=lambda line: _WORDS[line.delivery], tone=lambda line: _TONES[line.delivery], width=7),
    Column(title="接收", text=lambda line: str(line.accepted) if line.files else "", width=3, align=Align.RIGHT),
)
_FILES: tuple[Column[FileLine, Unsorted], ...] = (
    Column(title="名单", text=lambda line: line.file, width=18),
    Column(title="部门", text=lambda line: line.department, width=9),
    Column(title="行数", text=lambda line: str(line.rows), width=3, align=Align.RIGHT),
    Column(title="接收", text=lambda line: str(line.accepted), width=3, align=Align.RIGHT),
    Column(title="退回", text=lambda line: str(line.refused), width=3, align=Align.RIGHT, tone=_refused),
    Column(title="重复", text=lambda line: str(line.duplicates), width=3, align=Align.RIGHT),
)
_ROWS: tuple[Column[RowLine, Unsorted], ...] = (
    Column(title="行", text=lambda line: str(line.row.provenance.row), width=2, align=Align.RIGHT),
    Column(title="结果", text=lambda line: line.outcome, tone=lambda line: line.tone, width=3),
    Column(title="原因", text=lambda line: line.reasons, width=14),
    Column(title="姓名", text=lambda line: line.row.name, width=5),
    Column(title="身份证", text=lambda line: line.number, width=10),
    Column(title="镇街", text=lambda line: line.row.town_name, width=6),
    Column(title="村（社区）", text=lambda line: line.row.village_name, width=9),
    Column(title="具体预警信息", text=lambda line: line.row.detail, width=10),
    Column(
        title="日期",
        text=lambda line: "" if line.row.happened_on is None else line.row.happened_on.isoformat(),
        width=6,
    ),
)


class DepartmentsScreen(Screen):
    """部门预警."""

    def __init__(self, model: DepartmentsModel) -> None:
        """Draw the view-model."""
        super().__init__("部门预警")
        self._model = model
        self.setAccessibleName("部门预警")
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
        self.action_row.addWidget(self.month)
        self.action_row.addWidget(self.take)
        self.stack = StateStack(self._content())
        self.body.addWidget(self.stack, 1)
        self.take.clicked.connect(model.import_lists)
        self.month.moved.connect(model.show_month)
        self.only_refused.toggled.connect(model.show_only_refused)
        self.file_table.picked.connect(self._pick)
        model.changed.connect(self._show)

    def activate(self, target: str = "") -> None:
        """Read anew."""
        del target
        self._model.refresh()

    def on_changes(self, changes: Changes) -> None:
        """A list was taken in."""
        self._model.on_changes(changes)

    def shut(self) -> None:
        """Close the view-model."""
        self._model.close()

    def _content(self) -> QWidget:
        content = QWidget()
        across = QHBoxLayout(content)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE.medium)
        left = QWidget()
        left.setLayout(column(label("各部门", "heading"), self.department_table))
        left.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * 24)
        upper, lower = QWidget(), QWidget()
        upper.setLayout(column(label("已导入的名单", "heading"), self.file_table))
        lower.setLayout(column(row(label("逐行结果", "heading"), None, self.only_refused), self.row_table))
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(upper)
        right.addWidget(lower)
        right.setStretchFactor(0, 2)
        right.setStretchFactor(1, 3)
        right.setChildrenCollapsible(False)
        across.addWidget(left)
        across.addWidget(right, 1)
        return content

    def _pick(self, key: str) -> None:
        if key and key != self._model.state.chosen:
            self._model.choose(key)

    def _show(self) -> None:
        state = self._model.state
        self.say(f"各部门应在{state.due.month}月{state.due.day}日前提供（依据：一（一）、一（二）1）")
        if state.trouble is not None:
            again = Button("重新读取")
            again.clicked.connect(self._model.refresh)
            self.stack.show_trouble(state.trouble, again)
            return
        self.stack.show_content()
        self.departments.show_rows(state.departments)
        self.files.show_rows(state.files)
        self.rows.show_rows(state.rows)
        if state.chosen and self.file_table.current_key() != state.chosen:
            self.file_table.go_to(state.chosen)
