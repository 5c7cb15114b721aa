"""What we ask of tmux, rendered here and nowhere else.

Two forms: a line, without its newline, for a control client, answered by one block per command on
it up to the first that fails; and the arguments of a tmux process (`…_argv`). Targets are ids,
never names, and text goes through the quoting of its form. Nothing here starts a server, but for
`new_session_argv`.
"""

from collections.abc import Sequence

import attrs

from oma.errors import CommandError
from oma.model.ids import PaneId, SessionId, WindowId
from oma.tmux.escape import argv_argument, quote, quote_format
from oma.tmux.queries import PANES_FORMAT, SCREEN_FORMAT, SESSIONS_FORMAT

KEYS = frozenset(
    {
        *("Enter", "Escape", "Tab", "BTab", "BSpace", "Space"),
        *("Up", "Down", "Left", "Right", "Home", "End", "PPage", "NPage"),
        *("C-a", "C-c", "C-d", "C-e", "C-l", "C-r", "C-u", "C-z"),
    }
)
"""Names of keys that can be sent: tmux would type any other word as text."""


# ---------------------------------------------------------------- lines of a control client


def subscribe(name: str, what: str) -> str:
    """Subscribe to the format `what` of the client's session, under a name without colons."""
    return f"refresh-client -B {quote(f'{name}::{what}')}"


def list_panes_all() -> str:
    """Ask for every pane of the server; `parse_panes` reads the answer."""
    return f"list-panes -a -F {quote(PANES_FORMAT)}"


def pause(pane: PaneId) -> str:
    """Make tmux drop output of the pane, for this client alone, until it is continued."""
    return f"refresh-client -A {quote(f'{pane}:pause')}"


def capture(pane: PaneId) -> str:
    """Ask for the state of the pane's terminal, then for its screen: two blocks.

    One block, an error, when there is no such pane.
    """
    target = quote(pane)
    # Not display-message, which answers for another pane when this one is gone.
    this = quote(f"#{{==:#{{pane_id}},{pane}}}")
    return (
        f"list-panes -t {target} -f {this} -F {quote(SCREEN_FORMAT)} ; "
        f"capture-pane -p -e -J -t {target}"
    )


def capture_and_continue(pane: PaneId) -> str:
    """As `capture`, and in the same breath let output of the pane flow again: three blocks."""
    return f"{capture(pane)} ; refresh-client -A {quote(f'{pane}:continue')}"


# ---------------------------------------------------------------- processes


@attrs.frozen
class ServerAddress:
    """Which tmux server is meant; without either, tmux's own choice."""

    socket_name: str | None = None
    """`-L`"""
    socket_path: str | None = None
    """`-S`; wins over `socket_name`, as in tmux."""

    def options(self) -> list[str]:
        """Return the options of tmux that say so."""
        if self.socket_path is not None:
            return ["-S", self.socket_path]
        return [] if self.socket_name is None else ["-L", self.socket_name]


def version_argv() -> list[str]:
    """Ask tmux for its version; needs no server."""
    return ["tmux", "-V"]


def hub_argv(server: ServerAddress, session: SessionId) -> list[str]:
    """Attach the client that hears of the whole server and of no output."""
    return _control(server, session, "no-output,ignore-size,read-only")


def agent_argv(server: ServerAddress, session: SessionId) -> list[str]:
    """Attach the client that hears the output of one session.

    tmux pauses a pane that this client does not read for a second: it buffers no more than that.
    """
    return _control(server, session, "read-only,ignore-size,pause-after=1")


def list_sessions_argv(server: ServerAddress) -> list[str]:
    """Ask for every session; `parse_sessions` reads the answer."""
    return [*_tmux(server), "list-sessions", "-F", SESSIONS_FORMAT]


def list_panes_argv(server: ServerAddress) -> list[str]:
    """Ask for every pane of the server; `parse_panes` reads the answer."""
    return [*_tmux(server), "list-panes", "-a", "-F", PANES_FORMAT]


