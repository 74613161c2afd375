"""What is imported ahead: no Qt class outside the window's thread, and nothing left over for the first click."""

import os
import subprocess
import sys

import msgspec

WALK = """
import json, sys, threading
from one_thread import watched_imports
from taizhang_desktop import program, warming

with watched_imports() as wrong:
    worker = threading.Thread(target=warming.import_rooms)
    worker.start()
    worker.join()

for name in warming.names_of_the_window():
    __import__(name)
known = set(sys.modules)
import taizhang_desktop.bootstrap, taizhang_desktop.desk
left_over = [name for name in sys.modules if name not in known]
print(json.dumps({"wrong": wrong.seen, "left over": left_over}))
"""


def walk(script: str) -> dict[str, list[str]]:
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": paths},
    )
    return msgspec.json.decode(done.stdout, type=dict[str, list[str]])


def test_the_worker_declares_no_qt_class_and_the_desk_finds_everything_imported() -> None:
    assert walk(WALK) == {"wrong": [], "left over": []}


def test_a_module_that_another_thread_imports_wrongly_is_seen() -> None:
    wrongly = WALK.replace("warming.import_rooms", "lambda: __import__('taizhang_desktop.desk')")
    assert "taizhang_desktop.viewmodels.filing" in walk(wrongly)["wrong"]
