"""附件 in place of the case's form: the list with its deeds, the question what new files are, and the preview."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from taizhang_casework.domain.attachment import Attachment, AttachmentKind
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.giving_way import ends
from taizhang_desktop.kit.parts import Button, card, column, label, permit, row
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.kit.text_fields import TextField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.case.attachment_view import AttachmentView
from taizhang_desktop.table.columns import Align, Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.attachment_words import COPY_TIP, KINDS, chosen_words, size_words
from taizhang_desktop.viewmodels.attachments import WHY, AttachmentsModel


def _name(line: Attachment) -> str:
    return line.name if line.removal is None else f"［已移除］{line.name}"


def _why(line: Attachment) -> str:
    gone = line.removal
    return "" if gone is None else f"{gone.why}（{gone.removed_by}，{gone.removed_at:%m-%d}）"


_COLUMNS: tuple[Column[Attachment, Unsorted], ...] = (
    Column(title="类别", text=lambda line: KINDS[line.kind], width=4),
    Column(title="文件名", text=_name, tip=lambda line: line.name, width=14),
    Column(title="大小", text=lambda line: size_words(line.size), width=4, align=Align.RIGHT),
    Column(title="添加人", text=lambda line: line.added_by, width=4),
    Column(title="添加时间", text=lambda line: f"{line.added_at:%Y-%m-%d %H:%M}", width=8),
    Column(title="移到回收站的原因", text=_why, width=8),
)
_WHY = len(_COLUMNS) - 1
"""The column that is shown together with the recycle bin."""


_BELONGS_HERE = "入户照片、签字表、送达回证，拍照或扫描的都可以：JPG、PNG照片或PDF，每个不超过50MB，加密保存"


class AttachmentsPane(QWidget):
    """Enter looks at an attachment, Delete puts it into the recycle bin, Esc goes back a step. ``left``: back to the case's form."""

    left = Signal()

    def __init__(self, model: AttachmentsModel) -> None:
        """Draw the view-model."""
        super().__init__()
        self._model = model
        self._awaited = False
        self.rows: ValueTableModel[Attachment] = ValueTableModel(_COLUMNS, lambda line: line.id, self)
        self.table: ValueTable[Attachment] = ValueTable(self.rows)
        self.table.setObjectName("attachment_table")
        self.table.setAccessibleName("附件")
        self.states = StateStack(self.table)
        self.add = _named(Button("添加附件", "primary", Icon.ADD), "attachment_add")
        self.bin = _named(Button("", "quiet"), "attachment_bin")
        self.bin.setCheckable(True)
        self.back = _named(Button("返回办理", "quiet"), "attachment_back")
        self.look = _named(Button("预览", "", Icon.EYE), "attachment_look")
        self.look.setToolTip("回车")
        self.copy = _named(Button("另存…", "", Icon.SAVE), "attachment_copy")
        self.remove = _named(Button("移到回收站…"), "attachment_remove")
        self.remove.setToolTip("Delete")
        self.restore = _named(Button("恢复"), "attachment_restore")
        self.question = KindQuestion(model)
        self.reason = ReasonBar()
        self.view = AttachmentView(model)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._list())
        self.pages.addWidget(self.view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        inside = QVBoxLayout()
        inside.addWidget(self.pages)
        whole.addWidget(card(inside))
        self._connect()
        self._show()

    def begin(self) -> None:
        """Focus the list, or what fills it, as soon as it is there."""
        view = self._model.view
        self._awaited = view.busy or not view.loaded
        first = self.back if self._awaited else self.table if view.lines else self.add
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back a step, Delete asks for the reason of a removal."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        elif event.key() == Qt.Key.Key_Delete and self.remove.isVisible() and self.remove.isEnabled():
            self._ask_reason()
        else:
            super().keyPressEvent(event)

    def _list(self) -> QWidget:
        parts = column(
            ends((label("附件", "heading"),), (self.bin, self.add)),
            self.question,
            self.states,
            self.reason,
            ends((self.back,), (self.look, self.copy, self.restore, self.remove)),
            spacing=SPACE.medium,
        )
        parts.setStretchFactor(self.states, 1)
        made = QWidget()
        made.setLayout(parts)
        return made

    def _connect(self) -> None:
        model = self._model
        self.add.clicked.connect(model.add)
        self.question.answered.connect(self._keep)
        self.bin.toggled.connect(lambda on: model.show_bin(shown=on))
        self.back.clicked.connect(self.left)
        self.look.clicked.connect(self._look)
        self.copy.clicked.connect(lambda: model.copy_out(self.table.current_key()))
        self.remove.clicked.connect(self._ask_reason)
        self.restore.clicked.connect(lambda: model.restore(self.table.current_key()))
        self.table.opened.connect(lambda _: self._look())
        self.table.picked.connect(self._picked)
        self.reason.given.connect(lambda why: model.remove(self.table.current_key(), why))
        self.reason.closed.connect(self.begin)
        model.refused.connect(self.reason.show_findings)
        model.removed.connect(self.reason.close_up)
        model.changed.connect(self._show)

    def _keep(self, kind: AttachmentKind) -> None:
        self._awaited = True
        self._model.keep(kind)

    def _look(self) -> None:
        if self.look.isEnabled():
            self._model.look_at(self.table.current_key())

    def _ask_reason(self) -> None:
        if self._model.get(self.table.current_key()) is not None:
            self.reason.ask()

    def _picked(self) -> None:
        """Another row: what was asked about the one before is over."""
        if not self.reason.isHidden():
            self.reason.close_up()
        self._enable()

    def _back(self) -> None:
        view = self._model.view
        if view.preview is not None:
            self._model.look_no_more()
        elif view.asking:
            self._model.forget_chosen()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.reason.isHidden():
            self.reason.close_up()
        else:
            self.left.emit()

    def _show(self) -> None:
        view = self._model.view
        held = self.isVisible() and (self._awaited or self._holds_focus())
        self.rows.show_rows(view.lines)
        if view.lines and not self.table.current_key():
            self.table.go_to(view.lines[0].id)
        self.bin.setText("收起回收站" if view.with_bin else f"回收站（{view.binned}）")
        self.bin.setVisible(view.binned > 0)
        self.bin.setChecked(view.with_bin)
        self.table.setColumnHidden(_WHY, not view.with_bin)
        self._show_state()
        self.question.show_chosen(view.asking)
        self.view.show_preview(view.preview)
        before = self.pages.currentWidget()
        self.pages.setCurrentIndex(0 if view.preview is None else 1)
        self._enable()
        if held:
            self._keep_focus(turned=before is not self.pages.currentWidget())

    def _show_state(self) -> None:
        view = self._model.view
        if view.trouble is not None:
            self.states.show_trouble(view.trouble, self._model.refresh)
        elif not view.loaded:
            self.states.show_loading()
        elif not view.lines:
            says = "还没有附件" if not view.binned else "附件都在回收站里"
            self.states.show_empty(says, _BELONGS_HERE)
        else:
            self.states.show_content()

    def _enable(self) -> None:
        view = self._model.view
        line = self._model.get(self.table.current_key())
        gone = line is not None and line.removal is not None
        self.add.setEnabled(not view.busy and not view.asking and view.loaded)
        for button in (self.look, self.copy, self.remove, self.restore):
            button.setEnabled(line is not None and not view.busy)
            button.setVisible(bool(view.lines))
        permit(self.copy, self._model.may_not_copy, can=line is not None and not view.busy, tip=COPY_TIP)
        self.remove.setVisible(bool(view.lines) and not gone)
        self.reason.show_busy(busy=view.busy)
        self.restore.setVisible(gone)

    def _holds_focus(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _keep_focus(self, *, turned: bool) -> None:
        """The keyboard stays in the pane where the part that had it is hidden or disabled."""
        if turned and self._model.view.preview is not None:
            self.view.begin()
        elif turned or self._awaited:
            self.begin()
        elif not self._model.view.busy and not self.question.isVisible() and self.reason.isHidden():
            focused: QWidget | None = self.window().focusWidget()
            if focused is None or not focused.isVisible() or not focused.isEnabled():
                self.begin()


REMOVE = "确认移除"
"""Beside 移到回收站…, which only asks why."""


class KindQuestion(QWidget):
    """What the files are that were just chosen: asked once for all of them. ``answered`` carries an AttachmentKind."""

    answered = Signal(object)

    def __init__(self, model: AttachmentsModel) -> None:
        """Begin hidden."""
        super().__init__()
        self.words = label("", wrap=True)
        self.buttons = tuple(_named(Button(words), f"attachment_{kind.value}") for kind, words in KINDS.items())
        for kind, button in zip(KINDS, self.buttons, strict=True):
            button.clicked.connect(lambda _=False, kind=kind: self.answered.emit(kind))
        self.none = _named(Button("不添加", "quiet"), "attachment_none")
        self.none.clicked.connect(model.forget_chosen)
        self.setLayout(column(card(column(self.words, ends(self.buttons, (self.none,))))))
        self.hide()

    def show_chosen(self, paths: tuple[Path, ...]) -> None:
        """Ask about these; none hides the question."""
        asked = bool(paths) and self.isHidden()
        self.words.setText(chosen_words(paths) if paths else "")
        self.setVisible(bool(paths))
        if asked:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)


class ReasonBar(QWidget):
    """Why something is put into the recycle bin. ``given`` carries the reason, ``closed``: no more of it."""

    given = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.field = TextField(WHY, "移除原因", most=100, required=True)
        self.field.line.setObjectName("attachment_why")
        self.yes = _named(Button(REMOVE), "attachment_remove_now")
        self.no = _named(Button("不移除", "quiet"), "attachment_remove_not")
        across = row(self.field)
        across.addLayout(column(label("", "field"), row(self.yes, self.no), None, spacing=SPACE.tight))
        self.setLayout(across)
        self.field.line.returnPressed.connect(self._give)
        self.yes.clicked.connect(self._give)
        self.no.clicked.connect(self.close_up)
        self.hide()

    def ask(self) -> None:
        """Ask about the attachment that is chosen in the list."""
        self.field.set_value("")
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """What is wrong with the reason."""
        self.field.show_findings(findings)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_busy(self, *, busy: bool) -> None:
        """Whether it is being removed: what was wrong before is wrong no more."""
        if busy:
            self.field.show_findings(())
        self.yes.setEnabled(not busy)
        self.yes.setText("正在移除……" if busy else REMOVE)

    def close_up(self) -> None:
        """Ask no more."""
        self.hide()
        self.closed.emit()

    def _give(self) -> None:
        if self.yes.isEnabled() and not self.field.faults():
            self.given.emit(self.field.value())


def _named(button: Button, name: str) -> Button:
    button.setObjectName(name)
    return button
