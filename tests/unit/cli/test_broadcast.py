"""One text for several agents: asked once, with their names."""

import io
import sys

import attrs
import pytest
import trio

from oma.cli import broadcast
from oma.cli.broadcast import Broadcast
from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions
from oma.errors import BlockedError, OmaError
from oma.model.health import Health
from oma.tui.filtering import read_filter
from tests.unit.tui.fleets import agent, state


@attrs.frozen
class Store:
    """What is known."""

    state: object


@attrs.frozen
class Live:
    """A run, as far as it matters."""

    store: Store
    scope: trio.CancelScope


@attrs.define
class Controller:
    """Sends to all but one."""

    got: list = attrs.Factory(list)

    async def carry_out(self, act):
        if act.agent == "$2":
            raise BlockedError("ann waits for an answer")
        self.got.append((act.agent, act.text, act.anyway))
        return f"sent to {act.agent}"


@pytest.fixture
def controller(monkeypatch):
    """Give the controller of a run with three agents of which one has ended."""
    controller = Controller()
    agents = (
        agent(1, name="bob"),
        agent(2, name="ann"),
        agent(3, name="eve", health=Health.EXITED),
    )

    class Run:
        def __init__(self, *, context, frontend):
            self.frontend = frontend

        async def run(self):
            await self.frontend(Live(Store(state(*agents)), trio.CancelScope()))
            return 0

    async def nothing(*arguments):
        await trio.lowlevel.checkpoint()

    monkeypatch.setattr(broadcast, "Run", Run)
    monkeypatch.setattr(broadcast, "know_agents", nothing)
    monkeypatch.setattr(broadcast, "settle", nothing)
    monkeypatch.setattr(broadcast, "live_controller", lambda context, live: controller)
    return controller


def a_broadcast(filter_text="", **changes):
    context = read_context(GlobalOptions(socket_path="/s"))
    return Broadcast(context, "hello", read_filter(filter_text), **{"anyway": False} | changes)


async def test_those_that_take_it_get_it_and_the_others_are_named(controller, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert await a_broadcast(anyway=True).run() == 1
    assert controller.got == [("$1", "hello", True)]
    told = capsys.readouterr()
    assert told.out == "sent to $1\n"
    assert told.err.startswith("send to 2 agents: ")
    assert "bob" in told.err
    assert "eve" not in told.err
    assert told.err.endswith("oma: ann waits for an answer\n")


async def test_a_filter_says_who_is_meant(controller, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert await a_broadcast("bob").run() == 0
    assert "send to 1 agent: " in capsys.readouterr().err
    with pytest.raises(OmaError, match="no agents: none fits the filter"):
        await a_broadcast("eve").run()


@pytest.mark.parametrize("answer", ["n\n", "", "\n"])
async def test_only_yes_is_yes(controller, monkeypatch, answer):
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    with pytest.raises(OmaError, match="nothing was sent"):
        await a_broadcast().run()
    assert controller.got == []
