import json
from types import SimpleNamespace

import pytest
import trio

from oma.cli.commands.events_command import EventsOptions, EventTeller
from oma.model.events import PaneOutput, Record
from oma.model.standing import AgentsStand
from oma.store.tail import Tail, TailStep
from tests.support.fleet_play import PANE
from tests.support.service_store import HEADER
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("events") == EventsOptions()
    assert parsed("events", "--follow", "--json") == EventsOptions(follow=True, json=True)


def a_run(*events, feed=None):
    tail = Tail(10, 1 << 20)
    for seq, event in enumerate(events, start=1):
        tail.put(TailStep(Record(seq, seq / 2, event), ()))
    tail.close()
    monitor = SimpleNamespace(feed=feed)
    return SimpleNamespace(tail=tail, scope=trio.CancelScope(), header=HEADER, monitor=monitor)


async def test_machines_get_a_recording_in_ascii(capfd):
    live = a_run(AgentsStand(()), PaneOutput(PANE, "\x1b[2J\x9b…🤖".encode()))

    await EventTeller(as_json=True, follows=True).show(live)

    said = capfd.readouterr().out
    header, first, second = map(json.loads, said.splitlines())
    assert said.isascii()
    assert (header["format"], first["type"]) == ("oma-recording", "agents-stand")
    assert second == {
        "seq": 2,
        "t": 1.0,
        "type": "pane-output",
        "pane": "%1",
        "text": "\x1b[2J\x9b…🤖",
    }


@pytest.mark.parametrize("follows", [True, False])
async def test_users_get_lines_that_no_agent_can_break(capfd, follows):
    live = a_run(PaneOutput(PANE, b"\x1b[2J\n"), AgentsStand(()), feed=object())

    await EventTeller(as_json=False, follows=follows).show(live)

    lines = capfd.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["0.500", "pane-output"],
        ["1.000", "agents-stand"],
    ]
    assert "\x1b" not in lines[0]
    assert live.scope.cancel_called


async def test_without_a_service_what_there_is_is_waited_for_a_moment(autojump_clock, capfd):
    live = a_run()
    live.tail = Tail(10, 1000)

    await EventTeller(as_json=False, follows=False).show(live)

    assert trio.current_time() >= 3.0
