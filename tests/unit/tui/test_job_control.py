"""Stopping and going on, in processes that a test may stop."""

import os
import signal
import subprocess
import sys

import pytest

from tests.support.patience import look_until

STOPS = """
import signal
from oma.tui import job_control
job_control.{call}()
print("went on", signal.getsignal(signal.SIGTSTP) is signal.SIG_DFL)
"""


def started(call, **options):
    return subprocess.Popen(
        [sys.executable, "-c", STOPS.format(call=call)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.parametrize("call", ["stop_job", "stop_process"])
def test_a_process_stops_and_goes_on_with_its_handlers_as_they_were(call):
    process = started(call, process_group=0)
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    assert os.WSTOPSIG(status) == signal.SIGTSTP

    process.send_signal(signal.SIGCONT)
    assert process.communicate()[0] == "went on True\n"


@pytest.mark.parametrize("call", ["stop_job", "stop_process", "wait_for_foreground"])
def test_where_no_shell_could_let_it_go_on_it_goes_on_at_once(call):
    assert started(call, start_new_session=True).communicate()[0] == "went on True\n"


STARTS = """
import signal, subprocess, threading
from oma.tui.job_control import let_children_be_stopped, stop_job
let_children_be_stopped()
signal.signal(signal.SIGTSTP, lambda *_: None)
def start():
    while True:
        subprocess.Popen(["true"]).wait()
for _ in range(3):
    threading.Thread(target=start, daemon=True).start()
while True:
    stop_job()
"""


@pytest.fixture
def starting():
    """Give a process that starts others all the time, and stops itself."""
    words = [sys.executable, "-c", STARTS]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, process_group=0)
    yield process
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


async def test_a_stop_while_processes_are_started_stops_all(starting):
    for _ in range(30):
        assert await look_until(
            lambda: os.waitpid(starting.pid, os.WUNTRACED | os.WNOHANG)[0] == starting.pid
        )
        os.killpg(starting.pid, signal.SIGCONT)
