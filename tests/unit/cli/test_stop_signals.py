"""A signal ends what runs, in its own way, and gives the exit code."""

import os
import signal
import subprocess
import sys

import pytest
import trio

from oma.cli.stop_signals import run_with_signals
from tests.support.patience import look_until

ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def kill(number):
    os.kill(os.getpid(), number)


async def test_without_a_signal_the_code_is_that_of_the_work():
    async def work():
        return 7

    before = signal.getsignal(signal.SIGTERM)
    assert await run_with_signals(work) == 7
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize("number", ENDING)
async def test_a_signal_cancels_the_work_and_gives_its_code(number):
    ended = []

    async def work():
        kill(number)
        try:
            await trio.sleep_forever()
        finally:
            ended.append(number)

    assert await run_with_signals(work) == 128 + number
    assert ended == [number]


async def test_a_work_that_ends_in_its_own_way_is_told_of_every_signal():
    told, two = [], trio.Event()

    def tell(number):
        told.append(number)
        if len(told) == 2:
            two.set()
        else:
            kill(signal.SIGTERM)

    async def work():
        kill(signal.SIGHUP)
        await two.wait()
        return 0

    assert await run_with_signals(work, tell) == 128 + signal.SIGHUP
    assert told == [signal.SIGHUP, signal.SIGTERM]


async def test_after_the_first_the_next_has_its_usual_effect_where_no_terminal_is_held():
    usual = signal.getsignal(signal.SIGTERM)
    told = trio.Event()

    async def work():
        kill(signal.SIGTERM)
        await told.wait()
        while signal.getsignal(signal.SIGTERM) is not usual:
            await trio.lowlevel.checkpoint()
        return 0

    assert await run_with_signals(work, lambda _: told.set(), repeats=False) == 143


@pytest.mark.parametrize("holds_terminal", [True, False])
async def test_quit_ends_only_what_holds_the_terminal(holds_terminal):
    async def work():
        return int(signal.getsignal(signal.SIGQUIT) is not before)

    before = signal.getsignal(signal.SIGQUIT)
    assert await run_with_signals(work, holds_terminal=holds_terminal) == int(holds_terminal)


async def test_a_signal_that_is_ignored_stays_ignored():
    usual = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:

        async def work():
            kill(signal.SIGHUP)
            await trio.lowlevel.checkpoint()
            return 0 if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else 1

        assert await run_with_signals(work) == 0
    finally:
        signal.signal(signal.SIGHUP, usual)


STARTS = """
import signal, subprocess, threading
from oma.cli.stop_signals import let_children_be_stopped
from oma.tui.job_control import stop_job
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


async def test_what_runs_until_it_is_told_to_end_starts_children_that_can_be_stopped(monkeypatch):
    monkeypatch.setattr(subprocess, "_USE_VFORK", True)

    async def work():
        return int(subprocess._USE_VFORK)

    assert await run_with_signals(work) == 0
