"""The vault's news, brought from whatever thread they come up in to the window."""

from functools import partial
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Qt, Signal, Slot
from taizhang_casework.domain.trouble import OfficeTrouble

from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.bootstrap.vault_news import is_doubt, leave, listen, take_down
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Runner, Troubled
from taizhang_desktop.viewmodels.notices import trouble_notice
from taizhang_desktop.viewmodels.shell import Frame


class HasScopes(Protocol):
    """What gives runners."""

    def scope(self) -> Runner:
        """A runner for one."""
        ...


class VaultNewsBox(QObject):
    """Tells the window what the vault of an office has to tell; a doubt is journalled in the worker's thread."""

    _came = Signal(object)

    def __init__(self, office: OpenOffice, worker: HasScopes, frame: Frame, parent: QObject) -> None:
        """Begin to listen."""
        super().__init__(parent)
        self._office = office
        self._runner = worker.scope()
        self._frame = frame
        self._hear = self._came.emit
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.listen()

    def listen(self) -> None:
        """Hear the vault again, after another user's desk heard it meanwhile."""
        listen(self._office, self._hear)

    def end(self) -> None:
        """The window is closed: what comes from now on waits for the next one. The box is not used again."""
        leave(self._office, self._hear)
        self.deleteLater()

    @Slot(object)
    def _tell(self, news: OfficeTrouble) -> None:
        notice = trouble_notice(Troubled(news.happened, news.safe, news.do))
        if is_doubt(news):
            self._runner.run(partial(take_down, self._office, news), lambda _: None)
        else:
            notice = msgspec.structs.replace(notice, tone=Tone.SOON)
        self._frame.tell(notice)
