"""The page that restores a backup: choose it, have it proved, see what would be lost, and only then put it in place."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QWidget
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.guide.topics import Topic
from taizhang_desktop.kit.field import Form
from taizhang_desktop.kit.parts import Button, card, column, label, row, set_tone
from taizhang_desktop.kit.text_fields import TextField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.start.page import StartPage
from taizhang_desktop.start.secret_field import SecretField
from taizhang_desktop.viewmodels.backup_words import holds, lacks, loss_words, moment
from taizhang_desktop.viewmodels.key import KeyKind
from taizhang_desktop.viewmodels.restore import Checked
from taizhang_desktop.viewmodels.restore_model import RestoreModel

INTRO = "先检查备份、与本机现有的台账比较，确认后才替换；现有的台账会原样保留"


class RestorePage(StartPage):
    """One thing after the other, on one page."""

    def __init__(self, model: RestoreModel) -> None:
        """Begin with the choice of the file."""
        super().__init__(Icon.SAVE, "从备份恢复", INTRO, Topic.RESTORE)
        self._model = model
        model.setParent(self)
        self.choose = Button("选择备份文件", icon=Icon.SEARCH)
        self.choose.setObjectName("choose_backup")
        self.file = label("还没有选择", "muted", wrap=True)
        self.no_file = label("", "finding")
        set_tone(self.no_file, Tone.OVERDUE)
        self.no_file.hide()
        self.passphrase = SecretField("key", "备份当天的口令", hint="口令改过的，用改以前的")
        self.code = TextField("key", "备份当天的恢复码", most=200, hint="不分大小写，横线可省略")
        self.forms = {KeyKind.PASSPHRASE: Form(), KeyKind.RECOVERY_CODE: Form()}
        self.forms[KeyKind.PASSPHRASE].add(self.passphrase)
        self.forms[KeyKind.RECOVERY_CODE].add(self.code)
        self.progress = ProgressRow(model)
        self.found = FoundCard()
        self.other = Button("", "quiet")
        self.other.setObjectName("restore_other_key")
        self.back = Button("返回")
        self.back.setObjectName("restore_back")
        self.check = Button("检查备份", "primary")
        self.check.setObjectName("check_backup")
        self.restore = Button("恢复这份备份", "primary")
        self.restore.setObjectName("restore_backup")
        self._lay_out()
        self._connect()
        self._show()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is closed while the folders change places; it takes a moment."""
        if self._model.state.switching or not self.may_close():
            event.ignore()
            return
        self._model.leave()
        event.accept()

    def give_up(self) -> bool:
        """Leave, because the desk is being locked; False while the folders change places, which takes a moment."""
        if self._model.state.switching:
            return False
        self._model.leave()
        return True

    def _lay_out(self) -> None:
        self.body.addLayout(row(self.choose, None))
        self.body.addWidget(self.file)
        self.body.addWidget(self.no_file)
        for form in self.forms.values():
            self.body.addWidget(form)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.found)
        self.body.addLayout(row(self.other, None, self.back, self.check, self.restore))
        self.setFocusProxy(self.choose)

    def _connect(self) -> None:
        model = self._model
        self.choose.clicked.connect(model.choose)
        self.other.clicked.connect(model.turn)
        self.back.clicked.connect(model.back)
        self.check.clicked.connect(self._check)
        self.restore.clicked.connect(model.switch)
        for form in self.forms.values():
            form.submitted.connect(self._check)
        model.changed.connect(self._show)
        model.found_fault.connect(self._fault)
        model.failed.connect(self.show_failure)

    def _check(self) -> None:
        if self._model.state.kind is KeyKind.RECOVERY_CODE:
            self._model.check(self.code.value())
        elif not self.forms[KeyKind.PASSPHRASE].faults():
            self._model.check(self.passphrase.value())

    def _show(self) -> None:
        state = self._model.state
        by_code = state.kind is KeyKind.RECOVERY_CODE
        open_question = state.checked is None
        for kind, form in self.forms.items():
            form.setVisible(kind is state.kind and open_question)
            form.setEnabled(not state.busy)
        self.file.setText("还没有选择" if state.file is None else str(state.file))
        self.other.setText("改用口令" if by_code else "改用恢复码")
        self.other.setVisible(open_question)
        self.choose.setVisible(open_question)
        self.progress.show_percent(state.percent)
        self.found.show_checked(state.checked)
        self.check.setVisible(open_question)
        self.restore.setVisible(not open_question)
        self.restore.setText("正在恢复……" if state.switching else "恢复这份备份")
        for part in (self.choose, self.other, self.back, self.check, self.restore):
            part.setEnabled(not state.busy)
        self._focus()

    def _focus(self) -> None:
        """The next thing to do has the focus; never the button that replaces."""
        state = self._model.state
        if state.busy:
            where: QWidget = self.progress.cancel
        elif state.checked is not None:
            where = self.back
            self.passphrase.clear()
            self.code.set_value("")
        elif state.file is None:
            where = self.choose
        else:
            where = self.passphrase if state.kind is KeyKind.PASSPHRASE else self.code
        self.setFocusProxy(where)
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        missing = [finding.says for finding in findings if finding.field == "file"]
        self.no_file.setText("".join(missing))
        self.no_file.setVisible(bool(missing))
        self.forms[self._model.state.kind].show_findings([each for each in findings if each.field != "file"])


class ProgressRow(QWidget):
    """How far the check is, and a way to stop it."""

    def __init__(self, model: RestoreModel) -> None:
        """Begin hidden."""
        super().__init__()
        self.words = label("正在检查备份，请勿拔出U盘")
        self.bar = QProgressBar()
        self.bar.setTextVisible(True)
        self.cancel = Button("取消", "quiet")
        self.cancel.setObjectName("cancel_check")
        self.setLayout(column(self.words, row(self.bar, self.cancel)))
        self.cancel.clicked.connect(model.cancel)
        self.hide()

    def show_percent(self, percent: int | None) -> None:
        """Show it; None hides the row."""
        self.setVisible(percent is not None)
        self.bar.setValue(percent or 0)


class FoundCard(QWidget):
    """What was found in the backup, and what a restore would lose."""

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.whose = label("", "heading", wrap=True)
        self.content = label("", wrap=True)
        self.lacking = label("", "finding", wrap=True)
        self.loss = label("", "finding", wrap=True)
        self.loss.setObjectName("restore_loss")
        self.kept = label("现有的台账不会删除：整个文件夹移到 replaced 里，原样保留。", "muted", wrap=True)
        set_tone(self.lacking, Tone.SOON)
        inside = column(self.whose, self.content, self.lacking, self.loss, self.kept, spacing=SPACE.small)
        self.setLayout(column(card(inside)))
        self.hide()

    def show_checked(self, checked: Checked | None) -> None:
        """Show it; None hides the card."""
        self.setVisible(checked is not None)
        if checked is None:
            return
        face = checked.face
        self.whose.setText(f"备份完好：{face.office}，{moment(face.made_at)}")
        self.content.setText(holds(face))
        self.lacking.setText(lacks(face))
        self.lacking.setVisible(bool(face.lacking))
        self.loss.setText(loss_words(checked.loss, replaces=checked.replaces))
        loses = checked.replaces and (checked.loss is None or checked.loss.changes > 0)
        set_tone(self.loss, Tone.OVERDUE if loses else Tone.DONE)
        self.kept.setVisible(checked.replaces)
