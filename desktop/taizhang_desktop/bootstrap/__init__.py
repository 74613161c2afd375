"""Where the rooms are put together: nothing else in the desktop knows the other rooms (an import contract says so)."""

from taizhang_desktop.bootstrap.office import Founded, OpenOffice, enter_vault, found_vault
from taizhang_desktop.bootstrap.rules import Rules, load_rules

__all__ = ["Founded", "OpenOffice", "Rules", "enter_vault", "found_vault", "load_rules"]
