"""An agent is found by its name, looked at, and acted on."""

import pytest
import trio

from oma.cli import one_agent
from oma.cli.cli_context import read_context
from oma.cli.one_agent import find_agent, with_look, with_watch
from oma.cli.one_look import OneLook
from oma.cli.option_values import GlobalOptions
from oma.errors import OmaError
from oma.model.events import SessionClosed, SessionOpened
from oma.runtime.clock import LogClock
from oma.store.store import Store
from tests.support.fleet_play import SESSION, captured, empty, seen


@pytest.fixture
def store(monkeypatch):
    """One agent, `oma-agent-a`."""
    fleet = empty().fleet
    store = Store(fleet, lambda: 0.0)
    for event in (SessionOpened(SESSION, "oma-agent-a"), seen(idle_s=0.0), captured(b"hi")):
        store.append(event)

    async def look(context):
        await trio.lowlevel.checkpoint()
        return OneLook(store, fleet.rules, LogClock("2026-11-20T12:00:00+00:00", 0.0))

    monkeypatch.setattr(one_agent, "look_once", look)
    return store


@pytest.mark.usefixtures("store")
async def test_an_agent_is_found_and_its_context_is_about_it_alone():
    context = read_context(GlobalOptions(match="x*"))
    found = await find_agent(context, "a")
    context = context.only(found)

    assert found.name == "oma-agent-a"
    assert context.watched("oma-agent-a")
    assert not context.watched("x1")


@pytest.mark.usefixtures("store")
async def test_what_is_done_about_the_agent_is_what_comes_back():
    async def work(controller, agent):
        await trio.lowlevel.checkpoint()
        return controller.prefix, agent.name

    done = await with_look(read_context(GlobalOptions()), "a", work)
    assert done == ("oma-agent-", "oma-agent-a")


async def test_an_agent_that_has_ended_meanwhile_is_said(store):
    store.append(SessionClosed(SESSION))

    async def work(controller, agent):
        pytest.fail("there is no agent")

    with pytest.raises(OmaError, match="there are none"):
        await with_look(read_context(GlobalOptions()), "a", work)


@pytest.mark.usefixtures("store")
async def test_an_agent_that_is_never_seen_is_not_acted_on(autojump_clock, monkeypatch):
    async def work(controller, agent):
        pytest.fail("it was not seen")

    async def never(*_):
        await trio.sleep_forever()

    monkeypatch.setattr(one_agent, "settle", never)
    monkeypatch.setattr(one_agent.Run, "run", _run_frontend)
    with pytest.raises(OmaError, match="oma-agent-a was not seen within 15 s: nothing was done"):
        await with_watch(read_context(GlobalOptions()), "a", work)


class Live:
    store = None
    scope = trio.CancelScope()


async def _run_frontend(run):
    await run.frontend(Live())
    return 0
