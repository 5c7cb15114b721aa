"""`oma restart`: start an agent's program again in its pane."""

import argparse

import trio

from oma.cli.setting import Setting, profiles_in_force, read_setting
from oma.detection.choice import choose
from oma.errors import CommandError
from oma.runtime.agents import find_agent
from oma.runtime.respawn import respawn, resume_line


def run(arguments: argparse.Namespace) -> int:
    """Restart the agent that is named."""
    print(trio.run(_restart, read_setting(arguments), arguments))
    return 0


async def _restart(setting: Setting, arguments: argparse.Namespace) -> str:
    prefix = setting.config.dashboard.session_prefix
    found = await find_agent(setting.server, setting.watched, prefix, arguments.agent)
    pane = found.pane
    # Of a dead pane tmux gives the name of the command that it was started with.
    profile = choose(profiles_in_force(), pane.command, (), pane.title)
    resume = profile.resume and resume_line(profile.resume, found.name, prefix)
    if arguments.fresh:
        # tmux would repeat what the pane ran last, and knows of nothing before that.
        resumed = pane.start_command.strip('"') == resume
        resume = min(profile.commands, default=None) if resumed else None
    try:
        await respawn(setting.server, pane.pane, resume)
    except CommandError as error:
        message = f"tmux refused to restart {found.name}: {error}"
        raise CommandError(message) from None
    return f"restarted {found.name}" + (f": {resume}" if resume else "")
