"""Agents are kept while their server answers; its end changes nothing of what was kept."""

import attrs
import pytest
import trio

from oma.config.profiles import packaged_profiles
from oma.errors import CommandError
from oma.files.locked_file import LockedFile
from oma.model.health import Health
from oma.model.kept_fleet import KeptAgent
from oma.runtime.agents import fleet_keeper
from oma.runtime.agents.fleet_file import FleetFile
from oma.runtime.agents.fleet_keeper import ENDED_S, FIRST_S, KEEP_EVERY_S, FleetKeeper
from tests.unit.tui.fleets import agent, state, verdict


@attrs.define
class Store:
    """What is known, as a test sets it."""

    state: object

    def shown(self, agent):
        return ()


@attrs.frozen
class Row:
    """A pane, as far as it matters here."""

    pane: str
    session_name: str
    start_command: str = '"codex"'
    command: str = "codex"
    pid: int = 0
    dead: bool = False


@attrs.define
class World:
    """A server, and what it is asked."""

    run: str = "one"
    rows: tuple = ()
    conversation: str = "abc-123"
    remembered: list = attrs.Factory(list)
    asked: int = 0
    looks: int = 0


@pytest.fixture
def world(monkeypatch):
    """Give a server; work in threads is done at once, for the clock jumps."""
    world = World()

    async def list_panes(server):
        world.looks += 1
        return world.rows

    async def server_run(server):
        if not world.run:
            raise CommandError("no server")
        return world.run

    async def conversation_of(server, agent, profile, screen):
        world.asked += 1
        return world.conversation

    async def remember(server, pane, conversation):
        world.remembered.append((pane, conversation))

    async def start_place(server, pane):
        return "/worktree", "/worktree"

    async def run_sync(work, *args):
        await trio.lowlevel.checkpoint()
        return work(*args)

    monkeypatch.setattr(fleet_keeper, "list_panes", list_panes)
    monkeypatch.setattr(fleet_keeper, "server_run", server_run)
    monkeypatch.setattr(fleet_keeper, "conversation_of", conversation_of)
    monkeypatch.setattr(fleet_keeper, "remember_conversation", remember)
    monkeypatch.setattr(fleet_keeper, "start_place", start_place)
    monkeypatch.setattr(fleet_keeper.trio.to_thread, "run_sync", run_sync)
    return world


@pytest.fixture
def keeper(world, tmp_path):
    """Give the keeper of a server with one agent."""
    bob = agent(1, name="bob", profile="codex", columns=120, rows=40)
    world.rows = (Row(bob.pane, bob.name),)
    profiles = {profile.name: profile for profile in packaged_profiles()}
    file = FleetFile(LockedFile(tmp_path / "fleet.json"))
    return FleetKeeper(None, Store(state(bob)), file, profiles)


BOB = KeptAgent("oma-agent-bob", "/worktree", "/worktree", 120, 40, "codex", "codex", "abc-123")


async def test_an_agent_is_kept_with_all_that_starts_it_again(keeper, world):
    await keeper.keep()
    assert keeper.file.read().agents == (BOB,)
    assert world.remembered == [("%1", "abc-123")]
    await keeper.keep()
    assert (world.asked, len(world.remembered)) == (1, 1)


async def test_its_conversation_is_looked_for_whenever_it_becomes_another(keeper, world):
    await keeper.keep()
    world.conversation = "def-456"
    bob = keeper.store.state.agents[0]
    keeper.store.state = state(attrs.evolve(bob, verdict=verdict(since_s=9.0)))
    await keeper.keep()
    assert keeper.file.read().agents[0].conversation == "def-456"


@pytest.mark.parametrize(("health", "looks"), [(Health.OK, 5), (Health.IDLE, 1)])
async def test_one_that_works_and_tells_none_is_asked_again_ever_more_rarely(
    keeper, world, nursery, autojump_clock, health, looks
):
    world.conversation = ""
    bob = keeper.store.state.agents[0]
    keeper.store.state = state(attrs.evolve(bob, verdict=verdict(health)))
    nursery.start_soon(keeper.run)
    await trio.sleep(FIRST_S + 8 * KEEP_EVERY_S + 1)
    assert world.asked == looks  # at once, and after 10, 20, 40 and 80 s
    world.conversation = "abc-123"
    await trio.sleep(8 * KEEP_EVERY_S)
    assert keeper.file.read().agents[0].conversation == ("abc-123" if looks > 1 else "")
    await trio.sleep(32 * KEEP_EVERY_S)
    assert world.asked == looks + (looks > 1)


@pytest.mark.parametrize("changes", [{"gone": True}, {"verdict": verdict(Health.EXITED)}])
async def test_one_that_has_ended_stays_for_a_while(keeper, changes, autojump_clock):
    await keeper.keep()
    bob = keeper.store.state.agents[0]
    keeper.store.state = state(attrs.evolve(bob, **changes))
    await keeper.keep()
    assert keeper.file.read().agents == (BOB,)
    await trio.sleep(ENDED_S + 1)
    await keeper.keep()
    assert keeper.file.read().agents == ()


async def test_the_end_of_the_server_changes_nothing(keeper, world):
    await keeper.keep()
    keeper.store.state = state()
    world.rows, world.run = (), ""
    await keeper.keep()
    assert keeper.file.read().agents == (BOB,)
    world.run = "two"
    await keeper.keep()
    assert keeper.file.read().missing("two", ()) == (BOB,)


async def test_a_watch_that_has_just_begun_forgets_nobody(keeper):
    await keeper.keep()
    keeper.store.state = state()
    await keeper.keep()
    assert keeper.file.read().agents == (BOB,)


async def test_agents_in_sessions_of_the_users_are_theirs(keeper, world):
    bob = keeper.store.state.agents[0]
    keeper.store.state = state(attrs.evolve(bob, id=bob.pane))
    await keeper.keep()
    assert keeper.file.read().agents == ()


async def test_they_are_kept_when_something_is_another(keeper, world, nursery, autojump_clock):
    nursery.start_soon(keeper.run)
    await trio.sleep(FIRST_S + 1)
    assert keeper.file.read().agents == (BOB,)
    asked = world.looks
    await trio.sleep(5 * KEEP_EVERY_S)
    assert world.looks == asked
    bob = keeper.store.state.agents[0]
    keeper.store.state = state(attrs.evolve(bob, columns=99))
    await trio.sleep(KEEP_EVERY_S)
    assert keeper.file.read().agents[0].columns == 99
