"""用户: one's own passphrase for everybody; the users, the recovery code and the keys for an administrator."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QTabWidget
from taizhang_casework.domain.changes import Changes

from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.users.card import cards
from taizhang_desktop.screens.users.keys import CodeCard, KeysCard
from taizhang_desktop.screens.users.own import IdleCard, OwnCard
from taizhang_desktop.screens.users.people import PeoplePart
from taizhang_desktop.screens.users.seal import SealPart
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.viewmodels.office_seal import SealModel
from taizhang_desktop.viewmodels.users import ADD, Deed, UsersModel


class UsersScreen(DeskScreen):
    """Tabs for an administrator; for others one's own passphrase alone."""

    def __init__(self, model: UsersModel, seal: SealModel | None = None) -> None:
        """Draw the view-model, and that of the office's seal."""
        super().__init__("用户" if model.manages else "我的口令", model)
        self._model = model
        self.own = OwnCard(model)
        self.idle = IdleCard(model)
        own = cards(self.own, self.idle, margin=SPACE.medium)
        self.first = self.own.old
        self.tabs = QTabWidget()
        self.tabs.setObjectName("users_tabs")
        self.people: PeoplePart | None = None
        self.code: CodeCard | None = None
        self.keys: KeysCard | None = None
        self.seal: SealPart | None = None
        self._seal = seal
        if not model.manages:
            self.body.addWidget(own, 1)
            return
        self.people, self.code, self.keys = PeoplePart(model), CodeCard(model), KeysCard(model)
        self.tabs.addTab(self.people, "本机用户")
        self.tabs.addTab(own, "我的口令")
        self.tabs.addTab(cards(self.code, self.keys, margin=SPACE.medium), "恢复码和密钥")
        if seal is not None:
            self.seal = SealPart(seal)
            self.tabs.addTab(self.seal, "电子印章")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.body.addWidget(self.tabs, 1)
        self.first = self.tabs.tabBar()

    def unsaved(self) -> str:
        """A fresh recovery code that nobody has kept yet: it is shown once, and the old one is dead."""
        if self._model.state.code:
            return "用户：新的恢复码还没有保存，旧的已经作废。"
        half = self.own.half_typed() or (self.people is not None and self.people.half_typed())
        return "用户：口令不会保存下来，关闭以后要重新输入。" if half else ""

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Left for another screen: what is half-typed is written now."""
        self._model.leave()
        super().hideEvent(event)

    def activate(self, target: str = "") -> None:
        """Read anew; the keyboard begins where typing does."""
        super().activate(target)
        if self._seal is not None:
            self._seal.refresh()
        if target == ADD and self.people is not None:
            self.tabs.setCurrentWidget(self.people)
            self.people.begin(Deed.ADD)
        if not self._model.manages:
            self.own.old.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """The seal too."""
        super().read_again()
        if self._seal is not None:
            self._seal.refresh()

    def on_changes(self, changes: Changes) -> None:
        """The seal too."""
        super().on_changes(changes)
        if self._seal is not None:
            self._seal.on_changes(changes)

    def shut(self) -> None:
        """The seal too."""
        super().shut()
        if self._seal is not None:
            self._seal.close()
