"""The papers of the printing room, as the screens and the demonstration ask for them."""

from taizhang_printing.ledger import Paper, write_ledger
from taizhang_printing.letter import write_letter
from taizhang_printing.recovery_sheet import write_recovery_sheet

__all__ = ["Paper", "write_ledger", "write_letter", "write_recovery_sheet"]
