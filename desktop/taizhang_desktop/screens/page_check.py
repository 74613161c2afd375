"""纸质核对: scan the code of a page, and see whether paper, package and database agree (账账相符)."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from taizhang_desktop.kit.giving_way import ends
from taizhang_desktop.kit.page_picture import STEP, TurnedPage
from taizhang_desktop.kit.parts import Button, column, label, row, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.kit.text_fields import TextField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.page_check import TONES, WORDS, PageCheckModel, PageCheckState
from taizhang_desktop.viewmodels.page_check_list import CheckedPaper

HINT = "用扫码枪扫纸上右上角的二维码，扫完自动核对；没有扫码枪的，照页脚抄12位校验码，按回车"
_LEFT_WIDTH = 24
"""Characters of what stands at the left of the page."""

_PAPERS: tuple[Column[CheckedPaper, Unsorted], ...] = (
    Column(title="纸质材料", text=lambda line: line.name, tip=lambda line: line.name, width=11),
    Column(
        title="还差什么",
        text=lambda line: line.short,
        tip=lambda line: line.progress,
        tone=lambda line: TONES[line.worst],
        width=10,
    ),
)


class PageCheckScreen(DeskScreen):
    """纸质核对. What is typed anywhere on it goes into its one field: a scanner does not look where the focus is."""

    def __init__(self, model: PageCheckModel) -> None:
        """Draw the view-model."""
        super().__init__("纸质核对", model)
        self._model = model
        self.say("纸上、数据包、数据库三样是不是同一份（账账相符）")
        self.code = TextField("code", "二维码或校验码", hint=HINT, most=20_000)
        self.code.line.setObjectName("page_check_code")
        self.code.line.setMaxLength(32_767)
        self.check = Button("核对", "primary", Icon.SCAN)
        self.check.setObjectName("page_check_check")
        self.clear = Button("清空")
        self.clear.setObjectName("page_check_clear")
        self.clear.setToolTip("Esc")
        self.verdict = QFrame()
        self.verdict.setProperty("kind", "bar")
        self.verdict.setObjectName("page_check_verdict")
        self.word = label("", "heading")
        self.word.setObjectName("page_check_word")
        self.says = label("", wrap=True, select=True)
        self.says.setObjectName("page_check_says")
        self.so_far = label("", wrap=True)
        self.so_far.setObjectName("page_check_so_far")
        self.verdict.setLayout(column(self.word, self.says, self.so_far, spacing=SPACE.tight))
        self.verdict.layout().setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.small)  # type: ignore[union-attr]  # set above
        self.papers: ValueTableModel[CheckedPaper] = ValueTableModel(_PAPERS, lambda line: line.key, self)
        self.table: ValueTable[CheckedPaper] = ValueTable(self.papers)
        self.table.setObjectName("page_check_papers")
        self.table.setAccessibleName("这次核对过的纸质材料")
        self.list_stack = StateStack(self.table)
        self.anew = Button("清空列表", "quiet")
        self.anew.setObjectName("page_check_anew")
        self.page = TurnedPage()
        self.page.setObjectName("page_check_page")
        self.page_stack = StateStack(self.page)
        self.page_name = label("", "heading")
        self.before, self.after = Button("上一页", "quiet"), Button("下一页", "quiet")
        self.before.setObjectName("page_check_before")
        self.after.setObjectName("page_check_after")
        self.smaller, self.larger = Button("缩小", "quiet"), Button("放大", "quiet")
        self.smaller.setObjectName("page_check_smaller")
        self.larger.setObjectName("page_check_larger")
        self._left = QWidget()
        self._arrange()
        self._connect()
        self.first = self.code.line
        self._show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pane at the left follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A scanner types where the focus is; its letters and digits belong into the field wherever that is."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text().isalnum():
            plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            if plain:
                self.code.line.setFocus(Qt.FocusReason.OtherFocusReason)
                self.code.line.selectAll()
                QApplication.sendEvent(self.code.line, event)
                return True
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        buttons = QVBoxLayout()
        buttons.setSpacing(SPACE.tight)
        buttons.addWidget(label(" ", "field"))
        buttons.addLayout(row(self.check, self.clear))
        buttons.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(self.code, 1)
        line.addLayout(buttons)
        self.body.addLayout(line)
        left = column(
            self.verdict, row(label("这次核对过的", "heading"), None, self.anew), self.list_stack, spacing=SPACE.medium
        )
        left.setStretchFactor(self.list_stack, 1)
        self._left.setLayout(left)
        right = column(ends((self.page_name,), (self.before, self.after, self.smaller, self.larger)), self.page_stack)
        right.setStretchFactor(self.page_stack, 1)
        across = QHBoxLayout()
        across.setSpacing(SPACE.large)
        across.addWidget(self._left)
        across.addLayout(right, 1)
        self.body.addLayout(across, 1)
        for one, following in pairwise((self.code.line, *self._parts)):
            self.setTabOrder(one, following)
        self._fit()

    @property
    def _parts(self) -> tuple[QWidget, ...]:
        """What can have the focus beside the field, in the order of the keyboard."""
        turning = (self.before, self.after, self.smaller, self.larger)
        return (self.check, self.clear, *turning, self.page, self.anew, self.table)

    def _connect(self) -> None:
        model = self._model
        self.code.line.returnPressed.connect(self._check)
        self.check.clicked.connect(self._check)
        self.clear.clicked.connect(self._clear)
        self.anew.clicked.connect(model.begin_list_anew)
        self.before.clicked.connect(lambda: model.turn(-1))
        self.after.clicked.connect(lambda: model.turn(1))
        self.smaller.clicked.connect(lambda: self.page.resize_by(1 / STEP))
        self.larger.clicked.connect(lambda: self.page.resize_by(STEP))
        self.page.turned.connect(model.turn)
        for part in self._parts:
            part.installEventFilter(self)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Esc"), self, context=context).activated.connect(self._clear)
        model.changed.connect(self._show)

    def _fit(self) -> None:
        self._left.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * _LEFT_WIDTH)

    def _check(self) -> None:
        """The field keeps what was scanned, selected: the next scan takes its place, and a slip can be set right."""
        self._model.check(self.code.value())
        self.code.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.line.selectAll()

    def _clear(self) -> None:
        self.code.set_value("")
        self._model.clear()
        self.code.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        state = self._model.state
        self._show_verdict(state)
        self.papers.show_rows(state.papers)
        self.anew.setEnabled(bool(state.papers))
        if state.papers:
            self.list_stack.show_content()
        else:
            self.list_stack.show_empty("还没有核对", "每扫一页，这里记下哪几页核对过，还差哪几页")
        self._show_page(state)

    def _show_verdict(self, state: PageCheckState) -> None:
        proof = state.proof
        self.verdict.setVisible(proof is not None)
        if proof is None:
            return
        tone = TONES[proof.agreement]
        set_tone(self.verdict, tone)
        self.word.setText(WORDS[proof.agreement])
        self.says.setText(f"{proof.says}。")
        self.so_far.setText("" if state.current is None else f"这一份：{state.current.progress}。")
        self.so_far.setVisible(state.current is not None)
        self.verdict.setAccessibleName(f"{WORDS[proof.agreement]}。{proof.says}")

    def _show_page(self, state: PageCheckState) -> None:
        shown, proof = state.shown, state.proof
        for button, there in ((self.before, shown is not None and shown.page > 1), (self.after, _more(state))):
            button.setVisible(shown is not None and shown.pages > 1)
            button.setEnabled(there and not state.drawing)
        for button in (self.smaller, self.larger):
            button.setVisible(shown is not None and shown.image is not None)
        self.page_name.setText("" if shown is None else f"封存的第{shown.page}页，共{shown.pages}页")
        if state.trouble is not None:
            self.page_stack.show_trouble(state.trouble, self._model.refresh)
        elif shown is not None and shown.image is not None:
            self.page_stack.show_content()
            self.page.setAccessibleName(f"封存的台账第{shown.page}页，共{shown.pages}页")
            self.page.show_image(shown.image)
        elif shown is not None:
            hint = "内容是同一份；这一页在屏幕上排不出同样的分页，请在台账里逐条核对"
            self.page_stack.show_empty(f"纸上共{shown.pages}页，和本版本程序的分页不同", hint)
        elif state.drawing:
            self.page_stack.show_loading("正在从封存的台账画出这一页……")
        elif proof is None:
            self.page_stack.show_empty(
                "扫一下纸上的二维码", "相符的，封存的那一页会显示在这里，把纸放在旁边逐行对", icon=Icon.SCAN
            )
        else:
            self.page_stack.show_empty("没有可以对照的页面", "只有台账的页面在这里显示；查看会记入历史")


def _more(state: PageCheckState) -> bool:
    return state.shown is not None and state.shown.page < state.shown.pages
