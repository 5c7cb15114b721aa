"""The dashboard of several machines: one list, and what is asked for is done where the agent runs."""

import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import datetime
from functools import partial

import trio

from oma.cli.cli_context import read_context
from oma.cli.dashboard_terminal import (
    bell_of,
    capabilities_of,
    news_s,
    terminal_for,
    themes_of,
    themes_to_ask_for,
)
from oma.cli.exit_codes import DONE
from oma.cli.following_hosts import follower_of
from oma.cli.idle_garbage import garbage_when_idle
from oma.cli.option_values import DashboardOptions
from oma.cli.pane_access import copy_here
from oma.cli.stop_signals import run_with_signals
from oma.config.schema import Config
from oma.errors import ConfigError
from oma.model.hosts import LinkState
from oma.model.printable import printable
from oma.model.wall_time import WallTime
from oma.runtime.clock import start_clock
from oma.runtime.display.dashboard_session import leave_dashboard
from oma.runtime.fleet.far_executor import FarExecutor
from oma.store.hosts_view import FleetNews, HostsView
from oma.tui.executor import PaneAccess
from oma.tui.first_view import first_view
from oma.tui.fleets_source import FleetsSource
from oma.tui.keymap import keymap_of
from oma.tui.loop import Dashboard


def show_hosts(options: DashboardOptions) -> int:
    """Show the agents of the hosts until the user leaves; return the exit code.

    Raises:
        ConfigError: The hosts are wrong, or what is asked for is not there for several.
    """
    context = read_context(options)
    config = context.config
    if options.web or options.record is not None:
        raise ConfigError("--web and --record are for the agents of one machine")
    follow = follower_of(config, options.ssh, options.fleet)
    code = trio.run(_show, config, follow, options.ascii)
    trio.run(leave_dashboard, context.server, context.socket, os.environ)
    return code


async def _show(
    config: Config,
    follow: Callable[[Callable[[], float]], AbstractAsyncContextManager[HostsView]],
    ascii_only: bool,  # noqa: FBT001
) -> int:
    clock = start_clock()
    began = datetime.fromisoformat(clock.started_at).astimezone()
    ended = trio.Event()

    async def show() -> int:
        with terminal_for(themes_of(config), os.environ, mouse=config.dashboard.mouse) as painter:
            async with follow(clock.now_s) as fleets, AsyncExitStack() as taken:
                # After what follows them, whose own ways with garbage end before.
                garbage = taken.enter_context(garbage_when_idle())
                dashboard = Dashboard(
                    source=FleetsSource(fleets, lambda: WallTime(began, clock.sleeps)),
                    prefix=config.dashboard.session_prefix,
                    keymap=keymap_of(config.keys),
                    capabilities=capabilities_of(os.environ, ascii_only=ascii_only),
                    executor=FarExecutor(fleets, config.fleet.command),
                    painter=painter,
                    themes=themes_to_ask_for(config, os.environ),
                    panes=PaneAccess(copy=copy_here),
                    news_s=news_s(config),
                    bell=bell_of(config, clock.now_s()),
                    idle=garbage.look,
                    view=first_view(config.dashboard),
                )
                fleets.told.append(partial(_tell_of_links, dashboard))
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(_leave_when, ended, dashboard)
                    await dashboard.run()
                    nursery.cancel_scope.cancel()
        return DONE

    return await run_with_signals(show, lambda _: ended.set(), holds_terminal=True)


def _tell_of_links(dashboard: Dashboard, news: FleetNews) -> None:
    if (link := news.link) is not None and link.state is not LinkState.LIVE:
        dashboard.say(printable(f"{link.host} {link.state}: {link.words}".removesuffix(": ")))


async def _leave_when(ended: trio.Event, dashboard: Dashboard) -> None:
    await ended.wait()
    dashboard.leave()
