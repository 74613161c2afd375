"""What the services need of the attachments and of their files, as protocols; ``db`` implements them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from taizhang_casework.domain.attachment import Address, Attachment, AttachmentId, StoredFile
from taizhang_casework.domain.case import CaseId
from taizhang_casework.services.clock import Progress


class Attachments(Protocol):
    """The files of the cases: what each is and where it lies. The content is :class:`AttachmentStore`'s."""

    def get(self, attachment: AttachmentId) -> Attachment:
        """The attachment; KeyError where there is none."""
        ...

    def add(self, attachment: Attachment, file: StoredFile) -> None:
        """Keep a new attachment and, where no other has the same content, the key of its file."""
        ...

    def save(self, attachment: Attachment) -> None:
        """Replace an attachment by its id; KeyError where there is none."""
        ...

    def of_case(self, case: CaseId) -> Sequence[Attachment]:
        """Every attachment of the case, those in the recycle bin too, oldest first."""
        ...


class AttachmentStore(Protocol):
    """Keeps the content of attachments, encrypted, outside the database. Raises OfficeTrouble with a sentence each."""

    def keep(self, path: Path, progress: Progress | None = None) -> StoredFile:
        """Store a file whole or not at all; equal content is stored once. ``progress`` counts bytes.

        It stays only if an attachment is added with it: :meth:`settle` is called when that is done, or has failed.
        """
        ...

    def settle(self, address: Address) -> None:
        """Take a stored file away unless an attachment has it; never raises OfficeTrouble."""
        ...

    def stream(self, address: Address) -> Iterator[bytes]:
        """The content chunk by chunk, each verified; only when the last one has come is the whole known to be right."""
        ...

    def read(self, address: Address) -> bytes:
        """The whole content, all of it verified before any is given out."""
        ...

    def copy_out(self, address: Address, path: Path, progress: Progress | None = None) -> None:
        """Write the content, readable by anybody, to where the user wants it: whole or not at all."""
        ...
