"""Trouble that a person can mend: one clear sentence instead of a traceback."""

from taizhang_casework.domain.numbers_in_text import without_numbers


class OfficeTrouble(Exception):  # noqa: N818 - the office's word; it is no program error
    """Something outside the program is wrong: a file, a key, a disk, a package.

    The text is Chinese and for the clerk: what happened, what is safe, what to do now. Each room derives its own kinds;
    the window and the command line show the text and nothing else. Numbers of persons are hidden in it.
    """

    def __init__(self, happened: str, *, safe: str, do: str) -> None:
        """Take the three parts, each a Chinese sentence without its final full stop."""
        self.happened, self.safe, self.do = (without_numbers(part) for part in (happened, safe, do))
        super().__init__(f"{self.happened}。{self.safe}。{self.do}。")
