"""One month, end to end: from the departments' lists to the sealed ledgers and back at the bureau, with real files at each joint."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from taizhang_casework.domain.ledger import Filing, Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role, User
from taizhang_casework.domain.packages import Manifest, PackageRecord
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.board import board, freeze_consolidated
from taizhang_casework.services.collecting import AlreadyImported, Collected, take_list, waiting
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.founding import enrol, own_keys
from taizhang_casework.services.receiving import take_package
from taizhang_casework.services.sending import send_filing, send_receipt, send_warnings

from taizhang_desktop.bootstrap import OpenOffice, Rules, found_vault
from taizhang_desktop.bootstrap.papers import Paper, ledger_run, letter_run, write_ledger, write_letter
from taizhang_desktop.bootstrap.travel import UnreadableList, package_file_name, write_sample_lists
from taizhang_desktop.demo import town_story
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.demo.summary import Summary, TownCount

MONTH = Month(2022, 4)
LAST_DAY = date(2022, 4, 29)
"""The day on which the story ends; the demonstration's window stands on it."""
DEFAULT_TOWNS = (OfficeId("370215001"), OfficeId("370215100"))
PASSPHRASE = "taizhang-demo"  # noqa: S105 - printed for everybody: the demonstration's vaults hold made-up people
Says = Callable[[str], None]


@dataclass
class Story:
    """The offices of the demonstration and the folder that their files are in."""

    out: Path
    clock: StoryClock
    rules: Rules
    bureau: OpenOffice
    towns: dict[OfficeId, OpenOffice] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def office_name(self, office: OfficeId) -> str:
        """The name that a package's file bears."""
        return self.rules.divisions.towns.get(office, self.rules.pack.district.bureau)

    def path_for(self, manifest: Manifest) -> Path:
        """Where the stick would be: one folder for all packages."""
        folder = self.out / "packages"
        folder.mkdir(exist_ok=True)
        return folder / package_file_name(manifest, self.office_name)


