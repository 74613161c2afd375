"""Text on its way to the page: which face shows each character, how wide it is, and the operators that draw it."""

from collections.abc import Sequence

import msgspec

from taizhang_printing.fonts import FontFace, chain, font_path
from taizhang_printing.trouble import UnprintableCharacters
from taizhang_printing.truetype import TrueType, read_truetype
from taizhang_printing.type0 import EmbeddedFace
from taizhang_printing.wrapping import break_lines

PRIVATE_USE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))
BLANKS = str.maketrans(dict.fromkeys("\t\r\v\f\u00a0", " "))


class Faces:
    """The bundled faces, each parsed when it is first needed. May serve many papers, in one thread at a time."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._read: dict[FontFace, TrueType] = {}

    def __getitem__(self, face: FontFace) -> TrueType:
        """The parsed face."""
        if face not in self._read:
            self._read[face] = read_truetype(font_path(face))
        return self._read[face]

    def has(self, face: FontFace, character: str) -> bool:
        """Whether the face has the character, and the character means the same on every PC."""
        point = ord(character)
        return point in self[face].glyphs and not any(point in area for area in PRIVATE_USE)


class Measured(msgspec.Struct, frozen=True):
    """Text with the advance of each character in 1/1000 em; ``faces`` names each one's face, None where all are ``face``'s."""

    text: str
    face: FontFace
    advances: Sequence[float]
    faces: Sequence[FontFace] | None = None

    @property
    def width(self) -> float:
        """Of it all on one line, in 1/1000 em."""
        return sum(self.advances)

    def part(self, start: int, end: int) -> "Measured":
        """The characters from ``start`` up to ``end``."""
        faces = None if self.faces is None else self.faces[start:end]
        return Measured(self.text[start:end], self.face, self.advances[start:end], faces)


class _Advances(dict[str, float]):
    """Advances in one face by character; KeyError for one that the face cannot show."""

    def __init__(self, faces: Faces, face: FontFace) -> None:
        super().__init__()
        self._faces, self._face = faces, face
        self["\n"] = 0.0

    def __missing__(self, character: str) -> float:
        if not self._faces.has(self._face, character):
            raise KeyError(character)
        face = self._faces[self._face]
        advance = self[character] = face.advances[face.glyphs[ord(character)]]
        return advance


class _Codes(dict[str, str]):
    """The hex digits that show each character, filled as they are asked for."""

    def __init__(self, embedded: EmbeddedFace) -> None:
        super().__init__()
        self.embedded = embedded

    def __missing__(self, character: str) -> str:
        code = self[character] = self.embedded.code(character)
        return code


class Composer:
    """Measures and draws text for one document. ``embedded`` are the faces in use so far, in the order of first use."""

    def __init__(self, faces: Faces) -> None:
        """No face is in use yet."""
        self._faces = faces
        self._advances: dict[FontFace, _Advances] = {}
        self._codes: dict[FontFace, _Codes] = {}

    @property
    def embedded(self) -> list[EmbeddedFace]:
        """The faces in use so far, in the order of first use."""
        return [codes.embedded for codes in self._codes.values()]

    def resource(self, face: FontFace) -> str:
        """The name that content streams call the face by."""
        return self._of(face).embedded.resource

    def measure(self, text: str, face: FontFace, *, field: str, whole: bool = False, whose: str = "") -> Measured:
        """The text in the face, where it has all of it; else with the faces that stand in.

        ``whole`` (for a name) prefers one face that has all of it; otherwise each character comes from the first that has it.
        UnprintableCharacters, naming ``field`` and ``whose`` it is, where none does. Tabs and other blanks become spaces.
        """
        text = text.translate(BLANKS)
        faces = chain(face)
        for one in faces if whole else faces[:1]:
            advance = self._advance(one)
            try:
                return Measured(text, one, [advance[character] for character in text])
            except KeyError:
                continue
        found = [self._first(faces, character) for character in text]
        if missing := "".join(sign for sign, one in zip(text, found, strict=True) if one is None):
            raise UnprintableCharacters(text, field=field, characters=missing, whose=whose)
        each = [one or face for one in found]
        return Measured(text, face, [self._advance(one)[sign] for sign, one in zip(text, each, strict=True)], each)

    def _first(self, faces: Sequence[FontFace], character: str) -> FontFace | None:
        """The first of the faces that has the character; any face ends a line."""
        return next((face for face in faces if character == "\n" or self._faces.has(face, character)), None)

    def lines(
        self, measured: Measured, width: float, *, indent: float = 0, only_after: str = ""
    ) -> list[tuple[int, int]]:
        """Where the text breaks into lines of ``width`` (1/1000 em)."""
        if "\n" not in measured.text and indent + measured.width <= width:
            return [(0, len(measured.text))]
        return break_lines(measured.text, measured.advances, width, indent=indent, only_after=only_after)

    def show(self, measured: Measured, start: int, end: int, *, base: FontFace, size: float) -> str:
        """The operators that show a part of it and leave the font as they found it: ``base`` at ``size``."""
        if measured.faces is None:
            return self._run(measured.text[start:end], measured.face, base, size)
        runs, at = [], start
        while at < end:
            face, until = measured.faces[at], at + 1
            while until < end and measured.faces[until] is face:
                until += 1
            runs.append(self._run(measured.text[at:until], face, base, size))
            at = until
        return " ".join(runs)

    def _run(self, text: str, face: FontFace, base: FontFace, size: float) -> str:
        codes = self._of(face)
        shown = f"<{''.join([codes[character] for character in text])}> Tj"
        if face is base:
            return shown
        return f"/{codes.embedded.resource} {size:g} Tf {shown} /{self.resource(base)} {size:g} Tf"

    def _of(self, face: FontFace) -> _Codes:
        codes = self._codes.get(face)
        if codes is None:
            embedded = EmbeddedFace(self._faces[face], f"F{len(self._codes) + 1}")
            codes = self._codes[face] = _Codes(embedded)
        return codes

    def _advance(self, face: FontFace) -> _Advances:
        advances = self._advances.get(face)
        if advances is None:
            advances = self._advances[face] = _Advances(self._faces, face)
        return advances
