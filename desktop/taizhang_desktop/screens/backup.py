"""数据备份: how old the newest backup is, the list of backups, a backup to a stick, and the way to a restore."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from taizhang_desktop.kit.parts import Button, card, chip, column, label, permit, row, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.columns import Align, Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.backup import BackupLine, BackupModel

_COLUMNS: tuple[Column[BackupLine, Unsorted], ...] = (
    Column(title="备份时间", text=lambda line: line.made, width=13),
    Column(title="存放在", text=lambda line: line.place, width=7),
    Column(title="大小", text=lambda line: line.size, width=5, align=Align.RIGHT),
    Column(title="验证", text=lambda line: line.proof, tone=lambda line: line.tone, width=6),
    Column(title="文件", text=lambda line: line.name, width=12),
)
_ADVICE = (
    "每天第一次打开时自动备份一次，保留最近7天、4周、12个月的。自动备份和台账在同一块硬盘上，"
    "硬盘坏了会一起丢失，所以每周还要备份到U盘，U盘放在别处保管。"
)


class BackupScreen(DeskScreen):
    """数据备份."""

    def __init__(self, model: BackupModel) -> None:
        """Draw the view-model."""
        super().__init__("数据备份", model)
        self._model = model
        self.restore = Button("从备份恢复")
        self.restore.setObjectName("go_to_restore")
        self.make = Button("备份到U盘", "primary", Icon.SAVE)
        self.make.setObjectName("make_backup")
        permit(self.restore, model.may_not_restore)
        self.action_row.addWidget(self.restore)
        self.action_row.addWidget(self.make)
        self.newest = chip("")
        self.newest.setObjectName("newest_backup")
        self.stick = chip("")
        self.stick.setObjectName("newest_on_stick")
        self.rows: ValueTableModel[BackupLine] = ValueTableModel(_COLUMNS, lambda line: line.record.id, self)
        self.table: ValueTable[BackupLine] = ValueTable(self.rows)
        self.table.setObjectName("backup_table")
        self.table.setAccessibleName("备份")
        self.register = StateStack(self.table)
        self.stack = StateStack(self._content())
        self.stack.show_loading()
        self.body.addWidget(self.stack, 1)
        self.first = self.make
        self.setTabOrder(self.make, self.restore)
        self.setTabOrder(self.restore, self.table)
        self.make.clicked.connect(model.make)
        self.restore.clicked.connect(model.restore)
        model.changed.connect(self._show)

    def _content(self) -> QWidget:
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.medium)
        newest = column(label("最近一次备份", "field"), row(self.newest, None), spacing=SPACE.tight)
        stick = column(label("最近一次备份到U盘", "field"), row(self.stick, None), spacing=SPACE.tight)
        both = row(spacing=SPACE.page)
        both.addLayout(newest)
        both.addLayout(stick)
        both.addStretch(1)
        whole.addWidget(card(column(both, label(_ADVICE, "muted", wrap=True), spacing=SPACE.medium)))
        whole.addWidget(self.register, 1)
        return content

    def _show(self) -> None:
        state = self._model.state
        if state.making and self.make.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.make.setEnabled(not state.making)
        self.make.setText("正在备份……" if state.making else "备份到U盘")
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
            return
        if not state.loaded:
            self.stack.show_loading()
            return
        self.stack.show_content()
        for made, words, tone in (
            (self.newest, state.newest, state.newest_tone),
            (self.stick, state.stick, state.stick_tone),
        ):
            made.setText(words)
            set_tone(made, tone)
        self.rows.show_rows(state.lines)
        if state.lines:
            self.register.show_content()
        else:
            self.register.show_empty("还没有备份", "插上U盘，按“备份到U盘”，选一个文件夹")
