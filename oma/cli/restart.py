"""`oma restart`: start an agent's program again in its pane."""

import argparse
import os

import trio

from oma.cli.setting import Setting, read_setting
from oma.config.load import config_directory
from oma.config.profiles import load_profiles
from oma.detection.choice import choose
from oma.detection.profile import Profile
from oma.errors import OmaError
from oma.runtime.agents import find_agent
from oma.runtime.server import run_tmux
from oma.tmux.commands import respawn_argv


def run(arguments: argparse.Namespace) -> int:
    """Restart the agent that is named."""
    print(trio.run(_restart, read_setting(arguments), arguments))
    return 0


async def _restart(setting: Setting, arguments: argparse.Namespace) -> str:
    prefix = setting.config.dashboard.session_prefix
    found = await find_agent(setting.server, setting.watched, prefix, arguments.agent)
    pane = found.pane
    profiles = load_profiles(config_directory(os.environ)).profiles
    # A dead pane has no foreground process; what it was started with tells its kind.
    command = pane.command or pane.start_command.split(" ", 1)[0]
    profile: Profile = choose(profiles, command, (), pane.title)
    resume = "" if arguments.fresh else profile.resume
    answer = await run_tmux(respawn_argv(setting.server, pane.pane, resume))
    if answer.status != 0:
        message = f"tmux refused to restart {found.name}: {answer.complaint}"
        raise OmaError(message)
    return f"restarted {found.name}" + (f": {resume}" if resume else "")
