"""登记预警信息: a warning that did not come in a package is typed in, and every fault is said at once."""

from datetime import date

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.clocks import forecast
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.id_number import Sex, age_on, birthday, parse_id_number, sex
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.person_name import parse_name
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import TakenIn, WarningDraft, check_draft, take_warning
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Refused, Runner
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction
from taizhang_desktop.viewmodels.shell import Frame
from taizhang_desktop.viewmodels.words import day, masked_text

TYPED_CHANNELS = (Channel.SELF_APPLICATION, Channel.CADRE_SCREENING, Channel.PETITION)
"""The channels that come to the town's own desk; 部门预警 comes in the bureau's package."""

SEXES = {Sex.MALE: "男", Sex.FEMALE: "女"}


class IntakeForm(msgspec.Struct, frozen=True, kw_only=True):
    """The form as it stands: the text as typed, None or blank where nothing is chosen."""

    channel: Channel | None = None
    source: str = ""
    detail: str = ""
    name: str = ""
    id_number: str = ""
    village_code: str = ""
    received_on: date | None = None


class IntakeState(msgspec.Struct, frozen=True, kw_only=True):
    """What is said beside the form. ``person`` is read from the number, ``known`` from the ledger, ``forecast`` from the day.

    ``busy`` while it is being saved.
    """

    person: str = ""
    known: str = ""
    forecast: str = ""
    busy: bool = False


class IntakeModel(QObject):
    """登记预警信息. ``changed`` when ``state`` is another; ``faulted`` carries a tuple of Finding, ``taken`` :class:`TakenIn`."""

    changed = Signal()
    faulted = Signal(object)
    taken = Signal(object)

    def __init__(self, work: Work, runner: Runner, frame: Frame, town: OfficeId) -> None:
        """``town`` is this office, whose villages are offered."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self._looked_for = ""
        self.state = IntakeState()
        self.channels = tuple((channel, work.pack.channel(channel).label) for channel in TYPED_CHANNELS)
        self.villages = tuple(work.divisions.villages_of(town).items())

    def today(self) -> date:
        """The office's day."""
        return self._work.clock.today()

    def sources(self, channel: Channel | None) -> tuple[str, ...]:
        """The sources that the pack names for a channel; another may be typed."""
        return () if channel is None else self._work.pack.channel(channel).sources

    def look(self, form: IntakeForm) -> None:
        """Say at once what the number and the day mean, while the form is being filled in."""
        self._set(person=self._person(form), forecast=self._forecast(form.received_on))
        self._look_up(form.id_number)

    def check(self, form: IntakeForm) -> tuple[Finding, ...]:
        """Everything that the rules say about the form."""
        found = check_draft(_draft(form), self._work)
        if form.channel is None:
            found = (Finding(field="channel", code="blank", says="请选择预警方式", clause="附件2"), *found)
        name = parse_name(form.name)
        if form.name.strip() and name.says:
            found = (*found, Finding(field="name", code="bad_name", says=name.says))
        if name.private_use:
            says = f"“{'、'.join(name.private_use)}”是本机自造字，其他电脑上可能显示不出，请核对"
            found = (*found, Finding(field="name", code="private_use", says=says, blocks=False))
        return found

    def save(self, form: IntakeForm) -> None:
        """登记: open a case, or say everything that stands in the way."""
        if self.state.busy:
            return
        findings = self.check(form)
        if any(finding.blocks for finding in findings):
            self.faulted.emit(findings)
            return
        draft = _draft(form)
        self._set(busy=True)
        self._runner.run(lambda: take_warning(self._work, draft), lambda done: self._done(done, draft), self._failed)

    def clear(self) -> None:
        """Begin another form."""
        self._looked_for = ""
        self.state = IntakeState(busy=self.state.busy)
        self.changed.emit()

    def open_case(self, case: CaseId) -> None:
        """Go to the case that was opened."""
        self._frame.go(Destination(Place.CASE, case))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _person(self, form: IntakeForm) -> str:
        if not form.id_number.strip():
            return ""
        parsed = parse_id_number(form.id_number)
        if parsed.fault is not None:
            return ""
        number = parsed.number
        age = age_on(number, form.received_on or self.today())
        return f"{SEXES[sex(number)]}，{day(birthday(number))}出生，{age}周岁"

    def _forecast(self, received_on: date | None) -> str:
        if received_on is None or received_on > self.today():
            return ""
        return forecast(self._work.pack, received_on, self._work.calendar).says

    def _look_up(self, typed: str) -> None:
        """Whether the ledger knows the number already."""
        parsed = parse_id_number(typed)
        number = parsed.number if parsed.fault is None else ""
        if number == self._looked_for:
            return
        self._looked_for = number
        self._set(known="")
        if number:
            self._runner.run(lambda: self._known(number), lambda says: self._say_known(number, says))

    def _known(self, number: str) -> str:
        """Runs in the worker's thread."""
        with self._work.store.reading() as desk:
            cases = desk.cases.naming(number)
        if not cases:
            return ""
        last = cases[-1].warning
        label = self._work.pack.channel(last.channel).label
        return f"台账中已有此人{len(cases)}条，最近一条：{day(last.received_on)}，{label}，{masked_text(self._work.pack, last.detail)}"

    def _say_known(self, number: str, says: str) -> None:
        if number == self._looked_for:
            self._set(known=says)

    def _done(self, done: TakenIn, draft: WarningDraft) -> None:
        self._runner.announce(done.changes)
        self._looked_for = ""
        self.state = IntakeState()
        self.changed.emit()
        self.taken.emit(done)
        self._frame.tell(
            Notice(
                tone=Tone.DONE,
                says=f"已登记{draft.name}的预警信息并建立工作台账",
                lines=tuple(finding.says for finding in done.findings),
                action=NoticeAction("办理本条", lambda: self.open_case(done.case)),
            )
        )

    def _failed(self, failure: Failure) -> bool:
        self._set(busy=False)
        if not isinstance(failure, Refused):
            return False
        self.faulted.emit(failure.findings)
        return True

    def _set(self, **other: object) -> None:
        new = msgspec.structs.replace(self.state, **other)
        if new != self.state:
            self.state = new
            self.changed.emit()


def _draft(form: IntakeForm) -> WarningDraft:
    return WarningDraft(
        channel=form.channel or Channel.SELF_APPLICATION,
        source=form.source,
        detail=form.detail,
        name=parse_name(form.name).text,
        id_number=form.id_number,
        village_code=form.village_code,
        received_on=form.received_on,
    )
