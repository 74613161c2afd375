"""The files of the cases, as rows; their content is :mod:`taizhang_db.attachments`."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, insert, select, update
from taizhang_casework.domain.attachment import Attachment, AttachmentId, StoredFile
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Kind

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import attachment_files, attachments


class OtherKeyError(RuntimeError):
    """A file was stored twice at once, under two keys: an error of our own; the attachment is not added."""


class SqlAttachments:
    """Implements ``Attachments``. The journal gets what an attachment is, never the key of its file."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def get(self, attachment: AttachmentId) -> Attachment:
        """The attachment; KeyError where there is none."""
        return decode(self._body(attachment), Attachment)

    def add(self, attachment: Attachment, file: StoredFile) -> None:
        """Keep a new attachment and, where no other has the same content, the key of its file."""
        body = encode(attachment)
        self._pen.note(Kind.ATTACHMENT, attachment.id, before=None, after=body)
        self._keep_key(file)
        self._connection.execute(
            insert(attachments),
            {"id": attachment.id, "case_id": attachment.case, "address": attachment.address, "body": body},
        )

    def save(self, attachment: Attachment) -> None:
        """Replace an attachment by its id; KeyError where there is none."""
        body = encode(attachment)
        if self._pen.note(Kind.ATTACHMENT, attachment.id, before=self._body(attachment.id), after=body):
            self._connection.execute(update(attachments).where(attachments.c.id == attachment.id), {"body": body})

    def of_case(self, case: CaseId) -> Sequence[Attachment]:
        """Every attachment of the case, those in the recycle bin too, oldest first."""
        found = self._connection.scalars(
            select(attachments.c.body).where(attachments.c.case_id == case).order_by(attachments.c.seq)
        )
        return [decode(body, Attachment) for body in found]

    def _keep_key(self, file: StoredFile) -> None:
        kept = self._connection.scalar(select(attachment_files.c.key).where(attachment_files.c.address == file.address))
        if kept is None:
            self._connection.execute(insert(attachment_files), msgspec.structs.asdict(file))
        elif kept != file.key:
            raise OtherKeyError(file.address)

    def _body(self, attachment: AttachmentId) -> str:
        body = self._connection.scalar(select(attachments.c.body).where(attachments.c.id == attachment))
        if body is None:
            raise KeyError(attachment)
        return str(body)
