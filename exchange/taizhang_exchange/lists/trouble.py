"""What can be wrong with a list's file, each in one sentence."""

from pathlib import Path

from taizhang_casework.domain.trouble import OfficeTrouble

_SAFE = "原文件没有改动，也没有导入任何一行"


class UnreadableList(OfficeTrouble):
    """The file cannot be read as a department list. ``path`` is the file's, as it was given."""

    def __init__(self, path: Path, happened: str, *, do: str, safe: str = _SAFE) -> None:
        """Name the file, say what is wrong with it and what to do."""
        super().__init__(f"文件“{path.name or path}”{happened}", safe=safe, do=do)
        self.path = path


def missing(path: Path) -> UnreadableList:
    """There is no such file."""
    return UnreadableList(
        path, "不存在", safe="没有导入任何一行", do="请检查文件名和所在文件夹，U盘上的文件请确认U盘已插好"
    )


def not_to_be_opened(path: Path, reason: str) -> UnreadableList:
    """The system refuses to open the file."""
    return UnreadableList(path, f"打不开（{reason}）", do="请关闭正在使用它的程序，或确认有权读取后再试")


def no_workbook(path: Path) -> UnreadableList:
    """It is no workbook, whatever its name says, or a damaged one."""
    return UnreadableList(
        path, "不是Excel表格，或已经损坏、设有密码", do="请用WPS或Excel打开后另存为.xlsx再试；打不开的请向部门重新索取"
    )


def encrypted(path: Path) -> UnreadableList:
    """It is protected by a password."""
    return UnreadableList(path, "设有打开密码", do="请用WPS或Excel输入密码打开，去掉密码后另存再试")


def too_large(path: Path, what: str) -> UnreadableList:
    """It claims more cells or bytes than a list has."""
    return UnreadableList(path, f"{what}，不像一份名单", do="请把名单复制到新的空白表格中另存，或拆分成几个文件后再试")


def took_too_long(path: Path) -> UnreadableList:
    """Reading was stopped by the time limit."""
    return UnreadableList(path, "读取时间过长，已经停止", do="请把名单复制到新的空白表格中另存，或拆分成几个文件后再试")


def broke_the_reader(path: Path) -> UnreadableList:
    """The reading process ended, out of memory or by a fault of the file."""
    return UnreadableList(path, "无法读取，表格范围异常大或已经损坏", do="请把名单复制到新的空白表格中另存后再试")


def empty(path: Path) -> UnreadableList:
    """No visible sheet holds anything."""
    return UnreadableList(
        path, "是空的，没有任何内容", do="请确认是不是拿错了文件；没有新增的月份请部门报一张只有表头的名单"
    )


def no_header(path: Path, sheets: str = "") -> UnreadableList:
    """No row looks like a header, or a sheet has people but no header."""
    where = f"的工作表“{sheets}”" if sheets else ""
    return UnreadableList(
        path,
        f"{where}中找不到表头（至少要有“姓名”或“身份证号”，以及其他栏目）",
        do="请确认是不是部门名单，补上表头后再试",
    )
