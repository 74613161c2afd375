"""A clerk who works a case in the whole window, from its registration to 办结, by one hand or the other."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hands import Hands
from PySide6.QtWidgets import QLabel, QPushButton, QTableView
from taizhang_casework.domain.warning import Channel
from two_hands import Hand

RECEIVED, VISITED, REVIEWED, COMPARED, POSTED, ENDED = "0411", "0412", "0413", "0414", "0415", "0420"
ENTERED, DECIDED, CLOSED, AGAIN = "0421", "0421", "0429", "0429"
"""The days of a case that is never late; the clock stands on 29 April 2022."""
ANSWERED = frozenset({Channel.SELF_APPLICATION, Channel.PETITION})
"""一（三）2 and 附件2: whom a refusal is told in writing."""
LABELS = {
    Channel.CADRE_SCREENING: "干部排查",
    Channel.SELF_APPLICATION: "自主申报",
    Channel.PETITION: "信访信息",
    Channel.DEPARTMENT: "部门预警",
}
_SOURCES = {Channel.CADRE_SCREENING: "村委", Channel.SELF_APPLICATION: "12317", Channel.PETITION: "信访局"}
_PAPER_ASKS_MORE = "情况属实，保存"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whom a warning names."""

    name: str
    number: str
    village: str


@dataclass
class Clerk:
    """``pack`` brings a package with the person's warning where the bureau sends it; letters go into ``folder``."""

    hand: Hand
    folder: Path
    pack: Callable[[Person], Path]
    channel: Channel = Channel.CADRE_SCREENING

    @property
    def answers(self) -> bool:
        """Whether a refusal of the case that was registered last is told in writing."""
        return self.channel in ANSWERED

    @property
    def hands(self) -> Hands:
        return self.hand.hands

    def register(self, channel: Channel, who: Person) -> None:
        """The warning comes in, and its case is opened."""
        self.channel = channel
        if channel is Channel.DEPARTMENT:
            self._take_package(who)
        else:
            self._take_warning(channel, who)
        self.open_case(who, channel)

    def _take_package(self, who: Person) -> None:
        hand, hands = self.hand, self.hands
        hand.go("数据交换")
        hand.write("received_on", RECEIVED)
        hand.press("take_package")
        hands.file(self.pack(who))
        hands.until(lambda: hands.says("共1条"))

    def _take_warning(self, channel: Channel, who: Person) -> None:
        hand = self.hand
        hand.go("预警台账")
        hand.press("ledger_take")
        hand.pick("intake_channel", LABELS[channel])
        hand.find("intake_source_line", _SOURCES[channel])
        hand.write("intake_name", who.name)
        hand.write("intake_id_number", who.number)
        hand.write("intake_received_on", RECEIVED)
        if channel is Channel.SELF_APPLICATION:
            hand.write("intake_applied_on", RECEIVED)
        if channel is Channel.CADRE_SCREENING:
            hand.write("intake_found_by", "赵会计")
        hand.find("intake_village_line", who.village)
        hand.write("intake_detail", "家庭成员突发疾病")
        hand.press("intake_save")
        self.hands.until(lambda: self.hands.says(f"已登记{who.name}"))

    def open_case(self, who: Person, channel: Channel, *words: str) -> None:
        """The person's line of that channel in which these words stand too, found in the ledger by the number."""
        self.hand.go("预警台账")
        self.hand.write("ledger_search", who.number)
        table = self.hands.see(QTableView, "ledger_table")

        def only_these() -> bool:
            model = table.model()
            return {model.index(row, 0).data() for row in range(model.rowCount())} == {who.name}

        self.hands.until(only_these)
        self.hand.open_row("ledger_table", (who.name, LABELS[channel], *words))
        self.hands.until(lambda: self.hands.shows("案件办理"))

    def match(self) -> None:
        """本人为户主."""
        self.hand.title("确认是哪一户")
        self.hand.press("case_own_household")
        self.hand.title("入户核实")

    def save(self, title: str, then: str = "") -> None:
        """Save the form of that title; what its paper asks more is said once and stays open."""
        self.hand.save("case_save")

        def answered() -> bool:
            here = self.hands.see(QLabel, "case_form_title").text()
            return here != title or self.hands.see(QPushButton, "case_save").text() == _PAPER_ASKS_MORE

        self.hands.until(answered)
        if self.hands.see(QLabel, "case_form_title").text() == title:
            self.hand.save("case_save")
        if then:
            self.hand.title(then)

    def visit(self, conclusion: str = "情况属实") -> None:
        self.hand.title("入户核实")
        self.hand.write("case_visited_on", VISITED)
        self.hand.write("case_visitors", "孙晓梅、周志强")
        self.hand.write("case_conclusion", conclusion)
        self.save("入户核实", "民主评议")

    def review(self) -> None:
        hand = self.hand
        hand.title("民主评议")
        hand.write("case_held_on", REVIEWED)
        hand.pick("case_form", "村民代表会议")
        for field, typed in (
            ("expected", "30"),
            ("present", "24"),
            ("host", "赵主任"),
            ("recorder", "钱会计"),
            ("agree", "22"),
            ("against", "1"),
            ("abstain", "1"),
        ):
            hand.write(f"case_{field}", typed)
        self.save("民主评议", "信息比对")

    def compare(self) -> None:
        hand = self.hand
        hand.title("信息比对")
        hand.write("case_signed_on_1", REVIEWED)
        hand.press("case_same_day")
        hand.write("case_compared_on", COMPARED)
        hand.press("case_all_clear")
        self.save("信息比对", "村级公示")

    def skip(self) -> None:
        hand = self.hand
        hand.title("信息比对")
        hand.press("case_other_comparison")
        hand.title("不再重复信息比对")
        hand.pick("case_ground", "低保")
        hand.write("case_skipped_on", COMPARED)
        hand.write("case_earlier_document", "2021年11月低保核对")
        hand.write("case_earlier_on", "20211118")
        self.save("不再重复信息比对", "村级公示")

    def notice(self) -> None:
        hand = self.hand
        hand.title("村级公示")
        hand.write("case_posted_on", POSTED)
        hand.write("case_place", "村务公开栏")
        self.save("村级公示", "录入系统")

    def enter(self) -> None:
        hand = self.hand
        hand.title("录入系统")
        hand.write("case_entered_on", ENTERED)
        hand.write("case_household_number", "370215001207001")
        hand.pick("case_kind", "突发严重困难户")
        self.save("录入系统", "办结销号")

    def refuse(self, at: str, reason: str = "与实际不符") -> None:
        hand = self.hand
        hand.press("case_offer_refusal")
        hand.title("不符合认定标准")
        hand.write("case_decided_on", DECIDED)
        hand.pick("case_at", at)
        hand.pick("case_reason", reason)
        hand.write("case_explanation", "经核实，家庭生活没有困难")
        self.save("不符合认定标准")

    def answer_in_writing(self, who: Person) -> None:
        """The letter, from 出具 to 回访."""
        hand, hands = self.hand, self.hands
        hand.title("出具告知书")
        hand.write("case_contact", "便民服务中心 0532-88000000")
        self.save("出具告知书", "打印告知书")
        path = self.folder / f"告知书_{who.number}.pdf"
        hand.press("case_print")
        hands.file(path)
        hands.until(lambda: hands.says("告知书已保存"))
        hand.title("送达")
        hand.write("case_delivered_on", CLOSED)
        hand.pick("case_way", "当面")
        hand.write("case_delivered_by", "孙晓梅、周志强")
        hand.write("case_received_by", who.name)
        self.save("送达", "回访")
        hand.write("case_visited_on", CLOSED)
        hand.write("case_visitors", "孙晓梅、周志强")
        hand.write("case_explained", "说明了认定标准和原因")
        self.save("回访", "办结销号")

    def green(self) -> None:
        hand = self.hand
        hand.press("case_offer_green_channel")
        hand.title("绿色通道")
        hand.write("case_opened_on", RECEIVED)
        hand.pick("case_kind", "灾")
        hand.write("case_ground", "房屋过火，无处居住")
        hand.write("case_recognised_by", "村民代表会议")
        hand.write("case_help_given", "临时救助2000元")
        hand.write("case_helped_on", RECEIVED)
        self.save("绿色通道", "入户核实")

    def reopen(self, back_to: str) -> None:
        hand = self.hand
        hand.press("case_offer_reopening")
        hand.title("重新打开")
        hand.write("case_reopened_on", AGAIN)
        hand.pick("case_back_to", back_to)
        hand.write("case_why", "又提交了材料")
        self.save("重新打开", back_to)

    def close(self) -> None:
        self.hand.title("办结销号")
        self.hand.write("case_closed_on", CLOSED)
        self.hand.save("case_save")
        self.hands.until(lambda: self.hands.reads("办过的一步要更正，点上面那一步"))

    def verified(self, upto: str) -> None:
        """The steps from 入户核实 up to and with that one."""
        for step, deed in (
            ("入户核实", self.visit),
            ("民主评议", self.review),
            ("信息比对", self.compare),
            ("村级公示", self.notice),
            ("录入系统", self.enter),
        ):
            deed()
            if step == upto:
                return
