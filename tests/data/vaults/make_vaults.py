"""Leave the vaults of this release: ``.venv/bin/python tests/data/vaults/make_vaults.py [--again]``.

The month of the demonstration, then users of every role, told into one town's vault and the bureau's. ``--again`` makes those of a
release that is not out yet anew; of one that is out they are never changed.
"""

import shutil
import sys
import tempfile
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import msgspec
from taizhang_casework.domain.attachment import AttachmentKind
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.matching import ProposalKind, Verdict
from taizhang_casework.domain.offices import OfficeKind, Role
from taizhang_casework.domain.steps import (
    Closing,
    DataComparison,
    DemocraticReview,
    GreenChannel,
    HomeVisit,
    MonitoredKind,
    PublicNotice,
    Record,
    Refusal,
    Reopening,
    ReviewForm,
    Step,
    SystemEntry,
)
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.attaching import attach, remove
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.matching import decide, proposals
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.users import add_user, end_user, reissue_recovery_code, users
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_db import Passphrase
from taizhang_db.attachments.store import AttachmentFolder
from taizhang_db.schema import NEWEST_REVISION
from taizhang_desktop.bootstrap.office import OpenOffice, enter
from taizhang_desktop.bootstrap.rules import load_rules
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.demo.month import LAST_DAY, MONTH, PASSPHRASE, run_month
from taizhang_desktop.demo.town_story import Villager

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1] / "shared"))

from stored_desk import StoredVault, read_desk  # noqa: E402 - the tests' own modules are found by path

TOWN = "370215001"
COLLEAGUES = {
    "孙晓梅": (Role.REVIEWER, "shenhe-58-hetao-yusan"),
    "周志强": (Role.CLERK, "jingban-58-hetao-yusan"),
    "吴海燕": (Role.CLERK, "likai-58-hetao-yusan"),
}
ENDED = "吴海燕"
RECEIVED, VISITED = date(2022, 4, 8), date(2022, 4, 11)
VISITORS = ("孙晓梅", "周志强")
DAY = timedelta(days=1)
WAY: tuple[Record, ...] = (
    HomeVisit(visited_on=VISITED, visitors=VISITORS, conclusion="情况属实，支出较大", risks=("illness",)),
    DemocraticReview(
        held_on=VISITED + DAY,
        form=ReviewForm.REPRESENTATIVES,
        expected=30,
        present=26,
        host="村党支部书记",
        recorder="村文书",
        agree=25,
        against=1,
        abstain=0,
    ),
    DataComparison(compared_on=VISITED + 2 * DAY, authorised=("郑文斌",)),
    PublicNotice(posted_on=VISITED + 3 * DAY, ended_on=VISITED + 9 * DAY, place="村务公开栏"),
    SystemEntry(
        entered_on=VISITED + 10 * DAY, household_number="370215009001", kind=MonitoredKind.UNSTABLE, risks=("illness",)
    ),
    Closing(closed_on=LAST_DAY),
)
REFUSAL = Refusal(decided_on=VISITED + DAY, at=Step.HOME_VISIT, reason="other", explanation="收入稳定，没有困难")
HELP = GreenChannel(
    opened_on=VISITED, ground="突发火灾，住房烧毁", recognised_by="镇街党工委", help_given="临时救助5000元"
)
REOPENED = Reopening(reopened_on=LAST_DAY, back_to=Step.DATA_COMPARISON, why="核对时发现另有车辆")
WAYS: tuple[tuple[Record, ...], ...] = (
    *(WAY[:steps] for steps in range(len(WAY) + 1)),
    (REFUSAL,),
    (HELP,),
    (*WAY, REOPENED),
)
"""A case at each step of its way, one refused without its letter, one helped first, one reopened."""
LEFT_BEHIND = shutil.ignore_patterns("vault.lock", "vault.ballast")


