"""The page of users, rights in the window, and masks, by mouse and keyboard over a real vault."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from people_desk import LI, NUMBER, SECRETS, SUN, WHO, Seat, Town, seated
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance, TextSize
from taizhang_desktop.settings import IdleMinutes
from taizhang_desktop.viewmodels.backup import BackupModel

Sit = Callable[[], AbstractContextManager[Seat]]
ZHAO, NEW = "赵敏", "river-cloud-31-apple"


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    made = Town(tmp_path)
    made.found()
    return made


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)


@pytest.fixture
def sit(qtbot: QtBot, look: Look, town: Town) -> Iterator[Sit]:
    yield partial(seated, qtbot, town)
    look.choose(text_size=TextSize.NORMAL)


def to_users(seat: Seat) -> None:
    """Through the name in the head."""
    seat.hands.click("head_user")
    seat.hands.until(lambda: seat.hands.shows("用户") or seat.hands.shows("我的口令"))


def tab(seat: Seat, words: str) -> None:
    tabs = seat.hands.see(QTabWidget, "users_tabs")
    at = next(at for at in range(tabs.count()) if tabs.tabText(at) == words)
    QTest.mouseClick(tabs.tabBar(), Qt.MouseButton.LeftButton, pos=tabs.tabBar().tabRect(at).center())
    assert tabs.currentIndex() == at


def choose_user(seat: Seat, name: str) -> None:
    table = seat.hands.see(QTableView, "users_table")
    seat.hands.until(lambda: name in rows(table))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home)
    while table.model().index(table.currentIndex().row(), 0).data() != name:
        before = table.currentIndex().row()
        QTest.keyClick(table, Qt.Key.Key_Down)
        assert table.currentIndex().row() > before


def rows(table: QTableView, column: int = 0) -> list[str]:
    model = table.model()
    return [str(model.index(at, column).data()) for at in range(model.rowCount())]


def test_a_user_is_added_by_keyboard_with_everything_wrong_said_at_once_and_comes_in(sit: Sit) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        to_users(seat)
        hands.until(lambda: rows(hands.see(QTableView, "users_table")) == [f"{SUN}（本人）", LI])
        hands.click("users_add")
        hands.into("users_name", SUN)
        hands.labelled("初始口令", "short")
        hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        hands.until(lambda: hands.reads("已经有用户“孙晓梅”"))
        assert hands.reads("请选择角色")
        assert hands.reads("口令至少10个字符，现在5个")
        assert hands.reads("两次输入的口令不一致")
        hands.into("users_name", ZHAO)
        hands.press(Qt.Key.Key_Return)
        adds = seat.top.findChild(QPushButton, "users_add")
        assert isinstance(adds, QPushButton)
        assert not adds.isEnabled(), "the form is open: the one primary button is its own"
        hands.choose("users_role_field", "审核人")
        hands.press(Qt.Key.Key_Return)
        hands.type(NEW)
        hands.press(Qt.Key.Key_Return)
        hands.labelled("再输入一次初始口令", NEW)
        hands.press(Qt.Key.Key_Return)
        hands.until(lambda: hands.says("已新增用户赵敏（审核人）"))
        hands.until(lambda: rows(hands.see(QTableView, "users_table"))[-1] == ZHAO)
        table = hands.see(QTableView, "users_table")
        hands.until(table.hasFocus)
        hands.until(lambda: table.model().index(table.currentIndex().row(), 0).data() == ZHAO)
        seat.lock()
        seat.key(NEW, ZHAO)
        hands.until(lambda: hands.shows("今日待办"))
        assert hands.see(QPushButton, "head_user").text() == "赵敏（审核人）"


def test_an_ended_user_opens_nothing_until_her_passphrase_is_reset(sit: Sit) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        to_users(seat)
        choose_user(seat, LI)
        hands.click("users_end")
        hands.press(Qt.Key.Key_Return)
        assert not hands.reads("停用后，"), "Enter takes 取消"
        hands.click("users_end")
        hands.text_button("确认停用")
        hands.until(lambda: hands.says("李明已停用"))
        hands.until(lambda: rows(hands.see(QTableView, "users_table"), 2) == ["在用", "已停用"])
        seat.lock()
        hands.until(lambda: hands.reads(SUN))
        seat.key(SECRETS[LI])
        hands.until(lambda: hands.reads("口令不正确"))
        seat.key(SECRETS[SUN])
        hands.until(lambda: hands.shows("用户"))
        choose_user(seat, LI)
        hands.text_button("重设口令并启用")
        hands.labelled("新口令", NEW)
        hands.labelled("再输入一次新口令", NEW)
        hands.press(Qt.Key.Key_Return)
        hands.until(lambda: hands.says("李明的口令已重设"))
        seat.lock()
        seat.key(NEW, LI)
        hands.until(lambda: hands.see(QPushButton, "head_user").text() == "李明（经办人）")


def test_one_cannot_end_oneself_and_the_tip_says_why(sit: Sit) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        to_users(seat)
        choose_user(seat, f"{SUN}（本人）")
        window = seat.top
        ended = window.findChild(QPushButton, "users_end")
        assert isinstance(ended, QPushButton)
        assert not ended.isEnabled()
        assert ended.toolTip() == "本人的角色和停用由另一名管理员办理"


def test_a_clerk_changes_her_passphrase_and_sees_no_other_user(sit: Sit) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(LI)
        to_users(seat)
        assert hands.shows("我的口令")
        assert not hands.reads("本机用户")
        hands.labelled("原口令", "not mine")
        hands.press(Qt.Key.Key_Return)
        hands.type(NEW)
        hands.press(Qt.Key.Key_Return)
        hands.type(NEW)
        hands.press(Qt.Key.Key_Return)
        hands.until(lambda: hands.reads("原口令不正确"))
        hands.labelled("原口令", SECRETS[LI])
        hands.click("own_save")
        hands.until(lambda: hands.says("口令已修改"))
        seat.lock()
        seat.key(SECRETS[LI], LI)
        hands.until(lambda: hands.reads("口令不正确"))
        seat.key(NEW, LI)
        hands.until(lambda: hands.shows("我的口令"))


def test_a_fresh_recovery_code_kills_the_old_one(sit: Sit, town: Town, tmp_path: Path) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        to_users(seat)
        tab(seat, "恢复码和密钥")
        hands.click("code_begin")
        hands.click("code_sure")
        hands.until(lambda: bool(hands.see(QLabel, "code_text").text()))
        fresh = hands.see(QLabel, "code_text").text()
        assert fresh != town.code
        hands.click("code_save")
        hands.file(tmp_path / "code.pdf")
        hands.until((tmp_path / "code.pdf").is_file)
        hands.click("code_away")
        hands.until(lambda: hands.reads("请先保存或抄写恢复码，并勾选确认"))
        seat.lock()
        assert not hands.reads(fresh)
        seat.come_in(SUN)
        assert hands.see(QLabel, "code_text").text() == fresh, "shown once, also over a lock"
        hands.tick("我已打印或抄写恢复码，并妥善保存")
        hands.click("code_away")
        hands.until(lambda: hands.says("新的恢复码已生效，旧的已作废"))
        seat.lock()
        seat.hands.until(lambda: hands.see(QComboBox, "").currentText() == SUN)
        hands.text_button("忘记口令，用恢复码打开")
        hands.labelled("恢复码", town.code)
        hands.press(Qt.Key.Key_Return)
        hands.until(lambda: hands.reads("这个恢复码不是本数据库的"))
        hands.labelled("恢复码", fresh)
        hands.press(Qt.Key.Key_Return)
        hands.until(lambda: hands.reads("恢复码正确。请为“孙晓梅”设置新口令"))


def test_the_keys_of_the_data_are_changed_and_everybody_comes_in_as_before(sit: Sit, town: Town) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        to_users(seat)
        tab(seat, "恢复码和密钥")
        hands.click("keys_begin")
        hands.click("keys_sure")
        hands.until(lambda: hands.says("数据密钥已更换"))
        assert [path.name for path in sorted(town.vault.glob("cases*.db"))] != ["cases.db"]
        seat.lock()
        seat.come_in(LI)
        hands.until(lambda: hands.reads(WHO))


def test_the_time_until_the_lock_is_chosen_on_the_page(sit: Sit, town: Town) -> None:
    with sit() as seat:
        seat.come_in(LI)
        to_users(seat)
        seat.hands.choose("idle_minutes", "15分钟")
        QTest.keyClick(seat.hands.see(QComboBox, "idle_minutes"), Qt.Key.Key_Return)
        box = seat.hands.see(QComboBox, "idle_minutes")
        box.showPopup()
        seat.hands.until(lambda: QApplication.activePopupWidget() is not None)
        QTest.keyClick(box.view(), Qt.Key.Key_Return)
        seat.hands.until(lambda: town.settings.settings.idle_minutes is IdleMinutes.FIFTEEN)


@pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.LARGEST])
def test_the_page_fits_the_screen(sit: Sit, look: Look, size: TextSize) -> None:
    look.choose(text_size=size)
    with sit() as seat:
        seat.come_in(SUN)
        to_users(seat)
        seat.hands.click("users_add")
        QApplication.processEvents()
        assert seat.top.width() <= 1366
        assert seat.top.height() <= 768
        for name in ("users_role", "users_reset", "users_end"):
            button = seat.top.findChild(QPushButton, name)
            assert isinstance(button, QPushButton)
            assert button.width() >= button.sizeHint().width()


def test_what_a_clerk_may_not_do_is_not_offered_and_says_who_may(sit: Sit) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(LI)
        hands.until(lambda: hands.reads(WHO))
        hands.click("today_open")
        hands.until(lambda: hands.shows("案件办理"))
        window = seat.top
        for name in ("case_offer_refusal", "case_offer_closing"):
            offer = window.findChild(QPushButton, name)
            assert isinstance(offer, QPushButton)
            hands.until(offer.isVisible)
            assert not offer.isEnabled()
            assert offer.toolTip() == "认定、办结和重新打开须由审核人或管理员办理，您是经办人"
        hands.text_button("月度报送")
        hands.until(lambda: hands.reads("本月台账尚未封存"))
        tips: dict[str, str] = {}
        for name in ("filing_freeze", "filing_print_a4", "filing_print_a3", "filing_pack"):
            button = window.findChild(QPushButton, name)
            assert isinstance(button, QPushButton)
            assert not button.isEnabled()
            tips[name] = button.toolTip()
        assert tips.pop("filing_freeze") == "封存月度台账须由审核人或管理员办理，您是经办人"
        assert set(tips.values()) == {"导出台账、附件和数据包须由审核人或管理员办理，您是经办人"}


WRITTEN = "本人13812345678，证号370282196504120038，医疗支出大"


def texts_of(model: QAbstractItemModel) -> list[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    at = [(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
    return [str(model.index(row, column).data(role)) for row, column in at for role in roles]


def on_screen(seat: Seat) -> str:
    """Every word on every part of the window, seen or not: labels, lines, tips, and all cells of all tables."""
    found = [seat.top.windowTitle()]
    everything: list[QWidget] = list(seat.top.findChildren(QWidget))
    for each in everything:
        found += [each.toolTip(), each.accessibleName(), each.accessibleDescription()]
        if isinstance(each, QLabel | QLineEdit | QPushButton):
            found.append(each.text())
        elif isinstance(each, QPlainTextEdit):
            found.append(each.toPlainText())
        elif isinstance(each, QTableView):
            found += texts_of(each.model())
    return "\n".join(found)


def test_a_clerk_is_told_at_the_grey_button_who_may_restore_a_backup(sit: Sit) -> None:
    with sit() as seat:
        seat.come_in(LI)
        seat.hands.text_button("数据备份")
        seat.hands.until(lambda: seat.hands.shows("数据备份"))
        button = seat.top.findChild(QPushButton, "go_to_restore")
        assert isinstance(button, QPushButton)
        assert not button.isEnabled()
        assert button.toolTip() == "恢复备份须由管理员办理，您是经办人"


def test_before_the_backups_are_read_it_is_said_that_they_are(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BackupModel, "refresh", lambda _: None)
    with sit() as seat:
        seat.come_in(SUN)
        seat.hands.text_button("数据备份")
        seat.hands.until(lambda: seat.hands.shows("数据备份"))
        assert seat.hands.reads("正在读取……")
        assert not seat.hands.reads("最近一次备份")


def test_no_screen_shows_a_number_in_full_before_it_is_asked_for(sit: Sit, town: Town) -> None:
    with town.opened() as office:
        work = office.work
        village = min(code for code, each in work.divisions.villages.items() if each.town_code == office.office.id)
        take_warning(
            work,
            WarningDraft(
                channel=Channel.PETITION,
                source="信访局",
                detail=WRITTEN,
                name=WHO,
                id_number=NUMBER,
                village_code=village,
                received_on=town.clock.today(),
            ),
        )
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        hands.until(lambda: hands.reads(WHO))
        seen = on_screen(seat)
        hands.text_button("预警台账")
        table = hands.see(QTableView, "ledger_table")
        hands.until(lambda: table.model().rowCount() == 2 and WHO in rows(table)[0])
        table.selectRow(0)
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(table, Qt.Key.Key_Return)
        hands.until(lambda: hands.shows("案件办理") and hands.reads("370***********0038"))
        seen += on_screen(seat) + QGuiApplication.clipboard().text()
        hands.text_button("月度报送")
        hands.until(lambda: hands.see(QTableView, "filing_table").model().rowCount() == 2)
        seen += on_screen(seat)
        for number in (NUMBER, "13812345678"):
            assert number not in seen
        assert "本人138****5678，证号370***********0038，医疗支出大" in seen
        hands.text_button("案件办理")
        hands.click("case_unmask")
        hands.until(lambda: hands.reads(NUMBER))


def test_a_number_searched_for_is_in_full_only_while_it_is_typed(sit: Sit) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        hands.text_button("预警台账")
        search = hands.see(QLineEdit, "ledger_search")
        table = hands.see(QTableView, "ledger_table")
        hands.until(lambda: table.model().rowCount() == 1)
        hands.into("ledger_search", NUMBER)
        assert search.text() == NUMBER
        table.setFocus()
        assert search.text() == "370***********0038"
        hands.until(lambda: hands.reads("符合条件的1条"))
        search.setFocus()
        assert search.text() == NUMBER
        QTest.keyClick(search, Qt.Key.Key_Backspace)
        table.setFocus()
        hands.until(lambda: hands.reads("没有符合条件的预警信息") or hands.reads("符合条件的1条"))
        search.setFocus()
        assert search.text() == NUMBER[:-1]
