"""`oma stop` and `oma kill`: end an agent, politely or at once."""

import argparse

import trio

from oma.cli.setting import Setting, read_setting
from oma.errors import OmaError
from oma.runtime.agents import Found, find_agent
from oma.runtime.ending import end_politely
from oma.runtime.tmux_client import run_tmux
from oma.tmux.invocation import kill_session_argv


def run(arguments: argparse.Namespace) -> int:
    """End the agent that is named."""
    setting = read_setting(arguments)
    end = _kill if arguments.subcommand == "kill" else _stop
    print(trio.run(end, setting, arguments))
    return 0


async def _kill(setting: Setting, arguments: argparse.Namespace) -> str:
    found = await _find(setting, arguments.agent)
    await _kill_session(setting, found)
    return f"killed {found.name}"


async def _stop(setting: Setting, arguments: argparse.Namespace) -> str:
    """Ask with Ctrl-C and then SIGTERM, each for half of the time; then kill the session."""
    found = await _find(setting, arguments.agent)
    if found.pane.dead:
        return f"{found.name} has ended already"
    ended = await end_politely(setting.server, found.pane.pane, found.pane.pid, arguments.timeout)
    if ended:
        return f"{found.name} has ended"
    await _kill_session(setting, found)
    return f"{found.name} did not end when asked: killed"


async def _find(setting: Setting, name: str) -> Found:
    prefix = setting.config.dashboard.session_prefix
    return await find_agent(setting.server, setting.watched, prefix, name)


async def _kill_session(setting: Setting, found: Found) -> None:
    answer = await run_tmux(kill_session_argv(setting.server, found.pane.session))
    if answer.status != 0:
        message = f"tmux refused to kill {found.name}: {answer.complaint}"
        raise OmaError(message)
