"""What is changed is read when an agent rests, once, and never while it works."""

import attrs
import pytest
import trio

from oma.model.checkout import Changes
from oma.model.events import CheckoutSeen, PaneOutput, SessionOpened
from oma.model.health import Health
from oma.runtime.monitor.checkout_changes import ChangesReader, follow_changes, read_changes
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, seen
from tests.support.git_repository import WHO, GitRepository


@attrs.define
class Git:
    """Says what is changed, and notes when it is asked; something may happen meanwhile."""

    changes: Changes | None = attrs.field(factory=lambda: Changes(2))
    asked: list = attrs.Factory(list)
    meanwhile: object = None

    async def read(self, directory):
        self.asked.append(directory)
        if self.meanwhile is not None:
            self.meanwhile()
        await trio.lowlevel.checkpoint()
        return self.changes


@attrs.define
class Clock:
    """Seconds of a log."""

    now_s: float = 0.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    """Give the clock of the log."""
    return Clock()


@pytest.fixture
def store(clock):
    """Give a log of an agent in a repository that works."""
    store = Store(empty().fleet, clock)
    for event in (SessionOpened(SESSION, "oma-agent-a"), seen(cwd="/app"), captured(b"hi")):
        store.append(event)
    store.append(CheckoutSeen(PANE, "/app", "fix"))
    return store


def rest(store, clock):
    clock.now_s += 100
    store.pass_time()
    assert store.state.agents[0].verdict.health is Health.IDLE


def work(store, clock):
    clock.now_s += 1
    store.append(PaneOutput(PANE, b"more\r\n"))
    clock.now_s += 1
    store.pass_time()
    assert store.state.agents[0].verdict.health is Health.OK


async def test_it_is_read_once_for_each_rest(store, clock):
    git = Git()
    reader = ChangesReader(git.read)
    await reader.read_into(store)
    assert git.asked == []

    rest(store, clock)
    await reader.read_into(store)
    await reader.read_into(store)
    assert git.asked == ["/app"]
    assert store.state.agents[0].changes == Changes(2)
    assert store.state.agents[0].branch_words == "fix *2"

    work(store, clock)
    await reader.read_into(store)
    rest(store, clock)
    await reader.read_into(store)
    assert git.asked == ["/app", "/app"]


async def test_a_branch_that_changes_is_read_anew(store, clock):
    git = Git()
    reader = ChangesReader(git.read)
    rest(store, clock)
    await reader.read_into(store)
    store.append(CheckoutSeen(PANE, "/app", "other"))
    assert store.state.agents[0].changes is None
    await reader.read_into(store)
    assert store.state.agents[0].branch_words == "other *2"


async def test_what_was_read_while_it_went_on_is_not_told(store, clock):
    git = Git(meanwhile=lambda: work(store, clock))
    rest(store, clock)
    await ChangesReader(git.read).read_into(store)
    assert store.state.agents[0].changes is None


async def test_where_nothing_is_changed_nothing_is_logged_twice(store, clock):
    git = Git(changes=None)
    rest(store, clock)
    seq = store.seq
    await ChangesReader(git.read).read_into(store)
    assert store.seq == seq


async def test_outside_of_a_repository_git_is_not_run(store, clock):
    git = Git()
    store.append(CheckoutSeen(PANE, ""))
    rest(store, clock)
    await ChangesReader(git.read).read_into(store)
    assert git.asked == []


async def test_git_says_what_is_changed(tmp_path, monkeypatch):
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)
    path = GitRepository.make(tmp_path / "app").path
    (path / "kept").write_text("changed")
    (path / "new").touch()
    assert await read_changes(str(path)) == Changes(2)
    assert await read_changes(str(tmp_path)) is None


async def test_agents_are_followed(store, clock, nursery, autojump_clock, monkeypatch):
    read = []

    async def read_into(reader, there):
        read.append(there)

    monkeypatch.setattr(ChangesReader, "read_into", read_into)
    nursery.start_soon(follow_changes, store)
    await trio.sleep(5)
    assert read == [store]

    store.append(PaneOutput(PANE, b"more"))
    await trio.sleep(5)
    assert read == [store], "nobody comes to rest by that"

    rest(store, clock)
    await trio.sleep(5)
    assert read == [store, store]
