"""The sheets of the loop as PDF: each from its own content and from nothing else."""

from pathlib import Path

from taizhang_casework.domain.papers.content import PaperContent
from taizhang_casework.domain.papers.file_cover import FileCover

from taizhang_printing.files import write_whole
from taizhang_printing.form_paper import Printing, form_bytes
from taizhang_printing.paper_file_cover import file_cover_form

__all__ = ["Printing", "paper_bytes", "write_paper"]


def write_paper(content: PaperContent, path: Path, printing: Printing) -> None:
    """Write the sheet to ``path``, whole or not at all; PrintingTrouble where it cannot be printed or kept."""
    write_whole(path, paper_bytes(content, printing))


def paper_bytes(content: PaperContent, printing: Printing) -> bytes:
    """The sheet as a PDF in memory. Equal arguments give equal bytes."""
    match content:
        case FileCover():
            return form_bytes(file_cover_form(content), printing)
