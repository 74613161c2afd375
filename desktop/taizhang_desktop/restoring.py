"""The page that restores a backup, bound to the program around it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang_desktop.bootstrap.restoring import Restoration
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.start.restore_page import RestorePage
from taizhang_desktop.tasks import Crashed, Failure
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.viewmodels.restore_model import RestoreModel
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from taizhang_desktop.bootstrap import OpenOffice
    from taizhang_desktop.program import Surroundings


def restore_page(
    around: "Surroundings",
    office: "OpenOffice | None",
    *,
    bench: DeskWorker,
    worker: DeskWorker,
    close_office: Callable[[], None],
    switched: Callable[[Path, Notice], None],
    back: Callable[[], None],
) -> RestorePage:
    """``office`` is the one that is open, which ``close_office`` closes in the worker just before the switch; then ``switched``."""
    restoration = Restoration(around.data, office, around.rules(), around.clock)

    def put_in_place() -> Path | None:
        close_office()
        return restoration.switch()

    def done(kept: Path | None) -> None:
        folder = restoration.target
        if folder is not None:
            switched(folder, _notice(kept))

    def failed(failure: Failure) -> bool:
        model.not_switched(failure)
        return not isinstance(failure, Crashed)

    def switch() -> None:
        worker.scope().run(put_in_place, done, failed)

    model = RestoreModel(restoration, around.files, bench.scope(), switch=switch, back=back)
    return RestorePage(model)


def _notice(kept: Path | None) -> Notice:
    lines = () if kept is None else (f"原来的台账原样保留在“{kept}”，核对无误后可由管理员移走。",)
    return Notice(tone=Tone.DONE, says="已从备份恢复，请用备份当天的口令打开", lines=lines)
