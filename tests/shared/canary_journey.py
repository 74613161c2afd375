"""One household on its way through the whole program, in a process of its own: started by ``tests/journeys/test_canary.py``.

Prints what the program itself would print. ``findings.json`` beside the folders says what was found at each look, and every text
of an exception that reached an edge of the program.
"""

import os
import sys
from datetime import date
from pathlib import Path

import msgspec
import openpyxl
from canary import Journey
from canary_vault import PASSPHRASE, attachments, backed_up, bugs, locking, recycled
from canary_window import at_the_window
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.case_query import CaseQuery
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.letter import Delivery, DeliveryWay, ReturnVisit
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role, User
from taizhang_casework.domain.packages import Manifest
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.steps import HomeVisit, Refusal, Step
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.board import freeze_consolidated
from taizhang_casework.services.collecting import take_list
from taizhang_casework.services.correspondence import draft_letter, note_delivered, note_return_visit
from taizhang_casework.services.disclosing import disclose_numbers
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.founding import enrol, own_keys
from taizhang_casework.services.intake import WarningDraft, new_household, take_warning
from taizhang_casework.services.matching import match_household
from taizhang_casework.services.receiving import take_package
from taizhang_casework.services.sending import send_filing, send_receipt, send_warnings
from taizhang_casework.services.verification import record
from taizhang_desktop.bootstrap import OpenOffice, enter_vault, found_vault, load_rules
from taizhang_desktop.bootstrap.papers import Paper, PrintRun, write_ledger, write_letter
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.viewmodels.key import Key, KeyKind
from traces import DETAIL, ID_NUMBER, NAME, PHONE

APRIL = Month(2022, 4)
HEADER = ["序号", "镇街", "村", "姓名", "身份证号", "类别", "认定日期", "备注"]


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (
        [f"{NAME}等人名单"],
        HEADER,
        [1, "环秀", "顺河村", NAME, ID_NUMBER, "低保", "2022.3.5", f"{DETAIL} {PHONE}"],
        [2, "环秀", "没有村", NAME, ID_NUMBER, "低保", "2022.3.5", DETAIL],
        [3, "环秀", "顺河村", NAME, ID_NUMBER[:-1], "低保", "2022.3.5", DETAIL],
        [4, "环秀", "顺河村", NAME, ID_NUMBER, "低保", f"{DETAIL}", PHONE],
        [5, "环秀", "顺河村", NAME, ID_NUMBER, "低保", "2022.3.5", PHONE],
    ):
        sheet.append(line)
    book.save(path)
    return path


def offices(journey: Journey, clock: StoryClock) -> tuple[OpenOffice, OpenOffice]:
    rules = load_rules()
    user = User(name="李明", role=Role.ADMINISTRATOR)
    district, town = rules.pack.district, OfficeId("370215001")
    bureau = Office(id=OfficeId(district.code), kind=OfficeKind.BUREAU, name=district.bureau)
    opened = [
        found_vault(journey.data / folder / office.id, office, PASSPHRASE, user=user, rules=rules, clock=clock).office
        for folder, office in (
            ("bureau", bureau),
            ("town", Office(id=town, kind=OfficeKind.TOWN, name=rules.divisions.towns[town])),
        )
    ]
    for one, other in (opened, opened[::-1]):
        enrol(one.store, own_keys(other.store).card, one.work.user)
    return opened[0], opened[1]


def lists(journey: Journey, bureau: OpenOffice) -> None:
    good = workbook(journey.asked / "民政局3月.xlsx")
    take_list(bureau.work, bureau.list_reader, good, APRIL)
    with journey.trouble("a list that came before"):
        take_list(bureau.work, bureau.list_reader, good, APRIL)
    bad = journey.asked / "民政局坏名单.xlsx"
    for what, content in (
        ("a list that is text", f"{NAME},{ID_NUMBER},{DETAIL}\n".encode()),
        ("a list that was cut", good.read_bytes()[:-200]),
        ("a list with nothing", b""),
    ):
        bad.write_bytes(content)
        with journey.trouble(what):
            take_list(bureau.work, bureau.list_reader, bad, APRIL)
    journey.look("lists read")


def packages(journey: Journey, bureau: OpenOffice, town: OpenOffice) -> None:
    def path_for(manifest: Manifest) -> Path:
        return journey.data / "stick" / f"{manifest.sender}-{manifest.receiver}-{manifest.number}.tzb"

    (journey.data / "stick").mkdir()
    sent = Path(send_warnings(bureau.work, bureau.courier, town.office.id, APRIL, path_for).path)
    taken = take_package(town.work, town.courier, sent)
    with journey.trouble("a package that came before"):
        take_package(town.work, town.courier, sent)
    content = bytearray(sent.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = sent.with_name("damaged.tzb")
    damaged.write_bytes(content)
    with journey.trouble("a damaged package"):
        take_package(town.work, town.courier, damaged)
    with journey.trouble("a package for somebody else"):
        take_package(bureau.work, bureau.courier, sent)
    send_receipt(town.work, town.courier, taken.record, path_for)
    journey.look("packages taken")


def intake(journey: Journey, town: OpenOffice) -> CaseId:
    village = min(code for code, each in town.rules.divisions.villages.items() if each.town_code == town.office.id)
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail=f"{DETAIL}，电话{PHONE}",
        name=NAME,
        id_number=ID_NUMBER,
        village_code=village,
        received_on=date(2022, 4, 8),
    )
    for what, wrong in (
        ("a number that does not check", {"id_number": f"{ID_NUMBER[:-1]}7"}),
        ("a number with a digit too many", {"id_number": f"{ID_NUMBER}1"}),
        ("a name with a number in it", {"name": f"{NAME}{PHONE}", "id_number": PHONE}),
        ("a village that is none", {"village_code": ID_NUMBER}),
    ):
        with journey.trouble(what):
            take_warning(town.work, msgspec.structs.replace(draft, **wrong))
    return take_warning(town.work, draft).case


