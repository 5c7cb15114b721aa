"""`oma`: the live dashboard."""

import argparse
import io
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, redirect_stderr
from datetime import datetime
from functools import partial

import attrs
import trio

from oma.cli.context import CliContext, read_context
from oma.cli.controller import live_controller, proposals_of
from oma.cli.dashboard_terminal import asks_background, terminal_for
from oma.cli.layout import policy_of, tiler_of
from oma.cli.live import Run, RunContext, recording_for
from oma.cli.web import Serving, serving_for
from oma.cli.web_arguments import web_beside
from oma.errors import ConfigError
from oma.model.ids import PaneId
from oma.model.state import AgentState
from oma.model.wall_time import WallTime
from oma.placement.policy import Policy
from oma.runtime.agents.lookup import know_agents
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.display.agent_display import AgentDisplay
from oma.runtime.display.attach import runs_inside
from oma.runtime.display.dashboard_tiling import DashboardTiling
from oma.runtime.display.host_pane import HostPane
from oma.runtime.display.intent_executor import IntentExecutor
from oma.runtime.display.session_view import our_pane
from oma.runtime.display.tiler import Tiler
from oma.runtime.display.tiling_reconciler import WhyNot
from oma.tmux.commands.control import Print
from oma.tui.keymap import keymap_of
from oma.tui.locales import utf8_terminal
from oma.tui.loop import Dashboard
from oma.tui.painter import settle_terminal_type
from oma.tui.selecting import listed
from oma.tui.theme import TerminalCapabilities

SESSION = "oma-dashboard"
"""Where `oma up` keeps the dashboard; never an agent."""


@attrs.define
class DashboardFrontend:
    """The face of `oma`: shows what there is, and hands on what a person asks for."""

    context: CliContext
    ascii_only: bool = False
    web: Serving | None = None
    """Serves browsers meanwhile."""
    _tiling: DashboardTiling | None = None

    async def show(self, live: RunContext) -> None:
        """Show until the person leaves or the run ends; the terminal is then as it was."""
        words = _Words()
        viewing = self._viewing(live)
        tiling = self._tiling = self._own_tiling(live, viewing)
        options = self.context.config.dashboard
        began = datetime.fromisoformat(live.clock.started_at).astimezone()
        try:
            with redirect_stderr(words), terminal_for(options, os.environ) as painter:
                dashboard = Dashboard(
                    store=live.store,
                    tail=live.tail,
                    now_s=live.clock.now_s,
                    wall_time=lambda: WallTime(began, live.clock.sleeps),
                    prefix=options.session_prefix,
                    keymap=keymap_of(self.context.config.keys),
                    capabilities=self._capabilities(),
                    desk=IntentExecutor(live_controller(self.context, live), viewing, tiling),
                    painter=painter,
                    asks_background=asks_background(options, os.environ),
                    proposals=proposals_of(self.context, live),
                )
                words.told = dashboard.say

                def show_right_pane() -> None:
                    dashboard.refresh()
                    tiling.wake()

                viewing.changed = show_right_pane
                live.monitor.clients_changed = viewing.clients_changed
                async with (
                    self._serving(live, dashboard.say),
                    tiling.at_work(words.say),
                    trio.open_nursery() as nursery,
                ):
                    nursery.start_soon(self._sample, live)
                    nursery.start_soon(viewing.run, dashboard.say)
                    nursery.start_soon(_leave_when, live.ending, dashboard)
                    await dashboard.run()
                    nursery.cancel_scope.cancel()
        finally:
            await viewing.end()
            sys.stderr.write(words.getvalue())
            live.scope.cancel()
        while await live.tail.receive():
            pass

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

    def _capabilities(self) -> TerminalCapabilities:
        ascii_only = self.ascii_only or not utf8_terminal()
        return TerminalCapabilities(emoji=not os.environ.get("NO_COLOR"), ascii=ascii_only)

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
            fits=_fits,
            beside=lambda: viewing.occupant,
        )

    async def _sample(self, live: RunContext) -> None:
        # psutil: after the first frame
        from oma.runtime.monitor.processes import (
            SAMPLE_AGAIN_S,
            SAMPLE_FIRST_S,
            ProcessTable,
            wait_for_sampling,
        )

        table = ProcessTable()
        await wait_for_sampling(live.store, SAMPLE_FIRST_S)
        while True:
            await table.sample_into(live.store)
            interval_s = self.context.config.dashboard.refresh_interval
            await wait_for_sampling(live.store, interval_s, SAMPLE_AGAIN_S)


def _fits(agent: AgentState, filter_text: str) -> bool:
    return bool(listed((agent,), filter_text))


async def _leave_when(ending: trio.Event, dashboard: Dashboard) -> None:
    await ending.wait()
    dashboard.leave()


class _Words(io.StringIO):
    """What is said on stderr while the terminal is not there for it: shown, and kept."""

    told: Callable[[str], None] | None = None

    def say(self, words: str) -> None:
        """Say one line."""
        if self.told is not None:
            self.told(words)
        super().write(f"oma: {words}\n")

    def write(self, text: str) -> int:
        if self.told is not None and text.strip():
            self.told(text.strip())
        return super().write(text)


def run(arguments: argparse.Namespace) -> int:
    """Show the dashboard until the person leaves it.

    Raises:
        ConfigError: There is no terminal to show it on.
    """
    need_terminal()
    context = read_context(arguments)
    return trio.run(_run, context, arguments)


async def _run(context: CliContext, arguments: argparse.Namespace) -> int:
    exclude = frozenset({SESSION})
    pane = os.environ.get("TMUX_PANE")
    if pane is not None and runs_inside(context.socket, os.environ):
        # A dashboard that watched its own session would see itself draw, and draw that.
        answer = await TmuxClient(context.server).ask(Print("#{session_name}", PaneId(pane)))
        exclude |= {answer.output.strip()}
    context = attrs.evolve(context, exclude=exclude)
    web = serving_for(context, web_beside(arguments.web_port)) if arguments.web else None
    frontend = DashboardFrontend(context, arguments.ascii, web)
    return await Run(
        context=context,
        frontend=frontend.show,
        record=recording_for(arguments.record),
        samples_processes=False,
        holds_terminal=True,
        on_shutdown=frontend.undo,
    ).run()


def need_terminal() -> None:
    """Refuse to paint where nobody would see it; say so when the terminal is taken for another.

    Raises:
        ConfigError: Input or output is no terminal.
        OmaError: It is none that can be painted on.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "the dashboard needs a terminal; without one, use 'oma watch' or 'oma status'"
        raise ConfigError(message)
    unknown = settle_terminal_type()
    if unknown is not None:
        taken = os.environ["TERM"]
        print(f"oma: TERM={unknown!r} is not described here: taken for {taken}", file=sys.stderr)
