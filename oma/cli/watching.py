"""The watch of a run: that of the service where there is one, else one of its own.

A store is fed by either. When the service ends or hangs, the run watches by itself until one is there
again; what was told of an agent by then is not told again.
"""

import os
import sys
from collections.abc import Callable, Iterable

import attrs
import trio

from oma.cli.cli_context import CliContext
from oma.cli.service_key import service_key
from oma.detection.profile import Profile
from oma.errors import OmaError
from oma.model.ids import PaneId
from oma.model.printable import printable
from oma.model.standing import WatchBegan
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.clock import LogClock
from oma.runtime.free_memory import give_back_memory
from oma.runtime.monitor.checkout_changes import follow_changes
from oma.runtime.monitor.checkouts import follow_checkouts
from oma.runtime.monitor.monitor import Monitor
from oma.runtime.monitor.sampling import sample_on_change
from oma.runtime.monitor.status_files import follow_status_files
from oma.runtime.monitor.timers import run_timer
from oma.runtime.service.protocol import NOW
from oma.runtime.service.service_address import ServiceAddress, service_address
from oma.runtime.service.service_feed import (
    HANGS,
    NoServiceError,
    ServiceFeed,
    ServiceRefusedError,
)
from oma.runtime.service.service_socket import SETTLES_WITHIN_S
from oma.sampling.choose import Limits
from oma.store.store import Store
from oma.tmux.capabilities import parse_version

AGAIN_S = 0.5
"""How long a service that has ended is expected back before a run watches by itself."""

TRY_EVERY_S = 0.1
LOOK_EVERY_S = 0.5
"""How often a run that watches by itself looks whether a service is there again."""

SEEK_EVERY_S = 2.0
"""The same, where none was there before."""

LATER_S = 60.0
SELDOM_S = 10.0
"""After a minute it looks no more often than that: to wake up was most of what it took beside silent agents."""

LOOKED_S = 5.0
"""Within that the agents that there are were looked at."""

RECOVERED_S = 2.5
"""How long a service that hung has to answer before a run goes back to it: errors have to stand for two
seconds, and it would tell of those that it sees only now as if there had been none."""


async def connect_service(context: CliContext, *, settled: bool = False) -> ServiceFeed | None:
    """Return the log of the service; `None` where there is none for this context.

    That one refuses is said on stderr.

    Args:
        context: What would be watched.
        settled: It is to know all agents that a look would find, which it does seconds after its start.
    """
    if context.no_service or context.include is not None:
        return None
    try:
        return await ServiceFeed.connect(_address(context), key_of(context), settled=settled)
    except NoServiceError:
        return None
    except ServiceRefusedError as refused:
        _say(f"not served by 'oma serve', watching by itself: {refused}")
        return None
    except OmaError:
        return None  # there is no runtime directory, which whoever needs one says


async def runs_service(context: CliContext) -> bool:
    """Say whether a service of the tmux server runs, whoever it serves."""
    try:
        feed = await ServiceFeed.connect(_address(context), key_of(context))
    except ServiceRefusedError:
        return True
    except NoServiceError:
        return False
    feed.connection.close()
    return True


def key_of(context: CliContext) -> str:
    """Return what a watch in this context depends on."""
    return service_key(os.environ, context.config_path, context.match, only_own=context.only_own)


def _address(context: CliContext) -> ServiceAddress:
    return service_address(context.socket, os.environ)


