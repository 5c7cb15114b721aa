import attrs
import pytest
import trio

from oma.errors import OmaError
from oma.model.events import SessionOpened
from oma.model.ids import AgentId
from oma.runtime.agents import lookup
from oma.runtime.agents.lookup import (
    KNOWN_S,
    MOST_NAMED,
    choose_agent,
    know_agents,
    list_agents,
    no_such_agent,
)
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from tests.support.fleet_play import empty, seen
from tests.support.wire_events import listed
from tests.unit.tui.fleets import PREFIX, agent

SERVER = ServerAddress(socket_name="x")


def line(session, name, pane):
    return listed(session=session, name=name, pane=pane) + "\n"


LISTED = line("$1", "oma-a", "%1") + line("$1", "oma-a", "%2") + line("$2", "other", "%3")


def watched(name):
    return name.startswith("oma-")


async def test_an_agent_is_a_watched_session_with_its_panes(tmux):
    tmux.says("list-panes", LISTED)

    found = await list_agents(SERVER, watched)

    assert {name: [row.pane for row in rows] for name, rows in found.items()} == {
        "oma-a": ["%1", "%2"]
    }


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


OWN = agent(1, "alpha")
FOUND = attrs.evolve(
    agent(2),
    id=AgentId("%2"),
    name="app",
    names=("Fix the build", "app", "work:0.1"),
    place="work:0.1",
)
OTHER = attrs.evolve(
    FOUND, id=AgentId("%3"), name="lib", names=("lib",), place="work:1.0", pane="%3"
)
AGENTS = (OWN, FOUND, OTHER)


def chosen(name, agents=AGENTS):
    return choose_agent(agents, name, PREFIX).name


@pytest.mark.parametrize("name", ["alpha", f"{PREFIX}alpha", "al", "%1"])
def test_an_own_agent_has_its_name_with_and_without_the_prefix(name):
    assert chosen(name) == OWN.name


@pytest.mark.parametrize("name", ["app", "Fix the build", "Fix", "work:0.1", "work:0", "%2"])
def test_a_found_agent_has_the_names_that_are_its_own(name):
    assert chosen(name) == "app"


def test_a_whole_name_beats_the_beginning_of_another():
    longer = attrs.evolve(OTHER, name="app-2", names=("app-2",))

    assert chosen("app", (FOUND, longer)) == "app"


@pytest.mark.parametrize("name", ["work:", "", "a"])
def test_what_may_be_several_is_refused_with_their_names(name):
    with pytest.raises(OmaError) as refused:
        chosen(name)

    assert "app" in str(refused.value)


def test_a_typo_gets_the_nearest_name():
    with pytest.raises(OmaError, match="did you mean 'alpha'"):
        chosen("alhpa")


def test_one_that_is_gone_is_not_meant():
    with pytest.raises(OmaError, match="there are none"):
        chosen("alpha", (attrs.evolve(OWN, gone=True),))
