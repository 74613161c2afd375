"""Backups: one file that holds the key file, a copy of the case file and the attachments, each encrypted as it is in the vault.

:func:`taizhang_db.backup.making.make_backup` writes one and proves it; :mod:`taizhang_db.backup.restoring` takes one out again.
"""
