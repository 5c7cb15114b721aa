"""Finds the terminal that this process runs in, which may not be its own, and writes to it.

A hook of an agent often runs without a controlling terminal, with pipes on its standard streams.
Light, as `oma report` is.
"""

import os
from collections.abc import Iterator
from contextlib import suppress

from oma.errors import OmaError
from oma.hooks.terminal import pseudo_terminal
from oma.runtime.linux_process import read_stat


def announce(app: str | None) -> None:
    """Have tmux know which program reports from our pane; `None` for none any more. Waits for nothing.

    Args:
        app: Its name, of letters, digits, `.`, `_` and `-`.
    """
    pane = os.environ.get("TMUX_PANE", "")
    if (
        not os.environ.get("TMUX")
        or pane[:1] != "%"
        or not (pane.isascii() and pane[1:].isdigit())
    ):
        return
    # A client of our own words: the modules that know commands would cost a hook more than all the rest.
    value = ("-u", "-t", pane, "@oma_app") if app is None else ("-t", pane, "@oma_app", app)
    argv = (os.environ.get("OMA_TMUX") or "tmux", "-N", "set-option", "-p", *value)
    silence = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
    with suppress(OSError):  # there is no such tmux here
        os.posix_spawnp(argv[0], argv, os.environ, file_actions=silence)


def write_to_terminal(data: bytes) -> None:
    """Write in one piece: the terminal lets no other writer in between.

    Raises:
        OmaError: There is no terminal.
        OSError: It cannot be written to.
    """
    terminal = _open_terminal()
    try:
        os.write(terminal, data)
    finally:
        os.close(terminal)


def _open_terminal() -> int:
    for path in _terminals():
        try:
            terminal = os.open(path, os.O_WRONLY | os.O_NOCTTY)
        except OSError:
            continue
        if os.isatty(terminal):
            return terminal
        os.close(terminal)
    raise OmaError("no terminal here")


def _terminals() -> Iterator[str]:
    """Yield where the terminal may be: our own, that of an ancestor, that of the pane."""
    yield "/dev/tty"
    yield from _terminals_of_ancestors()
    pane = os.environ.get("TMUX_PANE", "")
    if pane and os.environ.get("TMUX"):
        yield from _terminal_of_pane(pane)


def _terminals_of_ancestors() -> Iterator[str]:
    pid = os.getppid()
    while pid > 1 and (found := read_stat(pid)) is not None:  # else no Linux, or not ours to see
        if (terminal := pseudo_terminal(found.terminal)) is not None:
            yield terminal
            return
        pid = found.parent


def _terminal_of_pane(pane: str) -> Iterator[str]:
    # Seldom needed, and dear: nothing of this is imported where an ancestor has a terminal.
    import subprocess  # noqa: TID251  # trio would cost a hook more than all the rest

    from oma.model.ids import parse_pane_id
    from oma.runtime.client.tmux_binary import with_tmux_binary
    from oma.tmux.address import ServerAddress
    from oma.tmux.commands.render import to_argv
    from oma.tmux.queries.panes import pane_terminal

    command = pane_terminal(parse_pane_id(pane))
    argv = with_tmux_binary(to_argv(command, ServerAddress()), os.environ)
    try:
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return  # there is no such tmux here
    path = done.stdout.decode(errors="replace").strip()
    if done.returncode == 0 and path.startswith("/dev/"):
        yield path
