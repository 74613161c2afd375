"""数据备份 and its daily work as view-models: what is said, what is registered, what happens when it fails."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from taizhang_casework.domain.backups import BackupFace, BackupPlace, Counts, Loss, MadeBackup
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.backing_up import state, take_down
from taizhang_casework.services.clock import Progress
from taizhang_casework.services.work import Work
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Troubled
from taizhang_desktop.viewmodels.backup import BackupModel
from taizhang_desktop.viewmodels.backup_words import ago, lacks, loss_words
from taizhang_desktop.viewmodels.daily_backup import DailyBackup
from taizhang_desktop.viewmodels.key import Key, KeyKind
from taizhang_desktop.viewmodels.navigation import Badge, Place
from taizhang_desktop.viewmodels.restore import Checked
from taizhang_desktop.viewmodels.restore_model import RestoreModel

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy


class Tools:
    """Makes backups of nothing, or raises."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.trouble: Exception | None = None
        self.places: list[str] = []
        self.lacking = 0
        self.beside = False

    def make_scheduled(self, progress: Progress) -> MadeBackup:
        return self.make_in(Path("schedule"), progress)

    def make_in(self, folder: Path, progress: Progress) -> MadeBackup:
        if self.trouble is not None:
            raise self.trouble
        progress(1, 1)
        self.places.append(folder.name)
        now = self._work.clock.now()
        return MadeBackup(
            made_at=now,
            proved_at=now,
            file=str(folder / "x.tzbak"),
            size=2_500_000,
            head_seq=1,
            head_hash="",
            lacking=self.lacking,
        )

    def beside_the_data(self, file: str) -> bool:
        return self.beside and file.endswith(".tzbak")

    def is_there(self, file: str) -> bool:
        return bool(file)

    def take_away(self, file: str) -> None:
        raise AssertionError(file)


@pytest.fixture
def tools(town_work: Work) -> Tools:
    return Tools(town_work)


@pytest.fixture
def daily(town_work: Work, tools: Tools, frame: "FrameSpy", runner: "AtOnce") -> DailyBackup:
    return DailyBackup(town_work, tools, frame, runner=runner, bench=runner)


def model_of(
    work: Work, tools: Tools, frame: "FrameSpy", chooser: "Chooser", runner: "AtOnce", asked: list[bool]
) -> BackupModel:
    return BackupModel(work, tools, chooser, frame, runner=runner, bench=runner, restore=lambda: asked.append(True))


def test_the_day_is_backed_up_once(daily: DailyBackup, tools: Tools, town_work: Work) -> None:
    daily.look()
    daily.look()
    assert tools.places == ["schedule"]
    assert [record.place for record in state(town_work).records] == [BackupPlace.SCHEDULE]


def test_a_days_backup_that_lacks_attachments_says_so(daily: DailyBackup, tools: Tools, frame: "FrameSpy") -> None:
    tools.lacking = 2
    daily.look()
    (notice,) = frame.notices
    assert notice.tone is Tone.SOON
    assert "有2个附件在本机已丢失或损坏" in notice.says


def test_a_day_that_could_not_be_backed_up_says_why_and_is_not_tried_again_at_once(
    daily: DailyBackup, tools: Tools, frame: "FrameSpy", runner: "AtOnce", town_work: Work
) -> None:
    tools.trouble = OfficeTrouble("硬盘空间不足", safe="完好", do="请清理")
    daily.look()
    daily.look()
    (notice,) = frame.notices
    assert notice.says == "今天的自动备份没有做成：硬盘空间不足。"
    assert runner.failures == []
    assert state(town_work).due


def test_the_reminder_stands_in_the_navigation_until_a_backup_is_made(
    daily: DailyBackup, tools: Tools, frame: "FrameSpy", town_work: Work, runner: "AtOnce"
) -> None:
    old = town_work.clock.now() - timedelta(days=9)
    made = MadeBackup(made_at=old, proved_at=old, file="x", size=1, head_seq=1, head_hash="")
    take_down(town_work, made, BackupPlace.SCHEDULE)
    daily.look()
    assert frame.badges[0] == Badge(Place.BACKUP, 1, Tone.OVERDUE)
    daily.on_changes(runner.announced[0])
    assert frame.badges[-1].count == 0


def test_a_backup_to_a_stick_is_told_and_listed(
    town_work: Work, tools: Tools, frame: "FrameSpy", chooser: "Chooser", runner: "AtOnce", tmp_path: Path
) -> None:
    model = model_of(town_work, tools, frame, chooser, runner, [])
    model.refresh()
    assert (model.state.newest, model.state.stick_tone) == ("还没有", Tone.SOON)
    chooser.will_choose(tmp_path / "stick")
    tools.lacking = 2
    model.make()
    model.on_changes(runner.announced[-1])
    assert "有2个附件" in frame.notices[-1].lines[0]
    (line,) = model.state.lines
    assert (line.size, line.proof, line.tone) == ("2.5 MB", "已试恢复，缺2个附件", Tone.SOON)
    assert not model.state.making


def test_a_stick_that_fails_leaves_the_button_as_it_was(
    town_work: Work, tools: Tools, frame: "FrameSpy", chooser: "Chooser", runner: "AtOnce", tmp_path: Path
) -> None:
    model = model_of(town_work, tools, frame, chooser, runner, [])
    tools.trouble = OfficeTrouble("U盘满", safe="好", do="换")
    chooser.will_choose(tmp_path)
    model.make()
    assert not model.state.making
    assert runner.failures == [Troubled("U盘满", "好", "换")]
    assert state(town_work).records == ()


