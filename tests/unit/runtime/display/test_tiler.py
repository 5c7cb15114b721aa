from contextlib import asynccontextmanager

import attrs
import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from oma.errors import CommandError
from oma.model.events import PaneOutput, SessionClosed, SessionOpened
from oma.placement.policy import Policy
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.display import tiler as module
from oma.runtime.display.tiler import Tiler
from oma.runtime.display.tiling_reconciler import MAIN_GONE
from oma.store.store import Store
from oma.tmux.capabilities import parse_version
from tests.support.fleet_play import PANE, SESSION, empty, seen
from tests.support.scripted_channel import ScriptedChannel


@attrs.define
class Rounds:
    """What `TilingReconciler` is, as far as a tiler knows: it notes when a round is done."""

    policy: Policy = attrs.Factory(Policy)
    socket: str = "/s"
    flags: str = ""
    done_s: list = attrs.Factory(list)
    rests_s: float = float("inf")
    is_gone: bool = False
    refused: list = attrs.Factory(list)
    failure: Exception | None = None

    async def run(self, window):
        await trio.lowlevel.checkpoint()
        self.done_s.append(trio.current_time())
        if self.failure is not None:
            raise self.failure
        return not self.is_gone

    def patience_s(self):
        return self.rests_s

    def set_policy(self, policy):
        self.policy = policy

    def refuse(self, session, reason):
        self.refused.append((session, reason))


@attrs.define
class Client(ScriptedChannel):
    """A control client that may end."""

    over: str | None = None


@attrs.define
class Tiling:
    """A tiler, its rounds, and the clients that it had."""

    rounds: Rounds = attrs.Factory(Rounds)
    clients: list = attrs.Factory(list)
    there: bool = True
    tiler: Tiler = attrs.field(init=False)
    ended: str | None = None

    def __attrs_post_init__(self):
        access = ServerAccess("/none", parse_version("3.3a"))
        self.tiler = Tiler(access, "%0", self.rounds)

    @asynccontextmanager
    async def window_client(self, access, pane, news):
        if not self.there:
            yield None
            return
        self.clients.append(Client())
        yield self.clients[-1]

    async def run(self):
        try:
            self.ended = await self.tiler.run()
        except CommandError as error:
            self.ended = str(error)


@pytest.fixture
def tiling(monkeypatch):
    tiling = Tiling()
    monkeypatch.setattr(module, "window_client", tiling.window_client)
    return tiling


async def test_a_round_is_done_at_once_and_then_only_when_something_happened(
    tiling, nursery, autojump_clock
):
    nursery.start_soon(tiling.run)
    await trio.sleep(100)
    assert tiling.rounds.done_s == [0.0]
    assert tiling.tiler.settled.is_set()

    tiling.tiler.wake()
    await trio.sleep(100)

    assert tiling.rounds.done_s == [0.0, 100.0]


async def test_a_round_is_done_when_waiting_has_an_end(tiling, nursery, autojump_clock):
    tiling.rounds.rests_s = 30.0
    nursery.start_soon(tiling.run)

    await trio.sleep(70)

    assert tiling.rounds.done_s == [0.0, 30.0, 60.0]


async def test_it_ends_with_the_main_pane(tiling, nursery, autojump_clock):
    nursery.start_soon(tiling.run)
    await wait_all_tasks_blocked()
    tiling.rounds.is_gone = True
    tiling.tiler.wake()
    await wait_all_tasks_blocked()

    assert tiling.ended == MAIN_GONE


async def test_a_client_that_ended_is_replaced(tiling, nursery, autojump_clock):
    nursery.start_soon(tiling.run)
    await wait_all_tasks_blocked()
    tiling.clients[0].over = "detached"
    tiling.tiler.wake()
    await trio.sleep(10)

    assert len(tiling.clients) == 2
    assert tiling.ended is None


async def test_a_tmux_that_does_not_answer_ends_it(tiling, nursery, autojump_clock):
    tiling.rounds.failure = CommandError("tmux does not answer")
    nursery.start_soon(tiling.run)
    await wait_all_tasks_blocked()

    assert tiling.ended == "tmux does not answer"


async def test_another_policy_begins_a_round_and_is_not_settled_before(
    tiling, nursery, autojump_clock
):
    nursery.start_soon(tiling.run)
    await trio.sleep(1)
    policy = Policy(main_percent=50)

    tiling.tiler.set_policy(policy)
    assert not tiling.tiler.settled.is_set()
    await trio.sleep(1)

    assert tiling.rounds.policy == policy
    assert tiling.tiler.settled.is_set()


async def test_only_what_may_matter_begins_a_round(tiling, nursery, autojump_clock):
    store = Store(empty().fleet, trio.current_time)
    nursery.start_soon(tiling.tiler.follow, store.tail())
    nursery.start_soon(tiling.run)
    await trio.sleep(1)
    for event, rounds in (
        (SessionOpened(SESSION, "oma-a"), 1),
        (seen(idle_s=0.0), 1),
        (PaneOutput(PANE, b"x"), 0),
        (SessionClosed(SESSION), 1),
    ):
        count = len(tiling.rounds.done_s)
        store.append(event)
        await wait_all_tasks_blocked()
        assert len(tiling.rounds.done_s) == count + rounds, event


async def test_an_agent_that_cannot_be_watched_is_never_shown(tiling, nursery, autojump_clock):
    store = Store(empty().fleet, trio.current_time)
    nursery.start_soon(tiling.tiler.follow, store.tail())
    store.append(SessionOpened(SESSION, "oma-a", "destroy-unattached is on"))
    await wait_all_tasks_blocked()

    assert tiling.rounds.refused == [(SESSION, "destroy-unattached is on")]


async def test_undoing_is_a_round_in_which_tiling_is_off(tiling, autojump_clock):
    await tiling.tiler.undo()

    assert not tiling.rounds.policy.enabled
    assert len(tiling.rounds.done_s) == 1


async def test_undoing_where_the_server_is_gone_says_nothing(tiling, tmux):
    tiling.there = False
    tmux.says("list-panes", status=1, complaint="no server running")

    await tiling.tiler.undo()

    assert [words[0] for words in tmux.asked] == ["list-panes"]
