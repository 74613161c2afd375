"""Where the desks of locked users wait, each as it was left."""

from pathlib import Path
from typing import TYPE_CHECKING

from taizhang_casework.domain.users import UserAccount, UserId

if TYPE_CHECKING:
    from taizhang_desktop.desk import Desk

Whose = tuple[Path, UserId]


class Parking:
    """One desk a vault and user."""

    def __init__(self) -> None:
        self._desks: dict[Whose, Desk] = {}

    def park(self, desk: "Desk") -> None:
        """Keep a desk whose window was taken from the screen."""
        self._desks[desk.office.vault.folder, desk.office.account.id] = desk

    def fetch(self, folder: Path, account: UserAccount) -> "Desk | None":
        """The user's desk; None where none waits, or where she has another role by now: its screens would allow what they must not."""
        desk = self._desks.pop((folder, account.id), None)
        if desk is None or desk.office.account == account:
            return desk
        _end(desk)
        return None

    @property
    def lost(self) -> tuple[str, ...]:
        """What would be lost if the program were closed now; says whose it is and nothing of what is in it."""
        return self._lost_by("关闭程序", tuple(self._desks))

    def lost_with(self, folder: Path) -> tuple[str, ...]:
        """What :meth:`forget` of that vault would lose, said in the same way."""
        return self._lost_by("恢复备份", tuple(whose for whose in self._desks if whose[0] == folder))

    def _lost_by(self, deed: str, of: tuple[Whose, ...]) -> tuple[str, ...]:
        desks = (self._desks[whose] for whose in of)
        return tuple(
            f"{desk.office.account.name}有填写了还没有保存的内容，{deed}后会丢失。"
            for desk in desks
            if desk.window.unsaved()
        )

    def forget(self, folder: Path) -> None:
        """Give up the desks of a vault that was replaced."""
        for whose in [whose for whose in self._desks if whose[0] == folder]:
            _end(self._desks.pop(whose))

    def clear(self) -> None:
        """Give all desks up: the program ends."""
        for desk in self._desks.values():
            _end(desk)
        self._desks.clear()


def _end(desk: "Desk") -> None:
    desk.window.shut()
    desk.window.closed.emit()
    desk.window.deleteLater()
