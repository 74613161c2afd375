"""The page that asks which office to open, where a PC has several."""

from functools import partial

from taizhang_desktop.guide.topics import Topic
from taizhang_desktop.kit.parts import Button
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.start.page import StartPage
from taizhang_desktop.viewmodels.offices import Vaults


class VaultsPage(StartPage):
    """One button for each office; arrow keys and Enter work as in a list."""

    def __init__(self, model: Vaults) -> None:
        """Offer every vault in ``model``."""
        super().__init__(Icon.HOUSE, "打开哪个单位的台账？", "这台电脑上有以下单位的台账", Topic.OFFICES)
        self.buttons = tuple(Button(folder.name, "choice", Icon.LEDGER) for folder in model.folders)
        for button, folder in zip(self.buttons, model.folders, strict=True):
            button.setObjectName(f"office_{folder.name}")
            button.clicked.connect(partial(model.choose, folder))
            self.body.addWidget(button)
        if model.found_another is not None:
            another = Button("新建另一个单位的台账", "quiet", Icon.ADD)
            another.setObjectName("found_another")
            another.clicked.connect(model.found_another)
            self.body.addWidget(another)
        if self.buttons:
            self.setFocusProxy(self.buttons[0])
