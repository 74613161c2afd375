"""The main window: navigation, head, notice, screens, running jobs."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMessageBox, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid
from taizhang_casework.domain.changes import Changes

from taizhang_desktop.crash import Crash
from taizhang_desktop.guide.book import HelpBook
from taizhang_desktop.guide.keys import LOCK, PLACES, bind
from taizhang_desktop.guide.topics import Topic, topic_of_place
from taizhang_desktop.kit.leaving import may_lose
from taizhang_desktop.kit.parts import Button, label
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.shell.help_desk import HelpDesk
from taizhang_desktop.shell.notice_bar import NoticeBar
from taizhang_desktop.shell.screen import Screen
from taizhang_desktop.shell.sidebar import Sidebar
from taizhang_desktop.shell.task_line import TaskLine
from taizhang_desktop.shell.undo_keys import UndoKeys
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.viewmodels.shell import Header, ShellModel

ScreenMaker = Callable[[], Screen]


class MainWindow(QWidget):
    """The window of an open desk. ``closed`` is emitted once it has closed, after every screen was shut.

    ``undo_wanted``: Ctrl+Z was pressed where no text keeps it.
    """

    closed = Signal()
    undo_wanted = Signal()

    def __init__(
        self,
        model: ShellModel,
        screens: Mapping[Place, ScreenMaker],
        elsewhere: Callable[[], tuple[str, ...]] = lambda: (),
        book: HelpBook | None = None,
    ) -> None:
        """``screens`` makes the screen of each place in ``model.items``; it is called when the place is first gone to.

        ``elsewhere`` gives a sentence for each thing that would be lost with the program though no screen here has it; ``book`` has the
        pages of help, those of the rules in force where none is given.
        """
        super().__init__()
        self._elsewhere = elsewhere
        self._model = model
        self._makers = screens
        self._made: dict[Place, Screen] = {}
        self._focused: QWidget | None = None
        self.setObjectName("window")
        self.sidebar = Sidebar(model.items, can_lock=model.can_lock)
        self.head = WindowHead()
        self.notice_bar = NoticeBar()
        self.stack = QStackedWidget()
        self.task_line = TaskLine()
        self.help = HelpDesk(self, self._topic, book or HelpBook())
        self._lay_out()
        self._connect()
        self.head.show_header(model.header)
        self._title(model.header)
        self.setFocusProxy(self.sidebar.lines[model.place])
        # Tab comes into the window at the proxy: what stands above it comes after
        for before, after in pairwise((self.sidebar.lock, self.help.button, self.head.user)):
            self.setTabOrder(before, after)

    def screen_of(self, place: Place) -> Screen:
        """The screen of a place, made now if nobody went there before."""
        if place not in self._made:
            made = self._makers[place]()
            self._made[place] = made
            self.stack.addWidget(made)
            made.turned.connect(self.help.follow)
        return self._made[place]

    def open(self) -> None:
        """Go to the first screen."""
        self._model.begin()

    def go_to(self, place: Place) -> None:
        """Go to a screen as it stands."""
        self._model.go_to(place)

    def tell(self, notice: Notice) -> None:
        """Say something that concerns no screen."""
        self._model.tell(notice)

    def unsaved(self) -> tuple[str, ...]:
        """What the screens would lose, a sentence each."""
        return tuple(filter(None, (screen.unsaved() for screen in self._made.values())))

    def park(self) -> None:
        """The desk is being locked: note where the keyboard is."""
        self._focused = self.focusWidget()

    def come_back(self) -> None:
        """The desk is unlocked and the window is shown again, as it was; every screen reads anew."""
        if not self._made:
            self.open()
        for screen in tuple(self._made.values()):
            screen.read_again()
        focused, self._focused = self._focused, None
        if focused is not None and isValid(focused) and self.isAncestorOf(focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut(self) -> None:
        """Shut every screen; used when the window closes."""
        for screen in self._made.values():
            screen.shut()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask when typing would be lost."""
        lost = (*self.unsaved(), *self._elsewhere())
        if lost and not may_lose(self, lost):
            event.ignore()
            return
        self.shut()
        event.accept()
        self.closed.emit()

    def _lay_out(self) -> None:
        notice = QVBoxLayout()
        notice.setContentsMargins(SPACE.page, SPACE.medium, SPACE.page, 0)
        notice.addWidget(self.notice_bar)
        self._notice_room = QWidget()
        self._notice_room.setLayout(notice)
        self._notice_room.hide()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._notice_room)
        right.addWidget(self.stack, 1)
        right.addWidget(self.task_line)
        self._below = QHBoxLayout()
        self._below.setSpacing(0)
        self._below.addWidget(self.sidebar)
        self._below.addLayout(right, 1)
        self._below.addWidget(self.help.pane)
        self.head.tools.addWidget(self.help.button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(self._below, 1)

    def _connect(self) -> None:
        model = self._model
        self.sidebar.chosen.connect(model.go_to)
        self.sidebar.lock.clicked.connect(model.lock)
        self.head.user.setEnabled(Place.USERS in self._makers)
        self.head.user.clicked.connect(lambda: model.go_to(Place.USERS))
        self.notice_bar.closing.clicked.connect(model.hush)
        self.task_line.cancelled.connect(model.cancel)
        model.told.connect(self._tell)
        model.went.connect(self._go)
        model.badged.connect(self.sidebar.badge)
        model.headed.connect(self.head.show_header)
        model.headed.connect(self._title)
        model.ran.connect(self.task_line.show_jobs)
        model.changed.connect(self._changed)
        model.crashed.connect(self._crashed)
        for keys, item in zip(PLACES.sequences, model.items, strict=False):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda place=item.place: model.go_to(place))
        bind(LOCK, self, model.lock)
        UndoKeys(self, self.undo_wanted.emit)  # texts in which somebody typed and grids keep it for themselves
        self.help.turned.connect(self._make_room)
        QShortcut(
            QKeySequence("Esc"), self.notice_bar, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(model.hush)

    def _go(self, destination: Destination) -> None:
        screen = self.screen_of(destination.place)
        self.stack.setCurrentWidget(screen)
        self.sidebar.mark(destination.place)
        screen.activate(destination.target)
        self.help.follow()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The navigation takes no more of the width than it may; help may have to lie elsewhere."""
        super().resizeEvent(event)
        self.sidebar.fit(self.width())
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another text size leaves other room: the style comes to the window when all that stands in it has it."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.sidebar.fit(self.width())
            QTimer.singleShot(0, self, self._make_room)

    def _topic(self) -> Topic:
        screen = self.stack.currentWidget()
        own = screen.help_topic() if isinstance(screen, Screen) else None
        return own or topic_of_place(self._model.place)

    def _make_room(self) -> None:
        """Help stands beside the screen; where that is too narrow, in the navigation's place, and else over the screen's edge."""
        pane = self.help.pane
        self.help.card.place()
        free = self.width() - self.stack.minimumSizeHint().width()
        fits = free >= pane.narrowest() + self.sidebar.sizeHint().width()
        instead = not fits and free >= pane.narrowest()
        self.sidebar.setVisible(not (self.help.is_open and instead))
        beside = fits or instead
        if beside and self._below.indexOf(pane) < 0:
            self._below.addWidget(pane)
        elif not beside:
            self._below.removeWidget(pane)
            top = self.head.height()
            width = min(pane.sizeHint().width(), self.width() // 2)
            pane.setGeometry(self.width() - width, top, width, self.height() - top)
            pane.raise_()

    def _tell(self, notice: Notice | None) -> None:
        self._notice_room.setVisible(notice is not None)
        self.notice_bar.show_notice(notice)

    def _changed(self, changes: Changes) -> None:
        for screen in tuple(self._made.values()):
            screen.on_changes(changes)

    def _title(self, header: Header) -> None:
        self.setWindowTitle(f"台账 — {header.office}")

    def _crashed(self, crash: Crash) -> None:
        dialog = crash_dialog(self, crash)
        dialog.open()


class WindowHead(QFrame):
    """Office, month and user across the top."""

    def __init__(self) -> None:
        """Begin blank."""
        super().__init__()
        self.setObjectName("header")
        self.office = label("", "heading")
        self.month = label("", "muted")
        self.user = Button("", "quiet", Icon.USER)
        self.user.setObjectName("head_user")
        self.user.setToolTip("用户、口令和自动锁定")
        across = QHBoxLayout(self)
        across.setContentsMargins(SPACE.large, SPACE.tight, SPACE.small, SPACE.tight)
        across.setSpacing(SPACE.medium)
        across.addWidget(self.office)
        across.addWidget(self.month)
        across.addStretch(1)
        self.tools = QHBoxLayout()
        across.addLayout(self.tools)
        across.addWidget(self.user)

    def show_header(self, header: Header) -> None:
        """Say it."""
        self.office.setText(header.office)
        self.month.setText(header.month)
        self.user.setText(f"{header.user}（{header.role}）" if header.role else header.user)


def crash_dialog(parent: QWidget, crash: Crash) -> QMessageBox:
    """One sentence about a bug of ours, and the report to copy; non-modal use by ``open()``."""
    dialog = QMessageBox(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setIcon(QMessageBox.Icon.NoIcon)
    dialog.setWindowTitle("程序出错")
    dialog.setText("程序出了错，这一步没有完成；已保存的数据不受影响，可以继续使用。")
    dialog.setInformativeText(f"错误编号 {crash.place}，已写入日志（不含个人信息）。")
    copy = dialog.addButton("复制错误报告", QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText("\n".join((crash.exception, *crash.trail))))
    close = dialog.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    dialog.setDefaultButton(close)
    dialog.setEscapeButton(close)
    return dialog
