"""`oma stop` and `oma kill`: end an agent, politely or at once."""

import argparse
import os
import signal

import trio

from oma.cli.setting import Setting, read_setting
from oma.errors import OmaError
from oma.runtime.agents import Found, find_agent
from oma.runtime.server import run_tmux
from oma.tmux.invocation import kill_session_argv, list_panes_argv, send_key_argv
from oma.tmux.queries import parse_panes

ASK_EVERY_S = 0.1
"""How often tmux is asked whether the program has ended, while a person waits for that."""


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
    patience_s = arguments.timeout / 2
    for _ in range(2):  # agents ask for a second Ctrl-C before they leave
        await run_tmux(send_key_argv(setting.server, found.pane.pane, "C-c"))
        if await _ended_within(setting, found, patience_s / 2):
            return f"{found.name} has ended"
    _terminate(found.pane.pid)
    if await _ended_within(setting, found, patience_s):
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


async def _ended_within(setting: Setting, found: Found, patience_s: float) -> bool:
    with trio.move_on_after(patience_s):
        while True:
            answer = await run_tmux(list_panes_argv(setting.server))
            rows = parse_panes(answer.output.split("\n")) if answer.status == 0 else ()
            if not any(row.pane == found.pane.pane and not row.dead for row in rows):
                return True
            await trio.sleep(ASK_EVERY_S)
    return False


def _terminate(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return
