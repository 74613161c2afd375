"""The first start and the unlocking, walked without a window."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind
from taizhang_casework.domain.passphrase import Strength, check_passphrase, strength
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.users import UserId
from taizhang_desktop.viewmodels.files import PDF, FileKind
from taizhang_desktop.viewmodels.first_start import FirstStart, FirstStartDeeds, Founding, RecoveryCode, Stage
from taizhang_desktop.viewmodels.key import Key, KeyKind
from taizhang_desktop.viewmodels.new_passphrase import NewPassphrase
from taizhang_desktop.viewmodels.unlock import Doubted, KnownUser, Unlock, UnlockDeeds

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.desktop.conftest import AtOnce

GOOD = "horse-river-58-cloud"
TOWNS = tuple(
    Office(id=OfficeId(code), kind=OfficeKind.TOWN, name=name)
    for code, name in (("370215003", "环秀街道"), ("370215005", "龙泉街道"), ("370215104", "田横镇"))
)
BUREAU = Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="即墨区乡村振兴局")


class Shelf:
    """Chooses one path without asking, and keeps what it was asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.asked: list[tuple[object, ...]] = []

    def save(self, title: str, name: str, kind: FileKind, then: "Callable[[Path], None]") -> None:
        self.asked.append((title, name, kind))
        then(self.path)

    def open(
        self, title: str, kind: FileKind, then: "Callable[[tuple[Path, ...]], None]", *, several: bool = False
    ) -> None:
        self.asked.append((title, kind, several))
        then((self.path,))

    def folder(self, title: str, then: "Callable[[Path], None]") -> None:
        self.asked.append((title,))
        then(self.path.parent)


class Walk:
    """What the first start did."""

    def __init__(self, runner: "AtOnce", folder: Path) -> None:
        self.founded: list[Founding] = []
        self.finished = 0
        self.path = folder / "code.pdf"
        self.shelf = Shelf(self.path)
        deeds = FirstStartDeeds(found=self.found, save_code=self.save_code, finished=self.finish)
        self.model = FirstStart(TOWNS, BUREAU, deeds, self.shelf, runner)
        self.faults: list[tuple[Finding, ...]] = []
        self.model.found_fault.connect(self.faults.append)

    def found(self, founding: Founding) -> RecoveryCode:
        self.founded.append(founding)
        return RecoveryCode("AAAA-BBBB")

    def save_code(self, code: RecoveryCode, path: Path) -> None:
        path.write_text(code.text, encoding="utf-8")

    def finish(self) -> None:
        self.finished += 1


@pytest.fixture
def first(runner: "AtOnce", tmp_path: Path) -> Walk:
    return Walk(runner, tmp_path)


def test_towns_are_found_by_part_of_their_name(first: Walk) -> None:
    assert [town.name for town in first.model.offices(OfficeKind.TOWN, "街 道")] == ["环秀街道", "龙泉街道"]
    assert first.model.offices(OfficeKind.BUREAU) == (BUREAU,)


def test_without_an_office_there_is_no_going_on(first: Walk) -> None:
    first.model.take_office()
    assert first.model.stage is Stage.OFFICE
    assert [finding.code for finding in first.faults[-1]] == ["blank"]


def test_a_bad_passphrase_and_a_missing_name_are_said_at_once_and_nothing_is_made(first: Walk) -> None:
    first.model.choose(TOWNS[0])
    first.model.take_office()
    first.model.make(" ", "123", "1234")
    assert {finding.field for finding in first.faults[-1]} == {"user_name", "passphrase", "again"}
    assert not first.founded


def test_the_office_is_made_the_code_saved_and_only_then_the_desk_opens(first: Walk, runner: "AtOnce") -> None:
    first.model.choose(TOWNS[1])
    first.model.take_office()
    first.model.make(" 王淑芬 ", GOOD, GOOD)
    assert first.founded == [Founding(office=TOWNS[1], user_name="王淑芬", passphrase=GOOD)]
    assert first.model.stage is Stage.RECOVERY
    first.model.finish()
    assert first.finished == 0
    assert first.faults[-1][0].code == "not_kept"
    first.model.save_code()
    assert first.shelf.asked == [("保存恢复码", "台账恢复码.pdf", PDF)]
    assert first.path.read_text(encoding="utf-8") == "AAAA-BBBB"
    first.model.keep(kept=True)
    first.model.finish()
    assert first.finished == 1
    assert runner.closed


def test_no_secret_is_in_what_a_log_could_print() -> None:
    founding = Founding(office=BUREAU, user_name="王淑芬", passphrase=GOOD)
    printed = f"{founding!r}{Key(KeyKind.PASSPHRASE, GOOD)!r}{RecoveryCode('AAAA')!r}"
    assert GOOD not in printed
    assert "AAAA" not in printed
    assert "王淑芬" not in printed


@pytest.mark.parametrize(
    ("passphrase", "codes"),
    [
        pytest.param("short", ["too_short"], id="nine characters are too few"),
        pytest.param("19651202310315", ["only_digits"], id="a number is guessed from papers"),
        pytest.param("aaaaaaaaaaaaaaa", ["weak"], id="one character repeated is no length"),
        pytest.param("abcdefghijklmn", ["weak"], id="a run of the alphabet is no length"),
        pytest.param("即墨区龙泉街道防返贫办公室", ["known"], id="the name of the office is known to all"),
        pytest.param(GOOD, [], id="four words are good"),
        pytest.param("𠮷野家的牛肉饭很好吃", [], id="ten code points count as ten"),
    ],
)
def test_a_passphrase_is_judged_by_its_code_points(passphrase: str, codes: list[str]) -> None:
    found = check_passphrase(passphrase, known=("即墨区龙泉街道防返贫办公室",))
    assert [finding.code for finding in found] == codes


