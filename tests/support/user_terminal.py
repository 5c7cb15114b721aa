"""A user at a terminal: a tmux client in a pane of another server, with a screen and keys."""

import shlex
from collections.abc import Callable
from typing import TypeVar

import attrs

from tests.support.patience import look_until
from tests.support.private_tmux import PrivateTmux

_Found = TypeVar("_Found")


async def until(holds: Callable[[], _Found], told: Callable[[], object] = lambda: "") -> _Found:
    """Wait until `holds` returns something true, and return it."""
    found = await look_until(holds)
    assert found, told()
    return found


@attrs.define
class UserTerminal:
    """Someone who looks at a session of `tmux`.

    Args:
        terminals: The server whose pane is their terminal.
        tmux: The server that they use.
        target: The terminal's session.
    """

    terminals: PrivateTmux
    tmux: PrivateTmux
    target: str

    @property
    def terminal(self) -> str:
        """The name of their client."""
        return self.terminals.run(
            "display-message", "-p", "-t", self.target, "#{pane_tty}"
        ).strip()

    def press(self, *keys: str) -> None:
        self.terminals.run("send-keys", "-t", self.target, *keys)

    def screen(self) -> str:
        return self.terminals.run("capture-pane", "-p", "-t", self.target)

    async def sees(self, text: str) -> bool:
        return await until(lambda: text in self.screen(), self.screen)

    async def loses(self, text: str) -> bool:
        return await until(lambda: text not in self.screen(), self.screen)

    def leave(self) -> None:
        """Close the terminal."""
        self.terminals.run("kill-session", "-t", self.target)


async def attach_user(
    terminals: PrivateTmux,
    tmux: PrivateTmux,
    session: str,
    columns: int = 120,
    rows: int = 40,
    command: str | None = None,
) -> UserTerminal:
    """Attach a user to a session, or have them run a command of their own; they look at it."""
    name = f"user{session}"
    line = shlex.join(tmux.argv("attach-session", "-t", session)) if command is None else command
    size = ("-x", str(columns), "-y", str(rows))
    terminals.run("new-session", "-d", *size, "-s", name, f"env -u TMUX -u TMUX_PANE {line}")
    terminals.run("set-option", "-g", "status", "off")
    user = UserTerminal(terminals, tmux, name)
    await until(lambda: user.terminal in clients(tmux))
    return user


def clients(tmux: PrivateTmux) -> dict[str, str]:
    """Terminal → session of each client."""
    lines = tmux.run("list-clients", "-F", "#{client_tty} #{session_name}").splitlines()
    return dict(line.split(" ", 1) for line in lines)


def sizes(tmux: PrivateTmux) -> dict[str, tuple[str, str]]:
    """Session → size of its window and whatever options of the window are its own."""
    found = {}
    for line in tmux.run(
        "list-windows", "-a", "-F", "#{session_name} #{window_id} #{window_width}x#{window_height}"
    ).splitlines():
        name, window, size = line.rsplit(" ", 2)
        found[name] = (size, tmux.run("show-options", "-w", "-t", window).strip())
    return found
