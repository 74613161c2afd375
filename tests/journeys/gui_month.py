"""The whole month in the real window, by mouse and keyboard: three offices, real vaults, real lists, packages and PDFs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot
from seated import seated
from taizhang_desktop.bootstrap import load_rules
from taizhang_desktop.crash import Crash
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance
from taizhang_desktop.program import Surroundings

PASSPHRASE = "horse-river-58-cloud"
BUREAU, HUANXIU, TIANHENG = "即墨区乡村振兴局", "环秀街道", "田横镇"
Open = Callable[[str], AbstractContextManager[Hands]]


@pytest.fixture
def clock() -> StoryClock:
    return StoryClock(date(2022, 4, 4))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """The USB stick that goes between the offices."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def crashes() -> Iterator[list[Crash]]:
    """Reports of bugs of ours; there must be none at the end."""
    kept: list[Crash] = []
    yield kept
    assert kept == []


@pytest.fixture
def at(qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: StoryClock, crashes: list[Crash]) -> Open:
    """Sits down at the PC of an office; at the end the window is closed there."""
    Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)

    @contextmanager
    def sit_down(office: str) -> Iterator[Hands]:
        around = Surroundings(
            data=tmp_path / office,
            clock=clock,
            files=QtFileChooser(tmp_path, native=False),
            keep_report=crashes.append,
            rules=load_rules,
        )
        with seated(qtbot, around) as hands:
            yield hands

    return sit_down


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    """What two departments hand in: four good rows, and two that cannot be taken."""
    civil = workbook(
        tmp_path / "民政局3月.xlsx",
        [
            ["民政局2022年3月新增农村低保对象名单"],
            ["序号", "镇街", "村", "姓名", "身份证号", "类别", "认定日期"],
            [1, "环秀", "顺河村", "王建国", "370282196504120038", "低保", "2022.3.5"],
            [2, "环秀街道", "秀湖", "李䶮", "３７０２１５１９７１０８２３００２９", "低保", "2022年3月8日"],
            [3, "田横镇", "高埠村", "阿卜杜•热西提", "11010519491231002x", "特困", "20220310"],
            [4, "环秀街道", "没有村", "赵四", "370282196504120038", "低保", "2022-3-9"],
        ],
    )
    disabled = workbook(
        tmp_path / "残联3月.xlsx",
        [
            ["残联新办理重度残疾人证人员"],
            ["姓名", "残疾证号", "镇（街道）", "村居", "残疾等级", "办证日期"],
            ["孙𠮷", "81000019940823002143", "田横", "雄崖所村", "肢体一级", date(2022, 3, 18)],
            ["钱七", "81000019940823002143", "胶州市", "三里河", "肢体一级", date(2022, 3, 18)],
        ],
    )
    return civil, disabled


def found(hands: Hands, office: str, person: str, code: Path) -> None:
    """The first start: which office, who, the passphrase, the recovery code."""
    if office == BUREAU:
        hands.text_button("区乡村振兴局")
    else:
        hands.text_button("镇街")
        hands.type(office)
        hands.until(lambda: hands.see(QListWidget, "").count() == 1)
    hands.text_button("下一步")
    hands.labelled("管理员姓名", person)
    hands.press(Qt.Key.Key_Return)
    hands.type(PASSPHRASE)
    hands.press(Qt.Key.Key_Return)
    hands.type(PASSPHRASE)
    hands.press(Qt.Key.Key_Return)
    hands.text_button("保存为PDF，用来打印")
    hands.file(code)
    hands.until(code.is_file)
    hands.tick("我已打印或抄写恢复码，并妥善保存")
    hands.text_button("开始使用")


def unlock(hands: Hands) -> None:
    hands.labelled("口令", PASSPHRASE)
    hands.press(Qt.Key.Key_Return)


def go(hands: Hands, place: str) -> None:
    hands.text_button(place)
    hands.until(lambda: hands.shows(place))


def enrol(hands: Hands, card: Path) -> None:
    hands.click("import_card")
    hands.file(card)
    hands.click("confirm_card")


def export_card(hands: Hands, card: Path) -> None:
    go(hands, "数据交换")
    hands.click("export_card")
    hands.file(card)
    hands.until(card.is_file)


def only(folder: Path, pattern: str) -> Path:
    """The one file of that name on the stick."""
    (path,) = folder.glob(pattern)
    return path


def take(hands: Hands, package: Path, says: str) -> None:
    go(hands, "数据交换")
    hands.click("take_package")
    hands.file(package)
    hands.until(lambda: hands.says(says))


def answer(hands: Hands, stick: Path) -> None:
    """Choose the newest line of the register and write its receipt."""
    table = hands.see(QTableView, "package_table")
    table.setFocus()
    hands.press(Qt.Key.Key_Home)
    hands.click("answer_package")
    hands.folder(stick)
    hands.until(lambda: hands.says("回执已保存"))


