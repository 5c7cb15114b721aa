"""Ends an agent and removes the worktree that was added for it; nothing is lost that was not named.

An agent may write to its last moment. So its worktree is looked at before it is ended, and once more after
that; what is there then and was not named keeps the worktree.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import trio

from oma.detection.shells import is_shell
from oma.errors import OmaError
from oma.git.unsaved import Unsaved
from oma.model.intents import KillAgent, StopAgent
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.runtime.agents.agent_directory import agent_directory
from oma.runtime.agents.controller import AgentController
from oma.runtime.client.pane_list import list_panes
from oma.runtime.git.worktree_removal import (
    RemovalPlan,
    plan_removal,
    refuse_unsaved,
    remove_worktree,
)
from oma.runtime.process_tree import children_of, started_at
from oma.tmux.queries.panes import PaneRow

ENDS_S = 5.0
"""How long the processes of an agent may take to end after it was told to."""

LOOK_EVERY_S = 0.05


@attrs.frozen
class AgentRemoval:
    """The end of one agent with its worktree.

    Args:
        controller: Ends it.
        agent: Which.
        confirm: Names what would be lost and says whether that is meant; where it is not asked for, what
            would be lost is refused.
    """

    controller: AgentController
    agent: AgentState
    confirm: Callable[[RemovalPlan], bool] | None = None

    async def remove(self) -> str:
        """Do it, and say what was removed.

        Raises:
            UnsavedWorkError: Something would be lost: it names it.
            OmaError: The agent works in no worktree of its own, somebody else works there, too, or it did
                not end. The text says what was done.
        """
        directory = await agent_directory(self.controller.server, self.agent.pane)
        plan = await plan_removal(directory)
        path = plan.worktree.path
        self._refuse_others(await self._panes_in(path), path)
        named: Sequence[Unsaved] = ()
        if self.confirm is None:
            refuse_unsaved(plan, ())
        elif plan.look.unsaved:
            if not self.confirm(plan):
                raise OmaError("nothing was removed")
            named = plan.look.unsaved
        self.controller.note("remove", self.agent.pane, str(path))
        running = await self._processes()
        ended = await self.end()
        try:
            await _wait_for_end(running, path)
            return f"{ended}; {await remove_worktree(path, named)}"
        except OmaError as error:
            error.args = (f"{ended}, but {error}",)
            raise

    async def end(self) -> str:
        """End the agent alone, and its session where that was made for it; say how it went."""
        said = await self.controller.carry_out(StopAgent(self.agent.id))
        there = self.controller.store.state.agent(self.agent.id)
        if self.agent.is_session and there is not None and await self._has_panes():
            await self.controller.carry_out(KillAgent(self.agent.id))
        return said

    async def _has_panes(self) -> bool:
        rows = await list_panes(self.controller.server)
        return any(row.session == self.agent.session for row in rows)

    async def _panes_in(self, path: Path) -> list[PaneRow]:
        """Return the panes of others that work in a directory; those where a shell waits do not."""
        return [
            row
            for row in await list_panes(self.controller.server)
            if not self._is_its(row)
            and row.pane != os.environ.get("TMUX_PANE")
            and not row.dead
            and not is_shell(row.command)
            and _is_within(row.cwd, path)
        ]

    def _is_its(self, row: PaneRow) -> bool:
        if self.agent.is_session:
            return row.session == self.agent.session
        return row.pane == self.agent.pane

    def _refuse_others(self, rows: Sequence[PaneRow], path: Path) -> None:
        if not rows:
            return
        agents = {each.pane: each.name for each in self.controller.store.state.agents}
        names = sorted(
            agents.get(row.pane, f"{row.command} in {row.session_name}") for row in rows
        )
        raise OmaError(
            f"nothing was removed: {printable(', '.join(names))} works in {printable(str(path))}, "
            f"too; --keep ends {self.agent.name} alone"
        )

    async def _processes(self) -> dict[int, float | None]:
        """Return what runs in the panes of the agent, and since when; a shell of the user's does not count."""
        pids = [row.pid for row in await list_panes(self.controller.server) if self._is_its(row)]
        own = pids if self.agent.is_session else []
        return await trio.to_thread.run_sync(_since, own, pids)


def _is_within(directory: str | None, path: Path) -> bool:
    return directory is not None and Path(os.path.realpath(directory)).is_relative_to(path)


def _since(own: Sequence[int], pids: Sequence[int]) -> dict[int, float | None]:
    below = (child for pid in pids for child in children_of(pid))
    return {pid: started_at(pid) for pid in (*own, *below) if pid}


async def _wait_for_end(running: dict[int, float | None], path: Path) -> None:
    """Wait until nothing of the agent runs: it may write until then."""
    with trio.move_on_after(ENDS_S):
        for pid, since in running.items():
            while since is not None and started_at(pid) == since:  # noqa: ASYNC110
                await trio.sleep(LOOK_EVERY_S)
        return
    raise OmaError(f"something that it started still runs: {printable(str(path))} stays")
