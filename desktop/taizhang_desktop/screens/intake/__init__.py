"""登记预警信息: the form for one, the grid for many."""

from taizhang_desktop.screens.intake.page import IntakePage

__all__ = ["IntakePage"]
