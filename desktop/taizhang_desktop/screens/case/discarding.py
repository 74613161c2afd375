"""移到回收站: the reason, or every reason why the line has to stay."""

from PySide6.QtCore import Qt
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.parts import Button, chip, label, row
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.screens.case.panels import FormPanel, Panel
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet
from taizhang_desktop.viewmodels.notices import finding_line

_INTRO = "只移走登记错了的。移走以后不在台账、待办和报送里，也查不到；在“预警台账”的“回收站”里可以恢复，和原来一样。"


class DiscardingPanel(FormPanel):
    """Why the line was a mistake."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw the form under what it does."""
        super().__init__(model, sheet)
        self.body.insertWidget(1, label(_INTRO, "muted", wrap=True))


class StayingPanel(Panel):
    """A line that has to stay where it is: every reason at once, and the way back."""

    def __init__(self, model: CaseModel, why: tuple[Finding, ...], mark: str) -> None:
        """Say them, ``mark`` before each."""
        super().__init__(model.view.title)
        for at, finding in enumerate(why):
            words = label(finding_line(finding), wrap=True, select=True)
            words.setObjectName(f"case_stays_{at}")
            across = row(chip(mark, Tone.OVERDUE))
            across.addWidget(words, 1)
            self.body.addLayout(across)
        self.back = Button("返回办理", "primary")
        self.back.setObjectName("case_stays_back")
        self.back.clicked.connect(model.choose_due)
        self.body.addLayout(row(None, self.back))
        self.body.addStretch(1)

    def begin(self) -> None:
        """Back is all that there is to do."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
