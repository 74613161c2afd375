"""部门预警 over a bureau's real vault and real workbooks: who has delivered, and what became of every row."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.list_row import ListReading
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Crashed, Troubled
from taizhang_desktop.viewmodels.departments import Delivery, DepartmentsModel, DepartmentsState

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, District, FrameSpy

APRIL = Month(2022, 4)
VILLAGE = "370215001002"
GOOD, OTHER = "11010519491231002X", "810000199408230021"
SOUND = ((VILLAGE, "王𡛕", GOOD, "2022-03-04"), (VILLAGE, "李䶮", OTHER, "2022-03-12"))
MIXED = (*SOUND, (VILLAGE, "", "", "2022-03-02"), ("某某村", "张三", "110105194912310021", "2022-13-12"))
LIST_CAME = Changes(operation=Operation.TAKE_LIST, touched=(Touched(Kind.LIST_IMPORT, "1"),))


@pytest.fixture
def model(district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy") -> DepartmentsModel:
    office = district.bureau
    return DepartmentsModel(office.work, office.list_reader, chooser, runner, frame)


def deliveries(state: DepartmentsState) -> dict[str, Delivery]:
    return {line.name: line.delivery for line in state.departments}


def test_before_any_list_six_departments_are_awaited_and_the_seventh_is_never_asked(
    model: DepartmentsModel, district: "District"
) -> None:
    district.clock.go_to(date(2022, 4, 4))
    model.refresh()

    states = deliveries(model.state)
    assert states.pop("水利局") is Delivery.NOT_ASKED
    assert set(states.values()) == {Delivery.WAITING}
    assert len(states) == 6
    assert (model.state.due, model.state.files, model.state.rows) == (date(2022, 4, 4), (), ())


def test_after_the_fourth_who_has_not_delivered_is_late_and_the_seventh_still_is_not(model: DepartmentsModel) -> None:
    model.refresh()

    states = deliveries(model.state)
    assert states.pop("水利局") is Delivery.NOT_ASKED
    assert set(states.values()) == {Delivery.LATE}


def test_a_list_is_read_and_each_row_says_what_became_of_it(
    model: DepartmentsModel, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    chooser.will_choose(district.write_list("民政局2022年3月新增低保.xlsx", MIXED))
    model.refresh()
    model.import_lists()
    model.on_changes(runner.announced[-1])

    (file,) = model.state.files
    assert (file.department, file.rows, file.accepted, file.refused, file.duplicates) == ("民政局", 4, 2, 2, 0)
    assert deliveries(model.state)["民政局"] is Delivery.DELIVERED
    assert [row.outcome for row in model.state.rows] == ["接收", "接收", "退回", "退回"]
    assert model.state.rows[2].reasons == "没有姓名；没有身份证号码"
    assert "身份证号码有误" in model.state.rows[3].reasons
    assert "日期有误" in model.state.rows[3].reasons
    assert runner.titles == ["读取部门名单"]
    (notice,) = frame.notices
    assert (notice.tone, notice.says) == (Tone.DONE, "导入1份名单")
    assert notice.lines == ("民政局2022年3月新增低保.xlsx：读取4行，接收2，退回2，重复0",)


def test_id_numbers_are_masked(
    model: DepartmentsModel, district: "District", chooser: "Chooser", runner: "AtOnce"
) -> None:
    chooser.will_choose(district.write_list("民政局.xlsx", SOUND))
    model.import_lists()
    model.on_changes(runner.announced[-1])

    assert [row.number for row in model.state.rows] == ["110***********002X", "810***********0021"]


def test_only_what_was_not_accepted_can_be_shown(
    model: DepartmentsModel, district: "District", chooser: "Chooser", runner: "AtOnce"
) -> None:
    chooser.will_choose(district.write_list("民政局.xlsx", MIXED))
    model.import_lists()
    model.on_changes(runner.announced[-1])

    model.show_only_refused(only=True)
    assert [row.outcome for row in model.state.rows] == ["退回", "退回"]
    model.show_only_refused(only=False)
    assert len(model.state.rows) == 4


def test_several_lists_come_in_at_once_and_any_of_them_can_be_looked_at(
    model: DepartmentsModel, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    first = district.write_list("民政局2022年3月新增低保.xlsx", SOUND)
    second = district.write_list(
        "残联2022年3月重度残疾.xlsx", [(VILLAGE, "赵六", "830000199201300022", "2022-03-09")], item="新办理"
    )
    chooser.will_choose(first, second)
    model.import_lists()
    model.on_changes(runner.announced[-1])

    assert [file.department for file in model.state.files] == ["民政局", "残联"]
    assert [row.row.name for row in model.state.rows] == ["赵六"]
    model.choose(model.state.files[0].id)
    assert [row.row.name for row in model.state.rows] == ["王𡛕", "李䶮"]
    assert frame.notices[-1].says == "导入2份名单"


def test_the_same_person_item_and_year_again_is_a_duplicate(
    model: DepartmentsModel, district: "District", chooser: "Chooser", runner: "AtOnce"
) -> None:
    for name in ("民政局一.xlsx", "民政局二.xlsx"):
        chooser.will_choose(district.write_list(name, SOUND))
        model.import_lists()
    model.on_changes(runner.announced[-1])

    assert [row.outcome for row in model.state.rows] == ["重复", "重复"]
    assert model.state.rows[0].reasons == "同一人、同一事项、同一年度已有"
    assert [file.accepted for file in model.state.files] == [2, 0]


def test_a_file_taken_before_is_refused_in_one_sentence_and_changes_nothing(
    model: DepartmentsModel, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    path = district.write_list("民政局.xlsx", SOUND)
    for _ in range(2):
        chooser.will_choose(path)
        model.import_lists()
    model.refresh()

    assert len(model.state.files) == 1
    notice = frame.notices[-1]
    assert (notice.tone, notice.says) == (Tone.OVERDUE, "没有导入名单，1份文件有问题")
    assert notice.lines == ("“民政局.xlsx”已经导入过。没有重复导入。如果名单有更新，请让部门另存为新的文件后再导入。",)


def test_a_file_that_is_no_list_stops_no_other(
    model: DepartmentsModel, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    letter = district.stick / "通知.xlsx"
    letter.write_text("各部门：请于4日前提供名单", encoding="utf-8")
    chooser.will_choose(letter, district.write_list("民政局.xlsx", SOUND))
    model.import_lists()
    model.on_changes(runner.announced[-1])

    assert [file.file for file in model.state.files] == ["民政局.xlsx"]
    notice = frame.notices[-1]
    assert notice.says == "导入1份名单，1份没有导入"
    assert notice.lines[0].startswith("文件“通知.xlsx”不是Excel表格")
    assert notice.lines[1].startswith("民政局.xlsx：读取2行")


def test_what_came_before_a_cancelled_list_stays_and_is_shown(
    model: DepartmentsModel, district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    runner.cancel_at = 1
    chooser.will_choose(district.write_list("一.xlsx", SOUND[:1]), district.write_list("二.xlsx", SOUND[1:]))
    model.import_lists()
    model.on_changes(runner.announced[-1])

    assert [file.file for file in model.state.files] == ["一.xlsx"]
    assert (frame.notices[-1].tone, frame.notices[-1].says) == (Tone.SOON, "已取消，导入1份名单，1份没有读取")


def test_a_bug_in_one_list_hides_none_that_came_before_it(
    district: "District", chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    class Faulty:
        def read(self, path: Path) -> ListReading:
            if path.name == "二.xlsx":
                raise ValueError("a bug of ours")
            return district.bureau.list_reader.read(path)

    model = DepartmentsModel(district.bureau.work, Faulty(), chooser, runner, frame)
    chooser.will_choose(district.write_list("一.xlsx", SOUND[:1]), district.write_list("二.xlsx", SOUND[1:]))
    model.import_lists()

    assert [type(failure) for failure in runner.failures] == [Crashed]
    assert [file.file for file in model.state.files] == ["一.xlsx"]


def test_each_month_has_its_own_lists_and_day(
    model: DepartmentsModel, district: "District", chooser: "Chooser", runner: "AtOnce"
) -> None:
    chooser.will_choose(district.write_list("民政局.xlsx", SOUND))
    model.import_lists()
    model.on_changes(runner.announced[-1])

    model.show_month(APRIL.following)
    assert (model.state.files, model.state.rows, model.state.due) == ((), (), date(2022, 5, 4))
    assert deliveries(model.state)["民政局"] is Delivery.WAITING
    model.show_month(APRIL)
    assert len(model.state.rows) == 2


def test_cancelling_the_choice_of_files_does_nothing(
    model: DepartmentsModel, chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy"
) -> None:
    model.import_lists()

    assert chooser.asked == ["选择部门名单"]
    assert (runner.titles, frame.notices) == ([], [])


def test_what_touches_no_list_is_not_read_again(model: DepartmentsModel, district: "District") -> None:
    model.refresh()
    district.collect(OfficeId("370215001"))

    model.on_changes(Changes(operation=Operation.ENROL, touched=(Touched(Kind.PARTNER, "1"),)))
    assert model.state.files == ()
    model.on_changes(LIST_CAME)
    assert len(model.state.files) == 1


def test_trouble_stands_in_the_place_of_the_lists(
    model: DepartmentsModel, monkeypatch: pytest.MonkeyPatch, runner: "AtOnce"
) -> None:
    def broken() -> None:
        raise OfficeTrouble("读不到名单", safe="数据没有改动", do="请检查磁盘")

    monkeypatch.setattr(model._work.store, "reading", broken)
    model.refresh()

    assert model.state.trouble == Troubled("读不到名单", "数据没有改动", "请检查磁盘")
    assert runner.failures == []


def test_lists_that_could_not_be_read_are_read_for_another_month_and_not_taken_for_none(
    model: DepartmentsModel, district: "District", chooser: "Chooser", monkeypatch: pytest.MonkeyPatch
) -> None:
    chooser.will_choose(district.write_list("民政局.xlsx", SOUND))
    model.import_lists()

    def broken() -> None:
        raise OfficeTrouble("读不到名单", safe="数据没有改动", do="请检查磁盘")

    with monkeypatch.context() as patched:
        patched.setattr(model._work.store, "reading", broken)
        model.refresh()
        model.show_month(APRIL.following)
        assert model.state.trouble == Troubled("读不到名单", "数据没有改动", "请检查磁盘")
    model.show_month(APRIL)

    assert model.state.trouble is None
    assert [line.file for line in model.state.files] == ["民政局.xlsx"]


def test_nothing_is_said_about_a_month_before_the_lists_were_read(model: DepartmentsModel) -> None:
    seen: list[tuple[Month, bool]] = []
    model.changed.connect(lambda: seen.append((model.state.month, bool(model.state.departments))))

    model.show_month(APRIL.following)

    assert seen == [(APRIL.following, False), (APRIL.following, True)]


def test_the_notice_of_a_list_comes_with_its_rows(
    model: DepartmentsModel, district: "District", chooser: "Chooser", frame: "FrameSpy"
) -> None:
    model.refresh()
    chooser.will_choose(district.write_list("民政局.xlsx", SOUND))

    model.import_lists()

    assert frame.notices[-1].says == "导入1份名单"
    assert len(model.state.rows) == 2
