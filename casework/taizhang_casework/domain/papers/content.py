"""What any of the sheets holds: one struct a sheet, told apart by its type."""

from taizhang_casework.domain.papers.file_cover import FileCover

PaperContent = FileCover
"""Frozen: a PDF is drawn from it and from nothing else. Each sheet joins the union with ``|``."""
