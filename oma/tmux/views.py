"""The tmux processes that show agents to a person: popups, and panes that hold a client of ours.

Two servers are spoken to: the one that the dashboard runs in, and the one that agents live on; they
may be the same. Programs are given as words, never as a line, so no shell of the person's reads
them. A popup names the terminal it is for: tmux may choose a control client otherwise, and hangs or
dies of that (#5551).
"""

from collections.abc import Iterable, Sequence

import attrs

from oma.errors import ProtocolError
from oma.model.ids import (
    PaneId,
    SessionId,
    WindowId,
    parse_pane_id,
    parse_session_id,
    parse_window_id,
)
from oma.tmux.escape import argv_argument
from oma.tmux.invocation import ServerAddress, tmux_argv

OWNER = "@oma_owner"
"""Option of a pane that we made: the pane of the dashboard that made it."""

SHOWN = "@oma_shows"
"""Option of a pane that we made: the name of the agent that it was last given."""


@attrs.frozen
class PlaceRow:
    """The pane that we run in, or one that we made."""

    pane: PaneId
    window: WindowId
    session: SessionId
    ours: bool
    """It is one that we made."""
    terminal: str
    """The path of its terminal: also the name of a tmux client that runs in it."""
    zoomed: bool
    """Some pane of its window is zoomed."""


@attrs.frozen
class ViewRow:
    """A client that shows a session on a terminal."""

    terminal: str
    session: SessionId


@attrs.frozen
class FitnessRow:
    """What decides whether a session can be shown."""

    session: SessionId
    destroy_unattached: bool
    """The session ends when its last client leaves."""


def places_argv(server: ServerAddress, us: PaneId) -> list[str]:
    """Ask for the pane `us` and those that it owns; `parse_places` reads the answer."""
    owned = f"#{{==:#{{{OWNER}}},{us}}}"
    wanted = f"#{{||:#{{==:#{{pane_id}},{us}}},{owned}}}"
    fields = ("#{pane_id}", "#{window_id}", "#{session_id}", owned, "#{window_zoomed_flag}")
    form = " ".join((*fields, "#{pane_tty}"))
    return [*tmux_argv(server), "list-panes", "-a", "-f", wanted, "-F", form]


def parse_places(lines: Iterable[str]) -> tuple[PlaceRow, ...]:
    """Return the panes in tmux's order; one in a window of several sessions is there once.

    Raises:
        ProtocolError: A line is no answer to `places_argv`.
    """
    rows: dict[PaneId, PlaceRow] = {}
    for line in filter(None, lines):
        pane, window, session, ours, zoomed, terminal = _fields(line, 6)
        row = PlaceRow(
            pane=parse_pane_id(pane),
            window=parse_window_id(window),
            session=parse_session_id(session),
            ours=_flag(ours),
            terminal=terminal,
            zoomed=_flag(zoomed),
        )
        rows.setdefault(row.pane, row)
    return tuple(rows.values())


def views_argv(server: ServerAddress) -> list[str]:
    """Ask for the clients of the server; `parse_views` reads the answer."""
    return [
        *tmux_argv(server),
        "list-clients",
        "-F",
        "#{client_control_mode} #{session_id} #{client_tty}",
    ]


def parse_views(lines: Iterable[str]) -> tuple[ViewRow, ...]:
    """Return the clients on terminals, without control clients and those that show no session.

    Raises:
        ProtocolError: A line is no answer to `views_argv`.
    """
    rows = [_fields(line, 3) for line in lines if line]
    return tuple(
        ViewRow(terminal, parse_session_id(session))
        for control, session, terminal in rows
        if not _flag(control) and session and terminal
    )


def fitness_argv(server: ServerAddress, session: SessionId) -> list[str]:
    """Ask whether there is the session, and its `destroy-unattached`; see `parse_fitness`."""
    this = f"#{{==:#{{session_id}},{session}}}"
    form = "#{session_id} #{destroy-unattached}"
    return [*tmux_argv(server), "list-sessions", "-f", this, "-F", form]


