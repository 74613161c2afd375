"""Names of the files that travel, so that a person sees on the stick what is what."""

import re
from collections.abc import Callable

from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.packages import Manifest, PackageKind

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\s_]+')


def file_name(*parts: str) -> str:
    """The parts joined by ``_``, without what Windows forbids in a file's name."""
    return "_".join(_FORBIDDEN.sub("-", part.strip()).strip(".-") for part in parts)


def package_file_name(manifest: Manifest, name_of: Callable[[OfficeId], str]) -> str:
    """A proposal, e.g. ``预警信息_环秀街道_2022-04_第1号.tzb``; ``name_of`` gives an office's name.

    Warnings bear the receiving town's name, a filing the sender's, a receipt both.
    """
    sender, receiver = name_of(manifest.sender), name_of(manifest.receiver)
    starts = {
        PackageKind.WARNINGS: ("预警信息", receiver),
        PackageKind.FILING: ("汇总表", sender),
        PackageKind.RECEIPT: ("回执", f"{sender}致{receiver}"),
    }
    return file_name(*starts[manifest.kind], str(manifest.month), f"第{manifest.number}号") + ".tzb"
