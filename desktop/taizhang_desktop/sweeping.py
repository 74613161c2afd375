"""Python's cyclic garbage is collected in the window's thread only.

Python collects in whatever thread happens to allocate. In the worker's it would end what belongs to the window: PySide (seen with 6.8)
then disconnects the signals that the dead receiver heard, holding a lock of Qt while it waits for the interpreter, which the window's
thread may hold while it waits for that lock. The program hangs for ever, or crashes. See decision 19.
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

SWEEP_EVERY_MS = 500
"""A sweep of what is young costs a few milliseconds; the oldest are looked through once in some hundred sweeps."""


class Sweeping(QObject):
    """Collects garbage between two events of the window's thread, as long as the application lives; made by :func:`sweep_here`."""

    def __init__(self, app: QCoreApplication) -> None:
        """Python collects by itself no more. What is imported by now is not looked at again: it is never garbage."""
        super().__init__(app)
        gc.disable()
        gc.freeze()
        timer = QTimer(self)
        timer.setInterval(SWEEP_EVERY_MS)
        timer.timeout.connect(self.sweep)
        timer.start()

    def sweep(self) -> None:
        """Collect the oldest generation that Python would collect now, and with it all that are younger."""
        due = [
            full
            for full, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > limit
        ]
        if due:
            gc.collect(due[-1])


def sweep_here() -> None:
    """Have this thread, the application's, collect all garbage; a second call does nothing."""
    app = QCoreApplication.instance()
    if app is not None and app.findChild(Sweeping) is None:
        Sweeping(app)
