"""What the user's role may not do, as screens say it beside what is not offered."""

from taizhang_casework.domain.offices import User
from taizhang_casework.domain.rights import Right, refused


def why_not(user: User, right: Right) -> str:
    """The sentence that says which roles may; empty where the user may."""
    return "；".join(finding.says for finding in refused(user, right))
