import pytest
import trio

from oma.errors import OmaError
from oma.model.events import SessionOpened
from oma.runtime.agents import lookup
from oma.runtime.agents.lookup import (
    KNOWN_S,
    MOST_NAMED,
    Found,
    find_agent,
    know_agents,
    list_agents,
    list_panes,
    no_such_agent,
)
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from tests.support.fleet_play import empty, seen
from tests.support.wire_events import listed

SERVER = ServerAddress(socket_name="x")


def line(session, name, pane):
    return listed(session=session, name=name, pane=pane) + "\n"


LISTED = line("$1", "oma-a", "%1") + line("$1", "oma-a", "%2") + line("$2", "other", "%3")


def watched(name):
    return name.startswith("oma-")


async def test_every_pane_of_the_server_is_listed_and_none_without_a_server(tmux):
    tmux.says("list-panes", LISTED)
    assert [row.pane for row in await list_panes(SERVER)] == ["%1", "%2", "%3"]

    tmux.says("list-panes", status=1, complaint="no server running")
    assert await list_panes(SERVER) == ()


async def test_an_agent_is_a_watched_session_with_its_panes(tmux):
    tmux.says("list-panes", LISTED)

    found = await list_agents(SERVER, watched)

    assert {name: [row.pane for row in rows] for name, rows in found.items()} == {
        "oma-a": ["%1", "%2"]
    }


@pytest.mark.parametrize("name", ["oma-a", "a"])
async def test_an_agent_is_found_with_and_without_the_prefix(tmux, name):
    tmux.says("list-panes", LISTED)

    assert await find_agent(SERVER, watched, "oma-", name) == Found("oma-a", "$1")


async def test_who_names_none_is_told_which_there_are(tmux):
    tmux.says("list-panes", LISTED)

    with pytest.raises(OmaError, match="no agent 'other'; there are: oma-a"):
        await find_agent(SERVER, watched, "oma-", "other")


@pytest.mark.parametrize(
    ("name", "known", "told"),
    [
        ("a", [], "no agent 'a'; there are none: 'oma new' starts one"),
        ("bilder", ["oma-builder"], "no agent 'bilder', did you mean 'builder'? there are: "),
        ("a", ["oma-x", "oma-y"], "no agent 'a'; there are: oma-x, oma-y"),
    ],
)
def test_the_nearest_name_is_proposed(name, known, told):
    assert no_such_agent(name, known, "oma-").startswith(told)


def test_of_many_agents_some_are_named():
    told = no_such_agent("zzz", [f"oma-{n}" for n in range(MOST_NAMED + 5)], "oma-")

    assert told.endswith(f"oma-{MOST_NAMED - 1} and 5 more")


@pytest.mark.parametrize(("listed", "waits_s"), [(("oma-a",), 1.0), (("oma-a", "oma-b"), KNOWN_S)])
async def test_agents_that_exist_are_waited_for_but_not_for_ever(
    listed, waits_s, monkeypatch, autojump_clock, nursery
):
    async def list_agents(server, watched):
        return dict.fromkeys(listed, ())

    async def open_session():
        await trio.sleep(1.0)
        store.append(SessionOpened("$1", "oma-a"))
        store.append(seen(session="$1"))

    monkeypatch.setattr(lookup, "list_agents", list_agents)
    store = Store(empty().fleet, trio.current_time)
    nursery.start_soon(open_session)

    await know_agents(SERVER, watched, store)

    assert trio.current_time() == waits_s
