"""What can be wrong with a file that is to be attached, or that was: one clear sentence each."""

from taizhang_casework.domain.attachment import what_instead

from taizhang_db.trouble import VaultTrouble

_NOT_KEPT = "没有保存，原文件没有改动"
_REST_SAFE = "案件和其他附件不受影响"


class AttachmentTrouble(VaultTrouble):
    """Something about the file of an attachment."""


class SourceGone(AttachmentTrouble):
    """There is no such file, or not any more."""

    def __init__(self, name: str) -> None:
        super().__init__(f"找不到“{name}”", safe="没有保存任何内容", do="请核对位置，或插好U盘后重新选择")


class SourceNotAFile(AttachmentTrouble):
    """It is a folder, a device, a pipe."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”不是文件", safe="没有保存任何内容", do="请选择里面的照片或PDF文件")


class SourceUnreadable(AttachmentTrouble):
    """It may not be read, or reading failed in the middle (a stick pulled out)."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"读不出“{name}”", safe=_NOT_KEPT, do="请关闭正在使用它的程序，检查U盘是否插好、是否有权限，再添加一次"
        )


class SourceEmpty(AttachmentTrouble):
    """It has no bytes."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”是空的", safe=_NOT_KEPT, do="请重新扫描或拷贝后再添加")


class SourceTooLarge(AttachmentTrouble):
    """It has more bytes than an attachment may have."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”超过50MB", safe=_NOT_KEPT, do="请降低扫描精度，或分成几个文件后再添加")


class SourceChanged(AttachmentTrouble):
    """It was written to while it was read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"读取时“{name}”正在被改动", safe=_NOT_KEPT, do="请等它写完，关闭使用它的程序，再添加一次")


class MediaNotAccepted(AttachmentTrouble):
    """Its content is neither JPEG nor PNG nor PDF, whatever its name says. ``head`` are its first bytes."""

    def __init__(self, name: str, head: bytes) -> None:
        super().__init__(f"“{name}”不是JPG、PNG照片，也不是PDF", safe=_NOT_KEPT, do=what_instead(head))


class StoredFileMissing(AttachmentTrouble):
    """The database knows the attachment, its file is not in the folder."""

    def __init__(self) -> None:
        super().__init__(
            "这份附件的文件不见了",
            safe=_REST_SAFE,
            do="请从备份恢复；原件还在的，重新添加一次就会补上",
        )


class StoredFileDamaged(AttachmentTrouble):
    """The file is not what was stored: nothing of it is shown."""

    def __init__(self) -> None:
        super().__init__(
            "这份附件的文件已损坏或被换过，不能显示",
            safe=_REST_SAFE,
            do="请从备份恢复；原件还在的，重新添加一次就会补上",
        )


class CopyNotWritten(AttachmentTrouble):
    """The place where the user wants a copy cannot be written."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"不能把“{name}”写到这个位置", safe="附件完好，没有写出一半的文件", do="请检查空间和权限，或换个位置再保存"
        )
