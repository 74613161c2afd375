"""Which of the bundled fonts the window uses."""

from taizhang_printing.fonts import FontFace, chain, font_path

from taizhang_desktop.look.fonts import FontFiles


def bundled_fonts() -> FontFiles:
    """黑体 in two weights for the window; what it lacks comes from the chain of the papers."""
    faces = (FontFace.HEI, FontFace.HEI_MEDIUM)
    rare = tuple(font_path(face) for face in chain(FontFace.HEI) if face not in faces)
    return FontFiles(window=tuple(map(font_path, faces)), rare=rare)
