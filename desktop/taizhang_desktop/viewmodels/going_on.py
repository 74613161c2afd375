"""After the start: what was left half-typed is told, with the way there."""

from datetime import date

from taizhang_casework.domain.drafts import is_old

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.form_drafts import FormDrafts
from taizhang_desktop.viewmodels.intake_drafts import FORM, ROWS
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction
from taizhang_desktop.viewmodels.shell import Frame
from taizhang_desktop.viewmodels.words import day

NEW = "new"
"""The target of the ledger that opens the form 登记预警信息."""
PLACES = {
    "case": Place.CASE,
    "monitored": Place.MONITORED,
    "member": Place.HOUSEHOLDS,
    "users": Place.USERS,
    "batch": Place.BATCH,
    "income": Place.INCOME_LINES,
}
"""Where the drafts go on whose keys begin so."""
_INTAKE = {FORM: "“登记预警信息”", ROWS: "“批量登记”"}


def offer_to_go_on(shelf: DraftShelf, frame: Frame, today: date) -> None:
    """Tell what was left half-typed; the button goes to what was begun last. Nothing is said where nothing was."""
    left = [found for key in shelf.keys if (found := _left(shelf, key, today)) is not None]
    if not left:
        return
    (says, there), others = left[-1], left[:-1]
    lines = (f"另外还有：{'、'.join(words for words, _ in reversed(others))}",) if others else ()
    action = NoticeAction("接着填", lambda: frame.go(there))
    frame.tell(Notice(tone=Tone.INFO, says=f"上次填写了一半的{says}还在", lines=lines, action=action))


def again_half_typed(shelf: DraftShelf, frame: Frame, today: date) -> tuple[str, NoticeAction] | None:
    """What 撤销 just made half-typed again, in a line, and the way there; None where it was nothing that this version knows."""
    found = _left(shelf, shelf.returned, today) if shelf.returned else None
    if found is None:
        return None
    words, there = found
    return f"{words}填过的内容还在表里，没有保存，可以改好再保存", NoticeAction("接着填", lambda: frame.go(there))


def _left(shelf: DraftShelf, key: str, today: date) -> tuple[str, Destination] | None:
    """What a draft is called and where it goes on; None of what this version does not know."""
    if key in _INTAKE:
        return _INTAKE[key], Destination(Place.LEDGER, NEW)
    mark, _, rest = key.partition(":")
    draft = FormDrafts(mark, shelf).get(rest) if mark in PLACES else None
    if draft is None:
        return None
    about = [draft.who] if draft.who else []
    about += [f"{day(draft.kept_on)}填写的"] if is_old(draft.kept_on, today) else []
    return f"“{draft.title}”" + (f"（{'，'.join(about)}）" if about else ""), Destination(PLACES[mark], draft.target)