@attrs.define
class Watching:
    """The watch of one run.

    Args:
        context: What is watched.
        store: What is fed.
        clock: Of its log.
        profiles: The kinds of agents that are found.
        feed: The log of the service, which the store is to be fed by.
        seeks_service: A service that comes later feeds it, too.
        samples_processes: Arguments tell what launchers hide: aider and codex show as `python3` and `node`.
        keeps_renamed: A session stays watched under any name.
    """

    context: CliContext
    store: Store
    clock: LogClock
    profiles: tuple[Profile, ...]
    feed: ServiceFeed | None = None
    seeks_service: bool = False
    samples_processes: bool = True
    keeps_renamed: bool = False
    clients_changed: Callable[[], None] = lambda: None
    """Called when some client has left the server or shows another session. Never blocks."""
    looked_at: list[Callable[[], Iterable[PaneId]]] = attrs.Factory(list)
    """Each gives panes that somebody looks at: their agents are not sampled."""
    _begun: trio.Event = attrs.Factory(trio.Event)
    _monitor: Monitor | None = None
    _access: ServerAccess | None = None

    async def run(self) -> None:
        """Feed the store until cancelled.

        Raises:
            OmaError: tmux is not there, or too old.
        """
        if self.feed is None and not self.seeks_service:
            await self._watch_alone()
        if self.feed is None:
            self.feed = await self._watch_meanwhile(SEEK_EVERY_S)
        while self.feed is not None:
            self.store.is_fed = True
            reason = await self.feed.follow(self.store, self._told_of_clients)
            self.feed = None if reason == HANGS else await self._connect_again()
            if self.feed is None:
                _say(f"the service is gone ({reason}): watching by itself")
                self.store.is_fed = False
                self.store.append(WatchBegan())
                recovered_s = RECOVERED_S if reason == HANGS else 0.0
                self.feed = await self._watch_meanwhile(LOOK_EVERY_S, recovered_s)
                _say("the service is there again")

    async def known(self) -> None:
        """Wait until what the service knows is known; without one nothing is waited for."""
        if self.feed is not None:
            await self.feed.standing.wait()

    async def begun(self) -> None:
        """Wait until what there is was read once: by the service, or from tmux."""
        if self.feed is not None:
            await self.feed.standing.wait()
        else:
            await self._begun.wait()

    def resync(self) -> None:
        """Ask tmux for everything again. Never blocks."""
        if self.feed is not None:
            self.feed.resync()
        elif self._monitor is not None:
            self._monitor.resync()

    @property
    def access(self) -> ServerAccess:
        """How clients of ours get to the server; there is one as soon as there are agents."""
        if self._monitor is not None and self.feed is None:
            return self._monitor.access
        if self._access is None:
            version = parse_version(self.store.state.tmux or "master")
            self._access = ServerAccess(self.context.socket, version)
        return self._access

    @property
    def server_pid(self) -> int | None:
        """Of the server that is watched; `None` where that is not known, or not by this process."""
        return None if self._monitor is None else self._monitor.server_pid

    def _looked_at(self) -> frozenset[PaneId]:
        return frozenset(pane for panes in self.looked_at for pane in panes())

    def _told_of_clients(self) -> None:
        self.clients_changed()

    async def _watch_alone(self) -> None:
        context, store = self.context, self.store
        monitor = self._monitor = Monitor(
            context.server,
            context.socket,
            context.watched,
            store,
            keeps_renamed=self.keeps_renamed,
            finds=context.finds,
            profiles=self.profiles,
            names=context.names,
            clients_changed=self._told_of_clients,
            looked_at=self._looked_at,
            limits=Limits(answer_ms=context.config.limits.tmux_latency_ms),
            begun=self._begun,
        )
        async with trio.open_nursery() as nursery:
            nursery.start_soon(run_timer, store, self.clock)
            nursery.start_soon(monitor.run)
            nursery.start_soon(self._give_back_memory)
            nursery.start_soon(follow_checkouts, store)
            nursery.start_soon(follow_status_files, store)
            if context.config.worktree.status:
                nursery.start_soon(follow_changes, store)
            if self.samples_processes:
                interval_s = context.config.dashboard.refresh_interval
                nursery.start_soon(sample_on_change, store, interval_s)

    async def _give_back_memory(self) -> None:
        """Once what is there was read: imports and the first looks leave megabytes behind."""
        await self._begun.wait()
        await trio.sleep(LOOKED_S)
        give_back_memory()

    async def _watch_meanwhile(self, look_every_s: float, recovered_s: float = 0.0) -> ServiceFeed:
        """Watch by itself until a service has answered for so long, and return its log."""
        later_s = trio.current_time() + LATER_S
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._watch_alone)
            while True:
                await trio.sleep(look_every_s if trio.current_time() < later_s else SELDOM_S)
                feed = await self._try_service()
                if feed is not None and recovered_s:
                    feed.connection.close()
                    await trio.sleep(recovered_s)
                    feed = await self._settled_service()
                if feed is not None:
                    nursery.cancel_scope.cancel()
                    return feed

    async def _connect_again(self) -> ServiceFeed | None:
        with trio.move_on_after(AGAIN_S):
            while True:
                feed = await self._try_service()
                if feed is not None:
                    return feed
                await trio.sleep(TRY_EVERY_S)
        return None

    async def _settled_service(self) -> ServiceFeed | None:
        """Return the log of a service once it has settled, which among many agents it may never have."""
        with trio.move_on_after(SETTLES_WITHIN_S):
            while True:
                feed = await self._try_service(NOW)
                if feed is not None:
                    return feed
                await trio.sleep(LOOK_EVERY_S)
        return await self._try_service()

    async def _try_service(self, settled: bool | str = True) -> ServiceFeed | None:  # noqa: FBT001, FBT002
        try:
            return await ServiceFeed.connect(
                _address(self.context), key_of(self.context), settled=settled
            )
        except (NoServiceError, ServiceRefusedError):
            return None


def _say(words: str) -> None:
    print(f"oma: {printable(words)}", file=sys.stderr)
