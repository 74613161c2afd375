"""What both pages before the desk have in common: a card in the middle of the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from taizhang_desktop.guide.book import HelpBook
from taizhang_desktop.guide.topics import Topic
from taizhang_desktop.kit.leaving import may_lose
from taizhang_desktop.kit.parts import Button, IconLabel, Scrolled, label, row
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.shell.help_desk import HelpDesk
from taizhang_desktop.shell.notice_bar import NoticeBar
from taizhang_desktop.tasks import Crashed, Failure, Troubled
from taizhang_desktop.viewmodels.notices import Notice, trouble_notice

CARD_WIDTH = 40
"""In Chinese characters."""


def _nothing() -> tuple[str, ...]:
    return ()


class StartPage(QWidget):
    """A card with a heading, a bar for trouble, and a body; it scrolls where the screen is small or the text large.

    ``elsewhere`` gives a sentence for each thing that would be lost with the program, such as the forms of locked desks.
    """

    def __init__(self, icon: Icon, heading: str, intro: str, topic: Topic) -> None:
        """``heading`` and ``intro`` are Chinese; ``topic`` is the page of help."""
        super().__init__()
        self.help = HelpDesk(self, lambda: topic, HelpBook())
        self.elsewhere: Callable[[], tuple[str, ...]] = _nothing
        self.setObjectName("page")
        self.heading = label(heading, "title", wrap=True)
        self.intro = label(intro, "muted", wrap=True)
        self.notice_bar = NoticeBar()
        self.notice_bar.closing.clicked.connect(lambda: self.notice_bar.show_notice(None))
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE.medium)
        top = QHBoxLayout()
        top.setSpacing(SPACE.medium)
        top.addWidget(IconLabel(icon, 32, Tone.INFO), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(SPACE.tight)
        words.addWidget(self.heading)
        words.addWidget(self.intro)
        top.addLayout(words, 1)
        card = QFrame()
        card.setProperty("kind", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(28, 24, 28, 24)
        inner.setSpacing(SPACE.large)
        inner.addLayout(top)
        inner.addWidget(self.notice_bar)
        inner.addLayout(self.body)
        self.foot = row(None)
        inner.addLayout(self.foot)
        self._card = card
        self._fit()
        room = QWidget()
        across = QHBoxLayout(room)
        across.addStretch(1)
        across.addWidget(card, 30, Qt.AlignmentFlag.AlignVCenter)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        help_row = row(None, self.help.button)
        help_row.setContentsMargins(SPACE.small, SPACE.small, SPACE.small, 0)
        whole.addLayout(help_row)
        beside = row(Scrolled(room), self.help.pane, spacing=0)
        beside.setStretch(0, 1)
        whole.addLayout(beside, 1)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Larger text, a wider card."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self._card.setMaximumWidth(self.fontMetrics().horizontalAdvance("国") * CARD_WIDTH + 56)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask where something would be lost with the program."""
        event.setAccepted(self.may_close())

    def may_close(self) -> bool:
        """Whether nothing would be lost, or the user lets it go."""
        lost = self.elsewhere()
        return not lost or may_lose(self, lost)

    def offer(self, words: str, deed: Callable[[], None]) -> Button:
        """One more way on from here, at the foot of the card."""
        made = Button(words, "quiet")
        made.clicked.connect(deed)
        self.foot.insertWidget(self.foot.count() - 1, made)
        return made

    def show_failure(self, failure: Failure | None) -> None:
        """Say what went wrong; None takes it away."""
        match failure:
            case Troubled():
                self.notice_bar.show_notice(trouble_notice(failure))
            case Crashed(crash):
                says = "程序出了错，这一步没有完成；已保存的数据不受影响，请再试一次。"
                lines = (f"错误编号 {crash.place}，已写入日志（不含个人信息）。",)
                self.notice_bar.show_notice(Notice(tone=Tone.OVERDUE, says=says, lines=lines))
            case _:
                self.notice_bar.show_notice(None)