def steps(journey: Journey, town: OpenOffice, clock: StoryClock, case: CaseId) -> None:
    work = town.work
    with work.store.reading() as desk:
        found = desk.cases.get(case)
        assert case in {row.id for row in desk.cases.page(CaseQuery(text=NAME), 0, 9)}
        assert case in {row.id for row in desk.cases.page(CaseQuery(text=ID_NUMBER[4:12]), 0, 9)}
    match_household(work, case, new_household(work, found, head_name="", head_id_number="", relation=Relation.HEAD))
    clock.go_to(date(2022, 4, 14))
    visit = HomeVisit(visited_on=date(2022, 4, 12), visitors=(NAME,), conclusion=DETAIL, risks=("illness",))
    with journey.trouble("a visit by one person"):
        record(work, case, visit)
    record(work, case, msgspec.structs.replace(visit, visitors=("孙晓梅", "周志强")))
    refusal = Refusal(
        decided_on=date(2022, 4, 14), at=Step.DEMOCRATIC_REVIEW, reason="other", explanation=f"{DETAIL}，{PHONE}"
    )
    record(work, case, refusal)
    with journey.trouble("a refusal twice"):
        record(work, case, refusal)
    disclose_numbers(work, case)
    draft_letter(work, case, contact=f"窗口，电话{PHONE}")
    with journey.trouble("a letter twice"):
        draft_letter(work, case, contact=PHONE)
    journey.look("decided, with the case file open")


def papers(journey: Journey, town: OpenOffice) -> None:
    with town.store.reading() as desk:
        (letter,) = desk.letters.all()
    path = journey.asked / "letter.pdf"
    write_letter(letter.notice, path)
    unprintable = (
        ("an addressee with a sign that nobody can print", {"addressee": f"{NAME}\ue000"}),
        ("a paragraph that quotes numbers", {"paragraphs": (f"{ID_NUMBER}\ue000{PHONE}",)}),
        ("a title with a number", {"title": f"{PHONE}\ue000"}),
    )
    for what, notice in unprintable:
        with journey.trouble(what):
            write_letter(msgspec.structs.replace(letter.notice, **notice), path)
    with journey.trouble("a letter into no folder"):
        write_letter(letter.notice, journey.asked / "nowhere" / "letter.pdf")


def after_the_letter(town: OpenOffice, clock: StoryClock) -> None:
    with town.store.reading() as desk:
        (letter,) = desk.letters.all()
    clock.go_to(date(2022, 4, 18))
    delivery = Delivery(
        delivered_on=date(2022, 4, 15),
        way=DeliveryWay.IN_PERSON,
        received_by=NAME,
        witness=f"{NAME}{PHONE}",
        delivered_by=("孙晓梅", "周志强"),
    )
    note_delivered(town.work, letter.id, delivery)
    visit = ReturnVisit(
        visited_on=date(2022, 4, 18), visitors=("孙晓梅", "周志强"), explained=DETAIL, attitude="表示理解"
    )
    note_return_visit(town.work, letter.id, visit)


def month(journey: Journey, bureau: OpenOffice, town: OpenOffice, clock: StoryClock) -> None:
    def path_for(manifest: Manifest) -> Path:
        return journey.data / "stick" / f"{manifest.sender}-{manifest.receiver}-{manifest.number}.tzb"

    clock.go_to(date(2022, 4, 29))
    filing = freeze(town.work, APRIL).filing
    for office, each, name in ((town, filing, "ledger"), (bureau, None, "together")):
        if each is None:
            sent = send_filing(town.work, town.courier, filing.id, bureau.office.id, path_for)
            take_package(bureau.work, bureau.courier, Path(sent.path))
        paper = each or freeze_consolidated(bureau.work, APRIL).filing
        path = journey.asked / f"{name}.pdf"
        run = PrintRun(printed_by="李明", printed_at=clock.now())
        write_ledger(paper, office.rules.pack, path, run, paper=Paper.A3)
    journey.look("filed")


def main(root: Path) -> None:
    journey, clock = Journey(root), StoryClock(date(2022, 4, 7))
    bureau, town = offices(journey, clock)
    lists(journey, bureau)
    packages(journey, bureau, town)
    clock.go_to(date(2022, 4, 8))
    case = intake(journey, town)
    steps(journey, town, clock, case)
    papers(journey, town)
    bugs(journey, town, case)
    attachments(journey, town, case)
    recycled(journey, town, case)
    locking(journey, town)
    backed_up(journey, town, clock)
    at_the_window(journey, clock)
    key = Key(KeyKind.PASSPHRASE, PASSPHRASE)
    town = enter_vault(town.vault.folder, key, rules=town.rules, clock=clock)
    after_the_letter(town, clock)
    month(journey, bureau, town, clock)
    for office in (town, bureau):
        office.close()
    journey.look("everything closed")
    journey.end()


if __name__ == "__main__":
    os.umask(0o077)
    main(Path(sys.argv[1]))