def new_session_argv(
    server: ServerAddress,
    name: str,
    cwd: str,
    columns: int,
    rows: int,
    command: Sequence[str],
) -> list[str]:
    """Start a detached session; its ids are printed as `$1 %2`. Starts the server if need be.

    The pane outlives its program, with the exit status, however soon that ends.

    Args:
        server: Where.
        name: Of the session, as it is shown: without `:` and `.`, which tmux replaces.
        cwd: An absolute directory.
        columns: Of the window, while nobody looks at it.
        rows: Of the window, while nobody looks at it.
        command: One word is run by the shell, several are run directly.

    Raises:
        CommandError: An argument holds what tmux cannot be given, or `command` is empty.
    """
    if not command:
        message = f"no command for session {name!r}"
        raise CommandError(message)
    return [
        *("tmux", "-u", *server.options()),
        *("new-session", "-d", "-P", "-F", "#{session_id} #{pane_id}"),
        *("-s", argv_argument(quote_format(name)), "-x", str(columns), "-y", str(rows)),
        *("-c", argv_argument(quote_format(cwd)), "--"),
        *map(argv_argument, command),
        # In the same invocation: the server notices no ended program before both have run.
        *(";", "set-option", "-w", "-t", argv_argument(f"={name}:"), "remain-on-exit", "on"),
    ]


def respawn_argv(server: ServerAddress, pane: PaneId, command: str) -> list[str]:
    """End what runs in the pane and run `command` there by the shell; empty: what it ran before.

    Up to 3.7, the server crashes when a control client is behind on the pane and has not been
    paused (tmux issue 5499).

    Raises:
        CommandError: `command` holds what tmux cannot be given.
    """
    words = ["--", argv_argument(command)] if command else []
    return [*_tmux(server), "respawn-pane", "-k", "-t", pane, *words]


def send_literal_argv(server: ServerAddress, pane: PaneId, text: str) -> list[str]:
    """Type `text` into the pane as it is; a newline arrives as Ctrl-J.

    Raises:
        CommandError: `text` holds what tmux cannot be given.
    """
    return [*_tmux(server), "send-keys", "-t", pane, "-l", "--", argv_argument(text)]


def send_key_argv(server: ServerAddress, pane: PaneId, key: str) -> list[str]:
    """Press one key in the pane.

    Raises:
        CommandError: `key` is not one of `KEYS`.
    """
    if key not in KEYS:
        message = f"not a key that can be sent: {key!r}"
        raise CommandError(message)
    return [*_tmux(server), "send-keys", "-t", pane, key]


def kill_session_argv(server: ServerAddress, session: SessionId) -> list[str]:
    """End the session, and with it every pane that no other session shows."""
    return [*_tmux(server), "kill-session", "-t", session]


def kill_server_argv(server: ServerAddress) -> list[str]:
    """End the server and everything in it: for a private server only."""
    return [*_tmux(server), "kill-server"]


def attach_argv(server: ServerAddress, session: SessionId) -> list[str]:
    """Show the session in this terminal, which takes its size; its environment stays."""
    return [*_tmux(server), "attach-session", "-E", "-t", session]


def switch_argv(server: ServerAddress, session: SessionId) -> list[str]:
    """Show the session in the tmux client that the caller runs in."""
    return [*_tmux(server), "switch-client", "-E", "-t", session]


def restore_size_argv(
    server: ServerAddress, window: WindowId, columns: int, rows: int
) -> list[str]:
    """Give a window back the size it had; nothing happens when it has that size.

    `resize-window` sets the window's own `window-size` option, which is taken away again.
    """
    differs = f"#{{!=:#{{window_width}}x#{{window_height}},{columns}x{rows}}}"
    target = quote(window)
    restore = (
        f"resize-window -t {target} -x {columns} -y {rows} ; "
        f"set-option -w -u -t {target} window-size"
    )
    return [*_tmux(server), "if-shell", "-F", "-t", window, differs, restore]


def _tmux(server: ServerAddress) -> list[str]:
    # -N: never start a server. -u: names in UTF-8 whatever the locale is.
    return ["tmux", "-N", "-u", *server.options()]


def _control(server: ServerAddress, session: SessionId, flags: str) -> list[str]:
    return [*_tmux(server), "-C", "attach-session", "-E", "-f", flags, "-t", session]
