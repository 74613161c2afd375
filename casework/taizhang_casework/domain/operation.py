"""What a change of the desk was: one operation is one service call, in the name that the journal keeps for ever."""

from enum import Enum

_UNDONE = "undo:"


class Operation(Enum):
    """The operations by their names in the journal: what stands there is never written anew, so no value may change."""

    FOUND_OFFICE = "found_office"
    ENROL = "enrol"

    TAKE_WARNING = "take_warning"
    TAKE_WARNINGS = "take_warnings"
    CORRECT_WARNING = "correct_warning"
    DISCARD_CASE = "discard_case"
    RESTORE_CASE = "restore_case"

    MATCH_HOUSEHOLD = "match_household"
    MOVE_CASE = "move_case"
    DECIDE_MATCH = "decide_match"
    SAME_FACT = "same_fact"
    JOIN_HOUSEHOLD = "join_household"
    LEAVE_HOUSEHOLD = "leave_household"
    CHANGE_HEAD = "change_head"
    CORRECT_MEMBER = "correct_member"

    HOME_VISIT = "HomeVisit"
    DEMOCRATIC_REVIEW = "DemocraticReview"
    AUTHORISATIONS_ASKED = "AuthorisationsAsked"
    COMPARISON_SENT = "ComparisonSent"
    DATA_COMPARISON = "DataComparison"
    COMPARISON_SKIPPED = "ComparisonSkipped"
    NOTICE_POSTED = "NoticePosted"
    PUBLIC_NOTICE = "PublicNotice"
    SYSTEM_ENTRY = "SystemEntry"
    REFUSAL = "Refusal"
    GREEN_CHANNEL = "GreenChannel"
    REOPENING = "Reopening"
    CLOSING = "Closing"
    HOME_VISITS = "home_visit_together"
    DEMOCRATIC_REVIEWS = "democratic_review_together"
    NOTICES_POSTED = "notice_posted_together"
    PUBLIC_NOTICES = "public_notice_together"

    ASSISTANCE_MEASURE = "AssistanceMeasure"
    FOLLOW_UP_VISIT = "FollowUpVisit"
    CLEARING_VISIT = "ClearingVisit"
    CLEARING_STEP_DONE = "ClearingStepDone"
    CLEARING_ROLLED_BACK = "ClearingRolledBack"

    DRAFT_LETTER = "draft_letter"
    DRAFT_LETTERS = "draft_letters"
    PRINT_LETTER = "print_letter"
    MAKE_PAPER = "make_paper"
    PAPER_FAILED = "paper_failed"
    LOAD_SEAL = "load_seal"
    END_SEAL = "end_seal"
    DELIVER_LETTER = "deliver_letter"
    RETURN_VISIT = "return_visit"
    ATTACH = "attach"
    REMOVE_ATTACHMENT = "remove_attachment"
    RESTORE_ATTACHMENT = "restore_attachment"

    FREEZE_FILING = "freeze_filing"
    FREEZE_CONSOLIDATED = "freeze_consolidated"
    TAKE_LIST = "take_list"
    SEND_WARNINGS = "send_warnings"
    RESEND_WARNINGS = "resend_warnings"
    SEND_FILING = "send_filing"
    SEND_RECEIPT = "send_receipt"
    TAKE_PACKAGE = "take_package"

    DISCLOSE_NUMBERS = "disclose_numbers"
    DISCLOSE_PREVIEW = "disclose_preview"
    DISCLOSE_COPY = "disclose_copy"
    DISCLOSE_LIST = "disclose_list"
    DISCLOSE_HOUSEHOLD = "disclose_household"
    DISCLOSE_LEDGER = "disclose_ledger"
    KEEP_VIEW = "keep_view"
    TAKE_VIEW_AWAY = "take_view_away"
    ENTER_INCOME_LINE = "enter_income_line"
    REMOVE_INCOME_LINE = "remove_income_line"

    ADD_USER = "add_user"
    SET_ROLE = "set_role"
    END_USER = "end_user"
    RESET_PASSPHRASE = "reset_passphrase"  # noqa: S105 - a name, no secret
    CHANGE_OWN_PASSPHRASE = "change_own_passphrase"  # noqa: S105
    RECOVER_PASSPHRASE = "recover_passphrase"  # noqa: S105
    REISSUE_RECOVERY_CODE = "reissue_recovery_code"
    ROTATE_KEYS = "rotate_keys"
    REMEMBER_ON_THIS_PC = "remember_on_this_pc"
    TAKE_DOWN_BACKUP = "take_down_backup"
    TIDY_BACKUPS = "tidy_backups"
    RESTORE_BACKUP = "restore_backup"
    SETTLE_DOUBTS = "settle_doubts"
    DOUBT_FOUND = "doubt_found"

    def written(self, *, undoes: bool) -> str:
        """As the journal keeps it; ``undoes``: the operation was taken back (撤销)."""
        return f"{_UNDONE}{self.value}" if undoes else self.value


def read_operation(text: str) -> tuple[Operation | None, bool]:
    """The operation that the journal names, None where this program knows none such, and whether it was taken back."""
    name = text.removeprefix(_UNDONE)
    known = {each.value: each for each in Operation}
    return known.get(name), name != text
