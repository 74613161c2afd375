"""改归另一户: the panel around its form."""

from taizhang_desktop.kit.parts import label
from taizhang_desktop.screens.case.panels import FormPanel
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet


class MovingPanel(FormPanel):
    """Where the line stands now, and where it belongs."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw the form under the household of now."""
        super().__init__(model, sheet)
        people = "、".join(person.name for person in sheet.members)
        now = f"现在归在{sheet.who}户（{people}）。归错了的在这里改归；还没有办理记录的才能直接改归。"
        self.body.insertWidget(1, label(now, "muted", wrap=True))
