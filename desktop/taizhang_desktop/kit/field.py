"""A labelled field with what the rules say about it beneath, and the form that holds fields."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.giving_way import Evenly
from taizhang_desktop.kit.parts import label, restyle, set_tone
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.viewmodels.notices import finding_line

ENTER_MOVES_ON = "enter_moves_on"
"""Property of a button or box in which Enter goes to the next field instead of pressing it."""
OWN_ENTER = "own_enter"
"""Property of a part that goes on by itself: Enter is its own until it emits :attr:`Field.passed`."""


_LEAST = 7
"""Characters that a field of a row has room for."""


class Field(QWidget):
    """Base of all fields. ``name`` is the name in code that :class:`Finding` values use; ``edited`` is emitted by the user's hand only.

    ``passed``: Enter was pressed at the end of a field of many parts, and the form goes on. Each kind
    adds ``value()`` and ``set_value(…)`` of its own type.
    """

    edited = Signal()
    passed = Signal()

    def __init__(self, name: str, title: str, editor: QWidget, *, hint: str = "", required: bool = False) -> None:
        """``title`` stands above the editor; ``hint`` beneath it while there is no finding."""
        super().__init__()
        self.name = name
        self.title = title
        self.hint = hint
        self.editor = editor
        self.title_label = label(f"{title} *" if required else title, "field")
        self.below = label(hint, "finding", wrap=True)
        self.title_label.setBuddy(editor)
        editor.setAccessibleName(title)
        self.setFocusProxy(editor)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.tight)
        whole.addWidget(self.title_label)
        whole.addWidget(editor)
        whole.addWidget(self.below)
        whole.addStretch(1)
        self._findings: tuple[Finding, ...] = ()
        self._say()

    def faults(self) -> tuple[Finding, ...]:
        """What cannot be taken over as it is typed (no day, too long); a form with faults is not sent."""
        return ()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what is said about this field; empty takes it away."""
        self._findings = tuple(findings)
        self._say()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is shown beneath."""
        return self._findings

    def show_hint(self, hint: str) -> None:
        """Another hint."""
        self.hint = hint
        self._say()

    def _touched(self) -> None:
        """The user changed it: what was said about the old value no longer holds."""
        self.show_findings(self.faults())
        self.edited.emit()

    def _say(self) -> None:
        blocks = any(finding.blocks for finding in self._findings)
        says = "\n".join(map(finding_line, self._findings)) or self.hint
        tone = Tone.OVERDUE if blocks else Tone.SOON if self._findings else Tone.PLAIN
        self.below.setText(says)
        self.below.setVisible(bool(says))
        set_tone(self.below, tone)
        restyle(self.editor, wrong="true" if blocks else "false")
        self.editor.setAccessibleDescription(says)


class Form(QWidget):
    """Fields one beneath the other, or several in a row. Enter goes to the next field, in the last one it submits.

    ``submitted`` is emitted by Enter in the last field and by Ctrl+Enter anywhere; ``edited`` by any field.
    """

    submitted = Signal()
    edited = Signal()

    def __init__(self) -> None:
        """Begin without fields."""
        super().__init__()
        self.fields: list[Field] = []
        self._lines: list[Evenly] = []
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(SPACE.medium)

    def add(self, *fields: Field) -> None:
        """Add a row of fields, of equal width."""
        across = Evenly(SPACE.large, SPACE.medium)
        self._lines.append(across)
        for field in fields:
            self.fields.append(field)
            across.addWidget(field)
            field.edited.connect(self.edited)
            field.passed.connect(partial(self._next, field))
            for part in (field.editor, *field.editor.findChildren(QWidget)):
                part.installEventFilter(self)
        self.rows.addLayout(across)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The larger the text, the fewer fields in a row."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def section(self, title: str, hint: str = "") -> QLabel:
        """Begin a part of a long form under a heading; the label beside it can say more later."""
        line = QFrame()
        line.setProperty("kind", "line")
        said = label(hint, "muted", wrap=True)
        across = QHBoxLayout()
        across.setSpacing(SPACE.medium)
        across.addWidget(label(title, "heading"))
        across.addWidget(said, 1)
        self.rows.addWidget(line)
        self.rows.addLayout(across)
        return said

    def _fit(self) -> None:
        least = self.fontMetrics().horizontalAdvance("国") * _LEAST
        for line in self._lines:
            line.least = least
            line.invalidate()

    def faults(self) -> tuple[Finding, ...]:
        """The faults of all fields, shown beside them; the first such field gets the focus."""
        found = tuple(fault for field in self.fields for fault in field.faults())
        if found:
            self.show_findings(found)
        return found

    def show_findings(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Show each finding beside its field, focus the first that blocks; those that belong to no field here are returned."""
        names = {field.name for field in self.fields}
        for field in self.fields:
            field.show_findings([finding for finding in findings if finding.field == field.name])
        blocked = {finding.field for finding in findings if finding.blocks}
        first = next((field for field in self.fields if field.name in blocked), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return tuple(finding for finding in findings if finding.field not in names)

    def clear_findings(self) -> None:
        """Take all findings away."""
        for field in self.fields:
            field.show_findings(())

    def at_end(self) -> None:
        """Enter in the last field."""
        self.submitted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter as people of the number pad expect it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, watched: QWidget, event: QKeyEvent) -> bool:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
            return True
        if watched.property(OWN_ENTER):
            return False
        if isinstance(watched, QPlainTextEdit | QAbstractButton) and not watched.property(ENTER_MOVES_ON):
            return False
        self._next(watched)
        return True

    def _next(self, watched: QWidget) -> None:
        shown = [field for field in self.fields if field.isVisibleTo(self) and field.editor.isEnabled()]
        here = next((at for at, field in enumerate(shown) if field is watched or field.isAncestorOf(watched)), None)
        if here is None:
            return
        if here + 1 == len(shown):
            self.at_end()
        else:
            shown[here + 1].setFocus(Qt.FocusReason.TabFocusReason)
