"""A row of the journal in plain Chinese: what was done, and part by part what it was and what it is now.

It reads the JSON that was taken down, not today's values, so that what an earlier version wrote is told too. A part that has no
word here is not told by name; nothing of the program's own names comes on the screen.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.history import HistoryLine, JournalEntry
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.print_words import journalled_print, journalled_seal
from taizhang_casework.domain.undoing import ATTACHED_BY_MISTAKE, REGISTERED_BY_MISTAKE

Thing = Mapping[str, Any]

_LABELS = {
    "visited_on": "入户核实日期",
    "visitors": "人员",
    "conclusion": "核实情况和结论",
    "risks": "风险类型",
    "late_reason": "超期原因",
    "members": "家庭成员核查",
    "house_grade": "房屋等级",
    "water": "饮水",
    "wage_income": "工资性收入",
    "business_income": "经营性收入",
    "property_income": "财产性收入",
    "transfer_income": "转移性收入",
    "own_expenses": "自付支出",
    "schooling_secured": "义务教育有保障",
    "medical_secured": "基本医疗有保障",
    "housing_secured": "住房安全有保障",
    "head_signed": "户主签字",
    "held_on": "评议日期",
    "form": "评议形式",
    "expected": "应到",
    "present": "实到",
    "host": "主持人",
    "recorder": "记录人",
    "agree": "同意",
    "against": "不同意",
    "abstain": "弃权",
    "opinions": "评议意见",
    "sign_in_sheet": "签到表",
    "compared_on": "比对日期",
    "authorised": "已签授权书",
    "doubts": "疑点",
    "signatures": "授权书签字",
    "cleared": "无疑点",
    "asked_on": "授权书发出日期",
    "sent_on": "送出比对日期",
    "sent_to": "送往单位",
    "skipped_on": "登记日期",
    "ground": "理由",
    "earlier_on": "以前比对日期",
    "earlier_document": "以前比对依据",
    "posted_on": "张贴日期",
    "ended_on": "公示结束日期",
    "place": "张贴地点",
    "objections": "异议",
    "settled": "异议处理",
    "overrun_reason": "超期原因",
    "photo": "照片",
    "entered_on": "录入日期",
    "household_number": "国家系统户编号",
    "kind": "类型",
    "opened_on": "启用日期",
    "recognised_by": "认可人",
    "help_given": "已给帮扶",
    "helped_on": "帮扶日期",
    "decided_on": "认定日期",
    "at": "所在环节",
    "reason": "原因",
    "explanation": "说明",
    "reopened_on": "重新打开日期",
    "back_to": "退回到",
    "why": "原因",
    "closed_on": "办结日期",
    "channel": "预警方式",
    "source": "来源",
    "detail": "具体预警信息",
    "name": "姓名",
    "id_number": "身份证",
    "phone": "电话",
    "found_by": "发现人",
    "applicant": "申请人",
    "applied_on": "申请日期",
    "reference": "信访编号",
    "village_code": "村（社区）",
    "town_code": "镇街",
    "received_on": "反馈日期",
    "happened_on": "发生日期",
    "delivered_on": "送达日期",
    "way": "送达方式",
    "received_by": "签收人",
    "delivered_by": "送达人",
    "witness": "见证人",
    "explained": "说明情况",
    "attitude": "本人态度",
}
_MONEY = {"wage_income", "business_income", "property_income", "transfer_income", "own_expenses"}
"""Kept in fen."""
_RECORDS = {
    "comparison_skipped": "免于信息比对",
    "green_channel": "启用绿色通道",
    "refusal": "认定为不符合",
    "reopening": "重新打开",
    "closing": "办结销号",
    "notice_posted": "张贴公示",
    "authorisations_asked": "发出承诺授权书",
    "comparison_sent": "送出信息比对",
}
_RETURN_VISIT = {"visited_on": "回访日期", "visitors": "回访人员"}
_WAYS = {"in_person": "当面", "left_at_home": "留置", "post": "邮寄", "through_village": "村委转交"}
_YES_NO = {"yes": "是", "no": "否"}
_BY_MISTAKE = {REGISTERED_BY_MISTAKE, ATTACHED_BY_MISTAKE}
_LISTS = {
    "risks": "risks",
    "reason": "refusal_reasons",
    "ground": "green_grounds",
    "kind": "monitored_kinds",
}


def told(entry: JournalEntry, pack: RegulationPack, divisions: Divisions) -> HistoryLine:
    """The row in words."""
    words = _Words(pack, divisions)
    before = None if entry.before is None else json.loads(entry.before)
    after = {} if entry.after is None else json.loads(entry.after)
    teller = _TELLERS.get(entry.kind, _anything)
    what, details = (
        _undone(words, entry, before, after) or _same_fact(entry, before, after) or teller(words, before, after)
    )
    return HistoryLine(seq=entry.seq, at=entry.at, by=entry.by, role=entry.role, what=what, details=tuple(details))


_Told = tuple[str, Sequence[str]]


def _undone(words: "_Words", entry: JournalEntry, before: Thing | None, after: Thing) -> _Told | None:
    """A change taken back is told by what it was: the row read backwards. None where nothing was taken back.

    What was registered or added lies in the recycle bin by then, which is told as itself with its reason.
    """
    if not entry.undoes or before is None:
        return None
    teller = _TELLERS.get(entry.kind, _anything)
    if any((after.get(part) or {}).get("why") in _BY_MISTAKE for part in ("discarded", "removal")):
        return teller(words, before, after)
    return f"撤销：{teller(words, after, before)[0]}", ()


def _same_fact(entry: JournalEntry, before: Thing | None, after: Thing) -> _Told | None:
    """A line that was found to tell of the same fact as another one."""
    if entry.operation is not Operation.SAME_FACT or not _joins(before, after):
        return None
    return "确定与另一条是同一件事，一并核实", ()


def _joins(before: Thing | None, after: Thing) -> bool:
    return before is not None and before.get("joined_to") != after.get("joined_to")


class _Words:
    """Parts and values in the words of the pack."""

    def __init__(self, pack: RegulationPack, divisions: Divisions) -> None:
        self._pack = pack
        self._divisions = divisions

    def record(self, tag: str) -> str:
        steps = {rule.step.value: rule.label for rule in self._pack.steps}
        return _RECORDS.get(tag) or steps.get(tag, "办理记录")

    def value(self, field: str, value: object) -> str:
        """A value as a clerk reads it; blank says so."""
        if value in (None, "", [], ()):
            return "（空）"
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, int) and field in _MONEY:
            return f"{value / 100:.2f}元"
        if isinstance(value, list):
            if any(isinstance(each, dict) for each in value):
                return f"{len(value)}项"
            return "、".join(self.value(field, each) for each in value)
        if isinstance(value, dict):
            return "已填写"
        return self._plain(field, str(value))

    def differences(self, before: Thing | None, after: Thing, names: Mapping[str, str] | None = None) -> list[str]:
        """Each part that has a word: what it is, or what it was and is now; ``names`` are words of its own for some parts."""
        found, unnamed = [], False
        for field, value in after.items():
            old = None if before is None else before.get(field)
            if value == old or field == "type" or (before is None and value in (None, "", [], ())):
                continue
            label = (names or {}).get(field) or _LABELS.get(field)
            if label is None:
                unnamed = True
                continue
            now = self.value(field, value)
            found.append(f"{label}：{now}" if before is None else f"{label}：{self.value(field, old)} → {now}")
        return [*found, "其他内容有改动"] if unnamed and before is not None else found

    def _plain(self, field: str, value: str) -> str:
        if field in {"at", "back_to"}:
            return self.record(value)
        if field == "village_code":
            return self._divisions.village_name(value)
        if field == "town_code":
            return self._divisions.town_name(value)
        if field == "channel":
            return next((rule.label for rule in self._pack.channels if rule.channel.value == value), value)
        if field == "form":
            return next((rule.label for rule in self._pack.quorums if rule.form.value == value), value)
        if field == "way":
            return _WAYS.get(value, value)
        entries = getattr(self._pack, _LISTS[field]) if field in _LISTS else ()
        entries = (*entries, *self._pack.skip_grounds) if field == "ground" else entries
        known = {entry.key: entry.label for entry in entries}
        return known.get(value) or _YES_NO.get(value, value)


def _case(words: _Words, before: Thing | None, after: Thing) -> _Told:
    if before is None:
        return "登记预警信息", words.differences(None, _flat(after["warning"]))
    gone, back = after.get("discarded"), before.get("discarded")
    if gone and not back:
        return "移到回收站", [f"原因：{gone['why']}"]
    if back and not gone:
        return "从回收站恢复", []
    if _joins(before, after):
        return "确定与同户的另一条一并核实", []
    known, entries = before.get("entries", []), after.get("entries", [])
    if len(entries) > len(known):
        record = entries[-1]["record"]
        tag = record["type"]
        same = [each["record"] for each in known if each["record"]["type"] == tag]
        corrected = bool(same) and tag not in {"reopening", "closing", "refusal"}
        title = words.record(tag)
        details = words.differences(same[-1] if corrected else None, record)
        why = [f"更正原因：{entries[-1]['why']}"] if entries[-1].get("why") else []
        return (f"更正{title}" if corrected or why else title), [*why, *(details or ["内容没有变化"])]
    if before.get("household") != after.get("household"):
        if before.get("household") and after.get("household"):
            return "改归另一户", _reasons(before, after)
        return ("确认是哪一户" if after.get("household") else "取消户的确认"), []
    mended = words.differences(_flat(before["warning"]), _flat(after["warning"]))
    return "更正预警信息", [*mended, *_reasons(before, after)]


def _reasons(before: Thing, after: Thing) -> list[str]:
    """Why what came in was mended, or went to another household."""
    return [f"原因：{each['why']}" for each in after.get("corrections", ())[len(before.get("corrections", ())) :]]


def _flat(warning: Thing) -> Thing:
    """The warning with what its channel tells beyond what all tell."""
    beyond = warning.get("particulars") or {}
    return {**{field: value for field, value in warning.items() if field != "particulars"}, **beyond}


def _letter(words: _Words, before: Thing | None, after: Thing) -> _Told:
    number = after["notice"]["number"]
    name = f"告知书〔{number['year']}〕{number['serial']}号"
    if before is None:
        return f"出具{name}", []
    for part, title in (("return_visit", "登记回访"), ("delivery", "登记送达")):
        if after.get(part) != before.get(part) and after.get(part):
            return f"{title}（{name}）", words.differences(before.get(part), after[part], _RETURN_VISIT)
    printed = len(after.get("prints", ()))
    if printed > len(before.get("prints", ())):
        return f"打印{name}", [f"第{printed}次打印"]
    return f"修改{name}", []


def _attachment(_words: _Words, before: Thing | None, after: Thing) -> _Told:
    if before is None:
        return "添加附件", [f"文件：{after['name']}"]
    removed = after.get("removal")
    if removed and not before.get("removal"):
        return "附件移到回收站", [f"文件：{after['name']}", f"原因：{removed.get('why', '')}"]
    if before.get("removal") and not removed:
        return "恢复附件", [f"文件：{after['name']}"]
    return "修改附件", [f"文件：{before['name']} → {after['name']}"]


def _household(words: _Words, before: Thing | None, after: Thing) -> _Told:
    def people(thing: Thing) -> dict[str, str]:
        return {each["person"]["id"]: each["person"]["name"] for each in thing["memberships"] if not each.get("until")}

    if before is None:
        return "登记户信息", [f"成员：{'、'.join(people(after).values())}"]
    old, new = people(before), people(after)
    details = [f"增加成员：{name}" for key, name in new.items() if key not in old]
    details += [f"减少成员：{name}" for key, name in old.items() if key not in new]
    details += [f"姓名：{old[key]} → {name}" for key, name in new.items() if key in old and old[key] != name]
    village = words.differences({"village_code": before["village_code"]}, {"village_code": after["village_code"]})
    return "修改户信息", [*details, *village] or ["成员的关系、日期或号码有改动"]


def _disclosure(_words: _Words, _before: Thing | None, after: Thing) -> _Told:
    what = {"preview": "查看附件内容", "copy": "另存附件副本"}
    return what.get(after.get("what", ""), "查看完整号码"), []


def _monitored(_words: _Words, _before: Thing | None, _after: Thing) -> _Told:
    return "监测帮扶登记", []


def _list_view(_words: _Words, before: Thing | None, _after: Thing) -> _Told:
    return ("保存视图" if before is None else "修改视图"), []


def _income_line(_words: _Words, before: Thing | None, after: Thing) -> _Told:
    if before is not None and after.get("removed") != before.get("removed"):
        return ("删除收入线" if after.get("removed") else "恢复收入线"), []
    return "录入收入线", []


def _print(_words: _Words, _before: Thing | None, after: Thing) -> _Told:
    return journalled_print(after)


def _seal(_words: _Words, before: Thing | None, after: Thing) -> _Told:
    return journalled_seal(before, after)


def _anything(_words: _Words, _before: Thing | None, _after: Thing) -> _Told:
    return "其他更改", []


_TELLERS = {
    Kind.CASE: _case,
    Kind.LETTER: _letter,
    Kind.ATTACHMENT: _attachment,
    Kind.HOUSEHOLD: _household,
    Kind.DISCLOSURE: _disclosure,
    Kind.MONITORED_HOUSEHOLD: _monitored,
    Kind.LIST_VIEW: _list_view,
    Kind.INCOME_LINE: _income_line,
    Kind.PRINT: _print,
    Kind.SEAL: _seal,
}