def rows(table: QTableView) -> list[dict[str, str]]:
    """What a table shows, by the titles of its columns."""
    model = table.model()
    across = range(model.columnCount())
    titles = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in across]
    return [
        {title: str(model.index(row, column).data()) for column, title in zip(across, titles, strict=True)}
        for row in range(model.rowCount())
    ]


def has_rows(table: QTableView, count: int) -> bool:
    return table.model().rowCount() == count


def shows_word(table: QTableView, word: str) -> bool:
    return word in str(rows(table))


def lies_on(stick: Path, pattern: str, count: int) -> bool:
    return len(list(stick.glob(pattern))) == count


def open_first_duty(hands: Hands) -> None:
    go(hands, "今日待办")
    hands.see(QTableView, "today_table").setFocus()
    hands.press(Qt.Key.Key_Home)
    hands.click("today_open")


def open_case(hands: Hands, name: str) -> None:
    """Find a case by its name in the ledger, and open it with Enter."""
    go(hands, "预警台账")
    hands.into("ledger_search", name)
    table = hands.see(QTableView, "ledger_table")
    hands.until(lambda: table.model().rowCount() == 1 and name in str(rows(table)))
    table.setFocus()
    hands.press(Qt.Key.Key_Home)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: hands.shows("案件办理"))


NOTED = frozenset({"入户核实", "民主评议", "村级公示"})
"""Forms whose papers ask more than the month needs."""


def form(hands: Hands, title: str, **answers: str) -> None:
    """Wait for a form, fill it, and save it with Ctrl+S; what its paper asks beside stays open, which is said once."""
    hands.until(lambda: hands.see(QLabel, "case_form_title").text() == title)
    for field, text in answers.items():
        hands.answer(f"case_{field}", text)
    hands.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    if title in NOTED:
        hands.until(lambda: hands.see(QPushButton, "case_save").text() == "情况属实，保存")
        hands.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def visit(hands: Hands, day: str) -> None:
    hands.click("case_own_household")
    form(hands, "入户核实", visited_on=day, visitors="孙晓梅、周志强", conclusion="情况属实")
    hands.until(lambda: hands.see(QLabel, "case_form_title").text() == "民主评议")


def verify(hands: Hands) -> None:
    """The four steps after the visit, to 符合."""
    form(
        hands,
        "民主评议",
        held_on="2022-04-12",
        form="村民代表会议",
        expected="30",
        present="24",
        host="赵主任",
        recorder="钱会计",
        agree="22",
        against="1",
        abstain="1",
    )
    hands.until(lambda: hands.see(QLabel, "case_form_title").text() == "信息比对")
    hands.into("case_signed_on_1", "2022-04-12")
    hands.click("case_same_day")
    hands.click("case_all_clear")
    form(hands, "信息比对", compared_on="2022-04-13")
    form(hands, "村级公示", posted_on="2022-04-14", place="村务公开栏")
    form(hands, "录入系统", entered_on="2022-04-20", household_number="370215001207001", kind="突发严重困难户")


