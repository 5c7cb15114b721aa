from types import SimpleNamespace

import attrs
import pytest

from oma.cli.commands import next_command
from oma.cli.commands.next_command import NextOptions, following, run
from oma.cli.one_look import OneLook
from oma.errors import OmaError
from oma.model.dialog import Dialog
from oma.model.health import Health
from oma.runtime.clock import LogClock
from tests.unit.cli.parsing import parsed
from tests.unit.tui.fleets import agent, state, verdict


def _agent(number, name, health, since_s=0.0):
    return attrs.evolve(agent(number), name=name, verdict=verdict(health, since_s=since_s))


FLEET = (
    _agent(1, "works", Health.OK),
    _agent(2, "asked-now", Health.WAITING, since_s=90.0),
    _agent(3, "fails", Health.STUCK, since_s=10.0),
    _agent(4, "asked-long-ago", Health.WAITING, since_s=20.0),
)


def test_its_words_become_options():
    assert parsed("next", "--print") == NextOptions(print=True)
    assert parsed("next", "--client", "/dev/pts/3") == NextOptions(client="/dev/pts/3")


@pytest.mark.parametrize(
    ("pane", "name"),
    [
        (None, "asked-long-ago"),
        ("%1", "asked-long-ago"),
        ("%9", "asked-long-ago"),
        ("%4", "asked-now"),
        ("%2", "fails"),
        ("%3", "asked-long-ago"),
    ],
)
def test_it_goes_round_those_in_need_and_begins_with_the_longest_wait(pane, name):
    assert following(FLEET, pane).name == name


def test_there_is_none_where_none_needs_the_user():
    ended = attrs.evolve(FLEET[1], gone=True)

    assert following((FLEET[0], ended), "%1") is None


def test_it_goes_to_the_one_in_need_in_the_client_that_is_named(monkeypatch):
    gone_to = _stand_in(monkeypatch, FLEET, pane="%4")

    assert run(NextOptions(client="/dev/pts/3")) == 0
    assert gone_to == [("asked-now", "/dev/pts/3")]


def test_it_is_only_said_which_one_it_is_and_what_it_asks(monkeypatch, capsys):
    asks = attrs.evolve(FLEET[1], dialog=Dialog("Do you want to proceed?", "rm -rf\x1b build", ()))
    gone_to = _stand_in(monkeypatch, (asks,))

    assert run(NextOptions(print=True)) == 0
    assert gone_to == []
    said = capsys.readouterr().out
    assert said.startswith("asked-now  WAITING  ")
    assert "Do you want to proceed? [rm -rf" in said
    assert "\x1b" not in said


def test_where_none_needs_the_user_that_is_said_and_nobody_goes_anywhere(monkeypatch, capsys):
    gone_to = _stand_in(monkeypatch, FLEET[:1])

    assert run(NextOptions(client="/dev/pts/3")) == 1
    assert gone_to == []
    assert capsys.readouterr().err == "oma: no agent waits or is stuck\n"


def test_outside_of_tmux_there_is_no_client_to_move(monkeypatch):
    _stand_in(monkeypatch, FLEET)
    monkeypatch.delenv("TMUX", raising=False)

    with pytest.raises(OmaError, match="use 'oma next --print'"):
        run(NextOptions())


def _stand_in(monkeypatch, agents, pane=None):
    gone_to = []

    async def look_once(context):
        return OneLook(SimpleNamespace(state=state(*agents)), None, LogClock("", 0.0))

    async def jump(server, found, terminal):
        gone_to.append((found.name, terminal))

    async def shown_pane(server, terminal):
        return pane

    monkeypatch.setattr(next_command, "look_once", look_once)
    monkeypatch.setattr(next_command, "jump", jump)
    monkeypatch.setattr(next_command, "shown_pane", shown_pane)
    return gone_to
