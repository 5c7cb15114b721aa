import shlex

import pytest
import trio

from oma.model.health import Health
from oma.model.ids import WindowId
from oma.runtime.integration import status_publisher
from oma.runtime.integration.status_publisher import StatusPublisher
from oma.store.tail import Tail
from oma.tmux.address import ServerAddress
from oma.tmux.status_segment import window_mark
from tests.support.patience import look_until
from tests.unit.tui.fleets import agent, state

SERVER = ServerAddress(socket_name="x")
WAITS = agent(1, health=Health.WAITING, window=WindowId("@1"))
WORKS = agent(1, health=Health.OK, window=WindowId("@1"))


class Guard:
    """Stands for the shell that waits for the end of this process."""

    @classmethod
    async def start(cls, server):
        await trio.lowlevel.checkpoint()
        return cls()

    async def dismiss(self):
        await trio.lowlevel.checkpoint()


@pytest.fixture(autouse=True)
def _guarded(monkeypatch):
    monkeypatch.setattr(status_publisher, "StatusGuard", Guard)


def changes(tmux):
    """What was set, in order; the status line where it is installed alone."""
    found = []
    for words in tmux.asked:
        if words[0] == "set-option":
            found.append(words)
        elif words[0] == "show-options" and "if-shell" in words:
            found.append(shlex.split(bytes(words[-1], "ascii").decode("unicode_escape")))
    return found


async def test_what_changes_is_set_and_nothing_else(tmux):
    tmux.says("@oma_installed", "1\n")
    publisher = StatusPublisher(SERVER, store=None)

    await publisher.show(state(WORKS))
    await publisher.show(state(WORKS))
    await publisher.show(state(WAITS))

    assert changes(tmux) == [
        ["set-option", "-g", "@oma_status", "1 ok"],
        ["set-option", "-w", "-t", "@1", "@oma_window", window_mark(Health.OK)],
        ["set-option", "-g", "@oma_status", "#[fg=white,bg=blue,bold] 1 waiting #[default]"],
        ["set-option", "-w", "-t", "@1", "@oma_window", window_mark(Health.WAITING)],
    ]


async def test_a_window_without_agents_loses_its_mark_and_no_agents_no_text(tmux):
    tmux.says("@oma_installed", "1\n")
    publisher = StatusPublisher(SERVER, store=None)

    await publisher.show(state(WORKS))
    await publisher.show(state())

    assert changes(tmux)[2:] == [
        ["set-option", "-gu", "@oma_status"],
        ["set-option", "-w", "-u", "-t", "@1", "@oma_window"],
    ]


async def test_nothing_is_set_where_it_is_not_installed_or_there_is_no_server(tmux):
    publisher = StatusPublisher(SERVER, store=None)

    await publisher.show(state(WORKS))
    await publisher.show(state(WORKS, tmux=None))

    assert [words[0] for words in tmux.asked] == ["show-options"]


async def test_a_server_that_refuses_ends_nothing(tmux):
    tmux.says("@oma_installed", "1\n")
    tmux.says("set-option", status=1, complaint="no server running\n")

    await StatusPublisher(SERVER, store=None).show(state(WORKS))


class Store:
    """One state, and nothing after it."""

    seq = 1

    def tail(self):
        return Tail(10, 1000)

    async def wait_newer(self, seq):
        if seq:
            await trio.sleep_forever()

    @property
    def state(self):
        return state(WORKS)


async def test_it_is_all_taken_away_at_the_end(tmux):
    tmux.says("@oma_installed", "1\n")
    publisher = StatusPublisher(SERVER, Store())
    async with trio.open_nursery() as nursery:
        nursery.start_soon(publisher.run)
        await look_until(lambda: ["set-option", "-g", "@oma_status", "1 ok"] in changes(tmux))
        nursery.cancel_scope.cancel()

    assert changes(tmux)[-1] == ["set-option", "-gu", "@oma_status"]
