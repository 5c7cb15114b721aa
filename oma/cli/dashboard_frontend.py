"""The live dashboard: it shows what there is, and hands on what the user asks for."""

import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial

import attrs
import trio

from oma.cli.agent_control import live_controller, proposals_of
from oma.cli.cli_context import CliContext
from oma.cli.dashboard_terminal import (
    TakenTerminal,
    bell_of,
    capabilities_of,
    news_s,
    take_terminal,
    themes_of,
    themes_to_ask_for,
)
from oma.cli.first_knowledge import until_known
from oma.cli.fleet_task import keep_beside, offer_lost, restorer_of
from oma.cli.idle_garbage import garbage_when_idle
from oma.cli.last_look import last_look, note_look
from oma.cli.live import RunContext
from oma.cli.pane_access import pane_access
from oma.cli.queue_task import queue_file, send_queue
from oma.cli.tiling_policy import policy_of, tiler_of
from oma.cli.web_extra import WebServer
from oma.errors import OmaError
from oma.model.ids import PaneId
from oma.model.kept_fleet import LostAgent
from oma.model.state import AgentState
from oma.model.wall_time import WallTime
from oma.placement.policy import Policy
from oma.runtime.agents.lookup import know_agents
from oma.runtime.agents.queue_file import QueueFile
from oma.runtime.agents.restoring import Restorer
from oma.runtime.display.agent_display import AgentDisplay
from oma.runtime.display.dashboard_tiling import DashboardTiling
from oma.runtime.display.host_pane import HostPane
from oma.runtime.display.intent_executor import IntentExecutor
from oma.runtime.display.session_view import our_pane
from oma.runtime.display.tiler import Tiler
from oma.runtime.display.tiling_reconciler import WhyNot
from oma.runtime.monitor.sampling import sample_often
from oma.tui.filtering import SavedFilters, read_filter, saved_filters
from oma.tui.first_view import first_view
from oma.tui.keymap import keymap_of
from oma.tui.live_source import LiveSource
from oma.tui.loop import Dashboard
from oma.tui.restore_offer import offer

PAST = timedelta(days=1)
"""As much of the history is read when the dashboard starts."""


