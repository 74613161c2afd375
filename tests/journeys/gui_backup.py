"""A backup to a stick and a restore of it, in the whole program, by mouse and keyboard."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import pytest
from hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot
from seated import seated
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role, User
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_desktop.bootstrap import enter_vault, found_vault, load_rules
from taizhang_desktop.crash import Crash
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance, TextSize
from taizhang_desktop.program import Program, Surroundings
from taizhang_desktop.viewmodels.key import Key, KeyKind

PASSPHRASE = "horse-river-58-cloud"
TOWN = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道")
DAY = date(2022, 4, 20)

Start = Callable[..., AbstractContextManager[Hands]]


def take(data: Path, *names: str, day: date = DAY) -> None:
    """Register warnings behind the window's back, while it is closed."""
    key = Key(KeyKind.PASSPHRASE, PASSPHRASE)
    office = enter_vault(data / TOWN.name, key, rules=load_rules(), clock=StoryClock(day, seed=len(names) * 7))
    for name in names:
        draft = WarningDraft(
            channel=Channel.SELF_APPLICATION,
            source="12317",
            detail="突发疾病",
            name=name,
            id_number="",
            village_code="370215001002",
            received_on=date(2022, 4, 18),
        )
        take_warning(office.work, draft)
    office.close()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A town's vault with one case, founded on 7 April."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    place = tmp_path / "数据 盘"
    user = User(name="孙晓梅", role=Role.ADMINISTRATOR)
    clock = StoryClock(date(2022, 4, 7))
    founded = found_vault(place / TOWN.name, TOWN, PASSPHRASE, user=user, rules=load_rules(), clock=clock)
    founded.office.close()
    take(place, "李秀英")
    return place


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "我的 U盘"
    place.mkdir()
    return place


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    """Starts the program on a folder of data; there must be no report of a bug of ours."""
    look = Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)
    crashes: list[Crash] = []
    seeds = iter(range(1000, 2000))

    @contextmanager
    def run(data: Path, day: date = DAY, *, text: TextSize = TextSize.NORMAL) -> Iterator[Hands]:
        look.choose(text_size=text)
        around = Surroundings(
            data=data,
            clock=StoryClock(day, seed=next(seeds)),
            files=QtFileChooser(tmp_path, native=False),
            keep_report=crashes.append,
            rules=load_rules,
        )
        with seated(qtbot, around) as hands:
            yield hands

    yield run
    look.choose(text_size=TextSize.NORMAL)
    assert crashes == []


def enter(hands: Hands) -> None:
    hands.labelled("口令", PASSPHRASE)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: hands.shows("今日待办"))


def backups_in(place: Path) -> list[str]:
    """Backups that have their name, and what else lies there unless it is at work."""
    return sorted(each.name for each in place.iterdir()) if place.is_dir() else []


def made_in(data: Path) -> bool:
    """Whether the day's backup is there and nothing is at work any more."""
    return [name[:4] for name in backups_in(data / "备份" / TOWN.name)] == ["台账备份"]


def words(hands: Hands, name: str) -> str:
    return hands.see(QLabel, name).text()


def rows_of(hands: Hands, name: str) -> list[list[str]]:
    model = hands.see(QTableView, name).model()
    return [[str(model.index(row, at).data()) for at in range(model.columnCount())] for row in range(model.rowCount())]


