"""Trouble that a person can mend: one clear sentence instead of a traceback."""

import errno

from taizhang_casework.domain.numbers_in_text import without_numbers


class OfficeTrouble(Exception):  # noqa: N818 - the office's word; it is no program error
    """Something outside the program is wrong: a file, a key, a disk, a package.

    The text is Chinese and for the clerk: what happened, what is safe, what to do now. Each room derives its own kinds;
    the window and the command line show the text and nothing else. Numbers of persons are hidden in it.
    """

    def __init__(self, happened: str, *, safe: str, do: str) -> None:
        """Take the three parts, each a Chinese sentence without its final full stop."""
        self.happened, self.safe, self.do = (without_numbers(part) for part in (happened, safe, do))
        super().__init__(f"{self.happened}。{self.safe}。{self.do}。")


_SYSTEM_SAYS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.EBUSY: "正被别的程序使用",
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件太大",
    errno.EIO: "磁盘读写出错",
    errno.ENODEV: "设备已拔出",
    errno.ENXIO: "设备已拔出",
    errno.ENAMETOOLONG: "名称太长",
    errno.EINVAL: "名称里有不能用的字符",
    errno.EMFILE: "打开的文件太多",
}


def system_says(error: OSError) -> str:
    """Why the operating system refused, in Chinese; its number where we have no words for it."""
    return _SYSTEM_SAYS.get(error.errno or 0, f"系统拒绝，代码{error.errno}" if error.errno else "系统拒绝")
