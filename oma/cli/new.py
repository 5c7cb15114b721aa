"""`oma new`: start an agent in a tmux session of its own."""

import argparse
import os

import trio

from oma.cli.context import CliContext, profiles_in_force, read_context
from oma.errors import ConfigError
from oma.runtime.agents.lookup import list_agents
from oma.runtime.agents.spawn import (
    directory_of,
    look_for,
    next_name,
    session_name,
    start_agent,
    variables_of,
)


def run(arguments: argparse.Namespace) -> int:
    """Start an agent and print its name."""
    print(trio.run(_start, read_context(arguments), arguments))
    return 0


async def _start(context: CliContext, arguments: argparse.Namespace) -> str:
    prefix = context.config.dashboard.session_prefix
    taken = await list_agents(context.server, lambda name: name.startswith(prefix))
    name: str | None = arguments.name
    session = next_name(prefix, taken) if name is None else session_name(name, prefix, taken)
    directory = directory_of(arguments.cwd or context.config.agent.default_workdir)
    command = _command(context, arguments)
    await look_for(command)
    await start_agent(context.server, session, directory, command, _variables(context, arguments))
    return session


def _variables(context: CliContext, arguments: argparse.Namespace) -> dict[str, str]:
    asked: list[str] = arguments.env
    for name in asked:
        if "=" not in name and name not in os.environ:
            message = f"--env {name}: there is no such variable here; give NAME=VALUE"
            raise ConfigError(message)
    return variables_of((*context.config.agent.env, *asked), os.environ)


def _command(context: CliContext, arguments: argparse.Namespace) -> list[str]:
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
        command = [context.config.agent.default_command]
    return command
