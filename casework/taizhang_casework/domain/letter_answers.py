"""From the answers in the forms of a letter's life to 送达 and 回访 (一（三）2)."""

from taizhang_casework.domain.answers import Answers
from taizhang_casework.domain.letter import Delivery, DeliveryWay, ReturnVisit


def delivery_from(given: Answers) -> Delivery:
    """送达回证; not to be kept while the answers are not complete."""
    return Delivery(
        delivered_on=given.day("delivered_on", "送达日期"),
        way=given.choice("way", DeliveryWay, "送达方式"),
        received_by=given.text("received_by"),
        witness=given.text("witness"),
        delivered_by=given.names("delivered_by"),
    )


def return_visit_from(given: Answers) -> ReturnVisit:
    """回访记录; not to be kept while the answers are not complete."""
    return ReturnVisit(
        visited_on=given.day("visited_on", "回访日期"),
        visitors=given.names("visitors"),
        explained=given.text("explained"),
        attitude=given.text("attitude"),
    )
