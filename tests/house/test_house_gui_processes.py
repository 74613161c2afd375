"""The collector of ``tests/conftest.py``: what a GUI module does in its own process is told, a crash too."""

import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"


@pytest.fixture
def tree(pytester: pytest.Pytester) -> pytest.Pytester:
    """A small tree of tests under the real root conftest."""
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makeini(
        "[pytest]\nqt_log_level_fail = WARNING\ngui_time_limit = 60\npython_files = test_*.py gui_*.py\naddopts = --import-mode=importlib\n"
    )
    return pytester


def test_a_green_gui_module_is_one_passed_item(tree: pytest.Pytester) -> None:
    tree.makepyfile(
        gui_two="""
        def test_one(qtbot): pass
        def test_two(qtbot, qapp): assert qapp.primaryScreen().size().width() == 1366
        """,
        test_plain="def test_plain(): pass",
    )
    tree.runpytest_subprocess().assert_outcomes(passed=2)


def test_a_gui_module_named_on_the_command_line_is_still_one_item(tree: pytest.Pytester) -> None:
    module = tree.makepyfile(gui_two="def test_one(qtbot): pass\ndef test_two(qtbot): pass")
    tree.runpytest_subprocess(str(module)).assert_outcomes(passed=1)


@pytest.mark.skipif(sys.platform != "linux", reason="2026-11: signals name themselves only on POSIX")
def test_a_crash_names_its_module_and_signal_and_leaves_the_others_alone(tree: pytest.Pytester) -> None:
    tree.makepyfile(
        gui_crash="import os, signal\ndef test_dies(): os.kill(os.getpid(), signal.SIGSEGV)",
        test_plain="def test_plain(): pass",
    )
    result = tree.runpytest_subprocess()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["gui_crash.py: the process was ended by SIGSEGV", "*test_dies*"])


def test_a_failing_gui_test_shows_its_own_output(tree: pytest.Pytester) -> None:
    tree.makepyfile(gui_red="def test_red(): assert '今日' == '待办'")
    result = tree.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["gui_red.py: pytest ended with status 1", "*'今日' == '待办'*"])


def test_a_qt_warning_is_a_failure(tree: pytest.Pytester) -> None:
    tree.makepyfile(
        gui_noise="""
        from PySide6.QtCore import qWarning
        def test_noise(qtbot): qWarning("something is off")
        """
    )
    result = tree.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*something is off*"])


def test_a_hanging_gui_module_is_ended_and_says_where_it_hung(tree: pytest.Pytester) -> None:
    tree.makepyfile(gui_hang="import threading\ndef test_hangs(): threading.Event().wait()")
    result = tree.runpytest_subprocess("-o", "gui_time_limit=2")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["gui_hang.py: *", "*in test_hangs*"])


def test_a_gui_module_without_tests_is_a_failure(tree: pytest.Pytester) -> None:
    tree.makepyfile(gui_empty="")
    result = tree.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["gui_empty.py: there is no test in it"])
