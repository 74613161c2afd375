"""Trouble that a person can mend: one clear sentence instead of a traceback."""


class OfficeTrouble(Exception):  # noqa: N818 - the office's word; it is no program error
    """Something outside the program is wrong: a file, a key, a disk, a package.

    The text is Chinese and for the clerk: what happened, what is safe, what to do now. Each room derives its own kinds;
    the window and the command line show the text and nothing else.
    """

    def __init__(self, happened: str, *, safe: str, do: str) -> None:
        """Take the three parts, each a Chinese sentence without its final full stop."""
        super().__init__(f"{happened}。{safe}。{do}。")
        self.happened = happened
        self.safe = safe
        self.do = do
