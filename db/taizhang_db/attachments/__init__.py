"""The content of attachments: encrypted files in a folder beside the database, each under a key that only the database holds.

:class:`taizhang_db.attachments.store.AttachmentFolder` is the store of an open vault.
"""
