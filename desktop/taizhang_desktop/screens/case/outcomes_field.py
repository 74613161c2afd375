"""比对结果: 无 or 有疑点 for each person and item, and how each 疑点 is explained. Nothing is answered until somebody answers it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout
from taizhang_casework.domain.answers import Line
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.steps import Cleared, Doubt

from taizhang_desktop.kit.choice_fields import Option
from taizhang_desktop.kit.choice_grid import ChoiceGrid, GridColumn, GridRow
from taizhang_desktop.kit.field import ENTER_MOVES_ON, OWN_ENTER
from taizhang_desktop.kit.parts import Button, label, row
from taizhang_desktop.kit.text_fields import text_faults
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.case.lines_field import LinesField, LinesRoom

CLEAR, DOUBT = "clear", "doubt"
_OUTCOMES = (Option(CLEAR, "无"), Option(DOUBT, "有疑点"))
_PARTS = 4
_LONGEST = 300


class OutcomesField(LinesField):
    """Items down, persons across. The button answers 无 wherever nobody answered yet."""

    def __init__(self, name: str, title: str, pack: RegulationPack, *, hint: str = "") -> None:
        """The items are the pack's; an item or person of an older record beside these keeps its place."""
        self._items = tuple(GridRow(key=item.key, title=item.label) for item in pack.comparison_items)
        self._keys = {item.label: item.key for item in pack.comparison_items}
        self._people: tuple[str, ...] = ()
        self._explained: dict[tuple[str, str], str] = {}
        self.lines: dict[tuple[str, str], QLineEdit] = {}
        self.grid = ChoiceGrid("比对项目")
        self.grid.table.setAccessibleName(title)
        self.clear = Button("其余均无疑点", "", Icon.DONE)
        self.clear.setObjectName("case_all_clear")
        self.clear.setProperty(ENTER_MOVES_ON, "yes")
        room = LinesRoom()
        inside = QVBoxLayout(room)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE.small)
        inside.addWidget(self.grid)
        above = row(self.clear, label("没有填的都记为“无”", "small"), None)
        inside.insertLayout(
            0, above
        )  # Tab comes into the field at the grid: what stands above it is put in, and comes, after it
        self._doubts = QGridLayout()
        self._doubts.setHorizontalSpacing(SPACE.small)
        self._doubts.setVerticalSpacing(SPACE.tight)
        self._doubts.setColumnStretch(1, 1)
        inside.addLayout(self._doubts)
        super().__init__(name, title, room, hint=hint)
        self.title_label.hide()
        room.setFocusProxy(self.grid.table)
        self.grid.edited.connect(self._answered)
        self.grid.passed.connect(self._past_grid)
        self.clear.clicked.connect(self._clear_rest)

    def show_people(self, people: Sequence[str]) -> None:
        """Ask about these persons; what is answered of those who stay, stays."""
        self._people = tuple(people)
        self._draw()

    def value(self) -> tuple[Line, ...]:
        """Every doubt with its explanation, then what is clear, person by person."""
        chosen = self.grid.chosen
        doubts = [
            Doubt(person=person, item=item, explanation=self._explained.get((item, person), "").strip())
            for (item, person), outcome in chosen.items()
            if outcome == (DOUBT,)
        ]
        clear = {
            person: [item for (item, who), said in chosen.items() if (who, said) == (person, (CLEAR,))]
            for person in self._people
        }
        return (*doubts, *(Cleared(person=person, items=tuple(items)) for person, items in clear.items() if items))

    def set_value(self, lines: tuple[Line, ...]) -> None:
        """Show these outcomes and no others."""
        words: list[str] = []
        for line in lines:
            if isinstance(line, Doubt):
                words += [self._keys.get(line.item, line.item), line.person, DOUBT, line.explanation]
            elif isinstance(line, Cleared):
                for item in line.items:
                    words += [item, line.person, CLEAR, ""]
        self.retype(tuple(words))
        self.show_findings(())

    def typed(self) -> tuple[str, ...]:
        """Item, person, outcome and explanation, cell after cell."""
        return tuple(
            part
            for (item, person), outcome in self.grid.chosen.items()
            for part in (item, person, outcome[0], self._explained.get((item, person), ""))
        )

    def retype(self, typed: tuple[str, ...]) -> None:
        """Put back what was answered."""
        cells = [typed[at : at + _PARTS] for at in range(0, len(typed) - len(typed) % _PARTS, _PARTS)]
        known = {row.key for row in self._items}
        beside = dict.fromkeys(item for item, *_ in cells if item not in known)
        self._items = (*self._items, *(GridRow(key=item, title=item) for item in beside))
        self._explained = {(item, person): said for item, person, _, said in cells}
        self.grid.choose({(item, person): (outcome,) for item, person, outcome, _ in cells})
        self._draw()

    def faults(self) -> tuple[Finding, ...]:
        """An explanation that is too long."""
        return tuple(
            fault for said in self._explained.values() for fault in text_faults(self.name, said.strip(), _LONGEST)
        )

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """A doubt without its explanation is where the hand goes next."""
        super().show_findings(findings)
        blank = next((line for line in self.lines.values() if not line.text().strip()), None)
        unexplained = any(finding.code == "doubt_unexplained" for finding in findings)
        self.editor.setFocusProxy(blank if unexplained and blank is not None else self.grid.table)

    def begin(self) -> None:
        """The first cell without an answer."""
        self.grid.begin()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        columns = [GridColumn(key=name, title=name, options=_OUTCOMES, width=4) for name in self._people]
        self.grid.show_grid(self._items if columns else (), columns)
        self._draw_doubts()

    def _draw_doubts(self) -> None:
        """A line of explanation for each doubt, in the order of the grid; lines that stay are not disturbed."""
        titles = {item.key: item.title for item in self._items}
        doubted = [
            (item.key, person)
            for item in self._items
            for person in self._people
            if self.grid.chosen.get((item.key, person)) == (DOUBT,)
        ]
        if doubted == list(self.lines):
            return
        while (taken := self._doubts.takeAt(0)) is not None:
            gone = taken.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.lines = {}
        for at, place in enumerate(doubted):
            item, person = place
            words = f"{person}的{titles.get(item, item)}疑点"
            line = QLineEdit(self._explained.get(place, ""))
            line.setPlaceholderText("说明情况")
            line.setAccessibleName(f"{words}：说明")
            line.setObjectName(f"case_doubt_{at}")
            line.setProperty(OWN_ENTER, "yes")
            line.textEdited.connect(lambda text, place=place: self._explain(place, text))
            line.returnPressed.connect(lambda place=place: self._next_doubt(place))
            self.lines[place] = line
            name = label(words, wrap=True)
            self._doubts.addWidget(name, at, 0)
            self._doubts.addWidget(line, at, 1)
            name.show()
            line.show()

    def _answered(self) -> None:
        self._draw_doubts()
        self._touched()

    def _explain(self, place: tuple[str, str], text: str) -> None:
        self._explained[place] = text
        self._touched()

    def _past_grid(self) -> None:
        first = next(iter(self.lines.values()), None)
        if first is None:
            self.passed.emit()
        else:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _next_doubt(self, place: tuple[str, str]) -> None:
        places = list(self.lines)
        at = places.index(place) + 1
        if at < len(places):
            self.lines[places[at]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.passed.emit()

    def _clear_rest(self) -> None:
        everything = {(item.key, person): (CLEAR,) for item in self._items for person in self._people}
        self.grid.choose({**everything, **self.grid.chosen})
        self._touched()
