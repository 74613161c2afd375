"""What the rules say before a letter is printed, delivered, visited about: everything at once; odd days are only noted (一（三）2)."""

from datetime import date

from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.findings import Finding, note
from taizhang_casework.domain.letter import Delivery, DeliveryWay, Letter, ReturnVisit

CLAUSE = "一（三）2"
MOST_COPIES = 20
DELIVERERS = 2
"""送达回证 asks for the signatures of two [P]; a letter by post has none."""


def superseded(letter: Letter, now: Circumstances) -> tuple[Finding, ...]:
    """Whether the letter answers a refusal that does not hold any more: it must not reach the household."""
    if letter.answering(now.state):
        return ()
    number = letter.notice.number
    says = f"本案已重新打开，告知书{number}不再有效，不能再送给本户；重新认定以后请另行出具"
    return (Finding(field="", code="superseded", says=says, clause=CLAUSE),)


def check_print(letter: Letter, copies: int, now: Circumstances) -> tuple[Finding, ...]:
    """Before it is printed. A superseded one that was printed before may be printed again, for the file."""
    found = () if letter.prints else superseded(letter, now)
    return (*found, *check_copies(copies))


def check_copies(copies: int | None) -> tuple[Finding, ...]:
    """Of how many are printed; None is no number. To be asked before a file, or a number of the letter, is."""
    if copies is not None and 1 <= copies <= MOST_COPIES:
        return ()
    return (Finding(field="copies", code="bad_copies", says=f"份数应在1至{MOST_COPIES}之间"),)


def check_delivery(delivery: Delivery, letter: Letter, now: Circumstances) -> tuple[Finding, ...]:
    """Before 送达 is kept, or corrected."""
    found = superseded(letter, now)
    if not letter.prints:
        found += (Finding(field="", code="not_printed", says="告知书还没有打印，不能登记送达", clause=CLAUSE),)
    if delivery.delivered_on > now.today:
        found += (Finding(field="delivered_on", code="future", says="送达日期还没有到，请填写实际日期"),)
    found += (*delivery_days(delivery, letter), *_deliverers(delivery))
    if not delivery.received_by.strip():
        found += (Finding(field="received_by", code="blank", says="请填写收件人"),)
    if delivery.way is DeliveryWay.LEFT_AT_HOME and not delivery.witness.strip():
        says = "留置送达应有见证人签字，请填写见证人"
        found += (Finding(field="witness", code="no_witness", says=says, blocks=False),)
    return found


def _deliverers(delivery: Delivery) -> tuple[Finding, ...]:
    names = {name.strip() for name in delivery.delivered_by if name.strip()}
    if not names:
        return (Finding(field="delivered_by", code="blank", says="请填写送达人"),)
    if delivery.way is not DeliveryWay.POST and len(names) < DELIVERERS:
        says = f"送达回证由{DELIVERERS}名送达人签字，现有{len(names)}名，请核对"
        return (Finding(field="delivered_by", code="too_few_deliverers", says=says, blocks=False),)
    return ()


def delivery_days(delivery: Delivery, letter: Letter) -> tuple[Finding, ...]:
    """A delivery before the letter was there, or after the return visit that followed it."""
    found: tuple[Finding, ...] = ()
    printed = min((each.at.date() for each in letter.prints), default=None)
    if delivery.delivered_on < letter.notice.dated:
        found += (_note("delivered_on", "before_letter", "告知书的日期", letter.notice.dated),)
    elif printed is not None and delivery.delivered_on < printed:
        found += (_note("delivered_on", "before_print", "打印的日期", printed),)
    visit = letter.return_visit
    if visit is not None and delivery.delivered_on > visit.visited_on:
        says = f"晚于回访的日期{visit.visited_on.isoformat()}，请核对"
        found += (Finding(field="delivered_on", code="after_return_visit", says=says, clause=CLAUSE, blocks=False),)
    return found


def check_return_visit(visit: ReturnVisit, letter: Letter, now: Circumstances) -> tuple[Finding, ...]:
    """Before 回访 is kept, or corrected."""
    found = superseded(letter, now)
    if letter.delivery is None:
        found += (Finding(field="", code="not_delivered", says="告知书还没有送达，不能登记回访", clause=CLAUSE),)
    if visit.visited_on > now.today:
        found += (Finding(field="visited_on", code="future", says="回访日期还没有到，请填写实际日期"),)
    found += return_visit_days(visit, letter)
    if not any(name.strip() for name in visit.visitors):
        found += (Finding(field="visitors", code="blank", says="请填写回访人员"),)
    if not visit.explained.strip():
        found += (Finding(field="explained", code="blank", says="请填写向群众说明的内容"),)
    return found


def return_visit_days(visit: ReturnVisit, letter: Letter) -> tuple[Finding, ...]:
    """A return visit before the letter was delivered."""
    if letter.delivery is None or visit.visited_on >= letter.delivery.delivered_on:
        return ()
    return (_note("visited_on", "before_delivery", "送达的日期", letter.delivery.delivered_on),)


def _note(field: str, code: str, what: str, day: date) -> Finding:
    return note(field, code, f"早于{what}{day.isoformat()}，请核对", CLAUSE)
