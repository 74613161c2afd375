"""After the start: what was left half-typed is told, with the way there."""

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.viewmodels.case_drafts import CaseDrafts
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.intake_drafts import FORM, ROWS
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction
from taizhang_desktop.viewmodels.shell import Frame

NEW = "new"
"""The target of the ledger that opens the form 登记预警信息."""


def offer_to_go_on(shelf: DraftShelf, frame: Frame) -> None:
    """Tell what was left half-typed; the button goes to what was begun last. Nothing is said where nothing was."""
    case = CaseDrafts(shelf).newest
    if any(key in {FORM, ROWS} for key in shelf.keys):
        says, there = "上次填写了一半的“登记预警信息”还在", Destination(Place.LEDGER, NEW)
    elif case is not None:
        says, there = f"上次填写了一半的表格还在（{case[1]}）", Destination(Place.CASE, case[0])
    else:
        return
    frame.tell(Notice(tone=Tone.INFO, says=says, action=NoticeAction("接着填", lambda: frame.go(there))))
