"""What the vault tells by itself while it is open: who hears it, and what of it is journalled."""

from collections.abc import Callable

from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_db.doubts import VaultDoubts
from taizhang_db.trouble import Doubtful

from taizhang_desktop.bootstrap.office import OpenOffice


def listen(office: OpenOffice, tell: Callable[[OfficeTrouble], None]) -> None:
    """Let ``tell`` be called with each piece of news, in whatever thread it comes up."""
    office.vault.news.listen(tell)


def leave(office: OpenOffice, tell: Callable[[OfficeTrouble], None]) -> None:
    """Let ``tell`` be called no more; nothing where another one is told meanwhile."""
    office.vault.news.leave(tell)


def is_doubt(news: OfficeTrouble) -> bool:
    """Whether it says that the data may not be the newest."""
    return isinstance(news, Doubtful)


def take_down(office: OpenOffice, news: OfficeTrouble) -> None:
    """Journal a doubt; nothing for other news. Raises OfficeTrouble."""
    if isinstance(news, Doubtful):
        VaultDoubts(office.vault, office.store).take_down(news, office.work.user)
