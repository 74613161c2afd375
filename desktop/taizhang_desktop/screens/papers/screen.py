"""空白表格, and the papers of several households: the pane of the papers as a screen of its own."""

from taizhang_desktop.screens.papers.pane import PapersPane
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.viewmodels.navigation import Destination, Place, cases_of_papers, filing_of_papers, together
from taizhang_desktop.viewmodels.papers import BlankSheets, OfCases, OfFiling, PapersModel
from taizhang_desktop.viewmodels.shell import Frame
from taizhang_desktop.viewmodels.words import month_name


class PapersScreen(DeskScreen):
    """Without households: blank sheets. Esc goes back to where one came from."""

    def __init__(self, model: PapersModel, frame: Frame) -> None:
        """Draw the view-model."""
        super().__init__("材料", model)
        self._model = model
        self._frame = frame
        self.pane = PapersPane(model, back="返回")
        self.body.addWidget(self.pane, 1)
        self.first = self.pane.table
        self.pane.left.connect(self._go_back)

    def activate(self, target: str = "") -> None:
        """``target`` names the households; empty: blank sheets."""
        cases, frozen = cases_of_papers(target), filing_of_papers(target)
        if frozen is not None:
            self.title_label.setText(f"{month_name(frozen[0])}台账")
            self._model.open(OfFiling(*frozen))
        elif cases:
            self.title_label.setText(f"{len(cases)}户的材料")
            self._model.open(OfCases(cases))
        else:
            self.title_label.setText("空白表格")
            self._model.open(BlankSheets())
        self.pane.begin()

    def _go_back(self) -> None:
        subject = self._model.view.subject
        if isinstance(subject, OfCases):
            self._frame.go(together(subject.cases))
        elif isinstance(subject, OfFiling):
            self._frame.go(Destination(Place.FILING, str(subject.month)))
        else:
            self._frame.go(Destination(Place.LEDGER))
