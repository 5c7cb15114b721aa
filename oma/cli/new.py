"""`oma new`: start an agent in a tmux session of its own."""

import argparse
import re
import shutil
from collections.abc import Container
from pathlib import Path

import trio

from oma.cli.setting import Setting, profiles_in_force, read_setting
from oma.errors import ConfigError, OmaError
from oma.runtime.agents import list_agents
from oma.runtime.server import run_tmux
from oma.tmux.invocation import new_session_argv

NAME = re.compile(r"[A-Za-z0-9_-]+")

PROGRAM = re.compile(r"[A-Za-z0-9_+-][A-Za-z0-9._+-]*")
"""A program's name without a directory; anything else is left to the shell."""

COLUMNS, ROWS = 200, 50
"""Of an agent nobody looks at: wide enough that no agent folds its dialogs."""


def run(arguments: argparse.Namespace) -> int:
    """Start an agent and print its name."""
    print(trio.run(_start, read_setting(arguments), arguments))
    return 0


async def _start(setting: Setting, arguments: argparse.Namespace) -> str:
    prefix = setting.config.dashboard.session_prefix
    taken = await list_agents(setting.server, lambda name: name.startswith(prefix))
    session = _session_name(arguments.name, prefix, taken)
    workdir = _workdir(arguments.cwd or setting.config.agent.default_workdir)
    command = _command(setting, arguments)
    await _look_for(command)
    argv = new_session_argv(setting.server, session, str(workdir), COLUMNS, ROWS, command)
    answer = await run_tmux(argv)
    if answer.status != 0:
        message = f"tmux refused to start {session}: {answer.complaint}"
        raise OmaError(message)
    return session


def _session_name(name: str | None, prefix: str, taken: Container[str]) -> str:
    if name is None:
        number = 1
        while f"{prefix}{number}" in taken:
            number += 1
        return f"{prefix}{number}"
    if not NAME.fullmatch(name):
        message = f"name {name!r}: expected letters, digits, '_' and '-', at least one"
        raise ConfigError(message)
    session = name if name.startswith(prefix) else f"{prefix}{name}"
    if session in taken:
        message = f"there is an agent {session!r} already"
        raise OmaError(message)
    return session


def _workdir(name: str) -> Path:
    path = Path(name).expanduser().absolute()
    if not path.is_dir():
        message = f"working directory {name!r}: no such directory"
        raise OmaError(message)
    return path


def _command(setting: Setting, arguments: argparse.Namespace) -> list[str]:
    command: list[str] = list(arguments.command)
    if not command and arguments.profile is not None:
        profiles = {p.name: p for p in profiles_in_force()}
        profile = profiles.get(arguments.profile)
        if profile is None or not profile.commands:
            known = ", ".join(name for name, p in profiles.items() if p.commands)
            message = f"--profile {arguments.profile!r}: unknown profile; known are {known}"
            raise ConfigError(message)
        command = [min(profile.commands)]
    if not command:
        # One word is run by the shell, as a person would type it.
        command = [setting.config.agent.default_command]
    return command


async def _look_for(command: list[str]) -> None:
    """Refuse a program that is not there, where that can be told before it is started.

    Raises:
        OmaError: It is not on PATH, nor a word of the shell.
    """
    in_shell = len(command) == 1
    program = command[0].partition(" ")[0] if in_shell else command[0]
    if not PROGRAM.fullmatch(program) or shutil.which(program) is not None:
        return
    if in_shell:
        known = await trio.run_process(
            ["sh", "-c", 'command -v -- "$0"', program], capture_stdout=True, check=False
        )
        if known.returncode == 0:
            return
    message = f"command {program!r}: not found on PATH"
    raise OmaError(message)
