"""A household of the ledger as the answer of a field: found by one line as in 登记预警信息, or a new one of the warned person."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from taizhang_desktop.kit.field import OWN_ENTER, Field
from taizhang_desktop.kit.parts import Button, column, label, row
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.find_part import FindPart
from taizhang_desktop.viewmodels.intake_find import HouseholdFinder, HouseholdLine

_OWN_WORDS = "新户，本人为户主"
_PARTS = 3
"""The value, the words, and whether the warned person joins."""
_NOT_YET = "还没有选。查到以后按回车或双击那一户"


class HouseholdField(Field):
    """``belongs`` says of a household whether the warned person is a member; where not, ``joins`` is true once it is chosen."""

    def __init__(
        self,
        name: str,
        title: str,
        finder: HouseholdFinder,
        mask: Callable[[str], str],
        belongs: Callable[[HouseholdLine], bool],
        own: str,
    ) -> None:
        """Begin with none; ``own`` is the value of a new household."""
        self.search = FindPart(finder, mask)
        self.own = Button("本人为户主，建立新户", "quiet", Icon.HOUSE)
        self.own.setObjectName("case_moving_own")
        self.chosen = label("", wrap=True, select=True)
        self.chosen.setObjectName("case_moving_chosen")
        room = QWidget()
        across = row(label("台账中没有的：", "small"), self.own, None)
        room.setLayout(column(self.search, across, label("改归到", "field"), self.chosen, spacing=SPACE.small))
        room.setFocusProxy(self.search)
        for part in (self.search.line, self.search.table):
            part.setProperty(OWN_ENTER, "yes")
        super().__init__(name, title, room, required=True)
        self._finder = finder
        self._belongs = belongs
        self._typed: tuple[str, ...] = ()
        self.search.chosen.connect(self._choose)
        self.search.passed.connect(self.passed)
        self.own.clicked.connect(lambda: self._take((own, _OWN_WORDS, "")))
        self._tell()

    def value(self) -> str | None:
        """The household's id, or ``own``; None while none is chosen."""
        return self._typed[0] if self._typed else None

    @property
    def joins(self) -> bool:
        """Whether the warned person does not belong to it yet."""
        return bool(self._typed and self._typed[2])

    def typed(self) -> tuple[str, ...]:
        """What was chosen, with the words by which it is known."""
        return self._typed

    def retype(self, typed: tuple[str, ...]) -> None:
        """Put that back; anything else is none."""
        self._typed = typed if len(typed) == _PARTS else ()
        self.show_findings(())
        self._tell()

    def _choose(self, key: str) -> None:
        line = next((each for each in self._finder.state.lines if each.id == key), None)
        if line is not None:
            words = f"{line.head}户，{line.village}：{line.members}"
            self._take((line.id, words, "" if self._belongs(line) else "joins"))

    def _take(self, typed: tuple[str, ...]) -> None:
        self.retype(typed)
        self.edited.emit()
        self.passed.emit()

    def _tell(self) -> None:
        self.chosen.setText(self._typed[1] if self._typed else _NOT_YET)
