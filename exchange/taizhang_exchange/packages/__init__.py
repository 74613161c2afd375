"""Packages between town and bureau: signed, encrypted to one office, taken whole or not at all."""

from taizhang_exchange.packages.cards import card_file_name, card_text, fingerprint, parse_card, read_card, write_card
from taizhang_exchange.packages.courier import PackageCourier
from taizhang_exchange.packages.inspection import PackageLook, inspect
from taizhang_exchange.packages.names import package_file_name

__all__ = [
    "PackageCourier",
    "PackageLook",
    "card_file_name",
    "card_text",
    "fingerprint",
    "inspect",
    "package_file_name",
    "parse_card",
    "read_card",
    "write_card",
]
