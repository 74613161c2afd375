"""数据交换: cards and fingerprints on the left, the register of packages on the right."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from taizhang_casework.domain.packages import PackageKind

from taizhang_desktop.kit.parts import Button, card, column, label, row
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.kit.text_fields import DateField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.columns import Align, Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.exchange import (
    DIRECTIONS,
    KINDS,
    TAKE,
    Candidate,
    ExchangeModel,
    PackageLine,
    PartnerLine,
)

_LEFT_WIDTH = 18
"""Characters of the pane with the cards."""
_DAY_WIDTH = 26


_PARTNERS: tuple[Column[PartnerLine, Unsorted], ...] = (Column(title="单位", text=lambda line: line.name, width=12),)


def _items(line: PackageLine) -> str:
    return str(line.record.items) if line.record.manifest.kind is PackageKind.WARNINGS else ""


_PACKAGES: tuple[Column[PackageLine, Unsorted], ...] = (
    Column(title="收发", text=lambda line: DIRECTIONS[line.record.direction], width=2),
    Column(title="内容", text=lambda line: KINDS[line.record.manifest.kind], width=4),
    Column(title="对方", text=lambda line: line.partner, width=8),
    Column(title="编号", text=lambda line: f"第{line.record.manifest.number}号", width=3),
    Column(title="月份", text=lambda line: str(line.record.manifest.month), width=4),
    Column(title="条数", text=_items, width=2, align=Align.RIGHT),
    Column(title="时间", text=lambda line: f"{line.record.at:%m-%d %H:%M}", width=6),
    Column(title="回执", text=lambda line: line.state, tone=lambda line: line.tone, width=7),
)


class ExchangeScreen(DeskScreen):
    """数据交换."""

    def __init__(self, model: ExchangeModel) -> None:
        """Draw the view-model."""
        super().__init__("数据交换", model)
        self._model = model
        self._newest: tuple[PackageLine, ...] = ()
        self.take = Button("接收数据包", "primary", Icon.EXCHANGE)
        self.take.setObjectName("take_package")
        self.answer = Button("生成回执")
        self.answer.setObjectName("answer_package")
        self.answer.setEnabled(False)
        self.received_on = DateField(
            "received_on", "数据包收到日期", model.today, hint="空白为今天；入户核实的期限从这一天起算"
        )
        self.received_on.setObjectName("received_on")
        self.cards = CardsPane(model)
        self.confirm = ConfirmCard(model)
        self.rows: ValueTableModel[PackageLine] = ValueTableModel(_PACKAGES, lambda line: line.id, self)
        self.table: ValueTable[PackageLine] = ValueTable(self.rows)
        self.table.setObjectName("package_table")
        self.table.setAccessibleName("收发登记")
        self.register = StateStack(self.table)
        self.action_row.addWidget(self.take)
        self.action_row.insertWidget(self.action_row.indexOf(self.take), self.answer)
        self.stack = StateStack(self._content())
        self.body.addWidget(self.stack, 1)
        self.take.clicked.connect(self._take)
        self.answer.clicked.connect(self._answer)
        self.table.picked.connect(self._pick)
        model.changed.connect(self._show)

    def activate(self, target: str = "") -> None:
        """Read anew; ``target`` :data:`TAKE` asks for a package at once."""
        self._model.refresh()
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)
        if target == TAKE:
            self._take()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pane at the left follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _content(self) -> QWidget:
        content = QWidget()
        across = QHBoxLayout(content)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE.large)
        right = column(
            self.confirm, self.received_on, label("收发登记", "heading"), self.register, spacing=SPACE.medium
        )
        right.setStretchFactor(self.register, 1)
        across.addLayout(right, 1)
        across.insertWidget(0, self.cards)  # what is put in first is where Tab goes first
        self._fit()
        return content

    def _fit(self) -> None:
        one = self.fontMetrics().horizontalAdvance("国")
        self.cards.setFixedWidth(one * _LEFT_WIDTH)
        self.received_on.setMaximumWidth(one * _DAY_WIDTH)

    def _take(self) -> None:
        faults = self.received_on.faults() if self._model.state.asks_day else ()
        if faults:
            self.received_on.show_findings(faults)
            self.received_on.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._model.received_on = self.received_on.value() if self._model.state.asks_day else None
        self._model.take()

    def _answer(self) -> None:
        line = self._line(self.table.current_key())
        if line is not None:
            self._model.answer(line)

    def _line(self, key: str) -> PackageLine | None:
        at = self.rows.row_of(key)
        return None if at is None else self.rows.row_at(at)

    def _pick(self, key: str) -> None:
        line = self._line(key)
        self.answer.setEnabled(line is not None and line.can_answer)

    def _show(self) -> None:
        state = self._model.state
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
            return
        if not state.loaded:
            self.stack.show_loading()
            return
        self.stack.show_content()
        self.cards.show_state()
        self.confirm.show_candidate(state.candidate)
        self.received_on.setVisible(state.asks_day)
        if state.packages[:1] != self._newest:
            self._newest = state.packages[:1]
            self.received_on.set_value(None)
        self.rows.show_rows(state.packages)
        if state.packages:
            self.register.show_content()
        else:
            self.register.show_empty("还没有收发过数据包", "先与对方互相导入名片，再接收或生成数据包")
        self._pick(self.table.current_key())


class CardsPane(QWidget):
    """The own card with its fingerprint, and the offices that are enrolled."""

    def __init__(self, model: ExchangeModel) -> None:
        """Draw the view-model."""
        super().__init__()
        self._model = model
        self.name = label("", "heading")
        self.fingerprint = label("", wrap=True, select=True)
        self.fingerprint.setObjectName("own_fingerprint")
        self.export = Button("导出名片")
        self.export.setObjectName("export_card")
        self.export.setEnabled(False)
        self.take = Button("导入对方名片", icon=Icon.ADD)
        self.take.setObjectName("import_card")
        self.title = label("已登记的单位", "heading")
        self.picked = label("", "small", wrap=True, select=True)
        self.picked.setObjectName("partner_fingerprint")
        self.rows: ValueTableModel[PartnerLine] = ValueTableModel(_PARTNERS, lambda line: line.id, self)
        self.table: ValueTable[PartnerLine] = ValueTable(self.rows)
        self.table.setObjectName("partner_table")
        self.table.setAccessibleName("已登记的单位")
        own = card(
            column(
                self.name,
                label("本单位指纹（电话核对用）", "field"),
                self.fingerprint,
                row(self.export, None),
            )
        )
        partners = column(row(self.title, None), self.table, self.picked, row(self.take, None))
        self.setLayout(column(own, partners, spacing=SPACE.medium))
        self.table.picked.connect(self._pick)
        self.export.clicked.connect(model.export_card)
        self.take.clicked.connect(model.import_card)

    def show_state(self) -> None:
        """Show what the view-model holds."""
        state = self._model.state
        self.export.setEnabled(state.own is not None)
        self.name.setText("" if state.own is None else state.own.office.name)
        self.fingerprint.setText(state.own_fingerprint)
        self.title.setText(f"已登记的单位（{len(state.partners)}）" if state.partners else "还没有登记其他单位")
        self.rows.show_rows(state.partners)
        self._pick(self.table.current_key())

    def _pick(self, key: str) -> None:
        at = self.rows.row_of(key)
        line = None if at is None else self.rows.row_at(at)
        self.picked.setText("选中单位可查看指纹" if line is None else f"{line.name}的指纹\n{line.fingerprint}")


class ConfirmCard(QWidget):
    """A card that was read: its fingerprint is read aloud over the telephone before it is believed."""

    def __init__(self, model: ExchangeModel) -> None:
        """Begin hidden."""
        super().__init__()
        self._candidate: Candidate | None = None
        self.name = label("", "heading")
        self.fingerprint = label("", "title", select=True)
        self.fingerprint.setObjectName("candidate_fingerprint")
        self.words = label("", wrap=True)
        self.yes = Button("核对一致，登记")
        self.yes.setObjectName("confirm_card")
        self.no = Button("不一致，不登记", "quiet")
        self.no.setObjectName("dismiss_card")
        whole = column(card(column(self.name, self.fingerprint, self.words, row(None, self.no, self.yes))))
        self.setLayout(whole)
        self.yes.clicked.connect(model.confirm)
        self.no.clicked.connect(model.dismiss)
        self.hide()

    def show_candidate(self, candidate: Candidate | None) -> None:
        """Show it; None hides the card."""
        if candidate == self._candidate:
            return
        self._candidate = candidate
        self.setVisible(candidate is not None)
        if candidate is None:
            return
        self.name.setText(f"待登记：{candidate.card.office.name}")
        self.fingerprint.setText(candidate.fingerprint)
        again = "该单位已经登记过，登记后将替换原来的名片。" if candidate.known_before else ""
        self.words.setText(f"{again}请打电话给对方，逐组核对以上数字与对方“本单位指纹”一致后再登记。")
        self.no.setFocus()
