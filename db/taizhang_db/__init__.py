"""The encrypted case database: keys, tables, repositories, migrations.

``create_vault`` and ``open_vault`` give a :class:`Vault`; ``SqlStore(vault, clock, packs)`` is the store that the services work on;
``AttachmentFolder(vault)`` keeps the content of attachments, ``SqlDrafts(vault)`` what is half-typed.
"""

from taizhang_db.attachments.store import AttachmentFolder, AttachmentVerification
from taizhang_db.drafts import SqlDrafts
from taizhang_db.keys.argon import Argon2Cost
from taizhang_db.keys.keyring_slot import SystemKeyring
from taizhang_db.keys.sidecar import Holder
from taizhang_db.keys.unlock import FromKeyring, Passphrase, RecoveryCode, Unlock
from taizhang_db.store import SqlStore
from taizhang_db.vault import Vault, create_vault, discard_new_vault, open_vault

__all__ = [
    "Argon2Cost",
    "AttachmentFolder",
    "AttachmentVerification",
    "FromKeyring",
    "Holder",
    "Passphrase",
    "RecoveryCode",
    "SqlDrafts",
    "SqlStore",
    "SystemKeyring",
    "Unlock",
    "Vault",
    "create_vault",
    "discard_new_vault",
    "open_vault",
]
