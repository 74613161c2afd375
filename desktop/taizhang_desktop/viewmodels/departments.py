"""部门预警: the department lists of a month, who has delivered and who has not, and what became of each row."""

from datetime import date
from enum import Enum
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.bureau import ListImport
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.clocks import fixed_date_due
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.list_row import REASON_WORDS, JudgedRow, Outcome
from taizhang_casework.domain.pack_keys import LISTS_DATE
from taizhang_casework.services.collecting import Collected, take_list
from taizhang_casework.services.exchange_ports import ListReader
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Reporter, Runner, Troubled
from taizhang_desktop.viewmodels.batch import Batch, do_each
from taizhang_desktop.viewmodels.files import WORKBOOK, FileChooser
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.viewmodels.shell import Frame
from taizhang_desktop.viewmodels.words import masked, masked_text

OUTCOMES = {Outcome.ACCEPTED: "接收", Outcome.REFUSED: "退回", Outcome.DUPLICATE: "重复"}
OUTCOME_TONES = {Outcome.ACCEPTED: Tone.DONE, Outcome.REFUSED: Tone.OVERDUE, Outcome.DUPLICATE: Tone.SOON}


class Delivery(Enum):
    """How a department stands for the month."""

    DELIVERED = "delivered"
    WAITING = "waiting"
    LATE = "late"
    NOT_ASKED = "not_asked"


class DepartmentLine(msgspec.Struct, frozen=True, kw_only=True):
    """One department of the notice."""

    key: str
    name: str
    short: str
    delivery: Delivery
    files: int
    accepted: int


class FileLine(msgspec.Struct, frozen=True, kw_only=True):
    """One list that was read."""

    id: str
    file: str
    department: str
    rows: int
    accepted: int
    refused: int
    duplicates: int


class RowLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a list with its outcome in Chinese; its numbers are masked."""

    id: str
    row: JudgedRow
    number: str
    detail: str
    outcome: str
    reasons: str

    @property
    def tone(self) -> Tone:
        """The colour of the outcome."""
        return OUTCOME_TONES[self.row.outcome]


class DepartmentsState(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows; ``rows`` are those of the chosen file (all of them, or only what was not accepted)."""

    month: Month
    due: date
    today: date
    departments: tuple[DepartmentLine, ...] = ()
    files: tuple[FileLine, ...] = ()
    rows: tuple[RowLine, ...] = ()
    chosen: str = ""
    only_refused: bool = False
    loaded: bool = False
    trouble: Troubled | None = None

    @property
    def asked(self) -> tuple[DepartmentLine, ...]:
        """The departments that owe a list."""
        return tuple(line for line in self.departments if line.delivery is not Delivery.NOT_ASKED)

    @property
    def delivered(self) -> int:
        """How many of them have delivered."""
        return sum(line.delivery is Delivery.DELIVERED for line in self.asked)

    @property
    def late(self) -> bool:
        """Whether one of them is late."""
        return any(line.delivery is Delivery.LATE for line in self.asked)


