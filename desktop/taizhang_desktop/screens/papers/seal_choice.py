"""A small part beside the buttons of a paper: the office's seal picture or room for the stamp, and signing the saved file."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QWidget
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.kit.field import Form
from taizhang_desktop.kit.flow import FlowRow
from taizhang_desktop.kit.parts import Button, column, label, permit, row, set_tone
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.start.secret_field import SecretField
from taizhang_desktop.viewmodels.seal_choice import SealChoiceModel, SealWish

SEALED = "加盖电子印章"
SIGNED = "保存时用单位证书签名"
ROOM = "不勾选的，留着盖章的地方"


class SealChoice(QWidget):
    """Nothing is ticked until somebody ticks it: the default is paper with room for the stamp."""

    def __init__(self, model: SealChoiceModel) -> None:
        """Draw the view-model."""
        super().__init__()
        self._model = model
        self.sealed = QCheckBox(SEALED)
        self.sealed.setObjectName("seal_choice_sealed")
        self.signed = QCheckBox(SIGNED)
        self.signed.setObjectName("seal_choice_signed")
        self.room = label(ROOM, "muted")
        self.file = Button("选择证书文件…")
        self.file.setObjectName("seal_choice_file")
        self.file_name = label("", "muted")
        self.fault = label("", "finding", wrap=True)
        set_tone(self.fault, Tone.OVERDUE)
        self.passphrase = SecretField("passphrase", "证书口令", hint="每次都要输入，用完就忘，不保存", required=True)
        self.passphrase.line.setObjectName("seal_choice_passphrase")
        self.form = Form()
        self.form.add(self.passphrase)
        self.certificate = QWidget()
        self.certificate.setLayout(
            column(row(self.file, self.file_name, None), self.fault, self.form, spacing=SPACE.small)
        )
        ticks = FlowRow()
        for part in (self.sealed, self.signed, self.room):
            ticks.add(part)
        self.setLayout(column(ticks, self.certificate, spacing=SPACE.small))
        self.signed.toggled.connect(self._turned)
        self.file.clicked.connect(model.choose_file)
        model.changed.connect(self._show)
        model.found_fault.connect(self._found)
        self._show()

    def decide(self, then: Callable[[SealWish], None], *, saving: bool) -> None:
        """Give what was chosen for one making to ``then``; a paper that is printed (not ``saving``) is never signed.

        The passphrase is forgotten here as soon as it opened the certificate; ``then`` is not called where it did not.
        """

        def ready(wish: SealWish) -> None:
            self.passphrase.clear()
            then(wish)

        self._found(())
        self._model.decide(
            sealed=self.sealed.isChecked() and self.sealed.isEnabled(),
            signed=saving and self.signed.isChecked() and self.signed.isEnabled(),
            passphrase=self.passphrase.value(),
            then=ready,
        )

    def _turned(self, on: bool) -> None:  # noqa: FBT001 - a slot
        self.passphrase.clear()
        self._found(())
        self.certificate.setVisible(on)

    def _show(self) -> None:
        offer = self._model.offer
        for box, why_not in ((self.sealed, offer.no_seal), (self.signed, offer.no_signing)):
            if why_not:
                box.setChecked(False)
            box.setEnabled(not why_not)
            box.setToolTip(why_not)
            box.setAccessibleDescription(why_not)
        self.room.setText(offer.no_seal or ROOM)
        self.certificate.setVisible(self.signed.isChecked())
        self.file_name.setText(offer.file or "还没有选择")
        self.fault.setVisible(bool(self.fault.text()) and not offer.file)
        permit(self.file, "", can=not offer.busy)

    def _found(self, findings: tuple[Finding, ...]) -> None:
        self.fault.setText("\n".join(finding.says for finding in findings if finding.field == "certificate"))
        self.fault.setVisible(bool(self.fault.text()))
        self.form.show_findings([finding for finding in findings if finding.field != "certificate"])