@attrs.define
class DashboardFrontend:
    """The frontend of `oma`: shows what there is, and hands on what a user asks for."""

    context: CliContext
    ascii_only: bool = False
    web: WebServer | None = None
    """Serves browsers meanwhile."""
    terminal: TakenTerminal | None = None
    """That is taken already."""
    _tiling: DashboardTiling | None = None

    async def show(self, live: RunContext) -> None:
        """Show until the user leaves or the run ends; the terminal is then as it was."""
        viewing = self._viewing(live)
        tiling = self._tiling = self._own_tiling(live, viewing)
        options = self.context.config.dashboard
        began = datetime.fromisoformat(live.clock.started_at).astimezone()
        try:
            with ExitStack() as taken:
                terminal = self.terminal or take_terminal(
                    themes_of(self.context.config), os.environ, mouse=options.mouse
                )
                taken.callback(terminal.give_back)
                garbage = taken.enter_context(garbage_when_idle())
                words = terminal.words
                source = LiveSource(
                    live.store,
                    live.tail,
                    live.clock.now_s,
                    lambda: WallTime(began, live.clock.sleeps),
                )
                executor = IntentExecutor(
                    live_controller(self.context, live), viewing, tiling, self._queue_file()
                )
                dashboard = Dashboard(
                    source=source,
                    prefix=options.session_prefix,
                    keymap=keymap_of(self.context.config.keys),
                    capabilities=capabilities_of(os.environ, ascii_only=self.ascii_only),
                    executor=executor,
                    painter=terminal.painter,
                    themes=themes_to_ask_for(self.context.config, os.environ),
                    panes=pane_access(self.context.server, live.store),
                    news_s=news_s(self.context.config),
                    bell=bell_of(self.context.config, live.clock.now_s()),
                    idle=garbage.look,
                    view=first_view(options, last_look(self.context)),
                    proposals=proposals_of(self.context, live),
                )
                words.told = dashboard.say

                def show_right_pane() -> None:
                    dashboard.refresh()
                    tiling.wake()

                viewing.changed = show_right_pane
                live.monitor.clients_changed = viewing.clients_changed
                live.monitor.looked_at.append(lambda: _selected(live, dashboard))
                async with (
                    self._serving(live, dashboard.say),
                    tiling.at_work(words.say),
                    trio.open_nursery() as nursery,
                ):
                    nursery.start_soon(sample_often, live.store, options.refresh_interval)
                    nursery.start_soon(viewing.run, dashboard.say)
                    nursery.start_soon(self._read_past, source, dashboard)
                    nursery.start_soon(send_queue, self.context, live, words.say)
                    nursery.start_soon(keep_beside, self.context, live)
                    nursery.start_soon(self._offer_lost, live, executor, dashboard)
                    nursery.start_soon(_leave_when, live.ending, dashboard)
                    if self.terminal is not None:  # a frame stands there
                        await until_known(
                            live, partial(trio.lowlevel.wait_readable, sys.stdin.fileno())
                        )
                    await dashboard.run()
                    nursery.cancel_scope.cancel()
        finally:
            await viewing.end()
            note_look(self.context)
            live.scope.cancel()
        while await live.tail.receive():
            pass

    async def _offer_lost(
        self, live: RunContext, executor: IntentExecutor, dashboard: Dashboard
    ) -> None:
        """Offer to start agents again that are gone, where agents are kept at all."""
        with suppress(OmaError):
            restorer = restorer_of(self.context, live.rules.profiles)
            executor.restore = partial(_restore, restorer, dashboard)
            await offer_lost(
                restorer, lambda: live.store.state.has_server, partial(_offer, dashboard)
            )

    def _queue_file(self) -> QueueFile | None:
        try:
            return queue_file(self.context)
        except OmaError:
            return None  # whoever queues something is told

    async def _read_past(self, source: LiveSource, dashboard: Dashboard) -> None:
        """Give the dashboard what the service has kept of the last day."""
        from oma.cli.summary_logs import noted_past  # not needed to begin

        began, looked = source.wall_time.began, last_look(self.context)
        with suppress(OmaError):  # without it the dashboard tells of what it sees itself
            noted = await trio.to_thread.run_sync(
                noted_past, self.context, began - PAST, began, looked
            )
            if noted is not None:
                source.past_lanes, source.past_logs = noted
                dashboard.refresh()

    async def undo(self) -> None:
        """Leave the window as it was found, while the log still takes what is done about it."""
        if self._tiling is not None:
            await self._tiling.end()

    @asynccontextmanager
    async def _serving(self, live: RunContext, say: Callable[[str], None]) -> AsyncIterator[None]:
        """Serve browsers while the block runs, where that was asked for."""
        if self.web is None:
            yield
            return

        async def told(url: str) -> None:
            say(f"open {url}")

        ending = trio.Event()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self.web.serve, live, told, ending)
            try:
                yield
            finally:
                ending.set()

    def _viewing(self, live: RunContext) -> AgentDisplay:
        return AgentDisplay(
            server=self.context.server,
            socket=self.context.socket,
            store=live.store,
            options=self.context.config.attach,
            us=our_pane(os.environ),
        )

    def _own_tiling(self, live: RunContext, viewing: AgentDisplay) -> DashboardTiling:
        context = self.context

        def make(inside: HostPane, policy: Policy, exclusion_reason: WhyNot) -> Tiler:
            return tiler_of(context, inside, live.store, policy, exclusion_reason)

        return DashboardTiling(
            socket=context.socket,
            store=live.store,
            policy=policy_of(context.config.layout),
            make=make,
            know_agents=partial(know_agents, context.server, context.watched, live.store),
            fits=partial(_fits, saved_filters(context.config.dashboard.filters)),
            beside=lambda: viewing.occupant,
        )


def _fits(saved: SavedFilters, agent: AgentState, filter_text: str) -> bool:
    return read_filter(filter_text, saved).fits(agent)


def _selected(live: RunContext, dashboard: Dashboard) -> tuple[PaneId, ...]:
    """Return the pane that the dashboard shows beside its list."""
    agent = live.store.state.agent(dashboard.view.selected)
    return () if agent is None or agent.pane is None else (agent.pane,)


def _offer(dashboard: Dashboard, lost: tuple[LostAgent, ...]) -> None:
    is_news = lost != dashboard.view.lost
    dashboard.view = attrs.evolve(dashboard.view, lost=lost)
    if lost and is_news:
        dashboard.say(offer(lost, dashboard.keymap))


async def _restore(restorer: Restorer, dashboard: Dashboard, sessions: Sequence[str]) -> str:
    """Start agents again, and offer only those from then on that are still gone."""
    said = await restorer.restore_all(sessions)
    dashboard.view = attrs.evolve(dashboard.view, lost=await restorer.lost())
    return said


async def _leave_when(ending: trio.Event, dashboard: Dashboard) -> None:
    await ending.wait()
    dashboard.leave()
