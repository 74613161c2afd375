"""What can be done to the members of a household."""

from enum import Enum


class MemberDeed(Enum):
    """Each has its own form."""

    JOIN = "join"
    LEAVE = "leave"
    HEAD = "head"
    CORRECT = "correct"


DEED_TITLES = {
    MemberDeed.JOIN: "成员加入",
    MemberDeed.LEAVE: "成员离开",
    MemberDeed.HEAD: "变更户主",
    MemberDeed.CORRECT: "更正",
}
