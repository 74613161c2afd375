"""What a training is told by, for those who need not know how its town is made."""

from datetime import date

PASSPHRASE = "taizhang-yanlian"  # noqa: S105 - stands on the page that asks for it: the people are made up
FIRST_DAY, LAST_DAY = date(2022, 4, 7), date(2022, 4, 29)
"""When the story begins, and the day on which the training stands."""
STICK, OFFICES = "U盘", "offices"
"""Below the training's folder: what stands for a stick, and the vaults."""
