"""Forms of every page that keeps what is half-typed: how each is begun with the hands, and how it looks when it is there again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from five_steps import five_steps
from hands import Hands
from people_desk import WHO, Town
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTableView
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.verification import record

HELPED = "李秀英"
SECRET = "river-cloud-31-apple"
LATER = date(2022, 5, 10)
KEPT = "填写一半的内容已保存"


@dataclass(frozen=True)
class HalfTyped:
    """``begin`` types half a form from anywhere, ``again`` holds once it is there as it was left; ``offered`` is how it is told of."""

    begin: Callable[[Hands], None]
    again: Callable[[Hands], None]
    offered: str


def with_monitored(town: Town) -> None:
    """A day in May, and a household that was recognised in April."""
    town.clock.go_to(LATER)
    with town.opened() as office:
        work = office.work
        village = max(code for code, each in work.divisions.villages.items() if each.town_code == office.office.id)
        case = take_warning(
            work,
            WarningDraft(
                channel=Channel.CADRE_SCREENING,
                source="村委",
                detail="家庭成员突发疾病",
                name=HELPED,
                id_number="",
                village_code=village,
                received_on=date(2022, 4, 11),
            ),
        ).case
        own_household(work, case)
        for each in five_steps(HELPED):
            record(work, case, each)


def _line(hands: Hands, name: str) -> str:
    return hands.see(QLineEdit, name).text()


def _visit_a_helped_household(hands: Hands) -> None:
    hands.text_button("监测对象")
    table = hands.see(QTableView, "monitoring_table")
    hands.until(lambda: table.model().rowCount() == 1)
    table.setFocus()
    hands.press(Qt.Key.Key_Home)
    hands.press(Qt.Key.Key_Return)
    hands.click("monitoring_visit")
    hands.into("case_visited_on", "5.")
    hands.into("case_found", "病情稳定😀")


def _the_visit_again(hands: Hands) -> None:
    assert hands.see(QPlainTextEdit, "case_found").toPlainText() == "病情稳定😀"
    assert _line(hands, "case_visited_on") == "5.", "unreadable, and letter for letter"


def _a_member_joins(hands: Hands) -> None:
    hands.text_button("户与成员")
    hands.into("households_line", "zfs")
    table = hands.see(QTableView, "households_found")
    hands.until(lambda: table.model().rowCount() == 1)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    hands.click("household_join")
    hands.into("member_name", "周小𡛕")
    hands.into("member_on", "5月")
    hands.into("member_because_line", "收养，手续在办")


def _the_member_again(hands: Hands) -> None:
    assert _line(hands, "member_name") == "周小𡛕"
    assert _line(hands, "member_on") == "5月", "unreadable, and letter for letter"
    assert _line(hands, "member_because_line") == "收养，手续在办"


def _a_user_comes(hands: Hands) -> None:
    hands.click("head_user")
    hands.click("users_add")
    hands.into("users_name", "赵敏")
    hands.choose("users_role_field", "审核人")
    hands.labelled("初始口令", SECRET)


def _the_user_again(hands: Hands) -> None:
    assert _line(hands, "users_name") == "赵敏"
    secrets = [each for each in _lines(hands) if each.accessibleName() == "初始口令"]
    assert [each.text() for each in secrets] == [""], "a passphrase is kept nowhere"


def _several_are_visited(hands: Hands) -> None:
    hands.text_button("预警台账")
    hands.text_button("今日待办")
    hands.until(lambda: hands.reads(WHO))
    hands.click("today_open")
    hands.click("case_together")
    hands.into("case_visited_on", "5.")
    hands.into(_own(hands), "因病支出大")


def _own(hands: Hands) -> str:
    hands.until(lambda: any(each.objectName().startswith("batch_conclusion_") for each in _lines(hands)))
    return next(each.objectName() for each in _lines(hands) if each.objectName().startswith("batch_conclusion_"))


def _lines(hands: Hands) -> list[QLineEdit]:
    lines: list[QLineEdit] = list(hands.window.findChildren(QLineEdit))
    return [each for each in lines if each.isVisible()]


def _the_visits_again(hands: Hands) -> None:
    assert _line(hands, _own(hands)) == "因病支出大"
    assert _line(hands, "case_visited_on") == "5."


PAGES = {
    "a visit to a monitored household": HalfTyped(
        _visit_a_helped_household, _the_visit_again, f"上次填写了一半的“走访”（{HELPED}）还在"
    ),
    "a member who joins": HalfTyped(_a_member_joins, _the_member_again, f"上次填写了一半的“成员加入”（{WHO}）还在"),
    "a new user": HalfTyped(_a_user_comes, _the_user_again, "上次填写了一半的“新增用户”（赵敏）还在"),
    "several visits in one go": HalfTyped(
        _several_are_visited, _the_visits_again, f"上次填写了一半的“一起办理：入户核实”（{WHO}）还在"
    ),
}
