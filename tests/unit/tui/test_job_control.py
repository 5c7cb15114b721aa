"""Stopping and going on, in processes that a test may stop."""

import os
import signal
import subprocess
import sys

import pytest

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
