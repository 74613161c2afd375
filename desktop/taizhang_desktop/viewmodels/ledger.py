"""预警台账: the big table over all cases, searched, filtered and sorted in the database, shown page by page."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.case_query import CaseFacets, CaseFilter, CaseOrder, CaseQuery, CaseRow
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.list_views import READY_MADE, ListView, ListViewId
from taizhang_casework.domain.rights import Right
from taizhang_casework.services.case_list import reckoned
from taizhang_casework.services.list_views import keep_view, kept_views, take_view_away
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.table.columns import ColumnPlace, Extent, Order, placed
from taizhang_desktop.table.paged_model import PagedTableModel
from taizhang_desktop.tasks import Failure, Refused, Reporter, Runner, Troubled
from taizhang_desktop.viewmodels.files import SHEET, FileChooser
from taizhang_desktop.viewmodels.intake import IntakeModel
from taizhang_desktop.viewmodels.ledger_chips import Chip, ChipKind, chips_of, extra_words
from taizhang_desktop.viewmodels.ledger_columns import case_columns
from taizhang_desktop.viewmodels.ledger_export import Exported, WriteSheet, export
from taizhang_desktop.viewmodels.navigation import Destination, Place, papers_of
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction
from taizhang_desktop.viewmodels.permission import why_not
from taizhang_desktop.viewmodels.recycle_bin import RecycleBinModel
from taizhang_desktop.viewmodels.shell import Frame, said
from taizhang_desktop.viewmodels.words import masked_text

EVERYTHING = ListView(id=ListViewId(""), name="全部")


class ChosenCases(msgspec.Struct, frozen=True, kw_only=True):
    """The cases that were selected for work in one go, in the order of the table; ``query`` is what the table was showing.

    ``everything``: they were all rows of the query.
    """

    ids: tuple[CaseId, ...]
    query: CaseQuery
    everything: bool


@dataclass(frozen=True, kw_only=True)
class LedgerTools:
    """What the screen needs of the other rooms; what is None is not offered. ``to_batch`` goes on with what was selected."""

    choose: FileChooser | None = None
    write_sheet: WriteSheet | None = None
    open_file: Callable[[Path], None] | None = None
    to_batch: Callable[[ChosenCases], None] | None = None
    settings: SettingsFile | None = None


_ALONE = LedgerTools()


@dataclass(frozen=True)
class CaseSource:
    """The rows of a query, as the table asks for them in the worker's thread."""

    work: Work
    query: CaseQuery

    def extent(self, order: Order[CaseOrder], keep: str) -> Extent:
        """See ``RowSource``."""
        with self.work.store.reading() as desk:
            query = reckoned(self.work, desk, in_order(self.query, order))
            found = desk.cases.count(query)
            place = desk.cases.place(query, CaseId(keep)) if keep else None
        return Extent(count=found.rows, place=place, more=found.more)

    def rows(self, order: Order[CaseOrder], start: int, count: int) -> Sequence[CaseRow]:
        """See ``RowSource``."""
        with self.work.store.reading() as desk:
            return desk.cases.page(reckoned(self.work, desk, in_order(self.query, order)), start, count)


def in_order(query: CaseQuery, order: Order[CaseOrder]) -> CaseQuery:
    """The query in the order of the table."""
    return msgspec.structs.replace(query, order_by=order.key, descending=order.descending)


