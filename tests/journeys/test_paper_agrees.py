"""账账相符 over the road: a town's page is scanned at the bureau before its package came, after, when replaced, and when changed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from taizhang_casework.domain.ledger import Filing, FilingId, Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.page_proof import Agreement, ledger_codes, prove_page
from taizhang_casework.services.receiving import take_package
from taizhang_casework.services.sending import send_filing
from taizhang_desktop.bootstrap import OpenOffice
from taizhang_exchange.page_signing import PageSigner

if TYPE_CHECKING:
    from conftest import Offices

APRIL = Month(2022, 4)
SIGNER = PageSigner()


def code(office: OpenOffice, filing: Filing, page: int = 1) -> str:
    return ledger_codes(office.store, SIGNER, filing)(page, 1)


@pytest.fixture
def scan(offices: "Offices") -> Callable[[str], tuple[Agreement, str]]:
    """What the bureau is told of a code."""

    def told(text: str) -> tuple[Agreement, str]:
        proof = prove_page(offices.bureau.work, SIGNER, text)
        return proof.agreement, proof.says

    return told


@pytest.fixture
def file(offices: "Offices") -> Callable[[], Filing]:
    """The town freezes April, and its package comes to the bureau."""

    def filed() -> Filing:
        town, bureau = offices.town(), offices.bureau
        filing = freeze(town.work, APRIL).filing
        sent = send_filing(town.work, town.courier, filing.id, bureau.office.id, offices.path_for)
        take_package(bureau.work, bureau.courier, Path(sent.path))
        return filing

    return filed


def test_paper_without_a_package_is_no_filing(offices: "Offices", scan: Callable[[str], tuple[Agreement, str]]) -> None:
    town = offices.town()
    agreement, says = scan(code(town, freeze(town.work, APRIL).filing))
    assert agreement is Agreement.NOT_HERE
    assert "环秀街道2022年4月台账第1版" in says
    assert "还没有接收" in says


def test_paper_and_package_agree_at_the_bureau_and_in_the_town(
    offices: "Offices", file: Callable[[], Filing], scan: Callable[[str], tuple[Agreement, str]]
) -> None:
    filing = file()
    agreement, says = scan(code(offices.town(), filing))
    assert agreement is Agreement.AGREES
    assert says.startswith("第1页（共1页）的二维码与环秀街道2022年4月台账第1版")
    assert "账账相符" not in says, "the code may be a picture on other words"
    assert says.endswith("请把纸上的内容与系统里的逐条核对")
    assert prove_page(offices.town().work, SIGNER, code(offices.town(), filing)).agreement is Agreement.AGREES


def test_a_page_of_other_content_under_the_same_number_does_not_agree(
    offices: "Offices", file: Callable[[], Filing], scan: Callable[[str], tuple[Agreement, str]]
) -> None:
    other = msgspec.structs.replace(file(), frozen_by="别人")
    agreement, says = scan(code(offices.town(), other))
    assert agreement is Agreement.DIFFERS
    assert says.startswith("账账不符")


def test_paper_of_an_earlier_filing_names_the_later_one(
    offices: "Offices", file: Callable[[], Filing], scan: Callable[[str], tuple[Agreement, str]]
) -> None:
    filing = file()
    later = msgspec.structs.replace(filing, id=FilingId("later"), revision=2)
    with offices.bureau.store.change(Operation.TAKE_PACKAGE, offices.bureau.work.user) as desk:
        received = desk.bureau.received(APRIL)[0]
        desk.bureau.receive(msgspec.structs.replace(received, filing=later))
    agreement, says = scan(code(offices.town(), filing))
    assert agreement is Agreement.REPLACED
    assert "后来又有第2版" in says


@pytest.mark.parametrize(
    ("part", "by"),
    [
        pytest.param("/1/1/", "/2/2/", id="the number of the page"),
        pytest.param("2022-04.1", "2022-05.1", id="the month"),
        pytest.param("370215001", "370215002", id="the office"),
    ],
)
def test_a_changed_code_is_told(
    offices: "Offices", file: Callable[[], Filing], scan: Callable[[str], tuple[Agreement, str]], part: str, by: str
) -> None:
    offices.town(OfficeId("370215002"))
    text = code(offices.town(), file())
    assert part in text
    agreement, says = scan(text.replace(part, by, 1))
    assert agreement is Agreement.FORGED
    assert "不能采信" in says


def test_an_office_that_nobody_enrolled_and_no_code_at_all_are_told(
    offices: "Offices", file: Callable[[], Filing], scan: Callable[[str], tuple[Agreement, str]]
) -> None:
    text = code(offices.town(), file())
    assert scan(text.replace("370215001", "370215009"))[0] is Agreement.UNKNOWN_OFFICE
    assert scan("6901234567892")[0] is Agreement.NO_CODE
    assert scan(text[:-90])[0] is Agreement.FORGED
