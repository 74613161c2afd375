"""``python -m taizhang_desktop`` is ``taizhang``."""

import sys

from taizhang_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
