"""One window with agent panes, seen and changed through one control client.

What is known of it comes from tmux alone; a change is done whole, or not at all when the window is
not as it was seen any more.
"""

from pathlib import Path

import attrs

from oma.errors import CommandError, ProtocolError
from oma.model.ids import PaneId, SessionId, parse_pane_id
from oma.model.layout import Cell
from oma.model.printable import printable
from oma.placement.facts import Facts, Tile, TitleRow
from oma.placement.plan import Step
from oma.runtime.client.query_client import QueryClient
from oma.runtime.display.session_view import looking_view_argv
from oma.tmux.commands.panes import KillPane, SelectPane
from oma.tmux.layout import leaves, parse_tree
from oma.tmux.tiling import (
    CHANGED,
    LIST_TILING,
    NewPane,
    TilingRow,
    change,
    mark,
    parse_tiling,
)

_TITLED = '[ -z "$1" ] || printf "\\033]2;%s\\033\\\\" "$1"; shift; exec "$@"'
_TITLE_ROWS = {"top": TitleRow.TOP, "bottom": TitleRow.BOTTOM}


@attrs.frozen
class Look:
    """What tmux says at one moment."""

    facts: Facts
    elsewhere: tuple[Tile, ...]
    """Panes of ours that are in another window now."""
    sessions: frozenset[SessionId]
    """All of the server."""
    row: TilingRow
    """Of the main pane."""


@attrs.frozen
class Done:
    """A change was made."""

    pane: PaneId | None
    """The new one, if one was made."""


@attrs.frozen
class NotDone:
    """A change was not made."""

    refusal: str | None
    """tmux's words; `None` when the window was not as it was seen any more."""


@attrs.frozen
class Program:
    """What a person runs in a pane of its own."""

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
        client: The server of the window.
    """

    main: PaneId
    socket: Path
    flags: str
    client: QueryClient

    async def look(self) -> Look | None:
        """Return how the window is; `None` when the main pane is gone.

        Raises:
            CommandError: tmux does not answer.
        """
        return look_of(await self._rows(), self.main)

    async def close_orphans(self) -> tuple[Tile, ...]:
        """Close the agent panes of a main pane that is gone, and return them.

        Raises:
            CommandError: tmux does not answer.
        """
        orphans = {
            row.pane: Tile(row.pane, row.mark.session)
            for row in await self._rows()
            if row.mark is not None and row.mark.main == self.main and row.mark.session is not None
        }
        for pane in orphans:
            await self.client.ask(KillPane(pane))
        return tuple(orphans.values())

    async def _rows(self) -> tuple[TilingRow, ...]:
        replies = await self.client.ask(LIST_TILING)
        text = b"".join(reply.data for reply in replies if reply.ok).decode(errors="replace")
        try:
            return parse_tiling(text.split("\n"))
        except ProtocolError as error:
            raise CommandError(str(error)) from None

    async def carry_out(
        self, look: Look, step: Step, program: Program | None = None
    ) -> Done | NotDone:
        """Do a step of a plan; verified by what tmux says, and by the next look.

        Args:
            look: What the plan was made from.
            step: What to do.
            program: What runs in a new pane that shows no agent.

        Raises:
            CommandError: tmux does not answer, or cannot be given the program.
        """
        facts = look.facts
        new = None
        if step.spawn is not None:
            session = step.spawn.session
            marked = mark(self.main, session, facts.before or facts.tree)
            cwd = None
            if session is not None:
                words = (*looking_view_argv(self.socket, session, self.flags), marked)
            elif program is not None:
                words, cwd = _titled(program, marked), program.cwd
            else:
                message = "a new pane shows an agent or runs a program"
                raise ValueError(message)
            new = NewPane(step.spawn.beside, step.spawn.axis, words, cwd)
        order = [leaf.pane for leaf in leaves(facts.tree)]
        replies = await self.client.ask(change(look.row, order, step.close, new, step.tree))
        for reply in replies:
            if not reply.ok:
                return NotDone(reply.data.decode(errors="replace").strip())
        said = [line for reply in replies for line in reply.lines()]
        if CHANGED in said:
            return NotDone(None)
        made = [parse_pane_id(line) for line in said if line.startswith("%")]
        return Done(made[0] if made else None)

    async def select(self, pane: PaneId) -> None:
        """Give the keyboard to a pane; one that is gone gets nothing.

        Raises:
            CommandError: tmux does not answer.
        """
        await self.client.ask(SelectPane(pane))


def _titled(program: Program, marked: str) -> tuple[str, ...]:
    """Return the words that set the title of their terminal and become the program."""
    words = program.command if len(program.command) > 1 else ("/bin/sh", "-c", *program.command)
    return ("/bin/sh", "-c", _TITLED, marked, printable(program.title), *words)


def look_of(rows: tuple[TilingRow, ...], main: PaneId) -> Look | None:
    """Return how the window of a pane is; `None` when there is no such pane.

    Raises:
        ProtocolError: Its layout cannot be read.
    """
    ours = next((row for row in rows if row.pane == main), None)
    if ours is None:
        return None
    here = {row.pane: row for row in rows if row.window == ours.window}
    marked = {row.pane: row for row in rows if row.mark is not None and row.mark.main == main}
    tree = parse_tree(ours.layout)
    placed = [leaf.pane for leaf in leaves(tree)]
    before: Cell | None = None
    tiles: dict[bool, list[Tile]] = {True: [], False: []}
    for row in sorted(marked.values(), key=lambda row: int(row.pane[1:])):
        if row.mark is not None:
            before = before or row.mark.before
            tile = Tile(row.pane, row.mark.session, row.dead)
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
        home=frozenset(row.session for row in rows if row.window == ours.window),
        before=before,
    )
    return Look(facts, tuple(tiles[False]), frozenset(row.session for row in rows), ours)
