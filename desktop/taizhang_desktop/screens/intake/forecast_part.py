"""The forecast beneath the form: the chain of dates, the days off on the way, and whether the 15 days hold."""

from PySide6.QtWidgets import QGridLayout, QWidget
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.forecast_chain import ForecastChain

from taizhang_desktop.kit.parts import chip, column, label, row, set_tone
from taizhang_desktop.look.tokens import SPACE, Tone

_WEEKDAYS = "一二三四五六日"
_LINKS = 4


class ForecastPart(QWidget):
    """Shown while a day stands in 信息反馈日期."""

    def __init__(self) -> None:
        """Begin without a forecast."""
        super().__init__()
        self.setObjectName("intake_forecast")
        self.setAccessibleName("期限预测")
        self.holds = chip("")
        self.verdict = label("", wrap=True)
        self.verdict.setObjectName("intake_verdict")
        self.days_off = label("", "small", wrap=True)
        self.days_off.setObjectName("intake_days_off")
        self._titles = [label("", "small") for _ in range(_LINKS)]
        self._days = [label("", "heading") for _ in range(_LINKS)]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.large)
        grid.setVerticalSpacing(SPACE.tight)
        for at in range(_LINKS):
            grid.addWidget(self._titles[at], 0, at)
            grid.addWidget(self._days[at], 1, at)
            grid.setColumnStretch(at, 1)
        head = row(self.holds)
        head.addWidget(self.verdict, 1)
        whole = column(head, spacing=SPACE.small)
        whole.addLayout(grid)
        whole.addWidget(self.days_off)
        self.setLayout(whole)
        self.show_chain(None)

    def show_chain(self, chain: ForecastChain | None) -> None:
        """Show another forecast, or none."""
        self.setVisible(chain is not None)
        if chain is None:
            return
        self.holds.setText("15天可以完成" if chain.holds else "15天会超期")
        set_tone(self.holds, Tone.DONE if chain.holds else Tone.OVERDUE)
        self.verdict.setText(chain.verdict)
        for at, link in enumerate(chain.links):
            self._titles[at].setText(f"{link.label}{'（预计）' if link.estimated else ''}")
            self._days[at].setText(f"{day_words(link.on, chain.today)} 周{_WEEKDAYS[link.on.weekday()]}")
            self._days[at].setToolTip(link.says)
        off = "、".join(each.says_on(chain.today) for each in chain.days_off)
        self.days_off.setText(f"其间不上班：{off}" if off else "")
        self.days_off.setVisible(bool(off))
