"""`oma attach`: hand this terminal to an agent until the person detaches."""

import argparse
import os
import sys

import trio

from oma.cli.setting import Setting, read_setting
from oma.errors import OmaError
from oma.runtime.agents import find_agent
from oma.runtime.server import run_tmux
from oma.tmux.invocation import attach_argv, restore_size_argv, switch_argv, window_size_argv


def run(arguments: argparse.Namespace) -> int:
    """Attach to the agent that is named."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "attach needs a terminal"
        raise OmaError(message)
    return trio.run(_attach, read_setting(arguments), arguments.agent)


async def _attach(setting: Setting, name: str) -> int:
    prefix = setting.config.dashboard.session_prefix
    found = await find_agent(setting.server, setting.watched, prefix, name)
    pane = found.pane
    if os.environ.get("TMUX"):
        answer = await run_tmux(switch_argv(setting.server, pane.session))
        if answer.status != 0:
            message = f"tmux refused to switch to {found.name}: {answer.complaint}"
            raise OmaError(message)
        return 0
    answer = await run_tmux(window_size_argv(setting.server, pane.window))
    if answer.status != 0:
        message = f"tmux does not show {found.name}: {answer.complaint}"
        raise OmaError(message)
    *own, size = answer.output.split("\n")[:-1]
    done = await trio.run_process(
        attach_argv(setting.server, pane.session), stdin=None, check=False
    )
    if not any(own):
        # tmux leaves a window at the size of its last viewer; the agent gets its own back.
        columns, rows = map(int, size.split())
        await run_tmux(restore_size_argv(setting.server, pane.window, columns, rows))
    return done.returncode
