"""One open form of a monitored household, with what the rules say about it and the button that saves."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.monitoring_answers import MonitoringForm

from taizhang_desktop.kit.parts import Button, label, restyle, row
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.monitoring.forms import form_of
from taizhang_desktop.viewmodels.case import AGAIN
from taizhang_desktop.viewmodels.monitoring import MonitoringModel
from taizhang_desktop.viewmodels.monitoring_words import TITLES
from taizhang_desktop.viewmodels.notices import finding_line


class MonitoringFormPart(QWidget):
    """Filled with what is corrected, or empty. Enter goes through it, a last Enter saves."""

    def __init__(self, model: MonitoringModel, form: MonitoringForm) -> None:
        """Draw the form."""
        super().__init__()
        self._model = model
        self.form = form_of(model, form)
        self.form.fill(model.view.answers)
        if model.typed is not None:
            self.form.retype(model.typed)
        self.rest = label("", "finding", wrap=True)
        self.rest.setObjectName("monitoring_findings")
        self.rest.hide()
        self.save = Button("保存", "primary", Icon.SAVE)
        self.save.setObjectName("monitoring_save")
        self.leave = Button("放弃填写", "quiet")
        self.leave.setObjectName("monitoring_leave")
        self.draft = label("", "small")
        self.draft.setObjectName("monitoring_draft")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.medium)
        whole.addWidget(label(TITLES[form], "heading"))
        whole.addWidget(self.form)
        whole.addWidget(self.rest)
        whole.addLayout(row(self.leave, None, self.draft, self.save))
        self.form.edited.connect(self._keep)
        self.form.submitted.connect(self.submit)
        self.save.clicked.connect(self.submit)
        self.leave.clicked.connect(model.give_up)
        self.show_draft()

    def _keep(self) -> None:
        self._model.keep(self.form.typed())
        self.show_draft()

    def show_draft(self) -> None:
        """Say whether what is half-typed is kept."""
        self.draft.setText(self._model.draft_says)

    def submit(self) -> None:
        """Save, or have everything said that is wrong."""
        self._model.save(self.form.given(), self.form.faults())

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Beside the fields, and what belongs to none beneath the form."""
        rest = [finding_line(finding) for finding in self.form.show_findings(findings)]
        blocks = any(finding.blocks for finding in findings)
        if not blocks:
            rest.append(AGAIN)
        self.rest.setText("\n".join(rest))
        self.rest.setVisible(bool(rest))
        restyle(self.rest, tone=(Tone.OVERDUE if blocks else Tone.SOON).value)
        if not blocks:
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self) -> None:
        """After notes of the rules the button says what pressing it means."""
        self.save.setText("情况属实，保存" if self._model.view.asking else "保存")
