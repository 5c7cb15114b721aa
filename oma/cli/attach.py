"""`oma attach`: hand this terminal to an agent until the person detaches."""

import argparse
import os
import signal
import sys
from collections.abc import AsyncIterator

import trio

from oma.cli.setting import Setting, read_setting
from oma.errors import OmaError
from oma.runtime.agents import find_agent
from oma.runtime.attach import hand_over, runs_inside, switch_to
from oma.runtime.view import view_flags

INTERRUPTED = 130


def run(arguments: argparse.Namespace) -> int:
    """Attach to the agent that is named."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "attach needs a terminal"
        raise OmaError(message)
    return trio.run(_attach, read_setting(arguments), arguments.agent)


async def _attach(setting: Setting, name: str) -> int:
    prefix = setting.config.dashboard.session_prefix
    found = await find_agent(setting.server, setting.watched, prefix, name)
    if runs_inside(setting.socket, os.environ):
        await switch_to(setting.server, found.pane, os.environ)
        return 0
    code = INTERRUPTED
    with trio.open_signal_receiver(signal.SIGTERM, signal.SIGHUP) as signals:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_end_at_signal, signals, nursery.cancel_scope)
            flags = view_flags(setting.config.attach)
            code = await hand_over(setting.server, found.pane, os.environ, flags)
            nursery.cancel_scope.cancel()
    return code


async def _end_at_signal(signals: AsyncIterator[int], scope: trio.CancelScope) -> None:
    async for _ in signals:
        scope.cancel()
