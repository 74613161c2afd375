"""The command line: ``taizhang`` opens the window; the other commands need none.

Every error is one Chinese sentence on standard error and an exit status: 0 done, 1 it could not be done, 2 wrong usage, 3 a file
could not be read.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.trouble import OfficeTrouble, system_says

DONE, FAILED, USAGE = 0, 1, 2


class _Help(argparse.HelpFormatter):
    """The help with 用法 where argparse says "usage"."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse in the user's language: the help in Chinese, an error as one sentence with exit status 2."""

    def __init__(self, *, prog: str, description: str | None = None) -> None:
        super().__init__(prog=prog, description=description, formatter_class=_Help, add_help=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> None:  # type: ignore[override]  # never returns, as its parent
        print(f"命令写法不对：{_wrong(message)}用 {self.prog} --help 查看用法。", file=sys.stderr)
        raise SystemExit(USAGE)


_WRONG = (
    (r"the following arguments are required: (.+)", "缺少{}。"),
    (r"unrecognized arguments: (--[a-z-]+)(?![^\s=])", "不认识“{}”。"),
    (r"unrecognized arguments: ", "多写了内容。"),
    (r"argument (\S+): expected .+", "{} 后面要写内容。"),
    (r"argument (\S+): invalid choice: '([a-z-]+)'", "没有“{1}”这个{0}。"),
    (r"argument (\S+): invalid choice: ", "没有这个{}。"),
)
"""What argparse says in English only. Of what was typed only what looks like a word of ours is said again: it may be a passphrase, or
somebody's name or number."""


def _wrong(message: str) -> str:
    for pattern, says in _WRONG:
        found = re.match(pattern, message)
        if found is not None:
            return says.format(*(each.replace(", ", "、") for each in found.groups()))
    return ""


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="taizhang", description="台账：防止返贫监测预警信息办理")
    where = "数据文件夹（默认为当前用户的数据目录）"
    parser.add_argument("--data", type=Path, metavar="DIR", help=where)
    parser.add_argument("--training", action="store_true", help="用编造的数据练习，不碰本机的台账；关闭窗口就全部删除")
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=_Parser)

    demo = commands.add_parser("demo", help="用虚构的数据演示一个月的全部工作")
    demo.add_argument("--headless", action="store_true", help="不打开窗口，只生成文件")
    demo.add_argument("--out", type=Path, metavar="DIR", help="输出文件夹（须为空）")
    demo.add_argument("--lists", type=Path, nargs="+", default=[], metavar="FILE", help="用这些部门名单代替示例名单")

    lists = commands.add_parser("lists", help="部门名单").add_subparsers(
        dest="action", required=True, metavar="操作", parser_class=_Parser
    )
    check = lists.add_parser("check", help="检查部门名单，不写入数据库")
    check.add_argument("files", type=Path, nargs="+", metavar="FILE")
    check.add_argument("--json", type=Path, metavar="OUT", help="逐行结果写入这个JSON文件")

    package = commands.add_parser("package", help="数据包").add_subparsers(
        dest="action", required=True, metavar="操作", parser_class=_Parser
    )
    inspect = package.add_parser("inspect", help="查看数据包")
    inspect.add_argument("file", type=Path, metavar="FILE")

    for name, what in (("vault", "数据库和旁边的文件"), ("journal", "更改记录")):
        kept = commands.add_parser(name, help=what).add_subparsers(
            dest="action", required=True, metavar="操作", parser_class=_Parser
        )
        verify = kept.add_parser("verify", help=f"逐项检查{what}，需要口令")
        verify.add_argument("office", nargs="?", default="", metavar="单位", help="单位名称（只有一个单位时可省略）")
        verify.add_argument("--data", type=Path, metavar="DIR", help=where, default=argparse.SUPPRESS)

    _add_backup(commands.add_parser("backup", help="备份和恢复（口令在终端里输入）"), where)

    doctor = commands.add_parser("doctor", help="检查数据库、钥匙串、字体、日历和版本")
    doctor.add_argument("--data", type=Path, metavar="DIR", help=where, default=argparse.SUPPRESS)
    return parser


