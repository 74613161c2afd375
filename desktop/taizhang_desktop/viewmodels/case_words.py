"""The Chinese words of a case: who is what to whom, what was done, and the facts beside the forms."""

from taizhang_casework.domain.letter import DeliveryWay
from taizhang_casework.domain.national_record import RELATION_WORDS
from taizhang_casework.domain.record_answers import RecordKind

RELATIONS = RELATION_WORDS

WAYS = {
    DeliveryWay.IN_PERSON: "当面送达",
    DeliveryWay.LEFT_AT_HOME: "留置送达",
    DeliveryWay.POST: "邮寄送达",
    DeliveryWay.THROUGH_VILLAGE: "村委转交",
}

RECORDS = {
    RecordKind.HOME_VISIT: "入户核实",
    RecordKind.DEMOCRATIC_REVIEW: "民主评议",
    RecordKind.DATA_COMPARISON: "信息比对",
    RecordKind.COMPARISON_SKIPPED: "不再重复信息比对",
    RecordKind.PUBLIC_NOTICE: "村级公示",
    RecordKind.SYSTEM_ENTRY: "录入系统",
    RecordKind.GREEN_CHANNEL: "启动绿色通道",
    RecordKind.REFUSAL: "认定不符合标准",
    RecordKind.REOPENING: "重新打开",
    RecordKind.CLOSING: "办结",
    RecordKind.NOTICE_POSTED: "张贴公示",
    RecordKind.AUTHORISATIONS_ASKED: "发出承诺授权书",
    RecordKind.COMPARISON_SENT: "送出信息比对",
}
