"""`oma rm`: end an agent, and remove its git worktree and the branch that was made for it.

It refuses while anything is in that worktree alone, and names it.
"""

import argparse
import sys
from pathlib import Path

import attrs
import trio

from oma.cli.arguments import add_flag
from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import DONE
from oma.cli.one_agent import with_look
from oma.cli.option_values import AgentOptions
from oma.errors import ConfigError, OmaError, UnsavedWorkError
from oma.git.unsaved import unsaved_lines
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController
from oma.runtime.agents.lookup import NoSuchAgentError
from oma.runtime.agents.removing import AgentRemoval
from oma.runtime.client.working_directory import working_directory
from oma.runtime.git.worktree import list_worktrees
from oma.runtime.git.worktree_removal import (
    RemovalPlan,
    plan_removal,
    refuse_unsaved,
    remove_worktree,
)


@attrs.frozen(kw_only=True)
class RmOptions(AgentOptions):
    """What stays, and what may be lost."""

    keep: bool = False
    force: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma rm`."""
    parser.add_argument("agent", help="or the branch of a worktree whose agent has ended")
    add_flag(parser, "--keep", "end the agent alone: its worktree and branch stay")
    add_flag(
        parser, "--force", "name what would be lost and ask whether to remove it all the same"
    )


def run(options: RmOptions) -> int:
    """End the agent and remove its worktree; what would be lost is named on stderr.

    Raises:
        ConfigError: The options exclude each other.
        OmaError: It could not be done, or something would be lost.
    """
    if options.keep and options.force:
        raise ConfigError("oma rm: --keep removes nothing, --force everything; give one")
    try:
        print(printable(trio.run(_remove, read_context(options), options)))
    except* UnsavedWorkError as group:
        _name_what_is_lost(group)
        raise
    return DONE


async def _remove(context: CliContext, options: RmOptions) -> str:
    async def work(controller: AgentController, agent: AgentState) -> str:
        removal = AgentRemoval(controller, agent, _confirmed if options.force else None)
        if options.keep:
            return f"{await removal.end()}; nothing was removed"
        return await removal.remove()

    try:
        return await with_look(context, options.agent, work)
    except NoSuchAgentError as error:
        path = await _worktree_of(options.agent)
        if path is None or options.keep:
            raise
        try:
            plan = await plan_removal(path)
        except OmaError as failure:
            raise failure from error
    return await _remove_alone(plan, options)


async def _remove_alone(plan: RemovalPlan, options: RmOptions) -> str:
    if not options.force:
        refuse_unsaved(plan, ())
        return await remove_worktree(plan.worktree.path, ())
    if plan.look.unsaved and not _confirmed(plan):
        raise OmaError("nothing was removed")
    return await remove_worktree(plan.worktree.path, plan.look.unsaved)


async def _worktree_of(branch: str) -> Path | None:
    """Return the worktree of a branch of the repository that we are in; `None` where there is none."""
    try:
        listed = await list_worktrees(working_directory())
    except OmaError:
        return None
    return next((Path(each.path) for each in listed[1:] if each.branch == branch), None)


def _confirmed(plan: RemovalPlan) -> bool:
    """Name what would be lost, and ask whether that is meant; only `y` is yes."""
    print(f"with {plan.words} this would be lost:", file=sys.stderr)
    for line in unsaved_lines(plan.look.unsaved, most=None):
        print(line, file=sys.stderr)
    print("remove it all the same? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _name_what_is_lost(group: BaseExceptionGroup[UnsavedWorkError]) -> None:
    first: BaseException = group
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    if isinstance(first, UnsavedWorkError):
        print("\n".join(first.lines), file=sys.stderr)