def close_case(hands: Hands, day: str) -> None:
    hands.click("case_offer_closing")
    form(hands, "办结销号", closed_on=day)
    hands.until(lambda: hands.reads("办过的一步要更正，点上面那一步"))


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_the_whole_month_goes_through_the_window(  # noqa: PLR0915 - it is one story
    at: Open, clock: StoryClock, stick: Path, lists: tuple[Path, Path], tmp_path: Path
) -> None:
    # 4 April: the bureau begins, reads the departments' lists, and hands out its card.
    with at(BUREAU) as hands:
        found(hands, BUREAU, "陈立", tmp_path / "bureau-code.pdf")
        table = hands.see(QTableView, "file_table")
        for count, path in enumerate(lists, start=1):
            hands.click("import_lists")
            hands.file(path)
            hands.until(partial(has_rows, table, count))
        counts = [[line[title] for title in ("行数", "接收", "退回", "重复")] for line in rows(table)]
        assert counts == [["4", "3", "1", "0"], ["2", "1", "1", "0"]]
        export_card(hands, stick / "bureau.tzcard")

    # The towns begin, take the bureau's card and give theirs.
    for town, person in ((HUANXIU, "孙晓梅"), (TIANHENG, "吴海燕")):
        with at(town) as hands:
            found(hands, town, person, tmp_path / f"{town}-code.pdf")
            export_card(hands, stick / f"{town}.tzcard")
            enrol(hands, stick / "bureau.tzcard")
            hands.until(lambda: hands.says("已登记"))

    # 7 April: the bureau enrols them and packs the warnings.
    clock.go_to(date(2022, 4, 7))
    with at(BUREAU) as hands:
        unlock(hands)
        go(hands, "数据交换")
        for town in (HUANXIU, TIANHENG):
            enrol(hands, stick / f"{town}.tzcard")
            partners = hands.see(QTableView, "partner_table")
            hands.until(partial(shows_word, partners, town))
        go(hands, "下发镇街")
        hands.click("send_all")
        hands.folder(stick)
        hands.until(partial(lies_on, stick, "预警信息_*.tzb", 2))
        hands.until(lambda: hands.says("2个数据包"))

    # 8 April: 环秀街道 takes its package, and a villager applies by telephone.
    clock.go_to(date(2022, 4, 8))
    with at(HUANXIU) as hands:
        unlock(hands)
        take(hands, only(stick, "预警信息_环秀街道*"), "共2条")
        answer(hands, stick)
        go(hands, "预警台账")
        hands.click("ledger_take")
        hands.choose("intake_channel", "自主申报")
        hands.into("intake_source_line", "12317")
        hands.into("intake_name", "周福生")
        hands.into("intake_id_number", "81000019940823002１")
        hands.into("intake_village_line", "顺河")
        hands.press(Qt.Key.Key_Return)
        hands.into("intake_applied_on", "0407")
        hands.into("intake_detail", "住院花费大，申请帮扶")
        hands.into("intake_received_on", "2022-04-08")
        hands.click("intake_save")

    # 14 April: every case of 环秀街道 is matched, visited and decided; the applicant is refused and gets his letter.
    clock.go_to(date(2022, 4, 21))
    with at(HUANXIU) as hands:
        unlock(hands)
        for name in ("王建国", "李䶮"):
            open_case(hands, name)
            visit(hands, "2022-04-11")
            verify(hands)
            close_case(hands, "2022-04-21")
        open_case(hands, "周福生")
        visit(hands, "2022-04-12")
        hands.click("case_offer_refusal")
        form(hands, "不符合认定标准", decided_on="2022-04-13", reason="医疗等支出", explanation="报销后个人负担较小")
        form(hands, "出具告知书", contact="便民服务中心 0532-8800 0000")
        letter = stick / "告知书.pdf"
        hands.click("case_print")
        hands.file(letter)
        hands.until(lambda: hands.says("告知书已保存"))
        form(hands, "送达", delivered_on="2022-04-21", way="当面", received_by="周福生")
        form(hands, "回访", visited_on="2022-04-21", visitors="孙晓梅、周志强", explained="说明了认定标准和原因")
        close_case(hands, "2022-04-21")
        assert "周福生" in text_of(letter)
        assert "报销后个人负担较小" in text_of(letter).replace("\n", "").replace("\r", "")

    # 田横镇 is slower: one of its two cases is only visited.
    with at(TIANHENG) as hands:
        unlock(hands)
        take(hands, only(stick, "预警信息_田横镇*"), "共2条")
        answer(hands, stick)
        open_first_duty(hands)
        hands.see(QWidget, "case_own_household")
        open_case(hands, "阿卜杜·热西提")
        hands.click("case_own_household")
        hands.until(lambda: hands.see(QLabel, "case_form_title").text() == "入户核实")

    # 29 April: both towns freeze, print and pack their month.
    clock.go_to(date(2022, 4, 29))
    for town in (HUANXIU, TIANHENG):
        with at(town) as hands:
            unlock(hands)
            go(hands, "月度报送")
            hands.click("filing_freeze")
            hands.click("filing_print_a4")
            hands.file(tmp_path / f"{town}-A4.pdf")
            hands.until((tmp_path / f"{town}-A4.pdf").is_file)
            hands.click("filing_print_a3")
            hands.file(tmp_path / f"{town}-A3.pdf")
            hands.until((tmp_path / f"{town}-A3.pdf").is_file)
            hands.click("filing_pack")
            hands.folder(stick)
            hands.until(partial(lies_on, stick, f"汇总表_{town}*.tzb", 1))
    ledger = text_of(tmp_path / f"{HUANXIU}-A4.pdf")
    for name in ("王建国", "李䶮", "周福生"):
        assert name in ledger

    # The bureau takes both; the board says who has filed, and the consolidated ledger has all five lines.
    with at(BUREAU) as hands:
        unlock(hands)
        for town in (HUANXIU, TIANHENG):
            take(hands, only(stick, f"回执_{town}*"), "回执")
            take(hands, only(stick, f"汇总表_{town}*"), "月度台账")
        go(hands, "镇街报送")
        board = hands.see(QTableView, "board_table")
        hands.until(lambda: board.model().rowCount() == 17)
        filed = {line["镇街"] for line in rows(board) if line["报送"] == "已报"}
        assert filed == {HUANXIU, TIANHENG}
        assert hands.see(QLabel, "board_missing").text() == "未报 15"
        go(hands, "汇总台账")
        together = hands.see(QTableView, "consolidated_table")
        hands.until(lambda: together.model().rowCount() == 5)
        hands.click("consolidated_freeze")
        hands.click("consolidated_print_a3")
        hands.file(tmp_path / "together.pdf")
        hands.until((tmp_path / "together.pdf").is_file)
    assert "阿卜杜·热西提" in text_of(tmp_path / "together.pdf").replace("\n", "").replace("\r", "")
