"""The processes of a terminal, read from the real process table."""

import os
import subprocess
import sys

import pytest

from oma.runtime import process_tree
from oma.runtime.process_tree import (
    children_of,
    command_line,
    descend,
    foreground_lines,
    foreground_of,
    read_children,
    read_process,
    working_directory_of,
)


@pytest.fixture
def child():
    program = "import time; print('begun', flush=True); time.sleep(1000)"
    command = [sys.executable, "-c", program, "mark"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        process.stdout.readline()  # while it is being started, it has no command line
        yield process
        process.kill()


def test_a_process_has_its_command_line_and_one_that_is_gone_none(child):
    assert command_line(child.pid)[-1] == "mark"
    assert read_process(child.pid).pid == child.pid

    child.kill()
    child.wait()
    assert command_line(child.pid) == ()
    assert read_process(child.pid) is None


def test_a_process_has_a_directory_and_one_that_is_gone_none(child):
    assert working_directory_of(child.pid) == os.getcwd()

    child.kill()
    child.wait()
    assert working_directory_of(child.pid) == ""


def test_all_below_a_process_come_after_it(child):
    found = descend(os.getpid(), read_children())

    assert found[0] == os.getpid()
    assert child.pid in found


def test_below_no_process_there_is_none():
    assert children_of(0) == []


def test_a_process_is_in_the_foreground_or_waits(child):
    shown, waiting = foreground_of(os.getpid())

    assert child.pid in {*shown, *waiting}
    assert not set(shown) & set(waiting)


def test_a_process_without_a_terminal_hides_nothing():
    script = "import time; time.sleep(1000)"
    with subprocess.Popen([sys.executable, "-c", script], start_new_session=True) as process:
        lines = foreground_lines({"%1": process.pid})
        process.kill()

    assert len(lines["%1"]) == 1


@pytest.mark.parametrize("tells", [True, False])
def test_what_runs_below_a_process_is_found_however_the_system_tells_it(child, monkeypatch, tells):
    monkeypatch.setattr(process_tree, "TELLS_CHILDREN", tells)
    monkeypatch.setattr(process_tree, "_foreground_group", lambda pid: None)
    lines = foreground_lines({"%1": os.getpid()})

    assert command_line(child.pid) in lines["%1"]
    assert lines["%1"][0] == command_line(os.getpid())
