"""What the log is told of repositories and branches, and when."""

import pytest
import trio

from oma.model.events import CheckoutSeen, PaneOutput, SessionOpened
from oma.runtime.monitor.checkouts import (
    FIND_EVERY_S,
    READ_AGAIN_S,
    READ_EVERY_S,
    CheckoutReader,
    follow_checkouts,
)
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, seen


@pytest.fixture
def app(tmp_path):
    (tmp_path / "app" / ".git").mkdir(parents=True)
    check_out(tmp_path / "app", "main")
    return tmp_path / "app"


def check_out(app, branch):
    (app / ".git" / "HEAD").write_text(f"ref: refs/heads/{branch}\n")


@pytest.fixture(autouse=True)
def reads_at_once(monkeypatch):
    """A clock that jumps does not wait for threads."""

    async def run(work, *args, abandon_on_cancel):
        await trio.lowlevel.checkpoint()
        assert abandon_on_cancel
        return work(*args)

    monkeypatch.setattr(trio.to_thread, "run_sync", run)


def a_store(cwd):
    store = Store(empty().fleet, trio.current_time)
    for event in (SessionOpened(SESSION, "oma-agent-a"), seen(cwd=str(cwd)), captured(b"hi")):
        store.append(event)
    return store


async def test_a_checkout_is_logged_once_and_again_when_it_changes(app):
    store, reader = a_store(app), CheckoutReader()
    await reader.read_into(store)
    assert store.checkouts == {PANE: (str(app), CheckoutSeen(PANE, str(app), "main"))}

    before = store.seq
    await reader.read_into(store)
    assert store.seq == before

    check_out(app, "fix")
    await reader.read_into(store)
    assert store.state.agents[0].branch == "fix"


async def test_a_directory_without_a_repository_is_not_logged_unless_it_had_one(app, tmp_path):
    store, reader = a_store(tmp_path), CheckoutReader()
    before = store.seq
    await reader.read_into(store)
    assert store.seq == before

    store.append(seen(cwd=str(app)))
    await reader.read_into(store)
    store.append(seen(cwd=str(tmp_path)))
    await reader.read_into(store)
    assert store.checkouts[PANE][1] == CheckoutSeen(PANE, "")


async def test_a_repository_that_is_made_later_is_noticed(tmp_path, autojump_clock):
    store, reader = a_store(tmp_path), CheckoutReader()
    await reader.read_into(store)
    (tmp_path / ".git").mkdir()
    check_out(tmp_path, "main")
    await reader.read_into(store)
    assert store.state.agents[0].branch == ""

    await trio.sleep(FIND_EVERY_S)
    await reader.read_into(store)
    assert store.state.agents[0].branch == "main"


async def test_checkouts_are_read_when_something_happens_and_not_otherwise(app, autojump_clock):
    store = a_store(app)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow_checkouts, store)
        await trio.sleep(10 * READ_EVERY_S)
        check_out(app, "fix")
        await trio.sleep(10 * READ_EVERY_S)
        assert store.state.agents[0].branch == "main"
        store.append(PaneOutput(PANE, b"x"))
        await trio.sleep(2 * READ_EVERY_S)
        assert store.state.agents[0].branch == "fix"
        nursery.cancel_scope.cancel()


async def test_a_new_agent_has_its_branch_with_its_first_verdict(app, autojump_clock):
    store = Store(empty().fleet, trio.current_time)
    store.append(SessionOpened(SESSION, "oma-agent-a"))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow_checkouts, store)
        await trio.sleep(READ_EVERY_S / 4)
        store.append(seen(cwd=str(app), command="claude"))
        store.append(captured(b"hi"))
        assert not store.unsampled
        await trio.sleep(2 * READ_AGAIN_S)
        assert store.state.agents[0].branch == "main"
        nursery.cancel_scope.cancel()
