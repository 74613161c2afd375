"""The choice of seal and signature in the window: nothing ticked by itself, the passphrase asked each time and kept nowhere."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from dressed import dress
from hands import Hands
from made_up_certificate import certificate_file
from made_up_seal import seal_png
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.print_register import LedgerPaper, PrintWay
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.office_seal import load_seal
from taizhang_casework.services.printing_out import PrintOrder, make_paper
from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.bootstrap.drawings import Drawings, open_certificate, seal_size
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.papers.seal_choice import SealChoice
from taizhang_desktop.viewmodels.seal_choice import SealChoiceModel, SealWish
from taizhang_desktop.worker import DeskWorker
from taizhang_printing.files import write_whole
from taizhang_printing.ledger import Paper

if TYPE_CHECKING:
    from tests.desktop.conftest import District

WORDS = "lamp-stone-74"


class Part:
    """The part in a window of its own, and what was decided."""

    def __init__(self, hands: Hands, choice: SealChoice, office: OpenOffice, worker: DeskWorker) -> None:
        self.hands, self.choice, self.office, self._worker = hands, choice, office, worker
        self.wishes: list[SealWish] = []

    def decide(self, *, saving: bool = True) -> None:
        self.choice.decide(self.wishes.append, saving=saving)
        self.hands.until(lambda: not self._worker.busy)


@pytest.fixture
def open_part(qtbot: QtBot, look: Look, district: "District", worker: DeskWorker) -> Callable[[], Part]:
    del look

    def opened() -> Part:
        office = district.bureau
        lane = worker.lane()
        files = QtFileChooser(office.vault.folder, native=False)
        choice = SealChoice(model := SealChoiceModel(office.work, open_certificate, files, lane.scope()))
        model.refresh()
        dress(choice)
        qtbot.addWidget(choice)
        with qtbot.waitExposed(choice):
            choice.show()
        part = Part(Hands(qtbot, choice), choice, office, worker)
        part.hands.until(lambda: not worker.busy)
        return part

    return opened


def test_without_a_seal_it_cannot_be_ticked_and_says_who_loads_one(open_part: Callable[[], Part]) -> None:
    part = open_part()
    assert not part.choice.sealed.isEnabled()
    assert part.hands.reads("还没有载入电子印章")
    part.decide()
    assert part.wishes == [SealWish()]


def test_the_default_is_room_for_the_stamp(open_part: Callable[[], Part], district: "District") -> None:
    load_seal(district.bureau.work, seal_png(), "启用", seal_size)
    part = open_part()
    part.decide()
    part.hands.tick("加盖电子印章")
    part.decide()
    assert [wish.sealed for wish in part.wishes] == [False, True]


def test_a_saved_ledger_signed_with_the_certificate_is_valid_for_another_program(
    open_part: Callable[[], Part], district: "District", tmp_path: Path
) -> None:
    work = district.bureau.work
    load_seal(work, seal_png(), "启用", seal_size)
    key = tmp_path / "单位证书.p12"
    key.write_bytes(certificate_file(work.clock.now(), WORDS))
    part = open_part()
    part.hands.tick("加盖电子印章")
    part.hands.tick("保存时用单位证书签名")
    part.decide()
    assert part.hands.reads("请选择单位的证书文件")
    assert part.hands.reads("请输入证书的口令")
    part.hands.click("seal_choice_file")
    part.hands.file(key)
    part.hands.into("seal_choice_passphrase", "wrong")
    part.decide()
    assert part.hands.reads("口令不对")
    assert part.wishes == []
    part.hands.into("seal_choice_passphrase", WORDS)
    part.decide()
    (wish,) = part.wishes
    assert part.choice.passphrase.value() == ""
    assert WORDS not in repr(wish)
    filing = freeze(work, Month(2022, 4)).filing
    of = LedgerPaper(filing=filing.id, month=filing.month, revision=filing.revision)
    order = PrintOrder(papers=(of,), way=PrintWay.SIGNED, sealed=wish.sealed)
    saved = tmp_path / "signed.pdf"
    sign = open_certificate(wish.certificate, wish.passphrase)
    draw = Drawings(district.bureau).ledger(filing, Paper.A4, sign=sign)
    make_paper(work, order, draw, lambda content: write_whole(saved, content))
    verdict = subprocess.run(["pdfsig", "-nocert", saved], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in verdict
    assert "测试街道办事处" in verdict


def test_a_paper_that_is_printed_is_never_signed(open_part: Callable[[], Part]) -> None:
    part = open_part()
    part.hands.tick("保存时用单位证书签名")
    part.decide(saving=False)
    assert part.wishes == [SealWish()]
    assert part.hands.see(QCheckBox, "seal_choice_signed").isChecked()
