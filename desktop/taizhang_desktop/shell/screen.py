"""What a screen is: a widget that takes its view-model and nothing else."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from taizhang_casework.domain.changes import Changes

from taizhang_desktop.guide.topics import Topic
from taizhang_desktop.kit.flow import Flow
from taizhang_desktop.kit.giving_way import TwoEnds
from taizhang_desktop.kit.parts import YieldingLabel, label
from taizhang_desktop.look.tokens import SPACE


class Screen(QWidget):
    """Base of the screens: a title row with room for actions, and a body. Made once, when first gone to; then kept.

    A subclass takes its view-model, fills ``body`` and ``action_row`` (at most one primary button), and overrides what it needs
    of :meth:`activate`, :meth:`on_changes`, :meth:`unsaved` and :meth:`shut`. ``turned``: another page of help holds now.
    """

    turned = Signal()

    def __init__(self, title: str, intro: str = "") -> None:
        """``title`` and ``intro`` (one muted sentence) are Chinese."""
        super().__init__()
        self.setObjectName("page")
        self.title = title
        self.title_label = label(title, "title")
        self.intro_label = YieldingLabel(intro)
        self.intro_label.setVisible(bool(intro))
        self.action_row = Flow(SPACE.small)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE.medium)
        words = QHBoxLayout()
        words.setSpacing(SPACE.medium)
        words.addWidget(self.title_label)
        words.addWidget(self.intro_label)
        words.addStretch(1)
        head = TwoEnds(words, self.action_row, SPACE.medium)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.page, SPACE.large, SPACE.page, SPACE.large)
        whole.setSpacing(SPACE.medium)
        whole.addLayout(head)
        whole.addLayout(self.body, 1)

    def say(self, intro: str) -> None:
        """Another sentence beside the title."""
        self.intro_label.setText(intro)
        self.intro_label.setVisible(bool(intro))

    def activate(self, target: str = "") -> None:
        """Gone to; ``target`` is the id of what to show (empty: as it stands). Load here, never in the constructor."""

    def on_changes(self, changes: Changes) -> None:
        """An operation touched something: load anew only what is shown and touched. Called for every screen that was made."""

    def read_again(self) -> None:
        """The desk was unlocked again: read anew what is shown, it may be another day; focus, place and typing stay."""

    def help_topic(self) -> Topic | None:
        """The page of help about what is shown, None: the one of the screen as it opens."""
        return None

    def unsaved(self) -> str:
        """A Chinese sentence about typing that would be lost, empty when there is none; asked before the window closes."""
        return ""

    def shut(self) -> None:
        """The window closes or is locked: close the view-model's runner."""
