"""An amount in yuan, kept in whole fen; blank stays blank and is never 0."""

from PySide6.QtWidgets import QLineEdit
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.money import Fen, NotMoney, read_yuan, yuan

from taizhang_desktop.kit.field import Field


class MoneyField(Field):
    """12000、12,000.50、1.2万 are read; shown in full when the field is left."""

    def __init__(
        self, name: str, title: str, *, negative: bool = False, hint: str = "", required: bool = False
    ) -> None:
        """``negative`` allows a loss. The unit stands after the title."""
        self.line = QLineEdit()
        self._negative = negative
        super().__init__(name, f"{title}（元）", self.line, hint=hint, required=required)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._left)

    def value(self) -> Fen | None:
        """The amount; None when blank or unreadable."""
        read = read_yuan(self.line.text(), negative=self._negative)
        return None if isinstance(read, NotMoney) else read

    def set_value(self, amount: Fen | None) -> None:
        """Show the amount; None blanks it."""
        self.line.setText("" if amount is None else yuan(amount))
        self.show_findings(())

    def faults(self) -> tuple[Finding, ...]:
        """No amount."""
        read = read_yuan(self.line.text(), negative=self._negative)
        return (Finding(field=self.name, code="no_amount", says=read.says),) if isinstance(read, NotMoney) else ()

    def _typed(self) -> None:
        self.show_findings(())
        self.edited.emit()

    def _left(self) -> None:
        amount = self.value()
        if amount is not None:
            self.line.setText(yuan(amount))
        if self.faults():
            self.show_findings(self.faults())
