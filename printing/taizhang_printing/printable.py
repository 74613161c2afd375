"""Whether a text can be printed, asked before it is frozen into a paper."""

from taizhang_printing.composing import BLANKS, Faces
from taizhang_printing.fonts import STAND_INS


class PrintableText:
    """Reads a bundled face when a text first needs it. In one thread at a time."""

    def __init__(self) -> None:
        """No face is read yet."""
        self._faces = Faces()

    def unprintable(self, text: str) -> str:
        """The characters that no paper can show, each once; empty where all can be shown."""
        signs = dict.fromkeys(text.translate(BLANKS).replace("\n", ""))
        return "".join(sign for sign in signs if not any(self._faces.has(face, sign) for face in STAND_INS))