class DepartmentsModel(QObject):
    """部门预警. ``changed`` is emitted when ``state`` is another."""

    changed = Signal()

    def __init__(self, work: Work, reader: ListReader, files: FileChooser, runner: Runner, frame: Frame) -> None:
        """``reader`` reads the workbooks, ``files`` asks which."""
        super().__init__()
        self._work = work
        self._reader = reader
        self._files = files
        self._runner = runner
        self._frame = frame
        self._imports: tuple[ListImport, ...] = ()
        today = work.clock.today()
        month = Month.of(today)
        self.state = DepartmentsState(month=month, due=self._due(month), today=today)

    def refresh(self) -> None:
        """Read the lists anew."""

        def read() -> tuple[ListImport, ...]:
            with self._work.store.reading() as desk:
                return tuple(desk.bureau.imports())

        self._runner.run(read, self._show, self._failed)

    def on_changes(self, changes: Changes) -> None:
        """Only lists matter here."""
        if changes.touches(Kind.LIST_IMPORT):
            self.refresh()

    def show_month(self, month: Month) -> None:
        """Another month."""
        self._look(month=month, due=self._due(month), chosen="")

    def choose(self, file: str) -> None:
        """Show the rows of this list."""
        self._look(chosen=file)

    def show_only_refused(self, only: bool) -> None:  # noqa: FBT001 - a slot
        """Show only what was not accepted, or all rows."""
        self._look(only_refused=only)

    def import_lists(self) -> None:
        """Ask for workbooks and take them in, one after the other; a file that cannot be read stops no other."""
        self._files.open("选择部门名单", WORKBOOK, self._take, several=True)

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _take(self, paths: tuple[Path, ...]) -> None:
        month = self.state.month

        def work(report: Reporter) -> Batch[Path, Collected]:
            return do_each(paths, lambda path: take_list(self._work, self._reader, path, month), report)

        self._runner.run_long("读取部门名单", work, self._taken, self._interrupted)

    def _look(self, **other: object) -> None:
        """Look at the lists in another way; lists that were not read are not taken for none."""
        self.state = msgspec.structs.replace(self.state, **other)
        if self.state.loaded and self.state.trouble is None:
            self._show(self._imports)
        else:
            self.changed.emit()
            self.refresh()

    def _taken(self, batch: Batch[Path, Collected]) -> None:
        """Show the new lists together with the notice of them, the newest chosen."""
        if batch.done:
            self._imports = (*self._imports, *(each.done for each in batch.done))
            self._look(chosen=batch.done[-1].done.id)
        for each in batch.done:
            self._runner.announce(each.changes)
        counts = [_file_line(each.done, "") for each in batch.done]
        lines = tuple(str(trouble) for _, trouble in batch.failed)
        lines += tuple(
            f"{c.file}：读取{c.rows}行，接收{c.accepted}，退回{c.refused}，重复{c.duplicates}" for c in counts
        )
        tone = Tone.OVERDUE if batch.failed else Tone.SOON if batch.left else Tone.DONE
        self._frame.tell(Notice(tone=tone, says=_says(batch), lines=lines))

    def _interrupted(self, failure: Failure) -> bool:
        """A bug in one list: those before it are in, so look again; the window shows the rest."""
        del failure
        self.refresh()
        return False

    def _show(self, imports: tuple[ListImport, ...]) -> None:
        self._imports = imports
        state = self.state
        here = [done for done in imports if done.month == state.month]
        chosen = next((done for done in here if done.id == state.chosen), here[-1] if here else None)
        names = {department.key: department.short for department in self._work.pack.departments}
        self.state = msgspec.structs.replace(
            state,
            departments=self._departments(here),
            files=tuple(_file_line(done, names.get(done.reading.department, "未识别")) for done in here),
            rows=() if chosen is None else self._rows(chosen),
            chosen="" if chosen is None else chosen.id,
            loaded=True,
            trouble=None,
        )
        self.changed.emit()

    def _departments(self, here: list[ListImport]) -> tuple[DepartmentLine, ...]:
        late = self._work.clock.today() > self.state.due
        lines: list[DepartmentLine] = []
        for department in self._work.pack.departments:
            theirs = [done for done in here if done.reading.department == department.key]
            delivery = Delivery.DELIVERED if theirs else Delivery.LATE if late else Delivery.WAITING
            lines.append(
                DepartmentLine(
                    key=department.key,
                    name=department.name,
                    short=department.short,
                    delivery=delivery if department.supplies_list or theirs else Delivery.NOT_ASKED,
                    files=len(theirs),
                    accepted=sum(len(done.warnings) for done in theirs),
                )
            )
        return tuple(lines)

    def _rows(self, done: ListImport) -> tuple[RowLine, ...]:
        only = self.state.only_refused
        return tuple(
            RowLine(
                id=f"{row.provenance.sheet}!{row.provenance.row}",
                row=row,
                number=masked(self._work.pack, row.id_number),
                detail=masked_text(self._work.pack, row.detail),
                outcome=OUTCOMES[row.outcome],
                reasons="；".join(REASON_WORDS[reason] for reason in row.reasons),
            )
            for row in done.reading.rows
            if not only or row.outcome is not Outcome.ACCEPTED
        )

    def _due(self, month: Month) -> date:
        rule = self._work.pack.fixed_date(LISTS_DATE)
        return fixed_date_due(rule, month.year, month.month) or month.last_day

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self.state = msgspec.structs.replace(self.state, trouble=failure)
        self.changed.emit()
        return True


def _file_line(done: ListImport, department: str) -> FileLine:
    outcomes = [row.outcome for row in done.reading.rows]
    return FileLine(
        id=done.id,
        file=done.reading.file,
        department=department,
        rows=len(outcomes),
        accepted=outcomes.count(Outcome.ACCEPTED),
        refused=outcomes.count(Outcome.REFUSED),
        duplicates=outcomes.count(Outcome.DUPLICATE),
    )


def _says(batch: Batch[Path, Collected]) -> str:
    if not batch.done and not batch.left:
        return f"没有导入名单，{len(batch.failed)}份文件有问题"
    return "，".join(
        filter(
            None,
            (
                "已取消" if batch.left else "",
                f"导入{len(batch.done)}份名单",
                f"{len(batch.failed)}份没有导入" if batch.failed else "",
                f"{len(batch.left)}份没有读取" if batch.left else "",
            ),
        )
    )