def test_a_clerk_who_may_not_restore_is_told_who_may(
    town_work: Work, tools: Tools, frame: "FrameSpy", chooser: "Chooser", runner: "AtOnce"
) -> None:
    asked: list[bool] = []
    clerk = User(name="李明", role=Role.CLERK)
    work = Work(**{name: getattr(town_work, name) for name in town_work.__dataclass_fields__} | {"user": clerk})
    model_of(work, tools, frame, chooser, runner, asked).restore()
    assert asked == []
    assert "恢复备份须由管理员办理" in frame.notices[0].lines[0]
    model_of(town_work, tools, frame, chooser, runner, asked).restore()
    assert asked == [True]


@pytest.mark.parametrize(
    ("loss", "replaces", "words"),
    [
        (None, False, "还没有这个单位的台账"),
        (None, True, "打不开，无法比较"),
        (Loss(changes=0, cases=0, same_history=True), True, "一样新"),
        (Loss(changes=3, cases=0, same_history=True), True, "又有3处更改。"),
        (Loss(changes=3, cases=2, same_history=True), True, "其中新登记的案件2件"),
        (Loss(changes=3, cases=2, same_history=False), True, "不是从这份备份接着办的"),
    ],
)
def test_what_a_restore_would_lose_is_said_in_words(loss: Loss | None, replaces: bool, words: str) -> None:
    assert words in loss_words(loss, replaces=replaces)


def test_days_are_told_as_one_speaks_of_them(town_work: Work) -> None:
    today = town_work.clock.today()
    assert [ago(today - timedelta(days=day), today) for day in (0, 1, 8)] == ["今天", "昨天", "8天前"]
    assert "请核对电脑日期" in ago(today + timedelta(days=1), today)


class Deeds:
    """Checks what it is told to."""

    def __init__(self, answer: Checked | Exception) -> None:
        self.answer = answer
        self.keys: list[Key] = []
        self.dropped = 0

    def check(self, file: Path, key: Key, progress: Progress) -> Checked:
        assert file.suffix == ".tzbak"
        self.keys.append(key)
        progress(50, 100)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def drop(self) -> None:
        self.dropped += 1


@pytest.fixture
def checked(town_work: Work) -> Checked:
    counts = Counts(cases=1, households=0, letters=0, filings=0, attachments=0)
    face = BackupFace(
        office="环秀街道", vault="", made_at=town_work.clock.now(), head_seq=1, head_hash="", counts=counts
    )
    return Checked(face=face, loss=None, replaces=True)


def test_nothing_is_put_in_place_before_it_was_checked(
    checked: Checked, chooser: "Chooser", runner: "AtOnce", tmp_path: Path
) -> None:
    switched: list[bool] = []
    left: list[bool] = []
    deeds = Deeds(checked)
    model = RestoreModel(deeds, chooser, runner, switch=lambda: switched.append(True), back=lambda: left.append(True))
    model.switch()
    missing: list[int] = []
    model.found_fault.connect(lambda found: missing.append(len(found)))
    model.check("")
    assert missing == [2], "the file and the key"
    assert deeds.keys == []
    chooser.will_choose(tmp_path / "x.tzbak")
    model.choose()
    model.turn()
    model.check("CODE")
    assert deeds.keys == [Key(KeyKind.RECOVERY_CODE, "CODE")]
    assert model.state.checked == checked
    assert not model.state.busy
    assert switched == []
    model.switch()
    assert (switched, model.state.switching) == ([True], True)
    model.back()
    assert left == [], "nobody leaves while the folders change places"
    model.not_switched(Troubled("忙", "好", "再试"))
    model.back()
    assert (left, deeds.dropped) == ([True], 1)


def test_a_backup_that_fails_is_said_and_another_may_be_tried(
    chooser: "Chooser", runner: "AtOnce", tmp_path: Path, checked: Checked
) -> None:
    deeds = Deeds(OfficeTrouble("备份文件已损坏", safe="没有改动", do="换一份"))
    model = RestoreModel(deeds, chooser, runner, switch=_never, back=_never)
    chooser.will_choose(tmp_path / "x.tzbak")
    model.choose()
    said: list[Failure | None] = []
    model.failed.connect(said.append)
    model.check("words")
    assert said == [None, Troubled("备份文件已损坏", "没有改动", "换一份")]
    assert model.state.checked is None
    deeds.answer = checked
    model.check("words")
    assert model.state.checked == checked


def test_what_a_backup_lacks_is_said(checked: Checked) -> None:
    assert lacks(checked.face) == ""
    assert "其中3个附件" in lacks(msgspec.structs.replace(checked.face, lacking=3))


def _never() -> None:
    raise AssertionError


def test_a_backup_on_the_disk_of_the_data_is_said_to_be_no_safer_than_they_are(
    town_work: Work, tools: Tools, frame: "FrameSpy", chooser: "Chooser", runner: "AtOnce"
) -> None:
    tools.beside = True
    chooser.will_choose(Path("stick"))
    model_of(town_work, tools, frame, chooser, runner, []).make()
    (notice,) = frame.notices
    assert notice.tone is Tone.SOON
    assert notice.says.startswith("备份完成")
    assert "同一块硬盘或U盘" in notice.lines[0]
