"""预警台账: the big table over all cases, searched, filtered and sorted in the database, shown page by page."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.case import CaseId, Meets
from taizhang_casework.domain.case_query import CaseOrder, CaseQuery, CaseRow
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.table.columns import Column, Extent, Order
from taizhang_desktop.table.paged_model import PagedTableModel
from taizhang_desktop.tasks import Failure, Runner, Troubled
from taizhang_desktop.viewmodels.intake import IntakeModel
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.recycle_bin import RecycleBinModel
from taizhang_desktop.viewmodels.shell import Frame
from taizhang_desktop.viewmodels.words import MEETS, day, masked, masked_text


@dataclass(frozen=True)
class CaseSource:
    """The rows of a query, as the table asks for them in the worker's thread."""

    work: Work
    query: CaseQuery

    def extent(self, order: Order[CaseOrder], keep: str) -> Extent:
        """See ``RowSource``."""
        query = self._in(order)
        with self.work.store.reading() as desk:
            found = desk.cases.count(query)
            place = desk.cases.place(query, CaseId(keep)) if keep else None
        return Extent(count=found.rows, place=place, more=found.more)

    def rows(self, order: Order[CaseOrder], start: int, count: int) -> Sequence[CaseRow]:
        """See ``RowSource``."""
        with self.work.store.reading() as desk:
            return desk.cases.page(self._in(order), start, count)

    def _in(self, order: Order[CaseOrder]) -> CaseQuery:
        return msgspec.structs.replace(self.query, order_by=order.key, descending=order.descending)


