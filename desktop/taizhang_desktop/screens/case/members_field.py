"""家庭成员情况 of the 核查表: a row a member, answered with one digit a cell."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout
from taizhang_casework.domain.answers import Line
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.steps import MemberCheck

from taizhang_desktop.kit.choice_grid import ChoiceGrid
from taizhang_desktop.kit.field import OWN_ENTER
from taizhang_desktop.kit.parts import Button, row
from taizhang_desktop.kit.text_fields import text_faults
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.case.lines_field import LinesField, LinesRoom
from taizhang_desktop.screens.case.member_lines import answered, chosen_of, columns, flat, grid_rows, unflat

_LONGEST_NAME = 50


class MembersField(LinesField):
    """The household's members, and beneath them whom the visitors met beside these."""

    def __init__(self, name: str, title: str, pack: RegulationPack, *, hint: str = "") -> None:
        """The choices are the pack's."""
        self._members: tuple[MemberCheck, ...] = ()
        self._columns = columns(pack)
        self.grid = ChoiceGrid("姓名", self._columns)
        self.grid.table.setAccessibleName(title)
        self.other = QLineEdit()
        self.other.setPlaceholderText("名单以外的成员姓名")
        self.other.setAccessibleName("名单以外的成员姓名")
        self.other.setToolTip("名单以外的成员姓名")
        self.other.setProperty(OWN_ENTER, "yes")
        self.more = Button("添加成员", "quiet", Icon.ADD)
        self.more.setObjectName("case_add_member")
        room = LinesRoom()
        inside = QVBoxLayout(room)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE.small)
        inside.addWidget(self.grid)
        inside.addLayout(row(self.other, self.more, None))
        super().__init__(name, title, room, hint=hint)
        self.title_label.hide()
        room.setFocusProxy(self.grid.table)
        self.grid.edited.connect(self._answered)
        self.grid.passed.connect(lambda: self.other.setFocus(Qt.FocusReason.TabFocusReason))
        self.other.returnPressed.connect(self._entered)
        self.more.clicked.connect(self._add)

    def value(self) -> tuple[Line, ...]:
        """The members with their answers."""
        return self._members

    def set_value(self, lines: tuple[Line, ...]) -> None:
        """Show these members."""
        self._members = tuple(line for line in lines if isinstance(line, MemberCheck))
        self.grid.show_grid(grid_rows(self._members), self._columns)
        self.grid.choose(chosen_of(self._members))
        self.show_findings(())

    def typed(self) -> tuple[str, ...]:
        """The members flat, and a name begun beneath them."""
        begun = self.other.text()
        return (*flat(self._members), *((begun,) if begun else ()))

    def retype(self, typed: tuple[str, ...]) -> None:
        """Put them back."""
        members = unflat(typed)
        self.set_value(members)
        rest = typed[len(flat(members)) :]
        self.other.setText(rest[0] if rest else "")

    def faults(self) -> tuple[Finding, ...]:
        """A name that is too long, or one that was typed and not added."""
        name = self.other.text().strip()
        if not name:
            return ()
        waits = Finding(
            field=self.name, code="not_added", says=f"“{name[:_LONGEST_NAME]}”还没有添加：请点“添加成员”，或清空"
        )
        return text_faults(self.name, name, _LONGEST_NAME) or (waits,)

    def _answered(self) -> None:
        self._members = answered(self._members, self.grid.chosen)
        self._touched()

    def _entered(self) -> None:
        """Enter adds a name; without one the form goes on."""
        if self.other.text().strip():
            self._add()
        else:
            self.passed.emit()

    def _add(self) -> None:
        name = self.other.text().strip()
        if not name:
            self.other.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if text_faults(self.name, name, _LONGEST_NAME):
            self._touched()
            return
        self.other.clear()
        self._members = (*self._members, MemberCheck(name=name))
        self.grid.show_grid(grid_rows(self._members), self._columns)
        self.grid.choose(chosen_of(self._members))
        self.grid.table.setCurrentCell(len(self._members) - 1, 1)
        self.grid.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._touched()