def parse_fitness(lines: Iterable[str]) -> FitnessRow | None:
    """Return what `fitness_argv` was told; `None` when there is no such session.

    Raises:
        ProtocolError: A line is no answer to it.
    """
    for line in filter(None, lines):
        session, unattached = _fields(line, 2)
        # A choice from 3.5 on, of which some destroy.
        return FitnessRow(parse_session_id(session), unattached not in {"0", "off"})
    return None


def popup_argv(
    server: ServerAddress,
    terminal: str,
    width_percent: int,
    height_percent: int,
    program: Sequence[str],
) -> list[str]:
    """Run a program in a popup over a client; the process ends when the popup is closed.

    Needs tmux 3.2. There is no title: it would be a format, and 3.2 has none.

    Raises:
        CommandError: The program holds what tmux cannot be given.
    """
    size = ["-w", f"{width_percent}%", "-h", f"{height_percent}%"]
    words = map(argv_argument, program)
    return [*tmux_argv(server), "display-popup", "-E", "-c", terminal, *size, "--", *words]


def close_popup_argv(server: ServerAddress, terminal: str) -> list[str]:
    """Close the popup over a client."""
    return [*tmux_argv(server), "display-popup", "-C", "-c", terminal]


def split_argv(server: ServerAddress, us: PaneId, width: str, program: Sequence[str]) -> list[str]:
    """Run a program in a new pane at the right of `us`, which keeps the keyboard; prints its id.

    Args:
        server: The server of `us`.
        us: The pane that gives the room.
        width: Columns, or percent of the room with `%`.
        program: Its words.

    Raises:
        CommandError: The program holds what tmux cannot be given.
    """
    return [*tmux_argv(server), *_split(us, program, "-h", "-l", width)]


def replace_argv(server: ServerAddress, pane: PaneId, program: Sequence[str]) -> list[str]:
    """Run a program in a new pane in the very place of `pane`, which ends; prints the new id.

    Not respawn-pane: that ends the server while a control client is behind on the pane (#5499).

    Raises:
        CommandError: The program holds what tmux cannot be given.
    """
    return [*tmux_argv(server), *_split(pane, program), ";", "kill-pane", "-t", pane]


def own_argv(server: ServerAddress, pane: PaneId, us: PaneId, name: str) -> list[str]:
    """Mark a pane that we made as ours, and as showing the agent of that name.

    Raises:
        CommandError: The name holds what tmux cannot be given.
    """
    owner = ["set-option", "-p", "-t", pane, OWNER, us, ";"]
    return [*tmux_argv(server), *owner, *_shows(pane, name)]


def shows_argv(server: ServerAddress, pane: PaneId, name: str) -> list[str]:
    """Note the name of the agent that a pane of ours shows from now on.

    Raises:
        CommandError: The name holds what tmux cannot be given.
    """
    return [*tmux_argv(server), *_shows(pane, name)]


def detach_view_argv(server: ServerAddress, terminal: str) -> list[str]:
    """End the client on a terminal."""
    return [*tmux_argv(server), "detach-client", "-t", terminal]


def unzoom_argv(server: ServerAddress, pane: PaneId) -> list[str]:
    """Make all panes of a zoomed window visible again, the given one among them."""
    return [*tmux_argv(server), "resize-pane", "-Z", "-t", pane]


def close_pane_argv(server: ServerAddress, pane: PaneId) -> list[str]:
    """Close a pane, and end what runs in it; only ever one that we made."""
    return [*tmux_argv(server), "kill-pane", "-t", pane]


def _split(target: PaneId, program: Sequence[str], *how: str) -> list[str]:
    new = ["split-window", "-d", *how, "-t", target, "-P", "-F", "#{pane_id}"]
    return [*new, "--", *map(argv_argument, program)]


def _shows(pane: PaneId, name: str) -> list[str]:
    return ["set-option", "-p", "-t", pane, SHOWN, argv_argument(name)]


def _fields(line: str, count: int) -> list[str]:
    fields = line.split(" ", count - 1)
    if len(fields) == count:
        return fields
    message = f"{count} fields expected, not {len(fields)}: {line[:200]!r}"
    raise ProtocolError(message)


def _flag(text: str) -> bool:
    if text in {"0", "1"}:
        return text == "1"
    message = f"not a flag: {text[:200]!r}"
    raise ProtocolError(message)