class LedgerState(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the table. ``count`` is of the rows in it, which are those of ``shown`` until ``query`` is answered.

    None until the first answer. ``more`` where there are more than the table lists.
    """

    query: CaseQuery = CaseQuery()
    shown: CaseQuery = CaseQuery()
    count: int | None = None
    more: bool = False
    trouble: Troubled | None = None

    @property
    def narrowed(self) -> bool:
        """Whether a search or filter leaves cases out of the rows shown."""
        return bool(self.shown.text) or self.shown.channel is not None or self.shown.open_only

    @property
    def says(self) -> str:
        """How many lines there are."""
        if self.count is None:
            return ""
        if self.more:
            return f"符合条件的超过{self.count}条，只列出最近的{self.count}条，请再多输几个字"
        return f"符合条件的{self.count}条" if self.narrowed else f"共{self.count}条"


class LedgerModel(QObject):
    """预警台账. ``changed`` when ``state`` is another; the rows come by ``table``."""

    changed = Signal()

    def __init__(self, work: Work, runner: Runner, frame: Frame, intake: IntakeModel) -> None:
        """``intake`` is the form 登记预警信息 that this screen opens."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self.intake = intake
        self.recycle_bin = RecycleBinModel(work, runner, frame, self)
        self.state = LedgerState()
        self.channels = tuple((rule.channel, rule.label) for rule in work.pack.channels)
        order = Order(CaseOrder.RECEIVED_ON, descending=True)
        self.table: PagedTableModel[CaseRow, CaseOrder] = PagedTableModel(case_columns(work), runner, order, self)
        self.table.counted.connect(self._counted)
        self.table.failed.connect(self._failed)

    def refresh(self) -> None:
        """Read the table anew with the present search and filters."""
        self.table.show_source(CaseSource(self._work, self.state.query))

    def on_changes(self, changes: Changes) -> None:
        """New cases may come in anywhere; an old one may move, leave or say something else."""
        self.recycle_bin.on_changes(changes)
        if self.state.count is not None and (changes.touches(Kind.CASE) or changes.touches(Kind.HOUSEHOLD)):
            self.refresh()

    def mask(self, text: str) -> str:
        """What was typed, as it stands in the box when nobody types there."""
        return masked_text(self._work.pack, text)

    def search(self, text: str) -> None:
        """Keep the cases of this name, number or village; words between spaces must all fit."""
        words = unicodedata.normalize("NFKC", text).split()
        self._ask(text=" ".join(words), villages={word: self._villages_of(word) for word in words})

    def only_channel(self, channel: Channel | None) -> None:
        """Keep the cases of one channel; None keeps all."""
        self._ask(channel=channel)

    def only_open(self, *, wanted: bool) -> None:
        """Keep the cases that are not closed."""
        self._ask(open_only=wanted)

    def forget_filters(self) -> None:
        """Show all cases again."""
        self._ask(text="", villages={}, channel=None, open_only=False)

    def open(self, case: str) -> None:
        """Go to the case."""
        self._frame.go(Destination(Place.CASE, case))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()
        self.intake.close()

    def _villages_of(self, word: str) -> tuple[str, ...]:
        return tuple(code for code, name in self.intake.villages if word in name)

    def _ask(self, **other: object) -> None:
        query = msgspec.structs.replace(self.state.query, **other)
        if query != self.state.query:
            self.state = msgspec.structs.replace(self.state, query=query)
            self.changed.emit()
            self.refresh()

    def _counted(self, extent: Extent) -> None:
        """What was asked last is answered: of earlier questions the table takes no answer any more."""
        self.state = msgspec.structs.replace(
            self.state, shown=self.state.query, count=extent.count, more=extent.more, trouble=None
        )
        self.changed.emit()

    def _failed(self, failure: Failure) -> None:
        if isinstance(failure, Troubled):
            self.state = msgspec.structs.replace(self.state, trouble=failure)
            self.changed.emit()


def case_columns(work: Work) -> tuple[Column[CaseRow, CaseOrder], ...]:
    """The columns of the big table; the town is left out, since all rows are its own."""
    pack = work.pack
    return (
        Column(title="户主姓名", text=_who, width=7, sort=CaseOrder.NAME, tip=_who),
        Column(title="身份证", text=partial(_number, pack), width=9, sort=CaseOrder.ID_NUMBER),
        Column(
            title="村（社区）",
            text=partial(_village, work),
            width=9,
            sort=CaseOrder.VILLAGE,
            tip=partial(_village, work),
        ),
        Column(title="预警方式", text=partial(_channel, pack), width=5, sort=CaseOrder.CHANNEL),
        Column(title="来源", text=_source, width=5, sort=CaseOrder.SOURCE),
        Column(title="具体预警信息", text=partial(_detail, pack), width=8, tip=partial(_detail, pack)),
        Column(title="反馈日期", text=_received, width=6, sort=CaseOrder.RECEIVED_ON),
        Column(title="环节", text=partial(step_words, pack), width=5, sort=CaseOrder.STEP, tone=step_tone),
        Column(title="符合", text=_meets, width=3, sort=CaseOrder.MEETS),
        Column(title="办结日期", text=_closed, width=6, sort=CaseOrder.CLOSED_ON),
    )


def step_words(pack: RegulationPack, row: CaseRow) -> str:
    """Where the case stands."""
    if row.closed_on is not None:
        return "已办结"
    if row.household is None:
        return "确认户"
    if row.step is None or row.meets is not Meets.UNDECIDED:
        return "待办结"
    return pack.step(row.step).label


def step_tone(row: CaseRow) -> Tone:
    """Closed is done; a case without a household waits for a person."""
    if row.closed_on is not None:
        return Tone.DONE
    return Tone.SOON if row.household is None else Tone.PLAIN


def _who(row: CaseRow) -> str:
    if not row.head_name or row.head_name == row.name:
        return row.name
    return f"{row.head_name}（{row.name}）" if row.name else row.head_name


def _number(pack: RegulationPack, row: CaseRow) -> str:
    return masked(pack, row.head_id_number or row.id_number)


def _village(work: Work, row: CaseRow) -> str:
    return work.divisions.village_name(row.village_code)


def _channel(pack: RegulationPack, row: CaseRow) -> str:
    return pack.channel(row.channel).label


def _source(row: CaseRow) -> str:
    return row.source


def _detail(pack: RegulationPack, row: CaseRow) -> str:
    return masked_text(pack, row.detail)


def _received(row: CaseRow) -> str:
    return day(row.received_on)


def _meets(row: CaseRow) -> str:
    return MEETS[row.meets]


def _closed(row: CaseRow) -> str:
    return day(row.closed_on)
