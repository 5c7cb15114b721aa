"""`oma new`: start an agent in a tmux session of its own."""

import argparse
import os

import attrs
import trio

from oma.cli.arguments import add_command
from oma.cli.cli_context import CliContext, profiles_in_force, read_context
from oma.cli.exit_codes import DONE
from oma.cli.option_values import GlobalOptions
from oma.cli.worktrees import prepare_worktree
from oma.config.kinds import NAME_CHARACTERS
from oma.errors import ConfigError
from oma.model.nearest import hint
from oma.runtime.agents.lookup import list_agents
from oma.runtime.agents.spawn import (
    directory_of,
    look_for,
    marks_of,
    next_name,
    session_name,
    start_agent,
    variables_of,
)
from oma.runtime.git.worktree_making import WorktreePlan


@attrs.frozen(kw_only=True)
class NewOptions(GlobalOptions):
    """What is started, and where."""

    name: str | None = None
    profile: str | None = None
    cwd: str | None = None
    env: tuple[str, ...] = ()
    worktree: str | None = None
    """The branch of a git worktree that it works in; empty is that of its name."""
    base: str | None = None
    """Where a branch that is made for it begins."""
    group: str = ""
    command: tuple[str, ...] = ()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma new`."""
    parser.add_argument("name", nargs="?", help="letters, digits, '_' and '-'")
    parser.add_argument("--profile", metavar="P", help="run the command of this kind of agent")
    parser.add_argument("--cwd", metavar="DIR", help="its working directory")
    parser.add_argument(
        "--env",
        action="append",
        default=[],
        metavar="NAME[=VALUE]",
        help="give it this variable, with the value that it has here or this one; may be repeated",
    )
    parser.add_argument(
        "--worktree",
        nargs="?",
        const="",
        metavar="BRANCH",
        help="in a git worktree of this branch (default: named after the agent), made if need be",
    )
    parser.add_argument(
        "--base", metavar="REF", help="where a new branch begins (default: what is checked out)"
    )
    parser.add_argument(
        "--group", default="", metavar="G", help="put it in this group: letters, digits, '_', '-'"
    )
    add_command(parser)


def run(options: NewOptions) -> int:
    """Start an agent and print its name."""
    print(trio.run(_start, read_context(options), options))
    return DONE


async def _start(context: CliContext, options: NewOptions) -> str:
    prefix = context.config.dashboard.session_prefix
    if not set(options.group) <= NAME_CHARACTERS:
        raise ConfigError(f"--group {options.group!r}: expected letters, digits, '_' and '-'")
    taken = await list_agents(context.server, lambda name: name.startswith(prefix))
    name = (options.worktree or None) if options.name is None else options.name
    session = next_name(prefix, taken) if name is None else session_name(name, prefix, taken)
    directory = directory_of(options.cwd or context.config.agent.default_workdir)
    command = _command(context, options)
    await look_for(command)
    variables = _variables(context, options)
    worktree = None
    if options.worktree is not None:
        agent = session.removeprefix(prefix)
        plan = WorktreePlan(directory, options.worktree or agent, agent, options.base)
        directory = worktree = await prepare_worktree(context.config.worktree, plan)
    elif options.base is not None:
        raise ConfigError("--base is for a branch that --worktree makes")
    marks = marks_of(worktree, options.group)
    await start_agent(context.server, session, directory, command, variables, marks)
    return session


def _variables(context: CliContext, options: NewOptions) -> dict[str, str]:
    for name in options.env:
        if "=" not in name and name not in os.environ:
            raise ConfigError(f"--env {name}: there is no such variable here; give NAME=VALUE")
    return variables_of((*context.config.agent.env, *options.env), os.environ)


def _command(context: CliContext, options: NewOptions) -> list[str]:
    command: list[str] = list(options.command)
    if not command and options.profile is not None:
        profiles = {p.name: p for p in profiles_in_force()}
        profile = profiles.get(options.profile)
        if profile is None or not profile.commands:
            known = [name for name, each in profiles.items() if each.commands]
            raise ConfigError(
                f"--profile {options.profile!r}: unknown profile; {hint(options.profile, known)}"
            )
        command = [min(profile.commands)]
    if not command:
        # One word is run by the shell, as a user would type it.
        command = [context.config.agent.default_command]
    return command
