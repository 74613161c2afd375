"""The one question that the window asks: whether typing may be lost."""

from PySide6.QtWidgets import QMessageBox, QWidget


def may_lose(parent: QWidget, lost: tuple[str, ...], words: str = "放弃并关闭") -> bool:
    """Ask; ``lost`` are sentences, ``words`` stand on the button that loses it. Staying is the default."""
    answer = QMessageBox(parent)
    answer.setIcon(QMessageBox.Icon.NoIcon)
    answer.setWindowTitle("尚有未保存的内容")
    answer.setText("\n".join(lost))
    stay = answer.addButton("返回填写", QMessageBox.ButtonRole.RejectRole)
    leave = answer.addButton(words, QMessageBox.ButtonRole.DestructiveRole)
    answer.setDefaultButton(stay)
    answer.setEscapeButton(stay)
    answer.exec()
    return answer.clickedButton() is leave
