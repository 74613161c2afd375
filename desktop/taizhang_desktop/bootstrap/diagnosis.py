"""What the rooms find on this PC, for ``taizhang doctor``."""

from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_db import SystemKeyring
from taizhang_db.engine import NoCipherError, engine_version
from taizhang_printing.fonts import FontFace, font_path


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
