"""The town that one trains with: made-up villages and people, some done, some waiting, and on its stick a package to be taken in."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from taizhang_casework.domain.divisions import Divisions, Village
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import TRAINING_CODE, Office, OfficeId, OfficeKeys, OfficeKind, Role, User
from taizhang_casework.domain.packages import Manifest, PackageKind, WarningItem
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_casework.services.founding import enrol
from taizhang_casework.services.receiving import take_package

from taizhang_desktop.bootstrap import OpenOffice, Rules, found_vault
from taizhang_desktop.bootstrap.travel import package_file_name, unissued_number
from taizhang_desktop.demo import town_story
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.demo.training_facts import FIRST_DAY, LAST_DAY, OFFICES, PASSPHRASE, STICK

TOWN_NAME, BUREAU_NAME, USER_NAME = "演练镇", "演练区乡村振兴局", "演练用户"
VILLAGES = ("柳树村", "石桥村", "东山村", "槐花村")
MONTH = Month(2022, 4)
_PEOPLE = (
    "赵玉兰",
    "钱广田",
    "孙秀荣",
    "李长福",
    "周桂芝",
    "吴德胜",
    "郑海霞",
    "王保国",
    "冯春燕",
    "陈立业",
    "褚金花",
    "卫大勇",
)
_ITEMS = (
    ("民政局", "subsistence_allowance", "新增低保"),
    ("残联", "severe_disability_new", "新办理重度残疾证"),
    ("医保局", "high_medical_cost", "医疗费用个人负担累计超过2万元"),
)
_TAKEN = 8
"""So many of the people came with the package that is taken already; the others wait on the stick."""


def training_rules(rules: Rules) -> Rules:
    """The rules in force with the made-up town alone: no village of a real town can be named in a training."""
    code = training_office(rules).id
    villages = {f"{code}{200 + at}": Village(name=name, town_code=code) for at, name in enumerate(VILLAGES, start=1)}
    divisions = Divisions({code: TOWN_NAME}, villages, rules.pack.district)
    return Rules(pack=rules.pack, packs=rules.packs, divisions=divisions, calendar=rules.calendar)


def training_office(rules: Rules) -> Office:
    """The made-up town."""
    return Office(id=OfficeId(f"{rules.pack.district.code}{TRAINING_CODE}"), kind=OfficeKind.TOWN, name=TOWN_NAME)


def build_town(folder: Path, rules: Rules, clock: StoryClock) -> OpenOffice:
    """Found the town below ``folder`` and tell its month; the office stays open. Raises OfficeTrouble.

    ``rules`` are those of :func:`training_rules`. At the end the clock stands on ``LAST_DAY``.
    """
    stick = folder / STICK
    stick.mkdir(parents=True)
    clock.go_to(FIRST_DAY)
    office = found_vault(
        folder / OFFICES / TOWN_NAME,
        training_office(rules),
        PASSPHRASE,
        user=User(name=USER_NAME, role=Role.ADMINISTRATOR),
        rules=rules,
        clock=clock,
    ).office
    try:
        _tell(office, stick, clock)
    except BaseException:
        office.close()
        raise
    return office


def _tell(office: OpenOffice, stick: Path, clock: StoryClock) -> None:
    work, village = office.work, min(office.rules.divisions.villages)
    bureau = office.courier.new_keys(
        Office(id=OfficeId(office.rules.pack.district.code), kind=OfficeKind.BUREAU, name=BUREAU_NAME)
    )
    enrol(office.store, bureau.card, work.user)
    taken = _pack(office, bureau, stick, 1, _warnings(office, _PEOPLE[:_TAKEN]), "")
    take_package(work, office.courier, taken[0])
    clock.go_to(date(2022, 4, 8))
    applicant = town_story.take(
        work, town_story.SELF_APPLICANT, Channel.SELF_APPLICATION, "12317", "家庭成员突发疾病，申请帮扶", village
    )
    town_story.match_all(work)
    town_story.refuse_and_answer(work, clock, applicant)
    town_story.verify_all(work, clock, visited_on=date(2022, 4, 11))
    town_story.close_what_is_done(work, clock)
    town_story.take_late_april(work, clock, village)
    clock.go_to(LAST_DAY)
    _pack(office, bureau, stick, 2, _warnings(office, _PEOPLE[_TAKEN:]), taken[1])
    taken[0].unlink()


def _warnings(office: OpenOffice, names: Sequence[str]) -> tuple[Warning, ...]:
    villages = sorted(office.rules.divisions.villages)
    made = []
    for at, name in enumerate(names):
        source, item, detail = _ITEMS[at % len(_ITEMS)]
        serial = _PEOPLE.index(name) + 1
        made.append(
            Warning(
                id=WarningId(office.work.clock.new_id()),
                channel=Channel.DEPARTMENT,
                source=source,
                detail=detail,
                name=name,
                id_number=unissued_number(date(1950 + 2 * serial, serial, 10 + serial), serial),
                town_code=office.office.id,
                village_code=villages[at % len(villages)],
                received_on=office.work.clock.today(),
                item=item,
                happened_on=date(2022, 3, 15),
            )
        )
    return tuple(made)


def _pack(
    office: OpenOffice, bureau: OfficeKeys, stick: Path, number: int, warnings: Sequence[Warning], previous: str
) -> tuple[Path, str]:
    """A package of the made-up bureau for the town, as it came with a stick; where it is, and its digest."""
    with office.store.reading() as desk:
        town = desk.partners.own().card
    manifest = Manifest(
        kind=PackageKind.WARNINGS,
        number=number,
        previous=previous,
        sender=bureau.card.office.id,
        receiver=town.office.id,
        month=MONTH,
        made_at=office.work.clock.now(),
    )
    names = {bureau.card.office.id: BUREAU_NAME, town.office.id: TOWN_NAME}
    path = stick / package_file_name(manifest, lambda office: names[office])
    items = tuple(WarningItem(warning=warning) for warning in warnings)
    return path, office.courier.pack(manifest, items, keys=bureau, to=town, path=path)
