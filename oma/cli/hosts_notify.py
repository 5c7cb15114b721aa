"""`oma notify` on several machines: this user is told of the agents of all of them, here."""

import os
import sys
from pathlib import Path

import trio

from oma.cli.cli_context import CliContext
from oma.cli.exit_codes import DONE
from oma.cli.following_hosts import follower_of, say_link
from oma.cli.notifying import notify_of
from oma.cli.option_values import HostOptions
from oma.cli.stop_signals import run_with_signals
from oma.model.ids import PaneId
from oma.runtime.clock import start_clock
from oma.runtime.fleet.ssh_command import HERE
from oma.runtime.notify.told_file import told_file
from oma.store.hosts_log import HostsLog


def notify_of_hosts(context: CliContext, options: HostOptions) -> int:
    """Tell the user until interrupted; return the exit code. How hosts are reached is said on stderr.

    What was told is known while this runs, and no longer: the agents that need the user are told of anew
    by the next one.

    Raises:
        ConfigError: The hosts are wrong, or a channel is not there.
        OmaError: Another process tells of them already.
    """
    follow = follower_of(context.config, options.ssh, options.fleet)
    names = options.fleet or options.ssh or ",".join(context.config.fleet.hosts)
    # No socket has this name: it is these hosts that one process tells of at most.
    file = told_file(Path(f"{context.socket}/{names}"), os.environ)
    channels = ", ".join(context.config.notify.channels)
    print(f"oma: notifying by {channels} until interrupted", file=sys.stderr)

    async def notify() -> int:
        clock = start_clock()
        async with follow(clock.now_s) as hosts:
            hosts.told.append(say_link)
            log = HostsLog(hosts)
            await notify_of(context, log, clock, file, os.getpid, _here)
        return DONE

    async def run() -> int:
        return await run_with_signals(notify)

    return trio.run(run)


def _here(pane: PaneId) -> PaneId:
    """Return what a pane of this machine is called, where it is one of the hosts."""
    return PaneId(f"{pane}@{HERE}")
