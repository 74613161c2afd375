"""Text on its way to the page: which face shows each character, how wide it is, and the operators that draw it."""

from collections.abc import Sequence
from unicodedata import category

import msgspec

from taizhang_printing.fonts import PLACE_OF, FontFace, InstalledFace, chain, font_path
from taizhang_printing.installed_fonts import read_installed
from taizhang_printing.trouble import UnfitFace, UnprintableCharacters
from taizhang_printing.truetype import TrueType, read_truetype
from taizhang_printing.type0 import EmbeddedFace
from taizhang_printing.wrapping import break_lines

PRIVATE_USE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))
SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
INVISIBLE = {"Cc", "Cf"}
"""Variation selectors, and the categories of Unicode that show nothing: some faces have empty glyphs for them."""

BLANKS = str.maketrans(dict.fromkeys("\t\r\v\f\u00a0", " "))


Face = FontFace | InstalledFace


class Faces:
    """The faces of papers, each read when it is first needed. May serve many papers, in one thread at a time.

    ``chosen`` are the PC's own, each before the bundled face of its role; one that cannot be used any more is left out
    and told in ``unfit``.
    """

    def __init__(self, chosen: Sequence[InstalledFace] = ()) -> None:
        """Nothing is read yet."""
        self._read: dict[Face, TrueType] = {}
        self._chosen = {place: face for face in chosen for place in PLACE_OF[face.role]}
        self._chains: dict[FontFace, tuple[Face, ...]] = {}
        self._unfit: dict[InstalledFace, UnfitFace] = {}

    @property
    def unfit(self) -> tuple[UnfitFace, ...]:
        """The chosen faces that were asked for and could not be used, each once; bundled ones stand in for them."""
        return tuple(self._unfit.values())

    def __getitem__(self, face: Face) -> TrueType:
        """The parsed face."""
        read = self._read.get(face)
        if read is None:
            read = read_installed(face) if isinstance(face, InstalledFace) else read_truetype(font_path(face))
            self._read[face] = read
        return read

    def chain(self, face: FontFace) -> tuple[Face, ...]:
        """What shows a text of this face, in order: the chosen one, the bundled one, those that stand in."""
        if face not in self._chains:
            own = self._chosen.get(face)
            before = (own,) if own and self._fit(own) else ()
            self._chains[face] = (*before, *chain(face))
        return self._chains[face]

    def _fit(self, face: InstalledFace) -> bool:
        if face not in self._unfit:
            try:
                self[face]
            except UnfitFace as trouble:
                self._unfit[face] = trouble
        return face not in self._unfit

    def has(self, face: Face, character: str) -> bool:
        """Whether the face has the character, and the character is one that is seen and means the same on every PC."""
        point = ord(character)
        if category(character) in INVISIBLE or any(point in area for area in (*PRIVATE_USE, *SELECTORS)):
            return False
        return point in self[face].glyphs


class Measured(msgspec.Struct, frozen=True):
    """Text with the advance of each character in 1/1000 em; ``faces`` names each one's face, None where all are ``face``'s."""

    text: str
    face: Face
    advances: Sequence[float]
    faces: Sequence[Face] | None = None

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

    def __init__(self, faces: Faces, face: Face) -> None:
        super().__init__()
        self._faces, self._face = faces, face
        self["\n"] = 0.0

    def __missing__(self, character: str) -> float:
        if not self._faces.has(self._face, character):
            raise KeyError(character)
        face = self._faces[self._face]
        advance = self[character] = face.advance(face.glyphs[ord(character)])
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
        self._advances: dict[Face, _Advances] = {}
        self._codes: dict[Face, _Codes] = {}

    @property
    def embedded(self) -> list[EmbeddedFace]:
        """The faces in use so far, in the order of first use."""
        return [codes.embedded for codes in self._codes.values()]

    def resource(self, face: FontFace) -> str:
        """The name that content streams call the face by, or the one chosen for it."""
        return self._of(self._faces.chain(face)[0]).embedded.resource

    def measure(self, text: str, face: FontFace, *, field: str, whole: bool = False, whose: str = "") -> Measured:
        """The text in the face, where it has all of it; else with the faces that stand in.

        ``whole`` (for a name) prefers one face that has all of it; otherwise each character comes from the first that has it.
        UnprintableCharacters, naming ``field`` and ``whose`` it is, where none does. Tabs and other blanks become spaces.
        """
        text = text.translate(BLANKS)
        faces = self._faces.chain(face)
        for one in faces if whole else faces[:1]:
            advance = self._advance(one)
            try:
                return Measured(text, one, [advance[character] for character in text])
            except KeyError:
                continue
        found = [self._first(faces, character) for character in text]
        if missing := "".join(sign for sign, one in zip(text, found, strict=True) if one is None):
            raise UnprintableCharacters(text, field=field, characters=missing, whose=whose)
        each = [one or faces[0] for one in found]
        return Measured(text, faces[0], [self._advance(one)[sign] for sign, one in zip(text, each, strict=True)], each)

    def _first(self, faces: Sequence[Face], character: str) -> Face | None:
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
        first = self._faces.chain(base)[0]
        if measured.faces is None:
            return self._run(measured.text[start:end], measured.face, first, size)
        runs, at = [], start
        while at < end:
            face, until = measured.faces[at], at + 1
            while until < end and measured.faces[until] is face:
                until += 1
            runs.append(self._run(measured.text[at:until], face, first, size))
            at = until
        return " ".join(runs)

    def _run(self, text: str, face: Face, base: Face, size: float) -> str:
        codes = self._of(face)
        shown = f"<{''.join([codes[character] for character in text])}> Tj"
        if face is base:
            return shown
        return f"/{codes.embedded.resource} {size:g} Tf {shown} /{self._of(base).embedded.resource} {size:g} Tf"

    def _of(self, face: Face) -> _Codes:
        codes = self._codes.get(face)
        if codes is None:
            embedded = EmbeddedFace(self._faces[face], f"F{len(self._codes) + 1}")
            codes = self._codes[face] = _Codes(embedded)
        return codes

    def _advance(self, face: Face) -> _Advances:
        advances = self._advances.get(face)
        if advances is None:
            advances = self._advances[face] = _Advances(self._faces, face)
        return advances