def picture(hands: Hands, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if "TAIZHANG_PICTURES" in os.environ:
        hands.qtbot.wait(200)
        hands.window.grab().save(f"{os.environ['TAIZHANG_PICTURES']}/{name}.png")


def stick_backup(hands: Hands, stick: Path) -> None:
    hands.press(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    hands.until(lambda: hands.shows("数据备份"))
    hands.click("make_backup")
    hands.folder(stick)
    hands.until(lambda: hands.says("备份完成，已试恢复并核对无误"))


def check(hands: Hands, file: Path, passphrase: str = PASSPHRASE) -> None:
    hands.click("choose_backup")
    hands.file(file)
    hands.labelled("备份当天的口令", passphrase)
    hands.press(Qt.Key.Key_Return)


def test_the_first_opening_of_a_day_backs_up_by_itself_and_the_reminder_goes(start: Start, data: Path) -> None:
    with start(data) as hands:
        enter(hands)
        hands.until(lambda: made_in(data))
        hands.press(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
        hands.until(lambda: "今天" in words(hands, "newest_backup"))
        assert words(hands, "newest_on_stick") == "还没有"
        hands.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        hands.until(lambda: not any("数据备份" in row for row in rows_of(hands, "today_table")))
    (first,) = backups_in(data / "备份" / TOWN.name)
    assert first.startswith("台账备份_环秀街道_2022-04-20_")
    with start(data) as hands:
        enter(hands)
        hands.press(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
        hands.until(lambda: len(rows_of(hands, "backup_table")) == 1)
    assert backups_in(data / "备份" / TOWN.name) == [first]
    with start(data, date(2022, 4, 21)) as hands:
        enter(hands)
        hands.press(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
        hands.until(lambda: len(rows_of(hands, "backup_table")) == 2)


def test_a_backup_goes_to_a_stick_and_stands_in_the_list(start: Start, data: Path, stick: Path) -> None:
    with start(data) as hands:
        enter(hands)
        stick_backup(hands, stick)
        hands.until(lambda: "今天" in words(hands, "newest_on_stick"))
        assert any("U盘或其他位置" in row for row in rows_of(hands, "backup_table"))
        picture(hands, "backup")
    assert len(backups_in(stick)) == 1


def test_a_stick_that_was_pulled_out_is_one_sentence_and_the_next_try_works(
    start: Start, data: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start(data) as hands:
        enter(hands)
        hands.until(lambda: made_in(data))
        hands.press(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
        with monkeypatch.context() as broken:

            def gone(part: Path) -> None:
                shutil.rmtree(part.parent)
                raise OSError(5, "pulled out")

            broken.setattr("taizhang_db.backup.files.os.fsync", lambda _: gone(stick / "x"))
            hands.click("make_backup")
            hands.folder(stick)
            hands.until(lambda: hands.says("可能U盘已拔出"))
            picture(hands, "backup_pulled_out")
        stick.mkdir()
        stick_backup(hands, stick)
    assert len(backups_in(stick)) == 1


def test_a_backup_is_cancelled_at_the_foot_of_the_window_and_leaves_nothing(
    start: Start, data: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start(data) as hands:
        enter(hands)
        hands.until(lambda: made_in(data))
        hands.press(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
        written, cancelled = threading.Event(), threading.Event()

        def wait(_part: Path) -> None:
            written.set()
            cancelled.wait(20)

        with monkeypatch.context() as slow:
            slow.setattr("taizhang_db.backup.making.settle", wait)
            hands.click("make_backup")
            hands.folder(stick)
            hands.until(written.is_set)
            assert hands.reads("正在备份到U盘并试恢复")
            picture(hands, "backup_running")
            hands.text_button("取消")
            cancelled.set()
            hands.until(lambda: hands.says("已取消备份"))
        assert backups_in(stick) == []
        stick_backup(hands, stick)


def test_a_restore_shows_what_would_be_lost_and_keeps_what_was_there(start: Start, data: Path, stick: Path) -> None:
    with start(data) as hands:
        enter(hands)
        stick_backup(hands, stick)
    take(data, "王建国", "赵敏")
    (file,) = stick.iterdir()
    with start(data, date(2022, 4, 21)) as hands:
        enter(hands)
        hands.until(lambda: sum("确认户" in row[2] for row in rows_of(hands, "today_table")) == 3)
        hands.press(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
        hands.click("go_to_restore")
        picture(hands, "restore_begin")
        check(hands, file)
        hands.until(lambda: hands.reads("备份完好：环秀街道，2022-04-20"))
        assert "新登记的案件2件" in words(hands, "restore_loss")
        assert hands.see(QPushButton, "restore_back").hasFocus(), "Enter once too often must replace nothing"
        picture(hands, "restore_checked")
        hands.click("restore_backup")
        hands.until(lambda: hands.says("已从备份恢复"))
        picture(hands, "restore_done")
        enter(hands)
        hands.until(lambda: sum("确认户" in row[2] for row in rows_of(hands, "today_table")) == 1)
        hands.press(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
        hands.until(lambda: len(rows_of(hands, "backup_table")) >= 2)
    (kept,) = (data / "replaced").iterdir()
    assert kept.name.startswith("环秀街道_2022-04-21_")
    office = enter_vault(kept, Key(KeyKind.PASSPHRASE, PASSPHRASE), rules=load_rules(), clock=StoryClock(DAY))
    with office.store.reading() as desk:
        assert {case.warning.name for case in desk.cases.open()} == {"李秀英", "王建国", "赵敏"}
    office.close()


def test_going_back_from_a_restore_leaves_everything(start: Start, data: Path, stick: Path) -> None:
    with start(data) as hands:
        enter(hands)
        stick_backup(hands, stick)
        hands.click("go_to_restore")
        hands.click("check_backup")
        hands.until(lambda: hands.reads("请先选择备份文件"))
        check(hands, next(stick.iterdir()), "not-that-one")
        hands.until(lambda: hands.reads("备份用的是制作当天的口令"))
        picture(hands, "restore_wrong")
        hands.labelled("备份当天的口令", PASSPHRASE)
        hands.press(Qt.Key.Key_Return)
        hands.until(lambda: hands.reads("备份完好：环秀街道"))
        hands.click("restore_back")
        hands.until(lambda: hands.shows("今日待办"))
        hands.until(lambda: not [each for each in data.iterdir() if each.name.startswith(".")])
    assert not (data / "replaced").exists()


def test_a_new_pc_begins_with_the_backup(start: Start, data: Path, stick: Path, tmp_path: Path) -> None:
    with start(data) as hands:
        enter(hands)
        stick_backup(hands, stick)
    with start(tmp_path / "新 电脑", text=TextSize.LARGEST) as hands:
        hands.text_button("从备份恢复")
        picture(hands, "restore_new_150")
        check(hands, next(stick.iterdir()))
        hands.until(lambda: hands.reads("这台电脑上还没有这个单位的台账"))
        picture(hands, "restore_new_checked_150")
        button = hands.see(QPushButton, "restore_backup")
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        hands.until(lambda: hands.says("已从备份恢复"))
        enter(hands)
        hands.press(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
        hands.until(lambda: hands.shows("数据备份"))
        hands.until(lambda: "今天" in words(hands, "newest_backup"))
        picture(hands, "backup_150")


def test_a_stranger_with_an_old_passphrase_replaces_nothing(start: Start, data: Path, stick: Path) -> None:
    """Before the desk is open: the key must open the present vault too, unless that is broken."""
    with start(data) as hands:
        enter(hands)
        stick_backup(hands, stick)
    (file,) = stick.iterdir()
    shutil.rmtree(data / TOWN.name)
    user = User(name="周强", role=Role.ADMINISTRATOR)
    other = found_vault(
        data / TOWN.name, TOWN, "another-58-cloud-horse", user=user, rules=load_rules(), clock=StoryClock(DAY, seed=3)
    )
    other.office.close()
    with start(data) as hands:
        hands.text_button("从备份恢复")
        check(hands, file)
        hands.until(lambda: hands.reads("用这个口令或恢复码打不开它"))
        (data / TOWN.name / "cases.db").write_bytes(b"broken")
        hands.labelled("备份当天的口令", PASSPHRASE)
        hands.press(Qt.Key.Key_Return)
        hands.until(lambda: hands.reads("本机现有的台账打不开，无法比较"))
        hands.click("restore_back")
        hands.until(lambda: hands.reads("请输入口令，打开本单位的台账"))


def test_a_switch_that_was_cut_off_is_ended_at_the_next_start(start: Start, data: Path) -> None:
    shutil.copytree(data / TOWN.name, data / ".restored-abc")
    (data / "replaced").mkdir()
    (data / TOWN.name).rename(data / "replaced" / "环秀街道_2022-04-20_0900")
    note = '{"new":".restored-abc","office":"环秀街道","replaced":"环秀街道_2022-04-20_0900"}'
    (data / "vault.switching").write_text(note, encoding="utf-8")
    with start(data) as hands:
        hands.until(lambda: hands.reads("请输入口令，打开本单位的台账"))
        enter(hands)
    assert not (data / "vault.switching").exists()


def test_a_lock_takes_the_restore_page_away_and_what_was_taken_out_with_it(
    start: Start, data: Path, stick: Path
) -> None:
    with start(data) as hands:
        enter(hands)
        stick_backup(hands, stick)
        hands.click("go_to_restore")
        check(hands, next(stick.iterdir()))
        hands.until(lambda: hands.reads("备份完好：环秀街道"))
        program = hands.window.findChild(Program)
        assert isinstance(program, Program)
        program.lock()
        assert not hands.reads("备份完好")
        hands.until(lambda: not [each for each in data.iterdir() if each.name.startswith(".")])
        enter(hands)


def test_a_lock_gives_up_the_days_backup_and_coming_back_makes_it(
    start: Start, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, locked = threading.Event(), threading.Event()

    def wait(_part: Path) -> None:
        written.set()
        locked.wait(20)

    with start(data) as hands:
        with monkeypatch.context() as slow:
            slow.setattr("taizhang_db.backup.making.settle", wait)
            enter(hands)
            hands.until(written.is_set)
            hands.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
            locked.set()
            hands.until(lambda: not backups_in(data / "备份" / TOWN.name))
        enter(hands)
        hands.until(lambda: made_in(data))
