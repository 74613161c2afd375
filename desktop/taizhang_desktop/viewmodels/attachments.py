"""附件 of the case that is shown: added, looked at, copied out, put into the recycle bin and taken out of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from taizhang_casework.domain.attachment import Attachment, AttachmentId, AttachmentKind, MediaType
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.rights import Right
from taizhang_casework.services.attaching import Attached, attach, attachments_of, remove, restore
from taizhang_casework.services.attachment_ports import AttachmentStore
from taizhang_casework.services.disclosing import disclose_copy, disclose_preview
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Refused, Reporter, Runner, Troubled
from taizhang_desktop.viewmodels.after_deed import Done, done_and_looked_at
from taizhang_desktop.viewmodels.attachment_preview import PdfDrawer, Preview, draw
from taizhang_desktop.viewmodels.attachment_words import copy_name
from taizhang_desktop.viewmodels.batch import Batch, do_each
from taizhang_desktop.viewmodels.files import FileChooser, FileKind
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.viewmodels.permission import why_not
from taizhang_desktop.viewmodels.shell import Frame, said

PICTURES_AND_PDF = FileKind("照片和PDF", ("jpg", "jpeg", "png", "pdf"))
WHY = "why"
"""Name in code of the field with the reason of a removal."""


@dataclass(frozen=True, kw_only=True)
class AttachmentTools:
    """What the view-model needs of the other rooms."""

    store: AttachmentStore
    pdf: PdfDrawer
    choose: FileChooser


@dataclass(frozen=True, kw_only=True)
class AttachmentsView:
    """What the pane shows. ``asking``: files that were chosen, of which it is not said yet what they are."""

    case: CaseId | None = None
    all: tuple[Attachment, ...] = ()
    with_bin: bool = False
    asking: tuple[Path, ...] = ()
    busy: bool = False
    loaded: bool = False
    trouble: Troubled | None = None
    preview: Preview | None = None

    @property
    def lines(self) -> tuple[Attachment, ...]:
        """The attachments in the table."""
        return self.all if self.with_bin else tuple(each for each in self.all if each.removal is None)

    @property
    def binned(self) -> int:
        """How many lie in the recycle bin."""
        return sum(each.removal is not None for each in self.all)

    @property
    def count(self) -> int:
        """How many the case has."""
        return len(self.all) - self.binned


class AttachmentsModel(QObject):
    """``changed``: ``view`` is another. ``refused`` carries a tuple of Finding about the reason of a removal; ``removed``: it is done."""

    changed = Signal()
    refused = Signal(object)
    removed = Signal()

    def __init__(self, work: Work, runner: Runner, frame: Frame, tools: AttachmentTools) -> None:
        """Begin without a case."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self._tools = tools
        self._content = b""
        self.may_not_copy = why_not(work.user, Right.EXPORT)
        self.view = AttachmentsView()

    def open(self, case: CaseId) -> None:
        """Show the attachments of a case; what was chosen or looked at in another one is over."""
        if case != self.view.case:
            self._content = b""
            self._show(AttachmentsView(case=case))
            self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        case = self.view.case
        if case is not None:
            self._runner.run(
                lambda: tuple(attachments_of(self._work, case)),
                partial(self._looked, case),
                partial(self._unread, case),
            )

    def on_changes(self, changes: Changes) -> None:
        """Read the list anew where attachments were touched."""
        if changes.touches(Kind.ATTACHMENT):
            self.refresh()

    def get(self, attachment: str) -> Attachment | None:
        """The attachment of that id, where it belongs to the case."""
        return next((each for each in self.view.all if each.id == attachment), None)

    def show_bin(self, *, shown: bool) -> None:
        """Show or hide what lies in the recycle bin."""
        self._change(with_bin=shown)

    def add(self) -> None:
        """Ask for files; then the pane asks once what they are."""
        case = self.view.case

        def chosen(paths: tuple[Path, ...]) -> None:
            if case == self.view.case:
                self._change(asking=paths)

        if case is not None and not self.view.busy:
            self._tools.choose.open("添加附件", PICTURES_AND_PDF, chosen, several=True)

    def forget_chosen(self) -> None:
        """Add none of the files that were chosen."""
        self._change(asking=())

    def keep(self, kind: AttachmentKind) -> None:
        """Add the files that were chosen, as what the user says they are."""
        case, paths = self.view.case, self.view.asking
        if case is None or not paths or self.view.busy:
            return
        self._change(asking=(), busy=True)
        self._runner.run_long(
            "保存附件",
            lambda report: done_and_looked_at(
                lambda: self._keep_each(case, kind, paths, report), lambda: self._read(case)
            ),
            partial(self._kept, case),
            partial(self._failed, case),
        )

    def look_at(self, attachment: str, page: int = 0) -> None:
        """Show a page of an attachment; the first page reads and verifies it whole, and the journal keeps who looks."""
        known = self.get(attachment)
        if known is None or self.view.busy:
            return
        shown = self.view.preview
        content = self._content if shown is not None and shown.attachment == known else b""
        if not content:
            self._change(preview=Preview(attachment=known))
        self._change(busy=True)
        self._runner.run(
            lambda: self._draw(known, content, page),
            partial(self._drawn, known, page),
            partial(self._not_drawn, known),
        )

    def turn(self, pages: int) -> None:
        """Show another page of what is looked at."""
        shown = self.view.preview
        if shown is not None and shown.image is not None and 0 <= shown.page + pages < shown.pages:
            self.look_at(shown.attachment.id, shown.page + pages)

    def look_no_more(self) -> None:
        """Back to the list; the content is let go."""
        self._content = b""
        self._change(preview=None)

    def copy_out(self, attachment: str) -> None:
        """Ask for a place and write a copy there that anybody can read; the journal keeps who let it out."""
        known, case = self.get(attachment), self.view.case
        if known is not None and case is not None and not self.view.busy:
            label = "PDF文件" if known.media is MediaType.PDF else "照片"
            kind = FileKind(label, tuple(each[1:] for each in known.media.suffixes))
            self._tools.choose.save("另存附件", copy_name(known), kind, partial(self._copy, case, known))

    def remove(self, attachment: str, why: str) -> None:
        """Put it into the recycle bin."""
        self._do(lambda: remove(self._work, AttachmentId(attachment), why=why), "已移到回收站，可以恢复", gone=True)

    def restore(self, attachment: str) -> None:
        """Take it out of the recycle bin."""
        self._do(lambda: restore(self._work, AttachmentId(attachment)), "已恢复")

    def close(self) -> None:
        """Want nothing any more, and hold nothing of what was looked at."""
        self._content = b""
        self.view = AttachmentsView()
        self._runner.close()

    def _keep_each(
        self, case: CaseId, kind: AttachmentKind, paths: tuple[Path, ...], report: Reporter
    ) -> Batch[tuple[Path, int], Attached]:
        sizes = [_size(path) for path in paths]
        starts = [0, *accumulate(sizes)]

        def one(item: tuple[Path, int]) -> Attached:
            path, start = item
            return attach(
                self._work, self._tools.store, case, path, kind, lambda done, _: report(start + done, starts[-1])
            )

        items = tuple(zip(paths, starts, strict=False))
        return do_each(items, one, lambda at, _: report(starts[at], starts[-1]))

    def _kept(self, case: CaseId, done: Done[Batch[tuple[Path, int], Attached], tuple[Attachment, ...]]) -> None:
        batch = done.deed
        self._free(case, done.found)
        for attached in batch.done:
            self._runner.announce(attached.changes)
        tone = Tone.OVERDUE if batch.failed else Tone.SOON if batch.left else Tone.DONE
        self._frame.tell(Notice(tone=tone, says=_says(batch), lines=tuple(str(trouble) for _, trouble in batch.failed)))

    def _draw(self, known: Attachment, content: bytes, page: int) -> tuple[bytes, QImage, int]:
        if not content:
            disclose_preview(self._work, known.id)
            content = self._tools.store.read(known.address)
        image, pages = draw(known.media, content, page, self._tools.pdf)
        return content, image, pages

    def _drawn(self, known: Attachment, page: int, drawn: tuple[bytes, QImage, int]) -> None:
        content, image, pages = drawn
        if self._looks_at(known):
            self._content = content
            self._change(preview=Preview(attachment=known, image=image, page=page, pages=pages))
        self._free(known.case)

    def _not_drawn(self, known: Attachment, failure: Failure) -> bool:
        self._free(known.case)
        if not isinstance(failure, Troubled):
            return False
        if self._looks_at(known):
            self._change(preview=Preview(attachment=known, trouble=failure))
        return True

    def _looks_at(self, known: Attachment) -> bool:
        shown = self.view.preview
        return shown is not None and shown.attachment == known

    def _copy(self, case: CaseId, known: Attachment, path: Path) -> None:
        def copy(report: Reporter) -> None:
            disclose_copy(self._work, known.id)
            self._tools.store.copy_out(known.address, path, report)

        def copied(_: None) -> None:
            self._free(case)
            lines = ("这是没有加密的副本，用完请删除。",)
            self._frame.tell(Notice(tone=Tone.DONE, says=f"“{known.name}”已另存到 {path}", lines=lines))

        self._change(busy=True)
        self._runner.run_long(
            "另存附件",
            copy,
            copied,
            partial(self._failed, case),
        )

    def _do(self, deed: Callable[[], Changes], says: str, *, gone: bool = False) -> None:
        case = self.view.case
        if case is None or self.view.busy:
            return

        def done(made: Done[Changes, tuple[Attachment, ...]]) -> None:
            self._free(case, made.found)
            self._runner.announce(made.deed)
            self._frame.tell(said(says))
            if gone:
                self.removed.emit()

        self._change(busy=True)
        self._runner.run(lambda: done_and_looked_at(deed, lambda: self._read(case)), done, partial(self._failed, case))

    def _failed(self, case: CaseId, failure: Failure) -> bool:
        self._free(case)
        if not isinstance(failure, Refused) or all(finding.field != WHY for finding in failure.findings):
            return False
        self.refused.emit(failure.findings)
        return True

    def _free(self, case: CaseId, found: tuple[Attachment, ...] | None = None) -> None:
        """Take deeds again, with the list as it now stands: before, a second press would do the deed to what is gone."""
        if case == self.view.case:
            self._change(busy=False, all=self.view.all if found is None else found)

    def _read(self, case: CaseId) -> tuple[Attachment, ...]:
        return tuple(attachments_of(self._work, case))

    def _looked(self, case: CaseId, found: tuple[Attachment, ...]) -> None:
        if case == self.view.case:
            self._change(all=found, loaded=True, trouble=None)

    def _unread(self, case: CaseId, failure: Failure) -> bool:
        if case != self.view.case or not isinstance(failure, Troubled):
            return False
        self._change(trouble=failure)
        return True

    def _change(self, **parts: object) -> None:
        self._show(replace(self.view, **parts))  # type: ignore[arg-type]  # the parts of the view by name

    def _show(self, view: AttachmentsView) -> None:
        if view != self.view:
            self.view = view
            self.changed.emit()


def _size(path: Path) -> int:
    """Bytes for the progress bar; a file that cannot be asked says so when it is read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _says(batch: Batch[tuple[Path, int], Attached]) -> str:
    if not batch.done and not batch.left:
        return f"没有添加附件，{len(batch.failed)}个文件有问题"
    return "，".join(
        filter(
            None,
            (
                "已取消" if batch.left else "",
                f"已添加{len(batch.done)}个附件",
                f"{len(batch.failed)}个没有添加" if batch.failed else "",
                f"{len(batch.left)}个没有读取" if batch.left else "",
            ),
        )
    )