def run_month(out: Path, lists: Sequence[Path], rules: Rules, says: Says) -> Summary:
    """Tell the whole month into ``out`` (made, or empty) and count what must reconcile. Raises OfficeTrouble."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise OfficeTrouble(
            f"文件夹“{out}”里已经有文件", safe="没有改动其中的任何文件", do="请换一个空文件夹再运行演示"
        )
    clock = StoryClock(date(2022, 4, 4))
    bureau = _found(
        out,
        Office(id=OfficeId(rules.pack.district.code), kind=OfficeKind.BUREAU, name=rules.pack.district.bureau),
        rules,
        clock,
    )
    story = Story(out=out, clock=clock, rules=rules, bureau=bureau)
    try:
        return _tell(story, lists, says)
    finally:
        for office in (story.bureau, *story.towns.values()):
            office.close()


def _tell(story: Story, lists: Sequence[Path], says: Says) -> Summary:
    files = tuple(lists) or write_sample_lists(
        _folder(story, "lists"), month=MONTH, divisions=story.rules.divisions, pack=story.rules.pack, seed=2022
    )
    imports = [taken for path in files if (taken := _collect(story, path, says)) is not None]
    _enrol_towns(story)
    _hand_out(story, says)
    _work_in_towns(story, says)
    filings = {town: _file_month(story, town, says) for town in story.towns}
    return _look_at_the_board(story, imports, filings, says)


def _found(out: Path, office: Office, rules: Rules, clock: StoryClock) -> OpenOffice:
    user = User(name="演示用户", role=Role.ADMINISTRATOR)
    return found_vault(out / "offices" / office.name, office, PASSPHRASE, user=user, rules=rules, clock=clock).office


def _folder(story: Story, name: str) -> Path:
    folder = story.out / name
    folder.mkdir(exist_ok=True)
    return folder


def _collect(story: Story, path: Path, says: Says) -> Collected | None:
    """The list as it was taken in; None where it came before or cannot be read: it is said, and the others go on."""
    try:
        taken = take_list(story.bureau.work, story.bureau.list_reader, path, MONTH)
    except AlreadyImported as again:
        says(f"部门预警：{again}")
        return None
    except UnreadableList as trouble:
        story.unread.append(str(trouble))
        return None
    rows, warnings = taken.done.reading.rows, taken.done.warnings
    says(f"部门预警：{path.name}，读取{len(rows)}行，接收{len(warnings)}行")
    return taken


def _enrol_towns(story: Story) -> None:
    """Every town that a warning goes to, and at least two, exchanges cards with the bureau."""
    with story.bureau.store.reading() as desk:
        needed = set(waiting(desk))
    for default in DEFAULT_TOWNS:
        if len(needed) < len(DEFAULT_TOWNS):
            needed.add(default)
    bureau_card = own_keys(story.bureau.store).card
    for town in sorted(needed):
        office = Office(id=town, kind=OfficeKind.TOWN, name=story.office_name(town))
        opened = _found(story.out, office, story.rules, story.clock)
        story.towns[town] = opened
        enrol(opened.store, bureau_card, opened.work.user)
        enrol(story.bureau.store, own_keys(opened.store).card, story.bureau.work.user)


def _hand_out(story: Story, says: Says) -> None:
    story.clock.go_to(date(2022, 4, 7))
    with story.bureau.store.reading() as desk:
        towns = sorted(waiting(desk))
    for town in towns:
        sent = send_warnings(story.bureau.work, story.bureau.courier, town, MONTH, story.path_for)
        opened = story.towns[town]
        taken = take_package(opened.work, opened.courier, Path(sent.path))
        _receipt(story, opened, taken.record, story.bureau)
        says(f"下发镇街：{opened.office.name}，{taken.record.items}条")


def _receipt(story: Story, answering: OpenOffice, taken: PackageRecord, to: OpenOffice) -> None:
    receipt = send_receipt(answering.work, answering.courier, taken, story.path_for)
    take_package(to.work, to.courier, Path(receipt.path))


def _work_in_towns(story: Story, says: Says) -> None:
    first, *others = story.towns.values()
    story.clock.go_to(date(2022, 4, 8))
    applicant = town_story.take(
        first.work,
        town_story.SELF_APPLICANT,
        Channel.SELF_APPLICATION,
        "12317",
        "家庭成员突发疾病，申请帮扶",
        _a_village(story, first),
    )
    for each in story.towns.values():
        town_story.match_all(each.work)
    town_story.refuse_and_answer(first.work, story.clock, applicant)
    for each in story.towns.values():
        town_story.verify_all(each.work, story.clock, visited_on=date(2022, 4, 11))
        town_story.close_what_is_done(each.work, story.clock)
    town_story.take(
        others[0].work,
        town_story.SCREENED,
        Channel.CADRE_SCREENING,
        "村委",
        "家庭成员意外受伤，支出骤增",
        _a_village(story, others[0]),
    )
    town_story.take_late_april(first.work, story.clock, _a_village(story, first))
    for each in story.towns.values():
        _print_letters(story, each)
        says(f"镇街办理：{each.office.name}，逐户核实、评议、比对、公示、录入")


def _a_village(story: Story, office: OpenOffice) -> str:
    villages = story.rules.divisions.villages
    return min(code for code, village in villages.items() if village.town_code == office.office.id)


def _print_letters(story: Story, office: OpenOffice) -> None:
    with office.store.reading() as desk:
        letters = desk.letters.all()
    for letter in letters:
        name = f"{office.office.name}_告知书_{letter.notice.number}.pdf"
        write_letter(letter.notice, _folder(story, "letters") / name, letter_run(office))


def _print_ledger(story: Story, office: OpenOffice, filing: Filing, kind: str) -> None:
    for paper in Paper:
        path = _folder(story, "ledgers") / f"{office.office.name}_{kind}_{filing.month}_{paper.name}.pdf"
        run = ledger_run(office, filing, printed_by=office.work.user.name, printed_at=story.clock.now())
        write_ledger(filing, story.rules.pack, path, run, paper=paper)


def _file_month(story: Story, town: OfficeId, says: Says) -> Filing:
    story.clock.go_to(LAST_DAY)
    office, bureau = story.towns[town], story.bureau
    filing = freeze(office.work, MONTH).filing
    _print_ledger(story, office, filing, "附件2")
    sent = send_filing(office.work, office.courier, filing.id, bureau.office.id, story.path_for)
    taken = take_package(bureau.work, bureau.courier, Path(sent.path))
    _receipt(story, bureau, taken.record, office)
    says(f"月度报送：{office.office.name}，台账{len(filing.lines)}条，已送区局")
    return filing


def _look_at_the_board(
    story: Story, imports: Sequence[Collected], filings: dict[OfficeId, Filing], says: Says
) -> Summary:
    together = freeze_consolidated(story.bureau.work, MONTH).filing
    _print_ledger(story, story.bureau, together, "汇总台账")
    with story.bureau.store.reading() as desk:
        lines = board(story.bureau.work, desk, MONTH)
    filed = tuple(line.town_name for line in lines if line.received_at is not None)
    says(f"镇街报送：已报{len(filed)}个，未报{len(lines) - len(filed)}个")
    return Summary.of(
        month=MONTH,
        readings=[taken.done.reading for taken in imports],
        towns=[_count(story.towns[town], filing) for town, filing in filings.items()],
        bureau_lines=together.lines,
        filed=filed,
        unread=tuple(story.unread),
        not_filed=tuple(line.town_name for line in lines if line.received_at is None),
    )


def _count(office: OpenOffice, filing: Filing) -> TownCount:
    with office.store.reading() as desk:
        cases = desk.cases.many(desk.cases.all_ids())
        letters = len(desk.letters.all())
    by_channel = {channel: sum(case.warning.channel is channel for case in cases) for channel in Channel}
    return TownCount(town=office.office.name, cases=by_channel, lines=filing.lines, letters=letters)