def main(arguments: list[str]) -> str:
    """Write ``tests/data/vaults/VERSION/{town,bureau}``; what is wrong where they are there and ``--again`` was not said."""
    place = HERE / version("taizhang")
    if place.exists() and "--again" not in arguments:
        return f"{place} is there: a vault that was left is never changed (--again before the release)"
    shutil.rmtree(place, ignore_errors=True)
    rules = load_rules()
    offices = {"town": rules.divisions.towns[TOWN], "bureau": rules.pack.district.bureau}
    with tempfile.TemporaryDirectory(prefix="taizhang-vaults-") as name:
        month = Path(name) / "month"
        run_month(month, (), rules, lambda _: None)
        for kept, office in offices.items():
            _leave(month / "offices" / office, place / kept)
    return ""


def _leave(folder: Path, place: Path) -> None:
    """Let colleagues begin to work there, and keep the vault and what is in it."""
    office = enter(folder, Passphrase(PASSPHRASE), rules=load_rules(), clock=StoryClock(LAST_DAY, seed=7))
    if office.office.kind is OfficeKind.TOWN:
        _every_state(office.work)
        freeze(office.work, MONTH)
        _papers_of_a_case(office)
    for name, (role, passphrase) in COLLEAGUES.items():
        add_user(office.work, name, role, passphrase)
    end_user(office.work, next(account.id for account in users(office.work) if account.name == ENDED))
    secret = reissue_recovery_code(office.work)
    passphrases = {office.work.user.name: PASSPHRASE} | {name: words for name, (_, words) in COLLEAGUES.items()}
    del passphrases[ENDED]
    stored = StoredVault(
        revision=NEWEST_REVISION,
        passphrases=passphrases,
        recovery_code=secret.code,
        journal=office.store.journal_head(),
        desk=read_desk(office.store),
    )
    office.close()
    shutil.copytree(folder, place / "vault", ignore=LEFT_BEHIND)
    (place / "content.json").write_bytes(
        msgspec.json.format(msgspec.json.encode(stored, order="deterministic"), indent=1)
    )


def _every_state(work: Work) -> None:
    """Cases at the points of their way at which the month leaves none; the last warning is joined to the one before it."""
    for serial, records in enumerate(WAYS, start=9501):
        case = _taken(work, serial, "家庭成员突发疾病")
        own_household(work, case)
        for content in records:
            record(work, case, content)
    first, again = (_taken(work, 9601, detail) for detail in ("住房漏雨", "住房漏雨，村委再次反映"))
    own_household(work, first)
    for case in (again, again):
        with work.store.reading() as desk:
            proposed = proposals(desk, desk.cases.get(case))
        for proposal in proposed:
            decide(work, proposal, Verdict.NO if proposal.kind is ProposalKind.SAME_FACT else Verdict.YES)


def _papers_of_a_case(office: OpenOffice) -> None:
    """Two photos, one of them in the recycle bin."""
    files = AttachmentFolder(office.vault)
    with office.store.reading() as desk:
        case = desk.cases.all_ids()[0]
    with tempfile.TemporaryDirectory() as name:
        kept, wrong = (Path(name) / title for title in ("入户照片.jpg", "拍错了.jpg"))
        for photo in (kept, wrong):
            photo.write_bytes(b"\xff\xd8\xff" + photo.name.encode() * 5_000)
        attach(office.work, files, case, kept, AttachmentKind.PHOTO)
        mistake = attach(office.work, files, case, wrong, AttachmentKind.PHOTO).attachment
    remove(office.work, mistake.id, why="拍错了")


def _taken(work: Work, serial: int, detail: str) -> CaseId:
    who = Villager(name="郑文斌", born=date(1966, 5, 20), serial=serial)
    draft = WarningDraft(
        channel=Channel.CADRE_SCREENING,
        source="村委",
        detail=detail,
        name=who.name,
        id_number=who.id_number,
        village_code=min(code for code in work.divisions.villages if code.startswith(TOWN)),
        received_on=RECEIVED,
    )
    return take_warning(work, draft).case


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or 0)
