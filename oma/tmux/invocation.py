"""The tmux processes that we start: each one's arguments, rendered here and nowhere else.

`-N` never starts a server, `-u` keeps UTF-8 whatever the locale, `-E` leaves the environment of a
session alone. Only `new_session_argv` may start a server: a person asked for it. The first word is
`TMUX`; whoever starts the process says which file that is (`oma.runtime.client.tmux_binary`).
"""

from collections.abc import Sequence

from oma.model.ids import PaneId, SessionId
from oma.tmux.address import TMUX, ServerAddress
from oma.tmux.escape import argv_argument, quote_format
from oma.tmux.queries.panes import PANES_FORMAT
from oma.tmux.queries.sessions import SESSIONS_FORMAT

# `oma.tmux.capabilities.dies_of_programs_that_end`, asked of the server: nothing has told us of it.
_SURVIVES = "#{?#{m:3.2*,#{version}},0,1}"


def tmux_argv(server: ServerAddress) -> list[str]:
    """Return how every command line begins that must not start a server."""
    return [TMUX, "-N", "-u", *server.argv()]


def list_sessions_argv(server: ServerAddress) -> list[str]:
    """Ask for every session; `parse_sessions` reads the answer."""
    return [*tmux_argv(server), "list-sessions", "-F", SESSIONS_FORMAT]


def list_panes_argv(server: ServerAddress) -> list[str]:
    """Ask for every pane; `parse_panes` reads the answer."""
    return [*tmux_argv(server), "list-panes", "-a", "-F", PANES_FORMAT]


def pane_terminal_argv(server: ServerAddress, pane: PaneId) -> list[str]:
    """Ask for the path of a pane's terminal, on one line."""
    return [*tmux_argv(server), "display-message", "-p", "-t", pane, "#{pane_tty}"]


def new_session_argv(
    server: ServerAddress,
    name: str,
    cwd: str,
    columns: int,
    rows: int,
    command: Sequence[str],
    variables: Sequence[str] = (),
) -> list[str]:
    """Start an agent of that size; it keeps its dead pane, and so its exit status, from 3.3 on.

    tmux 3.3a gives a new session the size of the person's latest client, whatever it is told: the
    window is resized afterwards, and the option that this leaves behind is taken away again. One word of `command` is run by the shell, several are run directly. The option is set by the
    same process, before tmux can see a program that ends at once. `name` is made of letters,
    digits, `_` and `-` only. Each of `variables` is `NAME=VALUE`: the environment of the session
    has it, so that a program that is restarted has it too. The session stays when nobody is attached
    to it, whatever the user has set for others.

    Raises:
        CommandError: An argument holds what tmux cannot be given.
    """
    size = ["-x", str(columns), "-y", str(rows)]
    window = ["-t", f"={name}:"]
    return [
        *(TMUX, "-u", *server.argv(), "new-session", "-d", "-s", name, *size),
        *_environment(variables),
        *("-c", argv_argument(quote_format(cwd)), "--", *map(argv_argument, command)),
        *_stays_unattached(name),
        *(";", "if-shell", "-F", _SURVIVES, f"set-option -w -t '={name}:' remain-on-exit on"),
        *(";", "resize-window", *window, *size),
        *(";", "set-option", "-w", "-u", *window, "window-size"),
    ]


def kill_session_argv(server: ServerAddress, session: SessionId) -> list[str]:
    """End a session."""
    return [*tmux_argv(server), "kill-session", "-t", session]


def kill_server_argv(server: ServerAddress) -> list[str]:
    """End a server; only ever one that we started for ourselves."""
    return [*tmux_argv(server), "kill-server"]


def pausing_clients_argv(server: ServerAddress) -> list[str]:
    """Ask for the names of the clients that know of pauses; the line of another one is empty."""
    name = "#{?#{m:*pause-after*,#{client_flags}},#{client_name},}"
    return [*tmux_argv(server), "list-clients", "-F", name]


def respawn_argv(
    server: ServerAddress, pane: PaneId, command: str | None, clients: Sequence[str] = ()
) -> list[str]:
    """Start `command`, or what the pane was started with, in the pane anew.

    The pane is paused on `clients` first, in the same breath: up to 3.7, tmux crashes when a
    program is replaced whose output a control client has yet to get (tmux issue 5499). Nothing
    is done when one of them is gone.

    Raises:
        CommandError: The command holds what tmux cannot be given.
    """
    pauses: list[str] = []
    for client in clients:
        pauses += ["refresh-client", "-t", client, "-A", f"{pane}:pause", ";"]
    words = [] if command is None else ["--", argv_argument(command)]
    return [*tmux_argv(server), *pauses, "respawn-pane", "-k", "-t", pane, *words]


def attach_argv(server: ServerAddress, session: SessionId) -> list[str]:
    """Show a session in the person's own terminal."""
    return [*tmux_argv(server), "attach-session", "-E", "-t", session]


def switch_argv(server: ServerAddress, session: SessionId, client: str) -> list[str]:
    """Show a session in the client of that terminal: never in one that tmux would guess."""
    return [*tmux_argv(server), "switch-client", "-E", "-c", client, "-t", session]


def own_session_argv(server: ServerAddress, pane: str) -> list[str]:
    """Ask for the name of the pane's session."""
    return [*tmux_argv(server), "display-message", "-p", "-t", pane, "#{session_name}"]


def new_dashboard_argv(
    server: ServerAddress, name: str, command: Sequence[str], variables: Sequence[str] = ()
) -> list[str]:
    """Start a session for a dashboard, and the server if there is none: a person asked for it.

    It ends with the dashboard, whatever the user has set. `variables` are as for `new_session_argv`.
    """
    new = ["new-session", "-d", "-s", name, *_environment(variables), "--"]
    new += map(argv_argument, command)
    ends = [";", "set-option", "-w", "-t", f"={name}:", "remain-on-exit", "off"]
    new += [*_stays_unattached(name), *ends]
    return [TMUX, "-u", *server.argv(), *new]


def _stays_unattached(name: str) -> list[str]:
    # In the same breath, before tmux ends a session that nobody is attached to.
    return [";", "set-option", "-t", f"={name}:", "destroy-unattached", "off"]


def _environment(variables: Sequence[str]) -> list[str]:
    return [word for variable in variables for word in ("-e", argv_argument(variable))]