class LedgerState(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the table. ``count`` is of the rows in it, which are those of ``shown`` until ``query`` is answered.

    None until the first answer. ``more`` where there are more than the table lists. ``view`` is the view that was chosen last, as
    long as nothing of it was changed; ``chosen`` counts the selected rows.
    """

    query: CaseQuery = CaseQuery()
    shown: CaseQuery = CaseQuery()
    count: int | None = None
    more: bool = False
    trouble: Troubled | None = None
    facets: CaseFacets = CaseFacets()
    kept: tuple[ListView, ...] = ()
    view: ListView = EVERYTHING
    chosen: int = 0
    busy: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether a search or filter leaves cases out of the rows shown."""
        return _narrows(self.shown)

    @property
    def asks(self) -> bool:
        """Whether anything is asked for that could be forgotten or kept as a view."""
        return _narrows(self.query)

    @property
    def says(self) -> str:
        """How many lines there are."""
        if self.count is None:
            return ""
        if self.more:
            return f"符合条件的超过{self.count}条，只列出最近的{self.count}条，请再多输几个字"
        return f"符合条件的{self.count}条" if self.narrowed else f"共{self.count}条"


def _narrows(query: CaseQuery) -> bool:
    return bool(query.text) or query.open_only or query.filter != CaseFilter()


class LedgerModel(QObject):
    """预警台账. ``changed`` when ``state`` is another; the rows come by ``table``. ``view_shown`` when a view set everything anew."""

    changed = Signal()
    view_shown = Signal()
    name_fault = Signal(str)
    view_kept = Signal()

    def __init__(
        self, work: Work, runner: Runner, frame: Frame, intake: IntakeModel, tools: LedgerTools = _ALONE
    ) -> None:
        """``intake`` is the form 登记预警信息 that this screen opens."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self._tools = tools
        self.intake = intake
        self.recycle_bin = RecycleBinModel(work, runner, frame, self)
        self.state = LedgerState()
        self.columns = case_columns(work)
        self.may_not_export = why_not(work.user, Right.EXPORT)
        self.offers_export = tools.choose is not None and tools.write_sheet is not None
        self.offers_batch = tools.to_batch is not None
        order = Order(CaseOrder.RECEIVED_ON, descending=True)
        self.table: PagedTableModel[CaseRow, CaseOrder] = PagedTableModel(self.columns, runner, order, self)
        self.table.counted.connect(self._counted)
        self.table.failed.connect(self._failed)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips as they stand."""
        return chips_of(self._work, self.state.facets, self.state.query.filter)

    @property
    def beyond_chips(self) -> tuple[str, ...]:
        """What the view asks that no chip says."""
        return extra_words(self.state.query.filter)

    @property
    def views(self) -> tuple[ListView, ...]:
        """All, the ready-made and the office's own."""
        return (EVERYTHING, *READY_MADE, *self.state.kept)

    @property
    def places(self) -> tuple[ColumnPlace, ...]:
        """The columns as this PC's user has arranged them."""
        kept = () if self._tools.settings is None else self._tools.settings.settings.ledger_columns
        return placed(self.columns, kept)

    def refresh(self) -> None:
        """Read the table anew with the present search and filters, and what the chips and views have to offer."""
        self.table.show_source(CaseSource(self._work, self.state.query))
        self._look_around()

    def on_changes(self, changes: Changes) -> None:
        """New cases may come in anywhere; an old one may move, leave or say something else."""
        self.recycle_bin.on_changes(changes)
        if self.state.count is None:
            return
        if any(changes.touches(kind) for kind in (Kind.CASE, Kind.HOUSEHOLD, Kind.LETTER)):
            self.refresh()
        elif changes.touches(Kind.LIST_VIEW):
            self._look_around()

    def mask(self, text: str) -> str:
        """What was typed, as it stands in the box when nobody types there."""
        return masked_text(self._work.pack, text)

    def search(self, text: str) -> None:
        """Keep the cases of this name, number or village; words between spaces must all fit."""
        words = unicodedata.normalize("NFKC", text).split()
        self._ask(text=" ".join(words), villages={word: self._villages_of(word) for word in words})

    def set_chip(self, kind: ChipKind, value: object) -> None:
        """Keep the cases that fit a chip's value; None keeps all."""
        self._ask(filter=msgspec.structs.replace(self.state.query.filter, **{kind.value: value}))

    def only_open(self, *, wanted: bool) -> None:
        """Keep the cases that are not closed."""
        self._ask(open_only=wanted)

    def forget_filters(self) -> None:
        """Show all cases again."""
        self.show_view(EVERYTHING)

    def show_view(self, view: ListView) -> None:
        """Ask for what the view asks for, in its order."""
        order = Order(view.order_by, view.descending)
        query = CaseQuery(filter=view.filter, open_only=view.open_only)
        self.state = msgspec.structs.replace(self.state, query=query, view=view)
        self.view_shown.emit()
        self.changed.emit()
        self.table.show_source(CaseSource(self._work, query), order)

    def keep_view(self, name: str, places: Sequence[ColumnPlace]) -> None:
        """Keep what is asked for under a name; ``name_fault`` says what is wrong with it."""
        query, order = self.state.query, self.table.order
        view = ListView(
            id=ListViewId(""),
            name=name,
            filter=query.filter,
            open_only=query.open_only,
            order_by=order.key,
            descending=order.descending,
            columns=tuple(place.key for place in places if place.shown),
        )
        self._runner.run(lambda: keep_view(self._work, view), lambda _: self._kept(view), self._not_kept)

    def take_view_away(self) -> None:
        """Take the view that is shown out of the list; what it asks stays asked."""
        view = self.state.view
        if view in self.state.kept:
            self._runner.run(lambda: take_view_away(self._work, view.id), lambda _: self._taken_away(view))

    def keep_places(self, places: tuple[ColumnPlace, ...]) -> None:
        """Keep the arrangement of the columns for the next start."""
        if self._tools.settings is not None:
            self._tools.settings.keep(ledger_columns=places)

    def choose_rows(self, count: int) -> None:
        """So many rows are selected."""
        if count != self.state.chosen:
            self.state = msgspec.structs.replace(self.state, chosen=count)
            self.changed.emit()

    def batch(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Go on with the rows at these places (first, how many); their ids are read where they are not here."""
        to_batch = self._tools.to_batch
        if to_batch is None or not ranges:
            return
        query, all_rows = in_order(self.state.shown, self.table.order), self.state.count

        def read() -> ChosenCases:
            with self._work.store.reading() as desk:
                asked = reckoned(self._work, desk, query)
                ids = [case for first, count in ranges for case in desk.cases.ids(asked, first, count)]
            return ChosenCases(ids=tuple(ids), query=query, everything=len(ids) == all_rows)

        self._runner.run(read, to_batch)

    def export(self, places: Sequence[ColumnPlace]) -> None:
        """Ask for a file, then write all rows that are asked for into it, in the columns shown."""
        choose, write_sheet = self._tools.choose, self._tools.write_sheet
        if choose is None or write_sheet is None or self.state.busy or self.may_not_export:
            return
        query = in_order(self.state.query, self.table.order)
        shown = tuple(
            next(column for column in self.columns if column.key == place.key) for place in places if place.shown
        )
        name = f"预警台账_{self.state.view.name}_{self._work.clock.today().isoformat()}.xlsx"

        def write(path: Path) -> None:
            def work(report: Reporter) -> Exported:
                return export(self._work, query, shown, path, write_sheet, report)

            self._busy(busy=True)
            self._runner.run_long("导出台账", work, self._exported, self._not_exported, gives_way=True)

        choose.save("导出台账", name, SHEET, write)

    def cannot_copy(self) -> None:
        """Say how to get so many rows out."""
        self._frame.tell(
            Notice(tone=Tone.SOON, says="选中的行太多，没有复制", lines=("请点“导出表格”，存成Excel文件。",))
        )

    def open(self, case: str) -> None:
        """Go to the case."""
        self._frame.go(Destination(Place.CASE, case))

    def go_blank(self) -> None:
        """Go to the blank sheets."""
        self._frame.go(papers_of(()))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()
        self.intake.close()

    def _look_around(self) -> None:
        """What the chips have to offer, and the office's views."""

        def read() -> tuple[CaseFacets, tuple[ListView, ...]]:
            with self._work.store.reading() as desk:
                return desk.cases.facets(), kept_views(desk)

        self._runner.run(read, self._looked_around, lambda failure: isinstance(failure, Troubled))

    def _looked_around(self, found: tuple[CaseFacets, tuple[ListView, ...]]) -> None:
        facets, kept = found
        if (facets, kept) != (self.state.facets, self.state.kept):
            view = next((each for each in kept if _same_view(each, self.state.view)), self.state.view)
            self.state = msgspec.structs.replace(self.state, facets=facets, kept=kept, view=view)
            self.changed.emit()

    def _villages_of(self, word: str) -> tuple[str, ...]:
        return tuple(code for code, name in self.intake.villages if word in name)

    def _ask(self, **other: object) -> None:
        query = msgspec.structs.replace(self.state.query, **other)
        if query != self.state.query:
            view = EVERYTHING if not _narrows(query) else ListView(id=ListViewId(""), name="筛选")
            self.state = msgspec.structs.replace(self.state, query=query, view=view)
            self.changed.emit()
            self.table.show_source(CaseSource(self._work, query))

    def _kept(self, view: ListView) -> None:
        self.state = msgspec.structs.replace(self.state, view=view)
        self._frame.tell(said(f"视图“{view.name.strip()}”已保存"))
        self.view_kept.emit()
        self._look_around()

    def _not_kept(self, failure: Failure) -> bool:
        if not isinstance(failure, Refused):
            return False
        self.name_fault.emit("；".join(finding.says for finding in failure.findings))
        return True

    def _taken_away(self, view: ListView) -> None:
        again = NoticeAction("撤销", lambda: self._keep_again(view))
        self._frame.tell(Notice(tone=Tone.DONE, says=f"视图“{view.name}”已删除", action=again))
        if self.state.view == view:
            self.state = msgspec.structs.replace(self.state, view=ListView(id=ListViewId(""), name="筛选"))
        self._look_around()

    def _keep_again(self, view: ListView) -> None:
        self._runner.run(lambda: keep_view(self._work, view), lambda _: self._look_around())

    def _exported(self, done: Exported) -> None:
        self._busy(busy=False)
        opened = self._tools.open_file
        action = None if opened is None else NoticeAction("打开文件", lambda: opened(done.path))
        self._frame.tell(
            Notice(
                tone=Tone.DONE,
                says=f"已导出{done.rows}条：{done.path.name}",
                lines=("文件里有完整的身份证号码，没有加密，请妥善保管，用完删除。导出已记入日志。",),
                action=action,
            )
        )

    def _not_exported(self, _failure: Failure) -> bool:
        self._busy(busy=False)
        return False

    def _busy(self, *, busy: bool) -> None:
        self.state = msgspec.structs.replace(self.state, busy=busy)
        self.changed.emit()

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


def _same_view(kept: ListView, shown: ListView) -> bool:
    """Whether it is the view that was just kept, which has got its id meanwhile."""
    return not shown.id and kept.name == shown.name.strip() and kept.filter == shown.filter
