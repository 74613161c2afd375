"""What the rooms find on this PC, for ``taizhang doctor``."""

from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_db import SystemKeyring
from taizhang_db.engine import NoCipherError, engine_version
from taizhang_printing.fonts import FontFace, FontRole, font_path
from taizhang_printing.installed_fonts import font_folders, installed_fonts


class Incomplete(OfficeTrouble):
    """A part of the installed program is missing."""

    def __init__(self, what: str) -> None:
        super().__init__(f"缺少{what}", safe="数据没有改动", do="请重新安装本程序")


def database_engine() -> str:
    """Version of the encrypting database engine; Incomplete where it does not encrypt."""
    try:
        return engine_version()
    except NoCipherError:
        raise Incomplete("数据库加密组件") from None


def keyring_backend() -> str:
    """The keyring that would be asked; KeyringTrouble where there is none (a passphrase always works)."""
    return SystemKeyring().name()


def font_files() -> str:
    """The bundled faces; Incomplete where one is missing."""
    missing = [face.value for face in FontFace if not font_path(face).is_file()]
    if missing:
        raise Incomplete(f"字体文件{'、'.join(missing)}")
    return f"{len(FontFace)}个，齐全"


def faces_of_this_pc() -> list[str]:
    """The PC's own faces that papers could use, by role on one line; then a line for each that they cannot use, and why."""
    found = installed_fonts(font_folders())
    roles = (f"{role.value}{'、'.join(f'“{face.family}”' for face in found.of(role)) or '没有'}" for role in FontRole)
    return ["；".join(roles), *map(str, found.unfit)]
