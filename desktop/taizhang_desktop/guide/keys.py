"""Every key there is, once: the shortcuts are made from this table, the sheet of keys shows it, and the manual is held to it."""

from collections.abc import Callable
from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from taizhang_desktop.guide.topics import CASE_TOPICS, Topic


class KeyLine(msgspec.Struct, frozen=True):
    """Keys as they are written for people, what they do, and the sequences that do it (empty: as they are written)."""

    keys: str
    does: str
    sequences: tuple[str, ...] = ()


class KeyGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Keys that hold in one place. ``topics`` None: everywhere."""

    title: str
    lines: tuple[KeyLine, ...]
    topics: frozenset[Topic] | None = None


HELP: Final = KeyLine("F1", "本页的帮助，在右边打开；再按一次，光标进到帮助里，方向键往下看")
KEYS: Final = KeyLine("?、Ctrl+/", "本页能用的键；光标在文字框里时用 Ctrl+/", ("?", "？", "Ctrl+/"))
CLOSE_HELP: Final = KeyLine("Esc", "关闭帮助、按键一览，光标还在原处；光标在提示条上时，关闭提示条")
PLACES: Final = KeyLine("Ctrl+1 … Ctrl+9", "左边第1到第9页", tuple(f"Ctrl+{number}" for number in range(1, 10)))
LOCK: Final = KeyLine("Ctrl+L", "锁定，填了一半的都留着")
UNDO: Final = KeyLine("Ctrl+Z", "说出要撤销的是哪一步，再按一次才撤销；光标所在的文字框里打过字的，先撤销刚打的字")
LARGER: Final = KeyLine("Ctrl 和 +、-、0", "字放大、缩小、还原", ("Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+0"))
FIND: Final = KeyLine("Ctrl+F", "查找")
NEW: Final = KeyLine("Ctrl+N", "登记预警信息")
OTHER_PAGE: Final = KeyLine("F6", "在找户和待确认之间切换")
SAVE: Final = KeyLine("Ctrl+S", "保存")
HISTORY: Final = KeyLine("Ctrl+H", "历史")
STEPS: Final = KeyLine(
    "F2 … F6", "到入户核实、民主评议、信息比对、村级公示、录入系统，光标进到表里", ("F2", "F3", "F4", "F5", "F6")
)
PRINT: Final = KeyLine("Ctrl+P", "打印选中的材料，或正在预览的材料")
COPY_NEXT: Final = KeyLine("F8", "录入系统时，复制下一项")

_FORMS = frozenset({*CASE_TOPICS, Topic.INTAKE, Topic.BATCH, Topic.MONITORED, Topic.HOUSEHOLDS, Topic.USERS})
_TABLES = frozenset(
    {
        *(
            Topic.TODAY,
            Topic.LEDGER,
            Topic.RECYCLE_BIN,
            Topic.HOUSEHOLDS,
            Topic.MONITORED,
            Topic.FILING,
            Topic.EXCHANGE,
            Topic.PAPERS,
        ),
        *(Topic.BACKUP, Topic.USERS, Topic.DEPARTMENT_WARNINGS, Topic.SENDING, Topic.BOARD, Topic.SUMMARY),
    }
)

GROUPS: Final = (
    KeyGroup(
        title="整个窗口",
        lines=(
            HELP,
            KEYS,
            CLOSE_HELP,
            PLACES,
            LOCK,
            UNDO,
            KeyLine("Tab、Shift+Tab", "下一处、上一处"),
            KeyLine("回车、空格", "按下选中的按钮"),
            LARGER,
        ),
    ),
    KeyGroup(
        title="表格",
        topics=_TABLES,
        lines=(
            KeyLine("↑ ↓", "上一行、下一行"),
            KeyLine("Home、End", "第一行、最后一行"),
            KeyLine("回车", "打开这一行"),
            KeyLine("Shift+↑ ↓、Ctrl+A", "在预警台账里选多条、全选"),
            KeyLine("Ctrl+C", "复制选中的行，可以贴到WPS表格里"),
        ),
    ),
    KeyGroup(
        title="预警台账",
        topics=frozenset({Topic.LEDGER, Topic.RECYCLE_BIN}),
        lines=(
            FIND,
            NEW,
            KeyLine("空格、↓", "在筛选上：打开它的各个值；Delete 取消这一项"),
            KeyLine("Alt+↑ ↓", "在「列…」里：上移、下移；空格显示或不显示"),
            KeyLine("Esc", "从登记表回到台账，内容留着；从回收站回到台账"),
            KeyLine("回车", "在回收站里：到「恢复」，再按一次才恢复"),
        ),
    ),
    KeyGroup(
        title="登记、批量登记",
        topics=frozenset({Topic.INTAKE, Topic.INTAKE_ROWS}),
        lines=(
            KeyLine("↓ 或回车", "从「查找已有的户」进到找到的户；再按回车，选中这一户"),
            KeyLine("Esc", "回到台账，填了一半的留着"),
            KeyLine("Ctrl+V、Ctrl+D", "批量登记里：粘贴、向下填充"),
            KeyLine("Delete、Ctrl+Z", "批量登记里：清空、撤销"),
            KeyLine("F8", "批量登记里：下一处错误"),
        ),
    ),
    KeyGroup(
        title="户与成员",
        topics=frozenset({Topic.HOUSEHOLDS}),
        lines=(FIND, OTHER_PAGE, KeyLine("↓ 或回车", "从查找框进到找到的户")),
    ),
    KeyGroup(
        title="案件办理",
        topics=CASE_TOPICS,
        lines=(
            STEPS,
            SAVE,
            HISTORY,
            COPY_NEXT,
            KeyLine("← →", "选中上面五步时，换一步"),
            KeyLine("1 2 3 …", "成员表、比对结果表里，选表下面写着的那一项；“有、没有”的栏目里选第一个、第二个"),
            KeyLine("Delete、Ctrl+D", "成员表、比对结果表里，清空、和上一行一样"),
        ),
    ),
    KeyGroup(
        title="一起办理",
        topics=frozenset({Topic.BATCH}),
        lines=(
            KeyLine("↑ ↓、Ctrl+D", "换一户、和上一户一样"),
            KeyLine("空格", "在姓名上：办或不办这一户"),
            SAVE,
            KeyLine("Esc", "返回，填了一半的留着"),
        ),
    ),
    KeyGroup(
        title="填表",
        topics=_FORMS,
        lines=(
            KeyLine("回车", "下一栏；在最后一栏就是保存"),
            KeyLine("Ctrl+回车", "在哪一栏都是保存"),
            KeyLine("Tab", "多行的文字框里，离开这一栏"),
        ),
    ),
    KeyGroup(
        title="材料",
        topics=frozenset({*CASE_TOPICS, Topic.PAPERS, Topic.FILING}),
        lines=(
            KeyLine("回车", "在名单里：预览"),
            PRINT,
            KeyLine("PgUp、PgDn", "预览时：上一页、下一页"),
            KeyLine("+ -", "预览时：放大、缩小"),
            KeyLine("Esc", "退一步：从预览到名单，从名单到原来的地方"),
        ),
    ),
    KeyGroup(
        title="纸质核对",
        topics=frozenset({Topic.PAGE_CHECK}),
        lines=(
            KeyLine("回车", "核对；扫码枪扫完会自己按，框里的字选中着，可以接着扫下一页"),
            KeyLine("Esc", "清空，准备扫下一页"),
            KeyLine("← →", "在右边的页面上：上一页、下一页"),
            KeyLine("+ -", "在右边的页面上：放大、缩小"),
        ),
    ),
    KeyGroup(
        title="附件",
        topics=CASE_TOPICS,
        lines=(
            KeyLine("回车", "在名单里：预览"),
            KeyLine("Delete", "移到回收站，先问原因"),
            KeyLine("← →", "预览时：上一页、下一页"),
            KeyLine("+ -", "预览时：放大、缩小"),
            KeyLine("Esc", "退一步：从预览到名单，从名单到表格"),
        ),
    ),
)
"""All of them, in the manual's order."""

EVERYWHERE: Final = GROUPS[0]


def groups_for(topic: Topic) -> tuple[KeyGroup, ...]:
    """What can be pressed there and nowhere else; :data:`EVERYWHERE` holds beside it."""
    return tuple(group for group in GROUPS if group.topics is not None and topic in group.topics)


def bind(
    line: KeyLine,
    widget: QWidget,
    deed: Callable[[], None],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> tuple[QShortcut, ...]:
    """Let the keys of a line do a deed in the widget's window or, by ``context``, in the widget alone."""
    made = tuple(QShortcut(QKeySequence(keys), widget, context=context) for keys in line.sequences or (line.keys,))
    for shortcut in made:
        shortcut.activated.connect(deed)
    return made
