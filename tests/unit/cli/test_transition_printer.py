"""Transitions are printed as they happen."""

import json
from types import SimpleNamespace

import trio

from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions
from oma.cli.transition_printer import TransitionPrinter
from oma.model.events import Record, TimePassed
from oma.model.health import Health, Transition, Verdict
from oma.model.wall_time import log_calendar
from oma.store.tail import Tail, TailStep

CHANGE = Transition(1.0, 1, "bob", None, Verdict(Health.OK, "active", "generic/active", "x", 0.0))


def live(*steps):
    tail = Tail(10, 1 << 20)
    for step in steps:
        tail.put(step)
    tail.close()
    calendar = log_calendar("2026-11-20T12:00:00+00:00")
    return SimpleNamespace(tail=tail, clock=SimpleNamespace(wall_time=lambda: calendar))


async def test_each_transition_is_one_line_for_the_user_or_for_machines(capfd):
    step = TailStep(Record(1, 1.0, TimePassed()), [CHANGE, CHANGE])

    await TransitionPrinter(as_json=False).show(live(step))
    lines = capfd.readouterr().out.splitlines()
    await TransitionPrinter(as_json=True).show(live(step))
    machine = capfd.readouterr().out.splitlines()

    assert [line.split()[1] for line in lines] == ["bob", "bob"]
    assert [json.loads(line)["agent"] for line in machine] == ["bob", "bob"]


async def test_what_is_waited_for_is_said_on_stderr(capfd):
    waits = live()
    waits.tail = Waiting()
    async with trio.open_nursery() as nursery:
        printer = TransitionPrinter(as_json=False, awaited=read_context(GlobalOptions()))
        nursery.start_soon(printer.show, waits)
        said = ""
        while not said:
            await trio.lowlevel.checkpoint()
            said = capfd.readouterr().err
        nursery.cancel_scope.cancel()

    assert said.startswith("oma: no tmux server at ")
    assert said.endswith(": waiting for one\n")


class Waiting:
    """A tail on which nothing comes."""

    only_transitions = False

    async def receive(self):
        await trio.sleep_forever()
