"""One window with agent panes around its main pane, seen and changed."""

from collections.abc import Iterable
from pathlib import Path

import attrs

from oma.model.ids import AgentId, PaneId
from oma.model.layout import Cell
from oma.model.printable import printable
from oma.placement.facts import Facts, Tile, TitleRow
from oma.placement.plan import Step
from oma.runtime.client.tmux_client import CommandChannel
from oma.runtime.display.owned_panes import (
    Done,
    NotDone,
    Program,
    change_window,
    list_window_panes,
)
from oma.runtime.display.session_view import looking_view_argv
from oma.tmux.commands.panes import KillPane, SelectPane
from oma.tmux.layout_strings import leaves, parse_tree
from oma.tmux.pane_mark import Mark, PaneRole
from oma.tmux.queries.window_panes import WindowPane

_TITLED = '[ -z "$1" ] || printf "\\033]2;%s\\033\\\\" "$1"; shift; exec "$@"'
_TITLE_ROWS = {"top": TitleRow.TOP, "bottom": TitleRow.BOTTOM}


@attrs.frozen
class Look:
    """What tmux says at one moment."""

    facts: Facts
    elsewhere: tuple[Tile, ...]
    """Panes of ours that are in another window now."""
    living: frozenset[AgentId]
    """All sessions and panes of the server."""
    row: WindowPane
    """Of the main pane."""


@attrs.frozen
class UserProgram:
    """What the user runs in a pane of its own."""

    command: tuple[str, ...]
    """One word is run by the shell, several are run directly."""
    title: str
    """Of the pane; empty leaves it alone."""
    cwd: str


@attrs.define
class TiledWindow:
    """The window of one main pane.

    Args:
        main: The main pane.
        socket: Of the server of the agents.
        flags: Of the clients in agent panes.
        channel: To the server of the window.
    """

    main: PaneId
    socket: Path
    flags: str
    channel: CommandChannel

    async def look(self) -> Look | None:
        """Return how the window is; `None` when the main pane is gone.

        Raises:
            CommandError: tmux does not answer.
        """
        return look_of(await list_window_panes(self.channel), self.main)

    async def close_orphans(self) -> tuple[Tile, ...]:
        """Close the agent panes of a main pane that is gone, and return them.

        Raises:
            CommandError: tmux does not answer.
        """
        orphans = {
            row.pane: Tile(row.pane, row.mark.agent)
            for row in await list_window_panes(self.channel)
            if row.is_made_around(self.main, PaneRole.TILE) and row.mark and row.mark.agent
        }
        for pane in orphans:
            await self.channel.ask(KillPane(pane))
        return tuple(orphans.values())

    async def carry_out(
        self, look: Look, step: Step, program: UserProgram | None = None
    ) -> Done | NotDone:
        """Do a step of a plan; verified by what tmux says, and by the next look.

        Args:
            look: What the plan was made from.
            step: What to do.
            program: What runs in a new pane that shows no agent.

        Raises:
            CommandError: tmux does not answer, or cannot be given the program.
        """
        new = None
        if step.spawn is not None:
            agent = step.spawn.agent
            mark = Mark(self.main, agent, look.facts.before or look.facts.tree).word()
            if agent is not None:
                new = Program(looking_view_argv(self.socket, agent, self.flags, mark))
            elif program is not None:
                new = Program(_titled(program, mark), program.cwd)
        return await change_window(self.channel, look.row, step, new)

    async def select(self, pane: PaneId) -> None:
        """Give the keyboard to a pane; one that is gone gets nothing.

        Raises:
            CommandError: tmux does not answer.
        """
        await self.channel.ask(SelectPane(pane))


def _titled(program: UserProgram, mark: str) -> tuple[str, ...]:
    """Return the words that set the title of their terminal and become the program."""
    words = program.command if len(program.command) > 1 else ("/bin/sh", "-c", *program.command)
    return ("/bin/sh", "-c", _TITLED, mark, printable(program.title), *words)


def _ids(rows: Iterable[WindowPane]) -> frozenset[AgentId]:
    return frozenset(AgentId(each) for row in rows for each in (row.session, row.pane))


def look_of(rows: tuple[WindowPane, ...], main: PaneId) -> Look | None:
    """Return how the window of a pane is; `None` when there is no such pane.

    Raises:
        ProtocolError: Its layout cannot be read.
    """
    ours = next((row for row in rows if row.pane == main), None)
    if ours is None:
        return None
    here = {row.pane: row for row in rows if row.window == ours.window}
    made = {row.pane: row for row in rows if row.is_made_around(main, PaneRole.TILE)}
    tree = parse_tree(ours.layout)
    placed = [leaf.pane for leaf in leaves(tree)]
    before: Cell | None = None
    tiles: dict[bool, list[Tile]] = {True: [], False: []}
    for row in sorted(made.values(), key=lambda row: int(row.pane[1:])):
        if row.mark is not None:
            before = before or row.mark.before
            tile = Tile(row.pane, row.mark.agent, row.dead)
            tiles[row.pane in placed].append(tile)
    facts = Facts(
        window=ours.window,
        tree=tree,
        main=main,
        tiles=tuple(tiles[True]),
        active=next((row.pane for row in here.values() if row.active), None),
        zoomed=ours.zoomed,
        title_row=_TITLE_ROWS.get(ours.border_status, TitleRow.OFF),
        bar_columns=ours.bar_columns,
        home=_ids(row for row in rows if row.window == ours.window),
        before=before,
    )
    return Look(facts, tuple(tiles[False]), _ids(rows), ours)
