"""What can keep a paper from being printed: each kind has one clear sentence for the clerk."""

from taizhang_casework.domain.trouble import OfficeTrouble

SHOWN = 24
"""Characters of a long text that a sentence quotes."""


class PrintingTrouble(OfficeTrouble):
    """Something about the content, the file or the disk of a paper. No paper is left half written."""


class UnprintableCharacters(PrintingTrouble):
    """Characters that no bundled face has, or private-use ones, which look different on every PC.

    ``text`` is the whole of what was to be printed, ``field`` where it stands, ``characters`` those at fault.
    """

    def __init__(self, text: str, *, field: str, characters: str, whose: str = "") -> None:
        named = "、".join(
            f"“{sign}”（U+{ord(sign):04X}）" if sign.isprintable() else f"U+{ord(sign):04X}"
            for sign in dict.fromkeys(characters)
        )
        of = f"{whose}的{field}" if whose and whose != text else field
        super().__init__(
            f"{of}“{text[:SHOWN]}{'…' * (len(text) > SHOWN)}”中有打印不出的字：{named}",
            safe="没有生成文件，台账内容没有改动",
            do="请对照户口簿把这个字改成规范汉字后再打印",
        )
        self.text = text
        self.field = field
        self.characters = characters


class UnfitFace(PrintingTrouble):
    """A face of the PC that the office chose, or could, is no use to papers: it has gone, or may not or cannot be embedded."""

    def __init__(self, family: str, file: str, why: str) -> None:
        super().__init__(
            f"电脑上的字体“{family}”（{file}）{why}",
            safe="打印改用自带的字体，台账没有改动",
            do="需要这种字体时，请安装它的TrueType版本后重新选择",
        )
        self.family = family


class TextTooLong(PrintingTrouble):
    """A cell holds more than fits on a page, even in the smallest type."""

    def __init__(self, whose: str, *, shorten: str = "具体预警信息或主要原因") -> None:
        super().__init__(
            f"“{whose[:SHOWN]}{'…' * (len(whose) > SHOWN)}”这一条的文字太长，一页放不下",
            safe="没有生成文件，台账内容没有改动",
            do=f"请把{shorten}改短后再打印",
        )


class DiskFull(PrintingTrouble):
    """No room for the PDF."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"磁盘已满，“{name}”没有保存",
            safe="原有文件和数据库都没有改动",
            do="请清理磁盘或换一个位置保存",
        )


class FileNotWritable(PrintingTrouble):
    """The folder is missing or forbidden, or another program holds the file open."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”不能写入这个位置",
            safe="原有文件和数据库都没有改动",
            do="请关闭正在打开它的程序，或换一个文件夹保存",
        )


class NotAPaper(PrintingTrouble):
    """A file or page that was to be shown cannot be read as PDF."""

    def __init__(self) -> None:
        super().__init__("这个文件不能作为PDF显示", safe="没有改动任何文件", do="请重新生成后再预览")