def _add_backup(parser: argparse.ArgumentParser, where: str) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="操作", parser_class=_Parser)
    file = "以 .tzbak 结尾的备份文件"
    make = actions.add_parser("make", help="备份到文件夹，并试恢复一次")
    make.add_argument("folder", type=Path, metavar="文件夹", help="已有的文件夹，例如U盘上的")
    make.add_argument("--office", default="", metavar="NAME", help="本机有几个单位时，备份哪一个")
    check = actions.add_parser("check", help="试恢复一次，看备份是否完好")
    check.add_argument("file", type=Path, metavar="备份文件", help=file)
    restore = actions.add_parser("restore", help="恢复到一个新文件夹，不动原有的台账")
    restore.add_argument("file", type=Path, metavar="备份文件", help=file)
    into = "新的或空的文件夹；恢复后用 taizhang --data 上一级文件夹 打开"
    restore.add_argument("--into", type=Path, metavar="文件夹", required=True, help=into)
    for action in (make, check, restore):
        action.add_argument("--recovery-code", action="store_true", help="用恢复码代替口令")
        action.add_argument("--data", type=Path, metavar="DIR", help=where, default=argparse.SUPPRESS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    _say_whatever_the_terminal_cannot()
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except (OfficeTrouble, NotAccepted) as trouble:
        print(trouble, file=sys.stderr)
    except KeyboardInterrupt:
        print("已中断。没有写完的文件不会保留。", file=sys.stderr)
    except OSError as trouble:
        print(_sentence(trouble), file=sys.stderr)
    except Exception as error:  # noqa: BLE001 - our bug: a report, never a traceback
        print(_reported(error), file=sys.stderr)
    return FAILED


def _say_whatever_the_terminal_cannot() -> None:
    """Write a character that the terminal's encoding lacks as its number; a name with 䶮 must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _reported(error: Exception) -> str:
    from taizhang_desktop.crash import crash_log, crash_of  # noqa: PLC0415 - almost never needed

    crash, log = crash_of(error), crash_log()
    log.keep(crash)
    return f"程序出错了（{crash.exception}，{crash.place}）。以前保存的数据没有改动。请把“{log.path}”交给维护人员。"


def _sentence(trouble: OSError) -> str:
    what = trouble.filename or "文件"
    return f"无法读写“{what}”（{system_says(trouble)}）。已有数据没有改变。请检查路径、权限和磁盘空间后再试。"


def _run(options: argparse.Namespace) -> int:
    """Import only what the command needs: the window's start must not wait for the rest."""
    match options.command:
        case "demo":
            from taizhang_desktop.commands.demo import run_demo  # noqa: PLC0415

            return run_demo(out=options.out, lists=tuple(options.lists), headless=options.headless)
        case "lists":
            from taizhang_desktop.commands.lists import check_lists  # noqa: PLC0415

            return check_lists(options.files, options.json)
        case "package":
            from taizhang_desktop.commands.package import inspect_package  # noqa: PLC0415

            return inspect_package(options.file)
        case "vault":
            from taizhang_desktop.commands.vault import verify_vault  # noqa: PLC0415

            return verify_vault(options.data, options.office)
        case "journal":
            from taizhang_desktop.commands.vault import verify_journal  # noqa: PLC0415

            return verify_journal(options.data, options.office)
        case "backup":
            return _run_backup(options)
        case "doctor":
            from taizhang_desktop.commands.doctor import doctor  # noqa: PLC0415

            return doctor(options.data)
        case _:
            from taizhang_desktop.window import open_training_window, open_window  # noqa: PLC0415

            return open_training_window() if options.training else open_window(options.data)


def _run_backup(options: argparse.Namespace) -> int:
    from taizhang_desktop.commands import backup  # noqa: PLC0415

    by_code = options.recovery_code
    match options.action:
        case "make":
            return backup.make(options.folder, data=options.data, office=options.office, by_code=by_code)
        case "check":
            return backup.check(options.file, data=options.data, by_code=by_code)
        case _:
            return backup.restore(options.file, options.into, by_code=by_code)


if __name__ == "__main__":
    sys.exit(main())
