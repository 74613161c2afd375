"""What the screens show and do, without a widget: QtCore and QtGui only (see ``ruff.toml`` beside this file)."""
