"""Pages of a PDF as pictures of the window."""

from PySide6.QtGui import QImage
from taizhang_printing.preview import count_pages, render_page

DPI = 120
"""On the screen: A4 is then some 1,000 px wide, and a signature can be read."""


class PdfPages:
    """Implements ``PdfDrawer`` by the printing room; from bytes in memory to pixels in memory. Used in the worker's thread."""

    def count_pages(self, content: bytes) -> int:
        """See ``PdfDrawer``."""
        return count_pages(content)

    def draw_page(self, content: bytes, page: int) -> QImage:
        """See ``PdfDrawer``."""
        drawn = render_page(content, page, DPI)
        return QImage(drawn.pixels, drawn.width, drawn.height, 4 * drawn.width, QImage.Format.Format_RGBX8888).copy()
