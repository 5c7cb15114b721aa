"""Composes notifications: the channels that the configuration names, and the task that tells."""

import importlib
import importlib.util
import os
import shlex
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import trio

from oma.cli.cli_context import CliContext
from oma.cli.live import RunContext
from oma.cli.notify_rules import rules_of
from oma.config.places import state_directory
from oma.errors import ConfigError, OmaError
from oma.model.ids import PaneId
from oma.model.printable import printable
from oma.notify.message import message_of
from oma.notify.notification import Notification
from oma.notify.notification_policy import NotifyPolicy
from oma.runtime.clock import LogClock, epoch_s
from oma.runtime.notify.channel import Channel
from oma.runtime.notify.delivery import Delivery
from oma.runtime.notify.desktop_channel import DesktopChannel
from oma.runtime.notify.notifier import Notifier
from oma.runtime.notify.notify_log import NotifyLog
from oma.runtime.notify.program_channel import ProgramChannel
from oma.runtime.notify.terminal_channel import TerminalChannel
from oma.runtime.notify.tmux_channel import TmuxChannel
from oma.runtime.notify.told_file import ToldFile, told_file
from oma.runtime.notify.user_clients import panes_looked_at
from oma.store.agent_log import AgentLog


def channel_of(name: str, context: CliContext) -> Channel:
    """Return the channel of a name of the configuration.

    Raises:
        ConfigError: It needs an option, or a package, that is not there.
    """
    options = context.config.notify
    match name:
        case "tmux":
            return TmuxChannel(context.server, rings=options.bell)
        case "desktop":
            return DesktopChannel(os.environ)
        case "terminal":
            return TerminalChannel(context.server, options.terminal)
        case "sound":
            return ProgramChannel(name, options.sound, gets_document=False)
        case "webhook":
            return _webhook(options.webhook, Path(options.webhook_file))
        case "push":
            from oma.cli.browser_push import push_channel  # which few use

            return push_channel(options.push_hosts)
        case _:
            if not options.command:
                raise ConfigError("[notify] channels has 'command', and command names no program")
            return ProgramChannel(name, options.command)


def notify_log(environ: Mapping[str, str]) -> NotifyLog:
    """Return the log of what was sent.

    Raises:
        ConfigError: There is no place for it.
    """
    directory = state_directory(environ)
    if directory is None:
        raise ConfigError("neither XDG_STATE_HOME nor HOME names a directory for the log")
    return NotifyLog(directory / "notify.jsonl")


async def notify_beside(context: CliContext, live: RunContext) -> None:
    """Tell the user while a service runs; what keeps us from it is said, and ends nothing else."""
    try:
        await notify(context, live)
    except OmaError as failure:
        complain(f"no notifications: {failure}")


async def notify(context: CliContext, live: RunContext) -> None:
    """Tell the user until the log ends.

    Raises:
        ConfigError: A channel is not there.
        OmaError: Another process tells already.
    """
    file = told_file(context.socket, os.environ)
    await notify_of(context, live.store, live.clock, file, lambda: live.monitor.server_pid)


async def notify_of(
    context: CliContext,
    log: AgentLog,
    clock: LogClock,
    file: ToldFile,
    server_pid: Callable[[], int | None],
    name_pane: Callable[[PaneId], PaneId] = lambda pane: pane,
) -> None:
    """Tell the user of the agents of a log until it ends.

    Args:
        context: The configuration; the user sits at the tmux server of it.
        log: What is known of the agents.
        clock: Of that log.
        file: Keeps what was told.
        server_pid: Returns what tells a tmux server from one that came before, in the file.
        name_pane: Returns what the log calls a pane of the user's tmux server.

    Raises:
        ConfigError: A channel is not there.
        OmaError: Another process tells already.
    """
    options = context.config.notify
    channels = [channel_of(name, context) for name in options.channels]
    if not channels:
        return
    with file.held():
        delivery = Delivery(channels, notify_log(os.environ), complain)
        began = datetime.fromisoformat(clock.started_at)

        async def looked_at() -> frozenset[PaneId]:
            panes = await panes_looked_at(context.server, epoch_s())
            return frozenset(map(name_pane, panes))

        def send(notification: Notification) -> None:
            delivery.send(message_of(notification, began))

        notifier = Notifier(
            store=log,
            clock=clock,
            policy=NotifyPolicy(rules_of(options), local_time_of(clock)),
            server_pid=server_pid,
            looked_at=looked_at,
            send=send,
            complain=complain,
            file=file,
        )
        async with trio.open_nursery() as nursery:
            nursery.start_soon(delivery.run)
            await notifier.run()
            nursery.cancel_scope.cancel()


def local_time_of(clock: LogClock) -> Callable[[float], datetime]:
    """Return what tells the time of day at a moment of a log; time that the machine slept counts."""
    began = datetime.fromisoformat(clock.started_at)

    def local_time(t: float) -> datetime:
        slept_s = sum(sleep.slept_s for sleep in clock.sleeps if sleep.t <= t)
        return (began + timedelta(seconds=t + slept_s)).astimezone()

    return local_time


def complain(text: str) -> None:
    """Tell the user on stderr."""
    print(f"oma: {printable(text)}", file=sys.stderr)


def _webhook(service: str, secret_file: Path) -> Channel:
    if importlib.util.find_spec("httpx") is None:
        raise ConfigError(
            "webhooks need packages that are not installed: install 'oma-tmux[notify]' in place of "
            f"'oma-tmux', by uv, pipx or {shlex.quote(sys.executable)} -m pip"
        )
    module = importlib.import_module("oma.runtime.notify.webhook_channel")
    channel: Channel = module.WebhookChannel(service, secret_file)
    return channel
