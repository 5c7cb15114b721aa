"""A signal ends what runs, in its own way, and gives the exit code."""

import os
import signal

import pytest
import trio

from oma.cli.stop_signals import run_with_signals

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