def test_strength_grows_with_length_and_kinds() -> None:
    assert [strength(text) for text in ("abc", "kite8lamp2", GOOD)] == [Strength.WEAK, Strength.FAIR, Strength.GOOD]


SUN, LI = KnownUser(id=UserId("1"), name="孙晓梅"), KnownUser(id=UserId("2"), name="李明")


def door(
    runner: "AtOnce",
    open_desk: "Callable[[Key], Doubted | None]",
    opened: list[Key],
    users: tuple[KnownUser, ...] = (),
    last: str = "",
) -> Unlock:
    """The page that asks for the key, once it knows the users."""
    deeds = UnlockDeeds(open=open_desk, users=lambda: users, opened=opened.append, turned_back=lambda: None)
    made = Unlock("龙泉街道办事处", deeds, runner, last=last)
    made.look()
    return made


@pytest.mark.parametrize(
    ("users", "last", "chosen"),
    [
        pytest.param((SUN,), "", "1", id="one user is not asked who she is"),
        pytest.param((SUN, LI), "2", "2", id="who opened last is chosen"),
        pytest.param((SUN, LI), "", None, id="nobody is guessed at the first time"),
        pytest.param((SUN, LI), "9", None, id="somebody who was ended is not chosen"),
        pytest.param((), "1", None, id="where nobody is known the passphrase says whose it is"),
    ],
)
def test_the_user_is_chosen_where_it_is_clear_who_sits_there(
    runner: "AtOnce", users: tuple[KnownUser, ...], last: str, chosen: str | None
) -> None:
    assert door(runner, lambda _: None, [], users, last).user == chosen


def test_everything_missing_is_said_at_once_and_the_key_says_whose_it_is(runner: "AtOnce") -> None:
    tried: list[Key] = []
    said: list[tuple[Finding, ...]] = []
    model = door(runner, tried.append, [], (SUN, LI))
    model.found_fault.connect(said.append)
    model.unlock("")
    assert [finding.says for finding in said[-1]] == ["请选择用户", "请输入口令"]
    model.choose(LI.id)
    model.unlock(GOOD)
    assert tried == [Key(KeyKind.PASSPHRASE, GOOD, user=LI.id)]


def test_doubtful_data_is_gone_on_with_only_when_it_is_said_a_second_time(runner: "AtOnce") -> None:
    doubt = Doubted(happened="数据文件比上次使用时旧", safe="没有改动", do="请找回")
    tried: list[Key] = []
    opened: list[Key] = []
    told: list[Doubted | None] = []

    def open_desk(key: Key) -> Doubted | None:
        tried.append(key)
        return None if key.although_doubtful else doubt

    model = door(runner, open_desk, opened)
    model.doubted.connect(told.append)
    model.go_on()
    assert not tried
    model.unlock(GOOD)
    model.put_aside()
    model.go_on()
    model.unlock(GOOD)
    assert (told, opened) == ([doubt, None, doubt], [])
    model.go_on()
    assert [key.although_doubtful for key in tried] == [False, False, True]
    assert opened == tried[-1:]


def test_who_may_not_go_on_with_doubtful_data_is_told_so(runner: "AtOnce") -> None:
    says = "恢复备份须由管理员办理，您是经办人"
    said: list[tuple[Finding, ...]] = []

    def open_desk(key: Key) -> Doubted | None:
        if key.although_doubtful:
            raise NotAccepted((Finding(field="", code="no_right", says=says),))
        return Doubted(happened="", safe="", do="")

    model = door(runner, open_desk, [])
    model.found_fault.connect(said.append)
    model.unlock(GOOD)
    model.go_on()
    assert [finding.says for finding in said[-1]] == [says]


def test_a_new_passphrase_is_checked_whole_before_it_is_set(runner: "AtOnce") -> None:
    said: list[tuple[Finding, ...]] = []
    kept: list[str] = []
    model = NewPassphrase("孙晓梅", "环秀街道", kept.append, lambda: kept.append("desk"), runner)
    model.found_fault.connect(said.append)
    model.save("short", "other")
    assert [finding.field for finding in said[-1]] == ["passphrase", "again"]
    model.save(GOOD, GOOD)
    assert kept == [GOOD, "desk"]


def test_a_key_that_does_not_fit_is_said_beside_the_field(runner: "AtOnce") -> None:
    def refuse(_key: Key) -> Doubted | None:
        raise OfficeTrouble("口令不对", safe="数据没有变化", do="请重新输入")

    said: list[tuple[Finding, ...]] = []
    opened: list[Key] = []
    model = door(runner, refuse, opened)
    model.found_fault.connect(said.append)
    model.unlock("wrong")
    assert said[-1][0].says == "口令不对。数据没有变化。请重新输入。"
    assert not opened


def test_the_recovery_code_opens_too(runner: "AtOnce") -> None:
    tried: list[Key] = []
    opened: list[Key] = []
    model = door(runner, tried.append, opened)
    model.unlock("  ")
    assert not tried
    model.turn(KeyKind.RECOVERY_CODE)
    model.unlock("AAAA-BBBB")
    assert tried == [Key(KeyKind.RECOVERY_CODE, "AAAA-BBBB")]
    assert opened == tried


def test_our_bug_is_shown_and_also_passed_on_to_be_logged(runner: "AtOnce") -> None:
    def break_down(_key: Key) -> Doubted | None:
        raise ZeroDivisionError

    shown: list[object] = []
    model = door(runner, break_down, [])
    model.failed.connect(shown.append)
    model.unlock("x")
    assert shown == runner.failures
