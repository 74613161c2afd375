"""A new passphrase: twice, with what is advised and how strong it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.passphrase import PRINTED_EXAMPLE, SHORTEST, STRENGTH_WORDS, Strength, strength

from taizhang_desktop.kit.field import Field, Form
from taizhang_desktop.kit.parts import label, set_tone
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.start.secret_field import SecretField

ADVICE = f"至少{SHORTEST}个字符；几个互不相干的词好记又难猜，像 {PRINTED_EXAMPLE} 的样子，但不能就用它"
TONES = {Strength.WEAK: Tone.OVERDUE, Strength.FAIR: Tone.SOON, Strength.GOOD: Tone.DONE}


class PassphraseForm(QWidget):
    """Fields that come ``before``, then the passphrase twice. ``submitted`` by Enter in the last of them."""

    submitted = Signal()
    edited = Signal()

    def __init__(self, *before: Field, title: str = "口令", again: str = "再输入一次口令") -> None:
        """Begin blank."""
        super().__init__()
        self.passphrase = SecretField("passphrase", title, hint=ADVICE)
        self.again = SecretField("again", again)
        self.strength = label("", "finding")
        self.form = Form()
        for field in before:
            self.form.add(field)
        self.form.add(self.passphrase)
        self.form.rows.addWidget(self.strength)
        self.form.add(self.again)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.form)
        self.strength.hide()
        self.setFocusProxy(before[0] if before else self.passphrase)
        self.passphrase.edited.connect(self._judge)
        self.form.submitted.connect(self.submitted)
        self.form.edited.connect(self.edited)

    def show_findings(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Beside the fields; those of no field come back."""
        return self.form.show_findings(findings)

    def forget(self) -> None:
        """Forget what was typed."""
        for field in (self.passphrase, self.again):
            field.clear()
            field.show_findings(())
        self.strength.hide()

    def _judge(self) -> None:
        typed = self.passphrase.value()
        judged = strength(typed)
        self.strength.setVisible(bool(typed))
        self.strength.setText(f"口令强度：{STRENGTH_WORDS[judged]}")
        set_tone(self.strength, TONES[judged])
