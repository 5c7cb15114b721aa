"""`oma export`: the agents that there are, as the file of a fleet."""

import argparse
from collections.abc import Sequence

import trio

from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import DONE
from oma.cli.one_look import look_once
from oma.cli.option_values import GlobalOptions
from oma.config.agents_file import FleetAgent, fleet_text
from oma.config.kinds import NAME_CHARACTERS
from oma.detection.profile import GENERIC
from oma.errors import OmaError
from oma.model.health import Health
from oma.model.ids import PaneId
from oma.runtime.agents.agent_directory import start_place
from oma.runtime.agents.respawn import start_line
from oma.runtime.client.pane_list import list_panes
from oma.runtime.git.worktree import find_worktree, list_worktrees


def add_arguments(parser: argparse.ArgumentParser) -> None:  # it has none
    """Add the arguments of `oma export`: none of its own."""


def run(options: GlobalOptions) -> int:
    """Print the file: the agents in sessions that were made for them.

    Raises:
        OmaError: There is none.
    """
    agents = trio.run(_export, read_context(options))
    if not agents:
        raise OmaError("no agents: none has a session that was made for it")
    print(fleet_text(agents), end="")
    return DONE


async def _export(context: CliContext) -> Sequence[FleetAgent]:
    look = await look_once(context)
    rows = {row.pane: row for row in await list_panes(context.server)}
    prefix = context.config.dashboard.session_prefix
    agents = []
    for agent in look.store.state.agents:
        row = None if agent.pane is None else rows.get(agent.pane)
        if not agent.is_session or row is None or agent.verdict.health is Health.EXITED:
            continue
        known = agent.profile != GENERIC
        directory, worktree = await _place(context, row.pane)
        agents.append(
            FleetAgent(
                name=agent.name.removeprefix(prefix),
                profile=agent.profile if known else "",
                command="" if known else start_line(row.start_command),
                directory=directory,
                worktree=worktree,
                group=agent.group if set(agent.group) <= NAME_CHARACTERS else "",
            )
        )
    return agents


async def _place(context: CliContext, pane: PaneId) -> tuple[str, str | None]:
    """Return the directory of an agent; of one in a worktree that of the repository, and the branch."""
    _, directory = await start_place(context.server, pane)
    try:
        here = await find_worktree(directory)
        main, *others = await list_worktrees(here.path)
    except OmaError:
        return directory, None  # there is no git, or no repository
    branch = next((each.branch for each in others if each.path == str(here.path)), "")
    return (main.path, branch) if branch and not main.is_bare else (directory, None)
