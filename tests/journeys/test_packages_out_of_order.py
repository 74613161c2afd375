"""Packages that come late, twice, or from the wrong office."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import openpyxl
import pytest
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.services.collecting import take_list
from taizhang_casework.services.receiving import AlreadyTaken, WrongContent, take_package
from taizhang_casework.services.sending import Sent, resend_warnings, send_receipt, send_warnings

if TYPE_CHECKING:
    from conftest import Offices

TOWN, OTHER = OfficeId("370215001"), OfficeId("370215002")
APRIL = Month(2022, 4)


@pytest.fixture
def send(offices: "Offices", tmp_path: Path) -> Callable[..., Sent]:
    """The bureau takes in a list with one warning for a town, and packs it."""
    made = iter(range(1, 100))

    def one(town: OfficeId = TOWN) -> Sent:
        at = next(made)
        offices.town(town)
        where = offices.rules.divisions.villages[offices.village(town)].name
        book = openpyxl.Workbook()
        book.worksheets[0].append(["姓名", "身份证号", "镇街", "村", "救助类型", "日期"])
        town_name = offices.rules.divisions.towns[town]
        book.worksheets[0].append(["王建国", offices.number(at), town_name, where, "低保", "2022-03-01"])
        path = tmp_path / f"民政局{at}.xlsx"
        book.save(path)
        bureau = offices.bureau
        take_list(bureau.work, bureau.list_reader, path, APRIL)
        return send_warnings(bureau.work, bureau.courier, town, APRIL, offices.path_for)

    return one


def test_a_missing_package_is_said_and_is_taken_when_it_comes(offices: "Offices", send: Callable[..., Sent]) -> None:
    first, second = send(), send()
    town = offices.town()
    early = take_package(town.work, town.courier, Path(second.path))
    assert [finding.code for finding in early.findings] == ["missing_package"]
    late = take_package(town.work, town.courier, Path(first.path))
    assert late.findings == ()
    with town.store.reading() as desk:
        assert len(desk.cases.open()) == 2


def test_a_package_is_taken_once(offices: "Offices", send: Callable[..., Sent]) -> None:
    first, second = send(), send()
    town = offices.town()
    for sent in (first, second):
        take_package(town.work, town.courier, Path(sent.path))
    for sent in (first, second):
        with pytest.raises(AlreadyTaken, match="已经接收过"):
            take_package(town.work, town.courier, Path(sent.path))
    with town.store.reading() as desk:
        assert len(desk.cases.open()) == 2


def test_a_package_cannot_have_come_on_a_day_that_has_not(offices: "Offices", send: Callable[..., Sent]) -> None:
    town, sent = offices.town(), send()
    with pytest.raises(NotAccepted) as refused:
        take_package(town.work, town.courier, Path(sent.path), received_on=date(2022, 4, 21))
    assert [finding.field for finding in refused.value.findings] == ["received_on"]
    with town.store.reading() as desk:
        assert not desk.packages.all()


def test_a_receipt_counts_only_from_the_office_that_was_written_to(
    offices: "Offices", send: Callable[..., Sent]
) -> None:
    mine, others = send(TOWN), send(OTHER)
    nosy = offices.town(OTHER)
    take_package(nosy.work, nosy.courier, Path(others.path))
    forged = msgspec.structs.replace(mine.record, manifest=others.record.manifest)
    receipt = send_receipt(nosy.work, nosy.courier, forged, offices.path_for)
    with pytest.raises(WrongContent):
        take_package(offices.bureau.work, offices.bureau.courier, Path(receipt.path))
    with offices.bureau.store.reading() as desk:
        assert all(record.receipt is None for record in desk.packages.all())


def test_a_package_that_is_sent_again_brings_only_what_is_not_there_yet(
    offices: "Offices", send: Callable[..., Sent]
) -> None:
    town, bureau, first = offices.town(), offices.bureau, send()
    take_package(town.work, town.courier, Path(first.path))
    send()
    again = resend_warnings(bureau.work, bureau.courier, TOWN, APRIL, offices.path_for)
    taken = take_package(town.work, town.courier, Path(again.path))
    assert taken.record.items == 2
    assert [finding.code for finding in taken.findings] == ["missing_package"]
    with town.store.reading() as desk:
        assert len(desk.cases.open()) == 2
