"""The packs that the program ships with, and the order of steps of the newest: what a test gives where an office would give its own."""

from taizhang_casework.domain.pack_loading import shipped_packs

PACKS = {pack.id: pack for pack in shipped_packs()}
ORDER = shipped_packs()[-1].order
