"""Agents as panes around a dashboard's own pane: a key begins that, and whatever ends it undoes it.

One tiling at a time, with the lock taken, so that it and `oma tile` never divide one window. What
the right pane shows has no agent pane besides: no agent is shown twice in the window.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import attrs
import trio

from oma.errors import OmaError
from oma.model.ids import AgentId
from oma.model.state import AgentState
from oma.placement.policy import Policy
from oma.placement.summary import summary
from oma.runtime.display.host_pane import HostPane, find_host_pane
from oma.runtime.display.key_access import make_writable
from oma.runtime.display.tiler import Tiler
from oma.runtime.display.tiling_lock import LEAVE, TilingLock
from oma.runtime.display.tiling_reconciler import WhyNot
from oma.store.store import Store
from oma.store.tail import Tail

SETTLE_S = 2.0
"""How long a user waits for an answer at most; the panes may take longer."""

OFF = "nothing is tiled any more"
FILTERED_OUT = "it did not fit the filter when tiling began"
IN_RIGHT_PANE = "the right pane shows it"


@attrs.define
class _Running:
    """A tiling at work."""

    tiler: Tiler
    scope: trio.CancelScope = attrs.Factory(trio.CancelScope)
    ended: trio.Event = attrs.Factory(trio.Event)
    """The window is as it was found, and the lock is free."""


@attrs.define
class DashboardTiling:
    """The tiling of the window that a dashboard runs in.

    Args:
        socket: Of the server of the agents.
        store: What is known of them.
        policy: The user's wishes.
        make: Returns who tiles around a pane.
        know_agents: Returns when the store knows every agent that there is.
        fits: Says whether an agent fits a filter.
        beside: Returns the agent in the right pane.
    """

    socket: Path
    store: Store
    policy: Policy
    make: Callable[[HostPane, Policy, WhyNot], Tiler]
    know_agents: Callable[[], Awaitable[None]]
    fits: Callable[[AgentState, str], bool]
    beside: Callable[[], AgentId | None]
    _filter: str = ""
    _running: _Running | None = None
    _say: Callable[[str], None] = lambda _: None
    _nursery: trio.Nursery = attrs.field(init=False)
    _turn: trio.Lock = attrs.Factory(trio.Lock)

    @asynccontextmanager
    async def at_work(self, say: Callable[[str], None]) -> AsyncIterator[None]:
        """Be there for keys while the block runs; then the window is as it was found.

        Args:
            say: Tells the user one line.
        """
        self._say = say
        with trio.open_signal_receiver(LEAVE) as requests:
            async with trio.open_nursery() as self._nursery:
                self._nursery.start_soon(self._mind_requests, requests)
                try:
                    yield
                finally:
                    self._nursery.cancel_scope.cancel()

    async def toggle(self, filter_text: str) -> str:
        """Begin to tile, or end it; return one line that says how it is now.

        Args:
            filter_text: Whom to show, for as long as this tiling lasts.

        Raises:
            OmaError: Not in tmux, or somebody else tiles the window.
        """
        async with self._turn:
            if self._running is not None:
                await self._end(self._running)
                return OFF
            self._filter = filter_text
            return await self._begin()

    async def cycle(self) -> str:
        """Go on to the next arrangement, now or when tiling begins; return one line about it.

        Raises:
            OmaError: Not in tmux.
        """
        async with self._turn:
            await find_host_pane(self.socket, "tiling")
            self.policy = self.policy.in_next_arrangement()
            if self._running is None:
                return f"agent panes will be {self.policy.arrangement}: nothing is tiled now"
            self._running.tiler.set_policy(self.policy)
            return await self._told(self._running)

    async def let_type(self, agent: AgentState) -> str:
        """Make the panes that show an agent take keys; return one line that says so.

        Raises:
            OmaError: No pane shows it, or tmux refused.
        """
        inside = await find_host_pane(self.socket, "tiling")
        await make_writable(inside.access.server, self.socket, agent.id)
        return f"the pane of {agent.name} takes keys now"

    def wake(self) -> None:
        """Look whether all is well: the right pane may show another agent. Never blocks."""
        if self._running is not None:
            self._running.tiler.wake()

    async def end(self) -> None:
        """Leave the window as it was found; all is done when this returns."""
        with trio.CancelScope(shield=True):
            async with self._turn:
                if self._running is not None:
                    await self._end(self._running)

    async def _begin(self) -> str:
        if not self.policy.enabled:
            raise OmaError("[layout] enabled = false: nothing is tiled")
        inside = await find_host_pane(self.socket, "tiling")
        await inside.check_free()
        await self.know_agents()
        running = _Running(self.make(inside, self.policy, self._exclusion_reason))
        await self._nursery.start(self._tile, running, inside.tiling_lock(inside.pane))
        return await self._told(running)

    async def _tile(
        self, running: _Running, lock: TilingLock, *, task_status: trio.TaskStatus[None]
    ) -> None:
        tail = self.store.tail()
        try:
            with lock.taken():
                self._running = running
                task_status.started()
                try:
                    with running.scope:
                        await self._keep(running.tiler, tail)
                finally:
                    with trio.CancelScope(shield=True):
                        await self._undo(running.tiler)
        finally:
            tail.close()
            self._running = None
            running.ended.set()

    async def _keep(self, tiler: Tiler, tail: Tail) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(tiler.follow, tail)
            self._say(f"{await self._work(tiler)}: {OFF}")
            nursery.cancel_scope.cancel()

    async def _work(self, tiler: Tiler) -> str:
        try:
            return await tiler.run()
        except OmaError as error:
            return str(error)

    async def _undo(self, tiler: Tiler) -> None:
        try:
            await tiler.undo()
        except OmaError as error:
            self._say(f"the agent panes may still be there: {error}")

    async def _end(self, running: _Running) -> None:
        running.scope.cancel()
        await running.ended.wait()

    async def _told(self, running: _Running) -> str:
        with trio.move_on_after(SETTLE_S):
            await running.tiler.settled.wait()
        rounds = running.tiler.rounds
        words = "" if rounds.plan is None else summary(rounds.plan)
        return f"{self.policy.arrangement}: {words}"

    async def _mind_requests(self, requests: AsyncIterator[int]) -> None:
        async for _ in requests:
            await self.end()
            self._say(f"'oma untile': {OFF}")

    def _exclusion_reason(self, agent: AgentState) -> str | None:
        if agent.id == self.beside():
            return IN_RIGHT_PANE
        return None if self.fits(agent, self._filter) else FILTERED_OUT
